"""The command line: arguments only."""

import argparse
import json
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path

from broadsheet.errors import BroadsheetError, ResourceError

FAILED = 1  # a report failed and the rest is published, or a number does not recount
WRONG = 2  # wrong arguments or parameters
NOTHING = 3  # nothing published
STOPPED = 130  # by Ctrl-C, as shells have it


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        return given.command(given)
    except ResourceError as error:
        return _say_error(error, NOTHING)
    except BroadsheetError as error:
        return _say_error(error, WRONG)
    except KeyboardInterrupt:
        print("broadsheet: stopped; what was published before still stands.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # the reader of our output has left: `broadsheet check PATH | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _check(given: argparse.Namespace) -> int:
    from broadsheet.cli import summary
    from broadsheet.corpus import doubtful, look
    from broadsheet.report import quantity

    corpus = look(given.path)
    table, kept = corpus.audit, len(corpus)
    if given.json:
        found = {"seen": len(table), "kept": kept, "set_aside": len(table) - kept}
        holds = summary.figures(corpus) if kept else {}
        print(json.dumps(found | {"holds": holds, "audit": table.to_dict("records")}, indent=2, ensure_ascii=False))
        return 0
    for row in doubtful(table).itertuples():
        why = f"set aside, {row.reason}{f' ({row.notes})' if row.notes else ''}"
        print(f"{row.source}, record {row.record}: {'kept, ' + row.notes if row.kept else why}")
    print(f"{quantity(len(table), 'record')} seen, {kept:,} kept, {len(table) - kept:,} set aside.")
    if table.empty:
        print("Put text files there, each beginning with a line `date YYYY-MM-DD`; see data/README.md.")
    for line in summary.lines(corpus) if kept else ():
        print(line)
    return 0


def _build(given: argparse.Namespace) -> int:
    from broadsheet import store
    from broadsheet.corpus import build
    from broadsheet.report import quantity

    began = time.perf_counter()
    built = build(given.path, lambda line: print(line, flush=True))
    read = f"{quantity(built.read, 'text')} read ({_size(built.read_bytes)})" if built.read else "nothing to read"
    freed = f" {_size(built.freed)} that nobody used for thirty days were removed." if built.freed else ""
    articles, tokens = quantity(len(built.corpus), "article"), quantity(len(built.corpus.tokens), "word")
    print(f"{articles}, {tokens}: {read}, in {time.perf_counter() - began:.1f} s.")
    print(f"The store in {store.location()} holds {_size(store.size())}.{freed}")
    return 0


def _size(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"


def _run(given: argparse.Namespace) -> int:
    from broadsheet import press
    from broadsheet.report import quantity

    plan = press.plan(given.file, given.corpus, given.out, given.only)
    print(
        f"{plan.title}: {quantity(len(plan.corpus), 'article')} from {plan.corpus.path}, {int((~plan.corpus.audit['kept']).sum()):,} records set aside.",
        flush=True,
    )
    site, failed = press.run(plan, lambda line: print(line, flush=True))
    index = site / "index.html"
    if failed:
        print(
            f"{len(failed)} of {quantity(len(plan.reports), 'report')} failed: {', '.join(failed)}. Their pages say why."
        )
    print(f"{index}\n{index.as_uri()}")
    return FAILED if failed else 0


def _params(given: argparse.Namespace) -> int:
    from broadsheet import parameters

    declared = parameters.of_notebook(given.notebook)
    wide = max(map(len, declared), default=0)
    for name, parameter in declared.items():
        allowed = f" [{parameter.allowed}]" if parameter.allowed else ""
        print(f"{name:<{wide}}  {parameter.type:<9}  {parameter.default!r:<10}  {parameter.help}{allowed}")
    return 0


def _recount(given: argparse.Namespace) -> int:
    from broadsheet import press

    try:
        print(f"{press.recount(given.site):,} linked numbers recount.")
    except ResourceError as error:
        return _say_error(error, FAILED)
    return 0


def _say_error(error: BroadsheetError, code: int) -> int:
    print(f"broadsheet: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="broadsheet", description="A folder of news articles in, a small website of reports out."
    )
    parser.add_argument("--version", action="version", version=f"broadsheet {version('broadsheet')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check", help="say what of a folder can be read, why the rest cannot, and what it holds"
    )
    check.add_argument("path", help="folder or file of articles")
    check.add_argument("--json", action="store_true", help="print that and the whole audit as JSON")
    check.set_defaults(command=_check)
    build = commands.add_parser(
        "build", help="read the words of a folder into the store, so that every later run is quick"
    )
    build.add_argument("path", help="folder or file of articles")
    build.set_defaults(command=_build)
    run = commands.add_parser("run", help="run the notebooks of a reports.toml and publish the site")
    run.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="the reports file; without it, the nearest reports.toml, else the shipped one",
    )
    run.add_argument("--corpus", default="", help="folder or file of articles, in place of the file's corpus")
    run.add_argument("--out", default="", help="folder to write in place of reports/; the site is OUT/site")
    run.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="make only this report of the file; may be repeated"
    )
    run.set_defaults(command=_run)
    params = commands.add_parser("params", help="print the parameters that a notebook declares")
    params.add_argument("notebook", type=Path, help="path of the notebook")
    params.set_defaults(command=_params)
    recount = commands.add_parser("recount", help="follow every linked number of a site to the passages it counts")
    recount.add_argument("site", type=Path, help="the published folder, e.g. reports/site")
    recount.set_defaults(command=_recount)
    return parser
