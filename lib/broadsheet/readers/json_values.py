"""Split a JSON file into its values: the items of an array, or values that follow one another.

Few are in memory at a time, and a fault costs its own value.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from broadsheet.readers.rejection import Rejected

LONGEST = 2**24  # bytes of an array's item; if it has not ended by then, a quotation mark in it is open
DEEPEST = 1000  # objects and arrays within one another
INEXACT = 2.0**63  # orjson reads greater integers as floats
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]"]', re.DOTALL)
_BETWEEN = re.compile(rb"[\s,]*+")
_NOWHERE = re.compile(rb"(?!)")
_SCALAR = re.compile(rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|[^\s,{}\[\]]++|.', re.DOTALL)
_FIRST_KEY = re.compile(rb'\{\s*("(?:[^"\\\n]|\\.){1,80}")\s*:')
_NESTED = re.compile(rb'"\s*:\s*\[\s*(?=\{)')
_SCRIPT = re.compile(rb"""\s*+(?:export\s+default|(?:(?:var|let|const)\s+)?[\w$.\[\]'"]{0,80}\s*[=(])\s*+(?=[{\[])""")


def parse(value: bytes) -> Any:
    """Return a JSON value; NaN, raw control characters, lone surrogates and invalid bytes are read as they are.

    A fault is returned as Rejected.
    """
    try:
        found = orjson.loads(value)
    except ValueError:
        return _leniently(value)
    if type(found) is dict and any(type(one) is float and abs(one) >= INEXACT for one in found.values()):
        return json.loads(value)
    return found


def _leniently(value: bytes) -> Any:
    text = value.decode("utf-8", "surrogateescape")
    for written in (text, text.replace("\0", "")) if "\0" in text else (text,):
        try:
            return json.loads(written, strict=False)
        except (ValueError, RecursionError):
            pass
    return Rejected("malformed")


def is_script(start: bytes) -> bool:
    """Return whether a file begins as JavaScript that assigns a value or passes it to a function.

    >>> is_script(b"window.news = [{"), is_script(b"<html>")
    (True, False)
    """
    return _SCRIPT.match(start) is not None


class Stream:
    """Bytes that arrive in pieces, and the place reached in them."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self.text, self.at, self.ended = iter(pieces), b"", 0, False
        self.more()

    def more(self) -> None:
        """Read at least as much again as is left."""
        rest, wanted = [self.text[self.at :]], len(self.text) - self.at
        while wanted >= 0 and not self.ended:
            piece = next(self._pieces, None)
            self.ended = piece is None
            rest.append(piece or b"")
            wanted -= len(piece or b"")
        self.text, self.at = b"".join(rest), 0

    def mark(self) -> bytes:
        """Move to the next character that is no blank or comma, and return it; b"" at the end."""
        while True:
            self.at = _BETWEEN.match(self.text, self.at).end()
            if self.at < len(self.text) or self.ended:
                return self.text[self.at : self.at + 1]
            self.more()

    def end(self, longest: float) -> int:
        """Return where the object or array that begins here ends; 0 if that is not found."""
        depth = ahead = 0
        while True:
            for token in _TOKEN.finditer(self.text, self.at + ahead):
                if token[0] == b'"':
                    break
                depth += (token[0] in b"{[") - (token[0] in b"}]")
                ahead = token.end() - self.at
                if depth == 0:
                    return token.end()
                if depth > DEEPEST:
                    return 0
            if self.ended or len(self.text) - self.at > longest:
                return 0
            self.more()

    def seek(self, wanted: re.Pattern, until: int = 0) -> None:
        """Move behind the next place of `wanted`; if there is none, to `until`, or to the end if that is 0."""
        self.at += 1
        while True:
            found = wanted.search(self.text, self.at, until or len(self.text))
            if found or until or self.ended:
                self.at = found.end() if found else until or len(self.text)
                return
            self.at = max(self.at, len(self.text) - 256)
            self.more()


def values(pieces: Iterable[bytes]) -> Iterator[Any]:
    """Yield the values of a file and, in the place of an array, its items; a Rejected for each fault."""
    stream = Stream(pieces)
    if script := _SCRIPT.match(stream.text):
        stream.at = script.end()
    while mark := stream.mark():
        if mark == b"[":
            stream.at += 1
            yield from _items(stream)
        elif mark == b"{":
            yield from _whole(stream)
        elif script and mark in b");":
            stream.at += 1
        else:
            yield _scalar(stream)


def _items(stream: Stream) -> Iterator[Any]:
    """Yield the items of an array; a fault if its end is missing."""
    item = None
    while mark := stream.mark():
        if mark == b"]":
            stream.at += 1
            return
        item = _item(stream) if mark in b"{[" else _scalar(stream)
        yield item
    if not isinstance(item, Rejected):
        yield Rejected("malformed")


def _item(stream: Stream) -> Any:
    """Return the item that begins here and move behind it, or a Rejected, and move to the next that begins alike."""
    end = stream.text.find(b"}", stream.at) + 1  # where it ends if it contains no object
    try:
        item = orjson.loads(stream.text[stream.at : end])
        if type(item) is dict and not any(type(one) is float and abs(one) >= INEXACT for one in item.values()):
            stream.at = end
            return item
    except ValueError:
        pass
    end = stream.end(LONGEST)
    item = parse(stream.text[stream.at : end]) if end else Rejected("malformed")
    if not isinstance(item, Rejected):
        stream.at = end
        return item
    key = _FIRST_KEY.match(stream.text, stream.at)
    stream.seek(re.compile(rb"[,\n]\s*(?=\{\s*" + re.escape(key[1]) + rb"\s*:)") if key else _NOWHERE, end)
    return item


def _whole(stream: Stream) -> Iterator[Any]:
    """Yield the object that begins here; if it is faulty, the items of the first array in it that has objects."""
    end = stream.end(float("inf"))
    value = parse(stream.text[stream.at : end]) if end else Rejected("malformed")
    array = _NESTED.search(stream.text, stream.at, end or len(stream.text)) if isinstance(value, Rejected) else None
    stream.at = array.end() if array else end or len(stream.text)
    if not array:
        yield value
        return
    yield from _items(stream)
    stream.at = max(stream.at, end)


def _scalar(stream: Stream) -> Rejected:
    """Move behind a value that is no object or array; none is an article."""
    stream.at = _SCALAR.match(stream.text, stream.at).end()
    return Rejected("malformed")
