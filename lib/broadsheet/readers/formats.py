"""The table of formats, and from one file to its records.

A new format is a module with one function, from the file's text (or its bytes) to records, and a line in FORMATS.
"""

import dataclasses
import gzip
import os
import pathlib
import zlib
from collections.abc import Callable, Iterable

from broadsheet.readers import delimited, json_records, parquet, text
from broadsheet.readers.encoding import decode
from broadsheet.readers.refusal import Refused


@dataclasses.dataclass(frozen=True)
class Format:
    """How one format is read: several records in a file? a table with fixed columns? bytes instead of text?"""

    read: Callable[..., Iterable[dict | Refused]]
    several: bool = True
    table: bool = False
    binary: bool = False


TEXT, TABLE = Format(text.read, several=False), Format(delimited.read, table=True)
LINES = Format(json_records.lines)
FORMATS = {  # by ending; each may be packed with gzip
    ".txt": TEXT,
    ".md": TEXT,
    ".markdown": TEXT,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".json": Format(json_records.read),
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".parquet": Format(parquet.read, table=True, binary=True),
}
PACKED = ".gz"


def format_of(path: pathlib.Path) -> Format:
    """Return the format that the ending claims; raise Refused `unknown format` when there is no reader for it."""
    name = path.name.lower().removesuffix(PACKED)
    known = FORMATS.get(pathlib.PurePath(name).suffix)
    if not known:
        raise Refused("unknown format")
    return known


def records(path: pathlib.Path) -> tuple[list[dict | Refused], str]:
    """Return a file's records, refused ones among them, and the note on its encoding.

    Raises Refused when the file is refused whole. What cannot be opened, or is no file (a pipe, a link to nothing,
    a folder that may not be listed), is `not text`: no text can be had from it.
    """
    if not os.path.isfile(path):
        raise Refused("not text")
    form = format_of(path)
    content, note = (_unpacked(path), "") if form.binary else decode(_unpacked(path))
    found = list(form.read(content)) if content.strip() else []
    if not found:
        raise Refused("empty")
    return found, note


def _unpacked(path: pathlib.Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError:
        raise Refused("not text") from None
    try:
        return gzip.decompress(data) if path.name.lower().endswith(PACKED) else data
    except (OSError, EOFError, zlib.error):
        raise Refused("malformed") from None
