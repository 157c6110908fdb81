"""The settings in corpus.toml, beside the articles."""

import dataclasses
import pathlib
import tomllib
from collections.abc import Collection
from typing import Any

from broadsheet.errors import CorpusError, did_you_mean
from broadsheet.readers import languages
from broadsheet.readers.columns import USUAL, Declared, fold
from broadsheet.readers.dates import ORDERS
from broadsheet.readers.values import unix_lines

NAME = "corpus.toml"
FOLDER = "folder"  # as an outlet: the first folder below the corpus
FORMS = {  # each key's type, and the form to name in errors
    "title": (str, "what to call the corpus"),
    "columns": (dict, 'a table such as [columns] followed by body = "fulltext"'),
    "outlet": (str, f'a name, or "{FOLDER}" for the first folder below the corpus'),
    "ignore": (list, 'a list such as ["*.bak", "drafts/*"]'),
    "dates": (str, " or ".join(f'"{order}"' for order in ORDERS)),
    "language": (
        str,
        f'the ISO 639-1 code of a language that can be recognised, such as "en" or "de", or "{languages.ANY}" to set nothing aside for its language',
    ),
}


@dataclasses.dataclass(frozen=True)
class Settings:
    """The settings of a corpus; the defaults set nothing."""

    title: str = ""
    declared: Declared = ()
    outlet: str = ""
    ignore: tuple[str, ...] = ()
    dates: str = ""
    language: str = "en"


def settings_file(folder: pathlib.Path) -> tuple[bytes, pathlib.Path]:
    """Return the content of a folder's corpus.toml, empty if there is none, and its path."""
    path = folder / NAME
    try:
        return path.read_bytes() if path.exists() else b"", path
    except OSError as error:
        raise _unreadable(path, error) from None


def parse_settings(toml: bytes, path: pathlib.Path) -> Settings:
    """Parse the content of corpus.toml; what it does not set keeps its default.

    path : named in errors. Raises CorpusError for invalid TOML, an unknown key or a wrong value.
    """
    try:
        given = tomllib.loads(unix_lines(toml.decode("utf-8-sig")))
    except ValueError as error:
        raise _unreadable(path, error) from None
    for key, value in given.items():
        _check(path, key, value)
    return Settings(
        given.get("title", ""),
        tuple(given.get("columns", {}).items()),
        given.get("outlet", ""),
        tuple(given.get("ignore", ())),
        given.get("dates", ""),
        given.get("language", "en"),
    )


def _unreadable(path: pathlib.Path, error: Exception) -> CorpusError:
    return CorpusError(f"{path} must be readable as TOML in UTF-8; {error}. Correct that line or remove the file.")


def check_declared(declared: Declared, names: set[str]) -> None:
    """Raise CorpusError when a declared column is in no record; `names` are the names of all fields."""
    found = {fold(name) for name in names}
    for column, name in declared:
        if names and not any(fold(step) in found for step in (name, *name.split("."))):
            hint = did_you_mean(name, names) or f" Write one of these after `{column} =`."
            if column == "outlet":
                hint += f' Put one name for all articles, or outlet = "{FOLDER}", above [columns].'
            raise CorpusError(
                f'{NAME} sets {column} = "{name}" under [columns], but no record has that column; '
                f"found {', '.join(sorted(names))}.{hint}"
            )


def _check(path: pathlib.Path, key: str, value: Any) -> None:
    _known(path, key, FORMS, "it may contain")
    kind, form = FORMS[key]
    if not isinstance(value, kind) or not _texts_only(value) or (_choices(key) and value not in _choices(key)):
        raise CorpusError(
            f"{path}: `{key}` must be {form}; found {value!r}.{_code_hint(str(value)) if key == 'language' else ''}"
        )
    for column in value if key == "columns" else ():
        _known(path, column, USUAL, "our columns under [columns] are")


def _choices(key: str) -> Collection[str]:
    """Return the possible values of a key; nothing if any value will do."""
    return {"dates": ORDERS, "language": languages.known()}.get(key, ())


def _code_hint(value: str) -> str:
    """Suggest the code of a language that is named, or whose code is in capitals."""
    code = languages.code_of(value) or value.lower()
    return f' Write "{code}".' if code in languages.known() else ""


def _texts_only(value: Any) -> bool:
    texts = value.values() if isinstance(value, dict) else value
    return all(isinstance(text, str) for text in texts)


def _known(path: pathlib.Path, name: str, known: dict, what: str) -> None:
    if name not in known:
        raise CorpusError(f"{path} does not know `{name}`; {what} {', '.join(known)}.{did_you_mean(name, known)}")
