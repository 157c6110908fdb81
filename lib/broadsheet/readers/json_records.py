"""JSON: one object, an array of objects, an object around such an array, or one object per line."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

from broadsheet.readers import columns
from broadsheet.readers.encoding import Text
from broadsheet.readers.refusal import Refused

ENVELOPES = ("articles", "results", "docs", "items", "records")  # under these names news services hand out arrays


def read(text: Text) -> Iterator[dict | Refused]:
    """Return the records of one JSON value; JSON Lines under the ending `.json` are read as such."""
    if _is_lines(text):
        return lines(text)
    whole = text.whole()
    try:
        return map(_record, _array(json.loads(whole)))
    except (ValueError, RecursionError):
        if whole.strip() and isinstance(_parsed(whole.lstrip().split("\n", 1)[0]), Refused):
            raise Refused("malformed") from None
        return lines(text)


def lines(text: Text) -> Iterator[dict | Refused]:
    """Return one record per line that is not blank."""
    return map(_parsed, _filled(text))


def _is_lines(text: Text) -> bool:
    """Say whether the first line is an object by itself and others follow, which is no JSON as a whole."""
    first, *more = [*itertools.islice(_filled(text), 2)] or [""]
    return bool(more) and isinstance(_parsed(first.lstrip()), dict)


def _filled(text: Text) -> Iterator[str]:
    return itertools.filterfalse(str.isspace, text.lines())


def _parsed(line: str) -> dict | Refused:
    try:
        return _record(json.loads(line))
    except (ValueError, RecursionError):
        return Refused("malformed")


def _record(value: Any) -> dict | Refused:
    return value if isinstance(value, dict) else Refused("malformed")


def _array(value: Any) -> list:
    """Return the array that `value` is, or holds as a service's answer does; else `value` as the only record."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or columns.has("body", value):
        return [value]
    for name in [*value] if len(value) == 1 else ENVELOPES:
        if isinstance(value.get(name), list):
            return value[name]
    return [value]
