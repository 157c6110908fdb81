"""Plan an edition: check every parameter and expand every matrix before a kernel starts."""

import contextlib
import itertools
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from broadsheet import parameters
from broadsheet.corpus import Corpus, find, load
from broadsheet.errors import CorpusError, ParameterError, did_you_mean
from broadsheet.press import reports_file
from broadsheet.press.addresses import slugs
from broadsheet.report import quantity

RESERVED = {"index", "run"}  # names of the site's own files
MOST_VALUES, FEWEST_ARTICLES, FEW_VALUES = 12, 10, 4  # of a matrix "*": see `_frequent`


@dataclass(frozen=True)
class Report:
    """One page to make: a notebook and its parameters. `left_out` says which matrix values get no page."""

    name: str
    notebook: Path
    title: str
    parameters: dict[str, Any]
    declared: dict[str, parameters.Parameter]
    left_out: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """The value of every parameter, given or default, except the corpus."""
        return {name: self.parameters.get(name, one.default) for name, one in self.declared.items() if name != "corpus"}

    @property
    def group(self) -> str:
        """The name that all pages of one matrix share: `coverage` of `coverage--the-saltway-post`."""
        return self.name.partition("--")[0]


@dataclass(frozen=True)
class Plan:
    """One edition to make.

    corpus_as_given : the corpus as its notebooks name it. command : makes this edition again.
    others : names of the reports in the file that this edition leaves out.
    """

    title: str
    file: Path
    corpus: Corpus
    corpus_as_given: str
    out: Path
    reports: list[Report]
    command: str
    others: tuple[str, ...] = ()


def plan(file: Path | None = None, corpus: str = "", out: str = "", only: Iterable[str] = ()) -> Plan:
    """Plan an edition: read reports.toml, check it, load the corpus.

    file : the reports file; without one, the nearest upwards from the working folder, else the shipped one.
    corpus, out : replace the file's corpus and its `reports/` folder; both are relative to the working folder.
    only : names of the reports to make, all if empty. The name of a report with a matrix means all its pages.

    Raises ParameterError for an unknown key, notebook, parameter or report, CorpusError for the corpus.
    """
    only, asked = tuple(only), file
    file, beside = reports_file.locate(file)
    given = reports_file.read(file)
    bases = [_report(entry, file) for entry in given["report"]]
    name = corpus or given.get("corpus", "")
    if not name:
        raise ParameterError(f'{file} sets no corpus; write `corpus = "..."` above the reports, or give --corpus.')
    news, as_given = load(corpus or reports_file.find_corpus(file, name)), ""
    with contextlib.suppress(CorpusError):
        as_given = name if find(name) == news.path else ""
    expanded = itertools.chain(*map(_expand, given["report"], bases, itertools.repeat(news)))
    reports = _told_apart(_without_repeats(list(expanded)))
    _check_names(reports, file)
    chosen = _chosen(reports, only, file)
    return Plan(
        title=given.get("title") or news.title,
        file=file,
        corpus=news,
        corpus_as_given=as_given or str(news.path),
        out=(Path.cwd() / out) if out else beside / "reports",
        reports=chosen,
        command=_command(asked, corpus, out, only),
        others=tuple(dict.fromkeys(report.group for report in reports if report not in chosen)),
    )


def _command(file: Path | None, corpus: str, out: str, only: tuple[str, ...]) -> str:
    options = [("--corpus", corpus), ("--out", out), *(("--only", name) for name in only)]
    named = itertools.chain(*(option for option in options if option[1]))
    return shlex.join(["broadsheet", "run", *([str(file)] if file else []), *named])


def _report(entry: dict[str, Any], file: Path) -> Report:
    """Return the report of an entry without its matrix, parameters checked."""
    stem = entry["notebook"].removesuffix(".ipynb")
    notebook = reports_file.find_notebook(file, stem)
    declared, given = parameters.of_notebook(notebook), entry.get("parameters", {})
    unknown = {name: "" for name in entry.get("matrix", {}) if name not in declared}
    parameters.fit(declared, given | unknown, notebook.name)
    return Report(entry.get("name") or stem, notebook, entry.get("title") or _question(notebook), given, declared)


def _question(notebook: Path) -> str:
    """Return the first heading in the notebook, else its file name."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    heading = re.search(r"^# (.+)", prose, re.MULTILINE)
    return heading[1].strip() if heading else notebook.stem


def _expand(entry: dict[str, Any], report: Report, news: Corpus) -> Iterator[Report]:
    """Yield one report per combination of the matrix's values; without a matrix, the report itself."""
    chosen, left_out = {}, []
    for name, values in entry.get("matrix", {}).items():
        if not values:
            raise ParameterError(f"{report.name}: the matrix over {name} is empty; name values, or leave it out.")
        values, rest = _frequent(name, news) if values == "*" else (values, "")
        left_out += [rest] if rest else []
        if values:
            chosen[name] = slugs(values)
    for combination in itertools.product(*chosen.values()):
        added = dict(zip(chosen, combination, strict=True))
        parameters.fit(report.declared, added, report.notebook.name)
        name = "--".join([report.name, *(chosen[column][value] for column, value in added.items())])
        title = f"{', '.join(map(str, combination))}: {report.title}" if added else report.title
        given = report.parameters | added
        yield replace(report, name=name, title=title, parameters=given, left_out="; ".join(left_out))


def _frequent(column: str, news: Corpus) -> tuple[list[str], str]:
    """Return the values of a matrix "*", and a phrase on those left out.

    The twelve most frequent values with at least ten articles; if none has ten, the four most frequent. If
    no article names any, there are none, and the report is made once for all articles.
    """
    if column not in news.catalogue.columns:
        hint = did_you_mean(column, map(str, news.catalogue.columns))
        raise ParameterError(f'matrix {column} = "*": the articles have no column {column!r}.{hint}')
    named = news.catalogue[column].astype("str").replace("", None)
    counts = named.value_counts()
    common = counts[counts >= FEWEST_ARTICLES].head(MOST_VALUES)
    chosen = common if len(common) else counts.head(FEW_VALUES)
    rest, unnamed = len(counts) - len(chosen), int(named.isna().sum())
    parts = [f"{quantity(rest, 'more value')} of {column} with fewer articles"] if rest else []
    parts += [f"articles without {column} ({unnamed:,} of {len(news):,})"] if unnamed else []
    have = "has no page of its own" if rest == 1 and not unnamed else "have no page of their own"
    return chosen.index.tolist(), f"{' and '.join(parts)} {have}" if parts else ""


def _without_repeats(reports: list[Report]) -> list[Report]:
    """Drop a matrix report that equals a plain one: no article has a value in its column."""
    plain = [(report.notebook, report.parameters) for report in reports if not report.left_out]
    return [report for report in reports if not report.left_out or (report.notebook, report.parameters) not in plain]


def _told_apart(reports: list[Report]) -> list[Report]:
    """Add to titles that several reports of a notebook share the parameters in which these differ."""
    distinct = []
    for report in reports:
        alike = [other.values for other in reports if (other.title, other.notebook) == (report.title, report.notebook)]
        words = [f"{name}: {text}" for name in _differing(alike) if (text := _text(report.values[name]))]
        distinct.append(replace(report, title=f"{report.title} ({'; '.join(words)})") if words else report)
    return distinct


def _differing(several: list[dict[str, Any]]) -> list[str]:
    """Return parameters, in order, that tell some reports apart, each of them more than those before it do."""
    names: list[str] = []
    apart = 1
    for name in several[0]:
        kinds = len({tuple(_text(values[one]) for one in (*names, name)) for values in several})
        if kinds > apart:
            names, apart = [*names, name], kinds
    return names


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _check_names(reports: list[Report], file: Path) -> None:
    names = [report.name.lower() for report in reports]  # some file systems ignore case
    for name in names:
        if name in RESERVED or not re.fullmatch(r"[a-z0-9_][a-z0-9._-]*", name):
            taken = " and ".join(sorted(RESERVED))
            raise ParameterError(
                f"{file}: a report cannot be named {name!r}; use letters, digits, `_`, `-`, not {taken}."
            )
        if names.count(name) > 1:
            raise ParameterError(f"{file}: two reports are named {name!r}; give one of them another `name`.")


def _chosen(reports: list[Report], only: tuple[str, ...], file: Path) -> list[Report]:
    """Return the reports that `only` names, or all of them."""
    known = dict.fromkeys(name for report in reports for name in (report.group, report.name))
    for name in only:
        if name not in known:
            groups = ", ".join(dict.fromkeys(report.group for report in reports))
            raise ParameterError(f"{file} has no report {name!r}; it has {groups}.{did_you_mean(name, known)}")
    return [report for report in reports if not only or {report.group, report.name} & set(only)]
