"""JSON records: one object per line, or an array, objects that follow one another, or a service's answer around them."""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from broadsheet.readers import json_values
from broadsheet.readers.answers import articles
from broadsheet.readers.encoding import Text
from broadsheet.readers.rejection import Rejected


def read_json(text: Text) -> Iterator[dict | Rejected]:
    """Return the records of a JSON file; JSON Lines are recognised under the ending `.json` too."""
    first, second = _two_lines(text)
    if first[:1] != b"[" and any(isinstance(_value(line), dict) for line in (first, second) if second):
        return _of_lines(text)
    start = next(text.raw(), b"")
    if first and first[:1] not in b"[{" and not json_values.is_script(start):
        raise Rejected("malformed")
    return _records(json_values.values(text.raw()))


def read_json_lines(text: Text) -> Iterator[dict | Rejected]:
    """Return the records of the lines that are not blank; an array or one object under the ending `.jsonl` is read too."""
    first, second = _two_lines(text)
    spread = first[:1] == b"[" or (first[:1] == b"{" and second[:1] not in (b"{", b"["))
    if spread and not (second and isinstance(_value(first), dict)):
        return _records(json_values.values(text.raw()))
    return _of_lines(text)


def _of_lines(text: Text) -> Iterator[dict | Rejected]:
    return _records(itertools.chain.from_iterable(map(_values, _filled(text))))


def _records(values: Iterable) -> Iterator[dict | Rejected]:
    return itertools.chain.from_iterable(map(articles, values))


def _values(line: bytes) -> Iterable[Any]:
    """Return the value of a line, or all if several follow one another in it."""
    value = json_values.parse(line)
    if isinstance(value, Rejected) and b"}" in line:
        several = [*json_values.values([line])]
        if not any(isinstance(one, Rejected) for one in several):
            return several
    sound = not isinstance(value, list) or all(isinstance(item, dict) for item in value)
    return (value if sound else Rejected("malformed"),)


def _value(line: bytes) -> Any:
    return json_values.parse(line) if line[:1] == b"{" else None


def _two_lines(text: Text) -> tuple[bytes, bytes]:
    """Return the first two lines that are not blank, b"" for one that is missing."""
    lines = [line.lstrip() for line in itertools.islice(_filled(text), 2)]
    return tuple(lines + [b""] * (2 - len(lines)))


def _filled(text: Text) -> Iterator[bytes]:
    return itertools.filterfalse(bytes.isspace, text.raw_lines())
