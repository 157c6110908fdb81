"""What `corpus.toml` beside the articles says about them."""

import dataclasses
import pathlib
import tomllib
from collections.abc import Collection
from typing import Any

from broadsheet.errors import CorpusError, did_you_mean
from broadsheet.readers import languages
from broadsheet.readers.columns import USUAL, Declared, fold
from broadsheet.readers.dates import ORDERS

NAME = "corpus.toml"
FOLDER = "folder"  # the outlet that means: the first folder below the corpus
FORMS = {  # what each key holds, and how it is written
    "title": (str, "what to call the corpus"),
    "columns": (dict, 'a table such as [columns] followed by body = "fulltext"'),
    "outlet": (str, f'a name, or "{FOLDER}" for the first folder below the corpus'),
    "ignore": (list, 'a list such as ["*.bak", "drafts/*"]'),
    "dates": (str, " or ".join(f'"{order}"' for order in ORDERS)),
    "language": (
        str,
        f'the ISO 639-1 code of a language that we can tell, such as "en" or "de", or "{languages.ANY}" to set nothing aside for its language',
    ),
}


@dataclasses.dataclass(frozen=True)
class Settings:
    """The user's word on names and dates; the defaults say nothing."""

    title: str = ""
    declared: Declared = ()
    outlet: str = ""
    ignore: tuple[str, ...] = ()
    dates: str = ""
    language: str = "en"


def read(folder: pathlib.Path) -> Settings:
    """Return what the folder's `corpus.toml` says; without the file, the defaults.

    Raises CorpusError when it is no TOML, or says what we do not understand.
    """
    path = folder / NAME
    if not path.exists():
        return Settings()
    try:
        said = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CorpusError(
            f"{path} must be readable as TOML in UTF-8; {error}. Correct that line or remove the file."
        ) from None
    for key, value in said.items():
        _check(path, key, value)
    return Settings(
        said.get("title", ""),
        tuple(said.get("columns", {}).items()),
        said.get("outlet", ""),
        tuple(said.get("ignore", ())),
        said.get("dates", ""),
        said.get("language", "en"),
    )


def raw(folder: pathlib.Path) -> bytes:
    """Return the folder's `corpus.toml` as it lies there; nothing without the file."""
    path = folder / NAME
    return path.read_bytes() if path.exists() else b""


def check_declared(declared: Declared, names: set[str]) -> None:
    """Raise CorpusError when a declared column is in no record; `names` are those that the records have."""
    found = {fold(name) for name in names}
    for column, name in declared:
        if names and fold(name) not in found:
            hint = did_you_mean(name, names) or f" Write one of these after `{column} =`."
            if column == "outlet":
                hint += f' A name for all articles, or outlet = "{FOLDER}", stands above [columns].'
            raise CorpusError(
                f'{NAME} says {column} = "{name}" under [columns], but no record has that column; '
                f"found {', '.join(sorted(names))}.{hint}"
            )


def _check(path: pathlib.Path, key: str, value: Any) -> None:
    _known(path, key, FORMS, "it may hold")
    kind, form = FORMS[key]
    if not isinstance(value, kind) or not _texts_only(value) or (_choices(key) and value not in _choices(key)):
        raise CorpusError(
            f"{path}: `{key}` must be {form}; found {value!r}.{_code_hint(str(value)) if key == 'language' else ''}"
        )
    for column in value if key == "columns" else ():
        _known(path, column, USUAL, "our columns under [columns] are")


def _choices(key: str) -> Collection[str]:
    """Return what the key may say; nothing where that is free."""
    return {"dates": ORDERS, "language": languages.known()}.get(key, ())


def _code_hint(said: str) -> str:
    """Return the code that was meant, where a language was named or its code not written small."""
    code = languages.code_of(said) or said.lower()
    return f' Write "{code}".' if code in languages.known() else ""


def _texts_only(value: Any) -> bool:
    texts = value.values() if isinstance(value, dict) else value
    return all(isinstance(text, str) for text in texts)


def _known(path: pathlib.Path, name: str, known: dict, what: str) -> None:
    if name not in known:
        raise CorpusError(f"{path} does not know `{name}`; {what} {', '.join(known)}.{did_you_mean(name, known)}")
