"""From a file's bytes to its lines: UTF-8, UTF-16 with a mark, else Windows-1252; or the finding that it is no text."""

import codecs
import dataclasses
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from broadsheet.readers.refusal import Refused
from broadsheet.readers.values import unix_lines

CP1252 = "cp1252"  # the note of a file that is no valid UTF-8 and was read as Windows-1252
CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\0\t\n\v\f\r\x1a\x1b"})  # not DOS end of file and escape
LOOKED_AT = 65_536  # characters in which control characters are counted: more would only cost time
TOLERATED = 0.01  # share of control characters that a badly scraped text may hold; binary files hold far more
PLAIN = ("utf-8", "cp1252")  # one byte ends a line and is no part of another character: each line is decoded alone
ERRORS = "replace"  # there are none, unless the file was changed since it was looked through
CHUNK = 4 * LOOKED_AT + 4  # bytes read at a time: the first hold LOOKED_AT characters, and a mark, in every encoding

Opened = Callable[[], BinaryIO]  # opens a file at its beginning, as often as it is called


@dataclasses.dataclass(frozen=True)
class Text:
    """A file found to be text; each look at it reads it anew, so that no look need hold it all."""

    opened: Opened
    encoding: str
    note: str = ""

    def lines(self) -> Iterator[str]:
        """Yield every line, ended by LF whatever ended it; the last may have no end."""
        with self.opened() as file:
            if self.encoding in PLAIN:
                yield from _lines(file, self.encoding)
            else:
                yield from io.TextIOWrapper(file, self.encoding, ERRORS)

    def whole(self) -> str:
        """Return all of it, the lines ended by LF."""
        with self.opened() as file:
            return unix_lines(file.read().decode(self.encoding, ERRORS))


def decide(opened: Opened) -> Text:
    """Return the file as text: how it is encoded is decided for all of it, and noted when it is `cp1252`.

    Raises Refused `not text` for NUL bytes, many control characters, or bytes that Windows-1252 does not define.
    """
    for encoding, note in _possible(opened):
        try:
            if _binary(opened, encoding):
                break
            return Text(opened, encoding, note)
        except UnicodeDecodeError:
            pass
    for _ in _chunks(opened):  # to its end: an archive that is cut short is malformed, whatever it holds
        pass
    raise Refused("not text")


def _possible(opened: Opened) -> list[tuple[str, str]]:
    with opened() as file:
        start = file.read(len(codecs.BOM_UTF8))
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", "")]
    return [("utf-8-sig" if start == codecs.BOM_UTF8 else "utf-8", ""), ("cp1252", CP1252)]


def _binary(opened: Opened, encoding: str) -> bool:
    """Say whether the file holds NUL or many control characters; raise UnicodeDecodeError when it is not `encoding`."""
    decoder = codecs.getincrementaldecoder(encoding)()
    start, nul = "", False
    for chunk in _chunks(opened):
        characters = decoder.decode(chunk)
        start = start or characters[:LOOKED_AT]
        nul = nul or (b"\0" in chunk and "\0" in characters)
    decoder.decode(b"", final=True)
    seen = start.encode()
    return nul or len(seen) - len(seen.translate(None, CONTROLS)) > TOLERATED * len(start)


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    for line in file:
        characters = line.decode(encoding, ERRORS)
        if b"\r" in line:
            yield from io.StringIO(characters, newline=None)
        else:
            yield characters


def _chunks(opened: Opened) -> Iterator[bytes]:
    with opened() as file:
        while chunk := file.read(CHUNK):
            yield chunk
