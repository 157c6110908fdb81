"""Decode a file: UTF-8, UTF-16, else Windows-1252; reject it if it is not text.

A byte that is invalid in UTF-8 stays in the text as a surrogate, so that it costs no other record; `values.utf8` replaces it.
"""

import codecs
import dataclasses
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from broadsheet.readers.rejection import Rejected
from broadsheet.readers.values import CUT, unix_lines

CP1252 = "cp1252"  # the note on a record with characters that were read as Windows-1252
REPAIRED = "repaired"  # the note on a record that lost a NUL or a character that cannot be decoded
CONTROLS = bytes({*range(1, 0x20), 0x7F} - {*b"\t\n\v\f\r\x1a\x1b"})  # no white space, DOS end of file or escape
LOOKED_AT = 65_536  # characters in which control characters are counted
TOLERATED = 0.01  # share of control characters, NULs and undefined bytes in badly scraped text; binary files have more
LONE = 20  # characters; in a text at least so long one NUL is tolerated
CHANCE = 10  # invalid bytes per valid sequence above which the sequences are chance and the file is Windows-1252
BY_LINES = ("utf-8", CP1252)  # a line end is one byte that occurs in no other character, so lines can be decoded alone
CHUNK = 4 * LOOKED_AT + 4  # bytes read at a time: enough for a mark and LOOKED_AT characters in every encoding

Opened = Callable[[], BinaryIO]  # opens the file at its beginning, each time it is called
_BYTE = re.compile("[\udc80\udc82-\udc8c\udc8e\udc91-\udc9c\udc9e-\udcff]")  # defined in Windows-1252
_LOST = re.compile("[\0\ufffd\udc81\udc8d\udc8f\udc90\udc9d]")


@dataclasses.dataclass(frozen=True)
class Text:
    """A text file and its encoding; it is read again on each use, so that it need not be in memory.

    note : CP1252 when the whole file is Windows-1252, REPAIRED when a few bytes are damaged; see `damage`.
    """

    opened: Opened
    encoding: str
    note: str = ""

    @property
    def errors(self) -> str:
        """What decoding does with invalid bytes: UTF-8 keeps them as surrogates."""
        return "surrogateescape" if self.encoding.startswith("utf-8") else "replace"

    def lines(self) -> Iterator[str]:
        """Yield every line with its line end as LF; the last line may have none."""
        with self.opened() as file:
            if self.encoding in BY_LINES:
                yield from _lines(file, self.encoding, self.errors)
            else:
                yield from io.TextIOWrapper(file, self.encoding, self.errors)

    def pieces(self) -> Iterator[str]:
        """Yield the text in large pieces, with line ends as LF; a piece may end within a line."""
        decoder = codecs.getincrementaldecoder(self.encoding)(self.errors)
        lines = io.IncrementalNewlineDecoder(decoder, translate=True)
        for chunk in _chunks(self.opened):
            yield lines.decode(chunk)
        yield lines.decode(b"", final=True)

    def raw(self) -> Iterator[bytes]:
        """Yield the text in large pieces as UTF-8, without a byte order mark; invalid bytes are as in the file."""
        if not self.encoding.startswith("utf-8"):
            yield from (piece.encode("utf-8", "surrogatepass") for piece in self.pieces())
            return
        for number, chunk in enumerate(_chunks(self.opened)):
            yield chunk if number else chunk.removeprefix(codecs.BOM_UTF8)

    def raw_lines(self) -> Iterator[bytes]:
        """Yield every line as `raw` does, with any line end."""
        if not self.encoding.startswith("utf-8"):
            yield from (line.encode("utf-8", "surrogatepass") for line in self.lines())
            return
        with self.opened() as file:
            yield from file.readline().removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
            for line in file:
                if b"\r" in line:
                    yield from line.splitlines(keepends=True)
                else:
                    yield line

    def whole(self) -> str:
        """Return the whole text, with line ends as LF."""
        with self.opened() as file:
            return unix_lines(file.read().decode(self.encoding, self.errors))


def detect(opened: Opened) -> Text:
    """Detect the encoding of a whole file, and whether bytes in it are damaged.

    Raises Rejected `not text` for many NULs, control characters, or bytes that its encoding does not define.
    """
    with opened() as file:
        start = file.read(CHUNK)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _sound(opened, "utf-16")
    if wide := _unmarked_utf16(start):
        return _sound(opened, wide)
    encoding = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return _sound(opened, encoding, "strict")
    except UnicodeDecodeError:
        return _sound(opened, CP1252 if _by_chance(opened) else encoding)


def damage(values: Iterable[object], note: str) -> list[str]:
    """Return the notes on a record of a file that has `note`: CP1252 or REPAIRED, if the record itself is affected.

    >>> damage(["plain", 7], CP1252), damage(["caf\\udce9"], REPAIRED), damage(["a\\0b"], REPAIRED)
    ([], ['cp1252'], ['repaired'])
    """
    texts = [CUT.sub("\ufffd", text) for value in values for text in _texts(value)]
    windows = any(_BYTE.search(text) or (note == CP1252 and not text.replace("\ufffd", "").isascii()) for text in texts)
    return [CP1252] * windows + [REPAIRED] * any(map(_LOST.search, texts))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _sound(opened: Opened, encoding: str, errors: str = "") -> Text:
    """Return the file as text in `encoding`; raise UnicodeDecodeError if `errors` is strict and some are invalid."""
    text = Text(opened, encoding, CP1252 if encoding == CP1252 else "")
    decoder = codecs.getincrementaldecoder(encoding)(errors or text.errors)
    start, length, nuls, undefined = "", 0, 0, 0
    for chunk, characters in _decoded(opened, decoder):
        start = start or characters[:LOOKED_AT]
        length += len(characters)
        nuls += characters.count("\0") if b"\0" in chunk else 0
        undefined += characters.count("\ufffd") if text.errors == "replace" else 0
    seen = start.encode("utf-8", "surrogateescape")
    controls = len(seen) - len(seen.translate(None, CONTROLS))
    if (
        controls > TOLERATED * len(start)
        or undefined > TOLERATED * length
        or nuls > max(TOLERATED * length, length >= LONE)
    ):
        raise Rejected("not text")
    damaged = nuls or undefined or (text.errors != "replace" and not errors)
    return dataclasses.replace(text, note=text.note or REPAIRED * bool(damaged))


def _by_chance(opened: Opened) -> bool:
    """Return whether a file that is not valid UTF-8 has so few valid sequences that they are chance."""
    invalid = valid = 0
    for _, characters in _decoded(opened, codecs.getincrementaldecoder("utf-8")("surrogateescape")):
        sound = characters.encode("utf-8", "ignore")
        lost = len(characters) - len(sound.decode())
        invalid += lost
        valid += len(characters) - lost - len(characters.encode("ascii", "ignore"))
    return invalid > CHANCE * valid


def _unmarked_utf16(start: bytes) -> str:
    """Return `utf-16-le` or `utf-16-be` if `start` is text in it: its NULs are all in the one byte, and it is printable."""
    nuls = start[0::2].count(0), start[1::2].count(0)
    if max(nuls) * 20 < len(start) // 2 or min(nuls) * 20 > max(nuls):
        return ""
    encoding = "utf-16-be" if nuls[0] > nuls[1] else "utf-16-le"
    characters = start[:LOOKED_AT].decode(encoding, "replace")
    odd = sum(not (one.isprintable() or one.isspace()) or one == "\ufffd" for one in characters)
    return encoding if odd <= TOLERATED * len(characters) else ""


def _decoded(opened: Opened, decoder: codecs.IncrementalDecoder) -> Iterator[tuple[bytes, str]]:
    for chunk in _chunks(opened):
        yield chunk, decoder.decode(chunk)
    yield b"", decoder.decode(b"", final=True)


def _lines(file: BinaryIO, encoding: str, errors: str) -> Iterator[str]:
    for line in file:
        characters = line.decode(encoding, errors)
        if b"\r" in line:
            yield from io.StringIO(characters, newline=None)
        else:
            yield characters


def _chunks(opened: Opened) -> Iterator[bytes]:
    with opened() as file:
        while chunk := file.read(CHUNK):
            yield chunk
