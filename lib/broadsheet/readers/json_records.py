"""JSON: one object, an array of objects, an object around such an array, or one object per line."""

import json
from collections.abc import Iterator
from typing import Any

from broadsheet.readers import columns
from broadsheet.readers.refusal import Refused

ENVELOPES = ("articles", "results", "docs", "items", "records")  # under these names news services hand out arrays


def read(text: str) -> Iterator[dict | Refused]:
    """Return the records of one JSON value; JSON Lines under the ending `.json` are read as such."""
    try:
        return map(_record, _array(json.loads(text)))
    except (ValueError, RecursionError):
        if isinstance(_parsed(text.lstrip().split("\n", 1)[0]), Refused):
            raise Refused("malformed") from None
        return lines(text)


def lines(text: str) -> Iterator[dict | Refused]:
    """Return one record per line that is not blank."""
    return (_parsed(line) for line in text.split("\n") if line and not line.isspace())


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
