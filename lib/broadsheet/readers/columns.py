"""From the names that articles' fields have in the world to our columns."""

import dataclasses
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
    return column in _plan(tuple(record), declared).fields


@dataclasses.dataclass(frozen=True, slots=True)
class _Plan:
    """How the records of one shape are parted."""

    fields: dict[str, list]  # our column: the fields that may fill it, best first
    known: frozenset  # all these fields
    names: dict[Any, str]  # a field: the further column that it is when it fills none of ours


@functools.lru_cache(MANY_SHAPES)
def _plan(names: tuple, declared: Declared) -> _Plan:
    """Return the plan for records with these `names`.

    Where the record has the declared field, no other is looked at; a declared field serves nothing else.
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


def part(record: Mapping, declared: Declared = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part a record into our columns (those it fills) and the user's further ones, under their own names.

    >>> part({"title": "Quay", "text": "Shut.", "words": 1})
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
    """Return a further column's name, told apart from ours: `story` is kept as `story_given`."""
    if name not in ARTICLES:
        return scrub(str(name))
    return next(new for n in range(1, len(names) + 2) if (new := name + "_given" * n) not in names)
