"""Recognise columns by their content: the one with the text, and those that contain dates."""

import statistics
from collections.abc import Iterable

from broadsheet.readers import columns, dates, values
from broadsheet.readers.columns import Declared

LONG, WORDS = 100, 15  # characters and words of a cell from which it may be an article's text
AHEAD = 4  # times as long as every other column of prose is the text; a shorter one competes with them
MOST = 0.5  # share of the records that must have such a value
SHORT = 40  # characters of the longest date


def text_column(records: list[dict], declared: Declared = ()) -> str:
    """Return the one field whose values are long prose; "" if there is none, or several compete.

    >>> text_column([{"name": "Quay", "story": "The quay is shut, and nobody knows for how long it will be. " * 3}])
    'story'
    """
    lengths = {name: _length(name, records) for name in prose(records, declared)}
    longest = sorted(lengths, key=lengths.get, reverse=True)
    if not longest or (len(longest) > 1 and lengths[longest[0]] < AHEAD * lengths[longest[1]]):
        return ""
    return longest[0]


def prose(records: list[dict], declared: Declared = ()) -> list[str]:
    """Return the fields that supply none of our columns and contain long prose in most records."""
    return [name for name in _unused(records, declared) if _share(_is_prose, name, records) >= MOST]


def date_columns(records: list[dict], declared: Declared = ()) -> list[str]:
    """Return the fields that supply none of our columns and contain dates in most records."""
    return [name for name in _unused(records, declared) if _share(_is_date, name, records) > MOST]


def _unused(records: list[dict], declared: Declared) -> list[str]:
    used = {name for record in records for names in columns.fields(record, declared).values() for name in names}
    return [name for name in dict.fromkeys(name for record in records for name in record) if name not in used]


def _share(test: object, name: str, records: list[dict]) -> float:
    return sum(test(record.get(name)) for record in records) / len(records)


def _length(name: str, records: Iterable[dict]) -> float:
    return statistics.fmean(len(values.body(record.get(name))) for record in records)


def _is_prose(value: object) -> bool:
    text = values.body(value)
    words = text[: 50 * LONG].split()
    small = sum(word[0].islower() for word in words)
    return len(text) >= LONG and len(words) >= WORDS and 2 * small >= len(words)


def _is_date(value: object) -> bool:
    text = values.text(value)
    return 0 < len(text) <= SHORT and (dates.parse(text)[0] is not None or dates.parse(text)[1] == "ambiguous date")
