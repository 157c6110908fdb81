"""From the names that articles' fields have in the world to our columns."""

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from broadsheet.readers.values import missing, scrub
from broadsheet.schema import ARTICLES

# Our column: its usual names, folded; of several in one record the first that is not blank is taken.
USUAL = {
    "doc_id": ("docid", "id", "articleid", "guid", "uuid"),
    "published": (
        "published", "date", "publishedat", "pubdate", "publicationdate", "datepublished", "publishdate", "datepublish",
        "publisheddate", "webpublicationdate", "datetime", "timestamp",
    ),
    "outlet": ("outlet", "source", "publication", "publisher", "newspaper", "sourcename", "outletname"),
    "headline": ("headline", "title", "webtitle"),
    "byline": ("byline", "author", "authors"),
    "section": ("section", "sectionname"),
    "url": ("url", "link", "weburl", "permalink"),
    "body": (
        "body", "text", "content", "article", "articletext", "fulltext", "bodytext", "articlebody", "maintext",
        "contenttext", "textcontent",
    ),
}  # fmt: skip
FOLDED_AWAY = str.maketrans("", "", " _-")  # `Full text`, `full_text` and `fullText` are one name
MANY_SHAPES = 1024  # sets of field names whose plan is remembered; a corpus has a handful

Declared = tuple[tuple[str, str], ...]  # (our column, the user's name), as corpus.toml says


def fold(name: object) -> str:
    """Return `name` without case, spaces, `_` and `-`.

    >>> fold("Pub_Date")
    'pubdate'
    """
    return str(name).translate(FOLDED_AWAY).casefold()


def has(column: str, record: Iterable, declared: Declared = ()) -> bool:
    """Say whether `record` has a field that would be our `column`.

    >>> has("body", ["Title", "Full text"])
    True
    """
    return bool(_plan(tuple(record), declared)[column])


@functools.lru_cache(MANY_SHAPES)
def _plan(names: tuple, declared: Declared) -> dict[str, list]:
    """Return, for each of our columns, the fields of a record with these `names` that may fill it, best first.

    Where the record has the declared field, no other is looked at; a declared field serves nothing else.
    """
    folded = {fold(name): name for name in reversed(names)}
    chosen = {column: [folded[fold(name)]] for column, name in declared if fold(name) in folded}
    used = {name for fields in chosen.values() for name in fields}
    usual = {
        column: [folded[name] for name in known if name in folded and folded[name] not in used]
        for column, known in USUAL.items()
    }
    return usual | chosen


def part(record: Mapping, declared: Declared = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part a record into our columns (those it fills) and the user's further ones, under their own names.

    >>> part({"title": "Quay", "text": "Shut.", "words": 1})
    ({'headline': 'Quay', 'body': 'Shut.'}, {'words': 1})
    """
    plan = _plan(tuple(record), declared)
    blank = {name for names in plan.values() for name in names if missing(record[name])}
    filled = {column: name for column, names in plan.items() if (name := _first(names, blank)) is not None}
    used = blank | set(filled.values())
    ours = {column: record[name] for column, name in filled.items()}
    return ours, {_own_name(name, record): record[name] for name in record if name not in used}


def _first(names: list, blank: set) -> object:
    return next((name for name in names if name not in blank), None)


def _own_name(name: object, record: Mapping) -> str:
    """Return a further column's name, told apart from ours: `story` is kept as `story_given`."""
    if name not in ARTICLES:
        return scrub(str(name))
    return next(new for n in range(1, len(record) + 2) if (new := name + "_given" * n) not in record)
