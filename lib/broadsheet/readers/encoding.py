"""From a file's bytes to its text: UTF-8, UTF-16 with a mark, else Windows-1252; or the finding that it is no text."""

import codecs
import re

from broadsheet.readers.refusal import Refused
from broadsheet.readers.values import unix_lines

CP1252 = "cp1252"  # the note of a file that is no valid UTF-8 and was read as Windows-1252
CONTROL = re.compile("[\x01-\x08\x0e-\x19\x1c-\x1f\x7f]")  # not tab, line and page ends, nor DOS end of file and escape
LOOKED_AT = 65_536  # characters in which control characters are counted: more would only cost time
TOLERATED = 0.01  # share of control characters that a badly scraped text may hold; binary files hold far more


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data`, its lines ended by LF, and the note `cp1252` or nothing.

    Raises Refused `not text` for NUL bytes, many control characters, or bytes that Windows-1252 does not define.
    """
    text, note = _characters(data)
    if "\0" in text or len(CONTROL.findall(text[:LOOKED_AT])) > TOLERATED * len(text[:LOOKED_AT]):
        raise Refused("not text")
    return unix_lines(text), note


def _characters(data: bytes) -> tuple[str, str]:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding, note in [("utf-16", "")] if marked else [("utf-8-sig", ""), ("cp1252", CP1252)]:
        try:
            return data.decode(encoding), note
        except UnicodeDecodeError:
            pass
    raise Refused("not text")
