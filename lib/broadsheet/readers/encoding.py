"""Decode a file: UTF-8, UTF-16 with a byte order mark, else Windows-1252; reject it if it is not text."""

import codecs
import dataclasses
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from broadsheet.readers.rejection import Rejected
from broadsheet.readers.values import unix_lines

CP1252 = "cp1252"  # the note on a file that is not valid UTF-8 and was read as Windows-1252
CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\0\t\n\v\f\r\x1a\x1b"})  # all but white space, DOS end of file and escape
LOOKED_AT = 65_536  # characters in which control characters are counted
TOLERATED = 0.01  # share of control characters allowed in badly scraped text; binary files have far more
PLAIN = ("utf-8", "cp1252")  # a line end is one byte that occurs in no other character, so lines can be decoded alone
ERRORS = "replace"  # there are no errors, unless the file changed since it was checked
CHUNK = 4 * LOOKED_AT + 4  # bytes read at a time: enough for a mark and LOOKED_AT characters in every encoding

Opened = Callable[[], BinaryIO]  # opens the file at its beginning, each time it is called


@dataclasses.dataclass(frozen=True)
class Text:
    """A text file and its encoding; it is read again on each use, so that it need not be in memory."""

    opened: Opened
    encoding: str
    note: str = ""

    def lines(self) -> Iterator[str]:
        """Yield every line with its line end as LF; the last line may have none."""
        with self.opened() as file:
            if self.encoding in PLAIN:
                yield from _lines(file, self.encoding)
            else:
                yield from io.TextIOWrapper(file, self.encoding, ERRORS)

    def whole(self) -> str:
        """Return the whole text, with line ends as LF."""
        with self.opened() as file:
            return unix_lines(file.read().decode(self.encoding, ERRORS))


def detect(opened: Opened) -> Text:
    """Detect the encoding of a whole file; note when it is `cp1252`.

    Raises Rejected `not text` for NUL bytes, many control characters, or bytes that Windows-1252 does not define.
    """
    for encoding, note in _possible(opened):
        try:
            if _binary(opened, encoding):
                break
            return Text(opened, encoding, note)
        except UnicodeDecodeError:
            pass
    for _ in _chunks(opened):  # to the end: an archive that is cut short is malformed, whatever it contains
        pass
    raise Rejected("not text")


def _possible(opened: Opened) -> list[tuple[str, str]]:
    with opened() as file:
        start = file.read(len(codecs.BOM_UTF8))
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [("utf-16", "")]
    return [("utf-8-sig" if start == codecs.BOM_UTF8 else "utf-8", ""), ("cp1252", CP1252)]


def _binary(opened: Opened, encoding: str) -> bool:
    """Return whether the file has NUL or many control characters; raise UnicodeDecodeError if it is not `encoding`."""
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
