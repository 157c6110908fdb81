"""The commands: their arguments, and the lines they print."""

import argparse
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path

from broadsheet.errors import BroadsheetError, ResourceError

FAILED = 1  # nothing could be read, a report failed and the rest is published, or a number does not recount
WRONG = 2  # wrong arguments or parameters
NOTHING = 3  # nothing was published
STOPPED = 130  # by Ctrl-C, as shells report it


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        return given.command(given)
    except ResourceError as error:
        return _print_error(error, NOTHING)
    except BroadsheetError as error:
        return _print_error(error, WRONG)
    except KeyboardInterrupt:
        print("broadsheet: stopped; the last edition is unchanged.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # as in `broadsheet check PATH | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _check(given: argparse.Namespace) -> int:
    from broadsheet.cli import summary
    from broadsheet.corpus import look

    corpus = look(given.path)
    for line in [summary.as_json(corpus)] if given.json else summary.lines(corpus):
        print(line)
    return 0 if len(corpus) else FAILED


def _build(given: argparse.Namespace) -> int:
    from broadsheet import store
    from broadsheet.corpus import build
    from broadsheet.report import quantity

    began = time.perf_counter()
    built = build(given.path, lambda line: print(line, flush=True))
    read = f"{quantity(built.read, 'text')} read ({_size(built.read_bytes)})" if built.read else "nothing new to read"
    freed = f" {_size(built.freed)} unused for thirty days were removed." if built.freed else ""
    articles, words = quantity(len(built.corpus), "article"), quantity(len(built.corpus.tokens), "word")
    print(f"{articles}, {words}: {read}, in {time.perf_counter() - began:.1f} s.")
    print(f"The store in {store.location()} contains {_size(store.size())}.{freed}")
    return 0


def _size(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"


def _run(given: argparse.Namespace) -> int:
    from broadsheet import press
    from broadsheet.report import quantity

    plan = press.plan(given.file, given.corpus, given.out, only=given.only)
    set_aside = quantity(int((~plan.corpus.audit["kept"]).sum()), "record")
    articles = quantity(len(plan.corpus), "article")
    print(f"{plan.title}: {articles} from {plan.corpus.path}, {set_aside} set aside.", flush=True)
    site, failed = press.run(plan, lambda line: print(line, flush=True))
    index = site / "index.html"
    if failed:
        reports = quantity(len(plan.reports), "report")
        print(f"{len(failed)} of {reports} failed: {', '.join(failed)}. Their pages give the reasons.")
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
        return _print_error(error, FAILED)
    return 0


def _print_error(error: BroadsheetError, code: int) -> int:
    print(f"broadsheet: {error}", file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="broadsheet", description="Turn a folder of news articles into a small website of reports."
    )
    parser.add_argument("--version", action="version", version=f"broadsheet {version('broadsheet')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, text, fill in (
        (
            "check",
            _check,
            "list the records that cannot be read or are in doubt, and summarise the rest",
            _check_options,
        ),
        ("build", _build, "read the words of a folder into the store, so that later runs are fast", _build_options),
        ("run", _run, "run the notebooks of a reports.toml and publish the site", _run_options),
        ("params", _params, "list the parameters of a notebook", _params_options),
        ("recount", _recount, "check every linked number of a site against the passages it counts", _recount_options),
    ):
        one = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        fill(one)
        one.set_defaults(command=command)
    return parser


def _check_options(check: argparse.ArgumentParser) -> None:
    check.add_argument("path", help="folder or file of articles")
    check.add_argument("--json", action="store_true", help="print the summary and the whole audit as JSON")


def _build_options(build: argparse.ArgumentParser) -> None:
    build.add_argument("path", help="folder or file of articles")


def _run_options(run: argparse.ArgumentParser) -> None:
    where = "the reports file; by default the nearest reports.toml, from here upwards, or the one shipped"
    run.add_argument("file", nargs="?", type=Path, help=where)
    run.add_argument("--corpus", default="", metavar="PATH", help="articles to use in place of the file's corpus")
    run.add_argument(
        "--out", default="", metavar="FOLDER", help="folder to use in place of reports/; the site is FOLDER/site"
    )
    only = "run only this report of the file; repeat it for several reports"
    run.add_argument("--only", action="append", default=[], metavar="NAME", help=only)


def _params_options(params: argparse.ArgumentParser) -> None:
    params.add_argument("notebook", type=Path, help="path of the notebook")


def _recount_options(recount: argparse.ArgumentParser) -> None:
    recount.add_argument("site", type=Path, help="the published folder, such as reports/site")
