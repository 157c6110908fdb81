"""reports.toml, read and checked."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from broadsheet.corpus import PROJECT_FILE, project_root
from broadsheet.errors import ParameterError, did_you_mean

PROJECT = Path(__file__).resolve().parents[3]  # broadsheet's own: its notebooks and reports.toml serve everywhere

KEYS = {"title": str, "corpus": str, "report": list}
REPORT_KEYS = {"name": str, "notebook": str, "title": str, "parameters": dict, "matrix": dict}
SINGLE = (str, int, float, bool)  # types of a matrix value
FORMS = {str: "a text in quotes", list: "written as [[report]]", dict: "a table"}


def locate(file: Path | None) -> tuple[Path, Path]:
    """Return the path of the reports file, and the folder that gets `reports/`.

    Without `file`: the nearest reports.toml upwards from the working folder, else the shipped one.
    """
    if file is not None:
        if not file.is_file():
            raise ParameterError(f"There is no reports file {file}. Give the path of a reports.toml, or leave it out.")
        return file.resolve(), file.resolve().parent
    root = project_root()
    return (root / PROJECT_FILE, root) if root else (PROJECT / PROJECT_FILE, Path.cwd())


def read(file: Path) -> dict[str, Any]:
    """Return the content of a reports file; every key is known, and every value has the right type.

    Raises ParameterError, naming the first mistake and the fix.
    """
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ParameterError(
            f"{file} cannot be read: {error.strerror}. Name a reports file, or install broadsheet from its project."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParameterError(f"{file} is not valid TOML: {error}.") from error
    _check(given, KEYS, str(file))
    if not given.get("report"):
        raise ParameterError(
            f"{file} declares no [[report]]; each needs a `notebook`, and may have name, title, parameters, matrix."
        )
    for entry in given["report"]:
        _check_report(entry, file)
    return given


def _check_report(entry: Any, file: Path) -> None:
    _check(entry, REPORT_KEYS, f"{file}, [[report]]")
    if "notebook" not in entry:
        raise ParameterError(f'{file}: each [[report]] needs `notebook = "..."`, a file name without .ipynb.')
    for name, values in entry.get("matrix", {}).items():
        if values != "*" and not (isinstance(values, list) and all(isinstance(value, SINGLE) for value in values)):
            raise ParameterError(f'{file}: matrix {name} must be a list of values, or "*"; found {values!r}.')
    if "corpus" in entry.get("parameters", {}) or "corpus" in entry.get("matrix", {}):
        raise ParameterError(
            f"{file}: name the corpus once, above the reports or with --corpus, not for {entry['notebook']}."
        )


def _check(given: Any, kinds: Mapping[str, type], where: str) -> None:
    """Check the keys of one table of the file, and the types of their values."""
    if not isinstance(given, dict):
        raise ParameterError(f"{where} must be a table; found {given!r}. A report begins with the line [[report]].")
    for key, value in given.items():
        if key not in kinds:
            hint = did_you_mean(key, kinds)
            raise ParameterError(f"{where} does not know {key!r}; it knows {', '.join(kinds)}.{hint}")
        if not isinstance(value, kinds[key]):
            raise ParameterError(f"{where}: {key} must be {FORMS[kinds[key]]}; found {value!r}.")


def find_corpus(file: Path, corpus: str) -> Path | str:
    """Return the file's corpus: beside the file or in its data/; if it is in neither, as given."""
    places = [file.parent / corpus, file.parent / "data" / corpus]
    return next((place for place in places if corpus and place.exists()), corpus)


def find_notebook(file: Path, stem: str) -> Path:
    """Return the path of a notebook: in notebooks/ beside the file, or in the project's own."""
    places = [folder / "notebooks" / f"{stem}.ipynb" for folder in (file.parent, PROJECT)]
    notebook = next((place for place in places if place.is_file()), None)
    if notebook is None:
        known = sorted(path.stem for place in places for path in place.parent.glob("*.ipynb"))
        raise ParameterError(f"{file}: there is no notebook {stem!r} in {places[0].parent}.{did_you_mean(stem, known)}")
    return notebook
