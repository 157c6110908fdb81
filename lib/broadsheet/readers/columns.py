"""Map the names that fields have in exports to our columns."""

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from typing import Any

from broadsheet.readers.values import missing, scrub
from broadsheet.schema import ARTICLES

# Our column: its usual names, folded. If a record has several of them, the first that is not blank is used.
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
MANY_SHAPES = 1024  # sets of field names whose plan is cached; a corpus has a handful

Declared = tuple[tuple[str, str], ...]  # (our column, the user's name), from corpus.toml


def fold(name: object) -> str:
    """Return a field's name in lower case, without spaces, `_` and `-`.

    >>> fold("Pub_Date")
    'pubdate'
    """
    return str(name).translate(FOLDED_AWAY).casefold()


def has(column: str, record: Iterable, declared: Declared = ()) -> bool:
    """Return whether a record has a field for our `column`.

    >>> has("body", ["Title", "Full text"])
    True
    """
    return column in _plan(tuple(record), declared).fields


@dataclasses.dataclass(frozen=True, slots=True)
class _Plan:
    """How to split the records that have one set of field names."""

    fields: dict[str, list]  # our column: the fields that may supply it, best first
    known: frozenset  # all of these fields
    names: dict[Any, str]  # a field: its name as a further column


@functools.lru_cache(MANY_SHAPES)
def _plan(names: tuple, declared: Declared) -> _Plan:
    """Return the plan for records with these field names.

    A declared field, if the record has it, is the only one for its column and supplies no other column.
    """
    folded = {fold(name): name for name in reversed(names)}
    chosen = {column: [folded[fold(name)]] for column, name in declared if fold(name) in folded}
    used = {name for fields in chosen.values() for name in fields}
    usual = {
        column: [folded[name] for name in known if name in folded and folded[name] not in used]
        for column, known in USUAL.items()
    }
    fields = {column: given for column, given in (usual | chosen).items() if given}
    known = frozenset(name for given in fields.values() for name in given)
    return _Plan(fields, known, {name: _own_name(name, names) for name in names})


def split(record: Mapping, declared: Declared = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split a record into our columns and the user's further columns.

    >>> split({"title": "Quay", "text": "Shut.", "words": 1})
    ({'headline': 'Quay', 'body': 'Shut.'}, {'words': 1})
    """
    plan = _plan(tuple(record), declared)
    ours, spare = {}, set()
    for column, names in plan.fields.items():
        for name in names:
            if missing(record[name]):
                continue
            if column in ours:
                spare.add(name)
            else:
                ours[column] = record[name]
    further = {own: record[name] for name, own in plan.names.items() if name not in plan.known or name in spare}
    return ours, further


def _own_name(name: object, names: tuple) -> str:
    """Return a further column's name; one that is also ours gets a suffix: `story` becomes `story_given`."""
    if name not in ARTICLES:
        return scrub(str(name))
    return next(new for n in range(1, len(names) + 2) if (new := name + "_given" * n) not in names)
