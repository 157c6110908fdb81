"""Convert the values of fields to text and to columns."""

import datetime
import json
import math
import re
from typing import Any

import pandas as pd

# A byte that was invalid in UTF-8 is a surrogate; two that begin a sequence, or one at the very end, are a cut character.
CUT = re.compile("[\udce0-\udcf4][\udc80-\udcbf]{1,2}|[\udcc2-\udcc3\udce2]$")
SURROGATE = re.compile("[\ud800-\udfff]")
AROUND_TEXT = ("text", "rendered", "html", "body", "plain", "content", "value", "paragraphs", "blocks", "#text", "$t")
AROUND_NAMES = ("name", "main", "original", "rendered", "title", "displayName", "value", "text", "#text", "$t")
NUMBERS = {
    bool: ("bool", "boolean"),
    int: ("int64", "Int64"),
    float: ("float64", "float64"),
}  # dtype without and with missing values


class Stub(str):
    """The beginning or summary of an article, printed by a service in place of its text."""


def missing(value: Any) -> bool:
    """Return whether `value` is missing: null, NaN, an empty list or object, or blank text.

    >>> [missing(value) for value in (None, float("nan"), " ", 0)]
    [True, True, True, False]
    """
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value in ([], {}) or (isinstance(value, float) and math.isnan(value))


def unix_lines(text: str) -> str:
    """Return `text` with CRLF and CR changed to LF.

    >>> unix_lines("a\\r\\nb\\rc")
    'a\\nb\\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def scrub(text: str) -> str:
    """Drop NULs and replace lone surrogates, which cannot be encoded: an invalid byte by its Windows-1252 character.

    >>> scrub("a\\ud800b"), scrub("caf\\udce9\\0")
    ('a\ufffdb', 'café')
    """
    return text if text.isascii() and "\0" not in text else utf8(text)[0]


def utf8(text: str) -> tuple[str, bytes]:
    """Return `text` as `scrub` does, and its UTF-8."""
    try:
        written = text.encode()
    except UnicodeEncodeError:
        return utf8(SURROGATE.sub(_character, CUT.sub("\ufffd", text)))
    return utf8(text.replace("\0", "")) if b"\0" in written else (text, written)


def _character(surrogate: re.Match) -> str:
    """Return the Windows-1252 character of an invalid byte; U+FFFD if it has none, or the surrogate is no byte."""
    code = ord(surrogate[0]) - 0xDC00
    return bytes([code]).decode("cp1252", "replace") if 0x80 <= code <= 0xFF else "\ufffd"


def body(value: Any) -> str:
    """Return an article's text, not yet scrubbed; a list is its paragraphs; a number is not text.

    >>> body(["One.", {"type": "text", "text": "Two."}]), body({"rendered": "Three."}), body(4)
    ('One.\\n\\nTwo.', 'Three.', '')
    """
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(body, value)))
    if isinstance(value, dict):
        return next(filter(None, (body(value[name]) for name in AROUND_TEXT if name in value)), "")
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return unix_lines(value).strip() if isinstance(value, str) else ""


def text(value: Any) -> str:
    """Return `value` as text: a list joined by commas, an object by its name, a day in ISO form.

    >>> text([{"name": "Ada Roe"}, "Bo Lund"]), text(7.0), text(None)
    ('Ada Roe, Bo Lund', '7', '')
    """
    if isinstance(value, str):
        value = value.strip()
        return value if value.isascii() and "\0" not in value else utf8(value)[0]
    if missing(value):
        return ""
    if isinstance(value, dict):
        named = (text(value[name]) for name in AROUND_NAMES if name in value)
        return next(filter(None, named), "") or text(further(value))
    if isinstance(value, list):
        return ", ".join(filter(None, map(text, value)))
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # tables with missing values store whole numbers as floats
    return str(further(value)).strip()


def further(value: Any) -> str | float | None:
    """Return the value of a user's own column: numbers and texts unchanged, nested values as JSON text."""
    if isinstance(value, str):
        return None if not value or value.isspace() else scrub(value)
    if missing(value):
        return None
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, list) and not any(isinstance(item, (list, dict, tuple)) for item in value):
        return text(value)
    if isinstance(value, (list, dict)):
        return scrub(json.dumps(value, ensure_ascii=False, default=str))
    if isinstance(value, datetime.date):
        return value.isoformat()
    return scrub(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))


def column(values: list) -> pd.Series:
    """Return a column of values from `further`: numbers if all are numbers, else text."""
    gaps = None in values
    kinds = {type(value) for value in values if value is not None}
    kind = float if kinds == {int, float} else kinds.pop() if len(kinds) == 1 else str
    try:
        return pd.Series(values, dtype=NUMBERS.get(kind, ("str", "str"))[gaps])
    except (OverflowError, TypeError, ValueError):
        return pd.Series([None if value is None else str(value) for value in values], dtype="str")
