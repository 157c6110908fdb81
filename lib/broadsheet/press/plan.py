"""What an edition holds: reports.toml read, every parameter checked before a kernel starts."""

import json
import re
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from broadsheet import parameters
from broadsheet.corpus import PROJECT_FILE, Corpus, find, load, project_root
from broadsheet.errors import CorpusError, ParameterError, did_you_mean
from broadsheet.press.matrix import expand

PROJECT = Path(__file__).resolve().parents[3]
"""The project that broadsheet is installed from: its notebooks and its reports.toml serve everywhere."""

RESERVED = {"index", "run"}  # pages of the site's own
KEYS = {"title": str, "corpus": str, "report": list}
SINGLE = (str, int, float, bool)  # what a matrix may give a page: one value each
REPORT_KEYS = {"name": str, "notebook": str, "title": str, "parameters": dict, "matrix": dict}


@dataclass(frozen=True)
class Report:
    """One page to be: a notebook and the values its parameters get."""

    name: str
    notebook: Path
    title: str
    parameters: dict[str, Any]
    declared: dict[str, parameters.Parameter]
    left_out: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """Every parameter with the value in force, but for the corpus, which the plan names."""
        return {
            name: self.parameters.get(name, parameter.default)
            for name, parameter in self.declared.items()
            if name != "corpus"
        }


@dataclass(frozen=True)
class Plan:
    """One edition to be; `corpus_as_given` is how its notebooks name the corpus, `command` what makes it again."""

    title: str
    file: Path
    corpus: Corpus
    corpus_as_given: str
    out: Path
    reports: list[Report]
    command: str


def plan(file: Path | None = None, corpus: str = "", out: str = "") -> Plan:
    """Read reports.toml and check all that can be checked before a kernel starts.

    file : the reports file; without one, the nearest upwards from the working folder, else the shipped one.
    corpus, out : replace the file's corpus and its `reports/` folder; both count from the working folder.

    Raises ParameterError for an unknown key, notebook or parameter, CorpusError for the corpus.
    """
    asked = [
        *([str(file)] if file else []),
        *(["--corpus", corpus] if corpus else []),
        *(["--out", out] if out else []),
    ]
    file, beside = _reports_file(file)
    given = _read(file)
    reports = [_declared(entry, file) for entry in given.get("report", [])]
    if not reports:
        raise ParameterError(
            f"{file} declares no [[report]]; each needs a `notebook`, and may have name, title, parameters, matrix."
        )
    as_given = corpus or given.get("corpus", "")
    if not as_given:
        raise ParameterError(f'{file} names no corpus; write `corpus = "..."` above the reports, or give --corpus.')
    news = load(corpus or _beside(file, as_given))
    try:
        same = find(as_given) == news.path
    except CorpusError:
        same = False
    expanded = _told_apart(_once([report for entry, base in reports for report in expand(entry, base, news)]))
    _check_names(expanded, file)
    return Plan(
        title=given.get("title") or news.title,
        file=file,
        corpus=news,
        corpus_as_given=as_given if same else str(news.path),
        out=(Path.cwd() / out) if out else beside / "reports",
        reports=expanded,
        command=shlex.join(["broadsheet", "run", *asked]),
    )


def _once(reports: list[Report]) -> list[Report]:
    """Return the reports without those that a matrix left as another already is: no article has its column."""
    plain = [(report.notebook, report.parameters) for report in reports if not report.left_out]
    return [report for report in reports if not report.left_out or (report.notebook, report.parameters) not in plain]


def _told_apart(reports: list[Report]) -> list[Report]:
    """Return the reports; behind the title of those that share it and the notebook stands in what they differ."""
    told = []
    for report in reports:
        alike = [other.values for other in reports if (other.title, other.notebook) == (report.title, report.notebook)]
        said = [f"{name}: {text}" for name in _differing(alike) if (text := _text(report.values[name]))]
        told.append(replace(report, title=f"{report.title} ({'; '.join(said)})") if said else report)
    return told


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


def _reports_file(file: Path | None) -> tuple[Path, Path]:
    """Return the reports file and the folder that `reports/` is written in."""
    if file is not None:
        if not file.is_file():
            raise ParameterError(f"There is no reports file {file}. Give the path of a reports.toml, or leave it out.")
        return file.resolve(), file.resolve().parent
    root = project_root()
    return (root / PROJECT_FILE, root) if root else (PROJECT / PROJECT_FILE, Path.cwd())


def _read(file: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ParameterError(
            f"{file} cannot be read: {error.strerror}. Name a reports file, or install broadsheet from its project."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParameterError(f"{file} is not valid TOML: {error}.") from error
    _known(given, KEYS, str(file))
    for entry in given.get("report", []):
        _known(entry, REPORT_KEYS, f"{file}, [[report]]")
        if "notebook" not in entry:
            raise ParameterError(f'{file}: each [[report]] needs `notebook = "..."`, a file name without .ipynb.')
        for name, values in entry.get("matrix", {}).items():
            if values != "*" and not (isinstance(values, list) and all(isinstance(v, SINGLE) for v in values)):
                raise ParameterError(f'{file}: matrix {name} must be a list of values, or "*"; found {values!r}.')
    return given


def _known(given: Any, kinds: Mapping[str, type], where: str) -> None:
    """Check that a table of the file holds only what it may, each of its kind."""
    if not isinstance(given, dict):
        raise ParameterError(f"{where} must be a table; found {given!r}. A report begins with the line [[report]].")
    for key, value in given.items():
        if key not in kinds:
            raise ParameterError(
                f"{where} does not know {key!r}; it knows {', '.join(kinds)}.{did_you_mean(key, kinds)}"
            )
        if not isinstance(value, kinds[key]):
            form = {str: "a text in quotes", list: "written as [[report]]", dict: "a table"}[kinds[key]]
            raise ParameterError(f"{where}: {key} must be {form}; found {value!r}.")


def _beside(file: Path, corpus: str) -> Path | str:
    places = [file.parent / corpus, file.parent / "data" / corpus]
    return next((place for place in places if corpus and place.exists()), corpus)


def _declared(entry: dict[str, Any], file: Path) -> tuple[dict[str, Any], Report]:
    """Return the entry and its report as if it had no matrix, its parameters checked."""
    stem = entry["notebook"].removesuffix(".ipynb")
    places = [folder / "notebooks" / f"{stem}.ipynb" for folder in (file.parent, PROJECT)]
    notebook = next((place for place in places if place.is_file()), None)
    if notebook is None:
        shipped = sorted(path.stem for place in places for path in place.parent.glob("*.ipynb"))
        raise ParameterError(
            f"{file}: there is no notebook {stem!r} in {places[0].parent}.{did_you_mean(stem, shipped)}"
        )
    declared = parameters.of_notebook(notebook)
    given = entry.get("parameters", {})
    parameters.fit(
        declared, {**given, **{name: "" for name in entry.get("matrix", {}) if name not in declared}}, notebook.name
    )
    if "corpus" in given or "corpus" in entry.get("matrix", {}):
        raise ParameterError(f"{file}: the corpus is named once, above the reports or with --corpus, not for {stem}.")
    return entry, Report(
        entry.get("name") or stem, notebook, entry.get("title") or _question(notebook), given, declared
    )


def _question(notebook: Path) -> str:
    """Return the notebook's own title, the first heading in it; else its file's name."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    heading = re.search(r"^# (.+)", prose, re.MULTILINE)
    return heading[1].strip() if heading else notebook.stem


def _check_names(reports: list[Report], file: Path) -> None:
    names = [report.name.lower() for report in reports]  # some file systems do not tell cases apart
    for name in names:
        if name in RESERVED or not re.fullmatch(r"[a-z0-9_][a-z0-9._-]*", name):
            raise ParameterError(
                f"{file}: {name!r} cannot name a report; use letters, digits, `_` and `-`, and not {', '.join(sorted(RESERVED))}."
            )
        if names.count(name) > 1:
            raise ParameterError(f"{file}: two reports are named {name!r}; give one of them another `name`.")
