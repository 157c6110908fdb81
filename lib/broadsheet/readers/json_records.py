"""JSON records: one object, an array of objects, an object around such an array, or one object per line."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

from broadsheet.readers import columns
from broadsheet.readers.encoding import Text
from broadsheet.readers.rejection import Rejected

ENVELOPES = ("articles", "results", "docs", "items", "records")  # the names under which news services return arrays


def read_json(text: Text) -> Iterator[dict | Rejected]:
    """Return the records of a JSON file; JSON Lines are recognised under the ending `.json` too."""
    if _is_lines(text):
        return read_json_lines(text)
    whole = text.whole()
    try:
        return map(_record, _array(json.loads(whole)))
    except (ValueError, RecursionError):
        if whole.strip() and isinstance(_parsed(whole.lstrip().split("\n", 1)[0]), Rejected):
            raise Rejected("malformed") from None
        return read_json_lines(text)


def read_json_lines(text: Text) -> Iterator[dict | Rejected]:
    """Return one record per line that is not blank."""
    return map(_parsed, _filled(text))


def _is_lines(text: Text) -> bool:
    """Return whether the first line is an object and more lines follow: the whole is then not JSON."""
    first, *more = [*itertools.islice(_filled(text), 2)] or [""]
    return bool(more) and isinstance(_parsed(first.lstrip()), dict)


def _filled(text: Text) -> Iterator[str]:
    return itertools.filterfalse(str.isspace, text.lines())


def _parsed(line: str) -> dict | Rejected:
    try:
        return _record(json.loads(line))
    except (ValueError, RecursionError):
        return Rejected("malformed")


def _record(value: Any) -> dict | Rejected:
    return value if isinstance(value, dict) else Rejected("malformed")


def _array(value: Any) -> list:
    """Return the array that `value` is or wraps, as news services do; else `value` as the only record."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or columns.has("body", value):
        return [value]
    for name in [*value] if len(value) == 1 else ENVELOPES:
        if isinstance(value.get(name), list):
            return value[name]
    return [value]
