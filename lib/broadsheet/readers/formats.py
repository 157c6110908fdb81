"""The table of formats; open a file with the reader of its format.

To add a format, write a module with one function, from the file's text (or a function that opens it) to records, and
add a line to FORMATS.
"""

import dataclasses
import functools
import gzip
import io
import os
from collections.abc import Callable, Iterable

from broadsheet.readers import encoding
from broadsheet.readers.delimited import read_delimited
from broadsheet.readers.json_records import read_json, read_json_lines
from broadsheet.readers.parquet import read_parquet
from broadsheet.readers.rejection import Rejected
from broadsheet.readers.text_files import read_text


@dataclasses.dataclass(frozen=True)
class Format:
    """A format: its reader, and whether it has several records in a file, is a table, or is binary."""

    read: Callable[..., Iterable[dict | Rejected]]
    several: bool = True
    table: bool = False
    binary: bool = False


TEXT = Format(read_text, several=False)
TABLE = Format(read_delimited, table=True)
LINES = Format(read_json_lines)
FORMATS = {  # by ending; each may be compressed with gzip
    ".txt": TEXT,
    ".md": TEXT,
    ".markdown": TEXT,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".json": Format(read_json),
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".parquet": Format(read_parquet, table=True, binary=True),
}
PACKED = ".gz"
SMALL = 2**16  # bytes; a smaller file is read once and kept in memory, a larger one is read on each use
SMALL_UNPACKED = 2**25  # the same for a gzip file, which is slow to unpack


@dataclasses.dataclass(frozen=True)
class Found:
    """A file's format, the note on its encoding, and an iterator over its records, rejected ones included."""

    format: Format
    note: str
    records: Iterable[dict | Rejected]


def open_file(path: str) -> Found:
    """Open a file in its format. Opening it, or reading its records, raises one of UNREADABLE to reject the whole file.

    A path that is not a file (a pipe, a broken link, a folder that cannot be listed) is rejected as `not text`.
    """
    if not os.path.isfile(path):
        raise Rejected("not text")
    form = format_of(path)
    opened = _opener(path, form.binary)
    if form.binary:
        return Found(form, "", form.read(opened))
    found = encoding.detect(opened)
    return Found(form, found.note, form.read(found))


def format_of(path: str) -> Format:
    """Return the format of a file's ending; raise Rejected `unknown format` if there is no reader for it."""
    name = os.path.basename(path).lower().removesuffix(PACKED)
    known = FORMATS.get(name[max(name.rfind("."), 1) :])  # a leading full stop begins no ending
    if not known:
        raise Rejected("unknown format")
    return known


def _opener(path: str, jumps: bool) -> encoding.Opened:
    """Return a function that opens the file, unpacked; `jumps`: it is not read from beginning to end."""
    packed = path.lower().endswith(PACKED)
    opened = functools.partial(gzip.open if packed else open, path, "rb")
    kept = SMALL if not packed else -1 if jumps else SMALL_UNPACKED  # -1: all, since jumping back unpacks it again
    with opened() as file:
        start = file.read(kept)
        return opened if file.read(1) else functools.partial(io.BytesIO, start)
