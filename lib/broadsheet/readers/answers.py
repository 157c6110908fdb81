"""Find the articles in the answers of news services and in the JSON of other programs, however they are nested."""

import functools
from typing import Any

from broadsheet.readers import columns
from broadsheet.readers.rejection import Rejected
from broadsheet.readers.values import Stub, missing

ENVELOPES = ("articles", "results", "docs", "items", "records", "hits", "data", "entries", "posts", "stories")
WRAPPERS = {  # an object around an article's fields, or around some of them, has one of these names (folded)
    "source", "fields", "attributes", "metadata", "meta", "document", "doc", "article", "data", "item", "node", "post",
    "story", "record", "properties", "info", "details", "payload", "content", "head", "header", "result", "response",
}  # fmt: skip
DEEPEST = 5  # objects within one another, below which no articles are looked for
TRIED = 3  # items of an array that are examined
LONG = 200  # characters of a text that is an article's, whatever the name of the object around it
# What services print in place of the text: the names by which their records are known, and the best first of their stubs.
SUMMARY = "trailtext"
STUBS = (
    (("webtitle", "webpublicationdate"), (SUMMARY, "webtitle")),
    (("source", "publishedat", "title"), ("description", "title")),
    (("headline", "pubdate", "weburl"), ("leadparagraph", "abstract", "snippet")),
)


def articles(value: Any) -> list[dict | Rejected]:
    """Return the articles that a JSON value is or contains, each as one flat record; else the value as the only one.

    >>> articles({"status": "ok", "response": {"docs": [{"text": "The quay is shut."}]}})
    [{'text': 'The quay is shut.'}]
    """
    if isinstance(value, list):
        return [article for item in value for article in (articles(item) if isinstance(item, dict) else _as_one(item))]
    within = _within(value) if isinstance(value, dict) else None
    if within is None:
        return _as_one(value)
    return [article for item in within for article in _as_one(item)]


def flat(record: dict) -> dict:
    """Return a record with the fields of objects around its text, or around some of its fields, as its own.

    >>> flat({"_id": "7", "_source": {"title": "Quay", "text": "It is shut."}})
    {'title': 'Quay', 'text': 'It is shut.', '_id': '7'}
    """
    for _ in range(DEEPEST):
        names = [name for name, value in record.items() if type(value) is dict and _wraps(name, value, record)]
        if not names:
            break
        inner = {key: value for name in names for key, value in record[name].items()}
        record = inner | {key: value for key, value in record.items() if key not in names}
    return _with_stub(record)


def _as_one(value: Any) -> list[dict | Rejected]:
    return [flat(value) if isinstance(value, dict) else Rejected("malformed")]


def _within(value: dict) -> list | None:
    """Return the items that an object contains, or its rows if it is a table; None if it is one article itself."""
    if all(type(inner) is dict for inner in value.values()) and value:
        return _by_column(value) or _by_key(value) or _in_arrays(value)
    if _has_text(value) or (columns.has("headline", value) and columns.has("published", value)):
        return None
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return [
            dict(zip(map(str, value["columns"]), row, strict=False)) for row in value["data"] if isinstance(row, list)
        ]
    return _in_arrays(value)


def _by_column(value: dict) -> list | None:
    """Return the rows of a table that is written column by column, as pandas does."""
    rows = [*next(iter(value.values()))]
    if not columns.has("body", value) or any([*column] != rows for column in value.values()):
        return None
    return [{name: column[row] for name, column in value.items()} for row in rows]


def _by_key(value: dict) -> list | None:
    """Return the records that are written each under a key of its own."""
    records = [*value.values()]
    return records if all(_has_text(flat(record)) for record in records[:TRIED]) else None


def _in_arrays(value: dict) -> list | None:
    """Return the items of the outermost arrays that contain articles, or of an array that is named like those of services."""
    level, empty = [value], None
    for _ in range(DEEPEST):
        arrays = [(name, inner) for one in level for name, inner in one.items() if isinstance(inner, list)]
        found = [array for array in arrays if any(map(_is_article, array[1][:TRIED]))]
        if found:
            best = min((ENVELOPES.index(name) for name, _ in found if name in ENVELOPES), default=None)
            return [item for name, array in found if best is None or name == ENVELOPES[best] for item in array]
        named = (array for name, array in arrays if name in ENVELOPES or value == {name: array})
        empty = next((array for array in named if all(isinstance(item, dict) for item in array)), empty)
        level = [inner for one in level for inner in one.values() if isinstance(inner, dict)]
    return empty


def _is_article(item: Any) -> bool:
    return isinstance(item, dict) and _has_text(flat(item))


def _has_text(record: dict) -> bool:
    """Return whether a field of the record itself is named like a text, and is not an object around one."""
    return any(
        type(record[name]) is not dict or not columns.has("body", record[name])
        for name in columns.fields(record).get("body", ())
    )


def _wraps(name: str, value: dict, record: dict) -> bool:
    """Return whether the object under `name` contains fields of the article itself."""
    named = columns.fold(name) in WRAPPERS
    if not _has_text(record):
        if named and SUMMARY in map(columns.fold, value):
            return True
        return columns.has("body", value) and (named or len(str(columns.split(value)[0].get("body", ""))) >= LONG)
    own, inner = columns.fields(record), columns.fields(value)
    return named and any(column in inner and column not in own for column in ("headline", "published"))


def _with_stub(record: dict) -> dict:
    """Add to a record without text, if a news service printed it, the beginning or summary that it has instead."""
    stubs = _stubs(tuple(record))
    if not stubs or any(not missing(record[name]) for name in columns.fields(record).get("body", ())):
        return record
    stub = next((record[name] for name in stubs if isinstance(record[name], str) and not missing(record[name])), "")
    return record | {"body": Stub(stub)}


@functools.lru_cache(columns.MANY_SHAPES)
def _stubs(names: tuple) -> list[str]:
    """Return the fields that may supply a stub, best first; none if no known service prints such fields."""
    folded = {columns.fold(name): name for name in names}
    for known, stubs in STUBS:
        if all(name in folded for name in known):
            return [folded[name] for name in stubs if name in folded]
    return []
