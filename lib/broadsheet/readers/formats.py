"""The table of formats, and from one file to its records.

A new format is a module with one function, from the file's text (or what opens it) to records, and a line in FORMATS.
"""

import dataclasses
import functools
import gzip
import io
import os
from collections.abc import Callable, Iterable

from broadsheet.readers import delimited, encoding, json_records, parquet, text
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
SMALL = 2**16  # bytes of a file that is read once and kept while it is looked at; a larger one is read at each look
SMALL_UNPACKED = 2**25  # the same of an archive: to unpack it is dear


@dataclasses.dataclass(frozen=True)
class Found:
    """A file's format, the note on its encoding, and its records, read as they are asked for; refused ones among them."""

    format: Format
    note: str
    records: Iterable[dict | Refused]


def open_file(path: str) -> Found:
    """Return what a file is; it raises one of UNREADABLE, or its records do, when it is refused whole.

    What is no file (a pipe, a link to nothing, a folder that may not be listed) is `not text`: no text can be had from it.
    """
    if not os.path.isfile(path):
        raise Refused("not text")
    form = format_of(path)
    opened = _opener(path, form.binary)
    if form.binary:
        return Found(form, "", form.read(opened))
    found = encoding.decide(opened)
    return Found(form, found.note, form.read(found))


def format_of(path: str) -> Format:
    """Return the format that the ending claims; raise Refused `unknown format` when there is no reader for it."""
    name = os.path.basename(path).lower().removesuffix(PACKED)
    known = FORMATS.get(name[max(name.rfind("."), 1) :])  # a name that begins with its only point has no ending
    if not known:
        raise Refused("unknown format")
    return known


def _opener(path: str, jumps: bool) -> encoding.Opened:
    """Return what opens the file, unpacked; `jumps`: it is not read from its beginning to its end."""
    packed = path.lower().endswith(PACKED)
    opened = functools.partial(gzip.open if packed else open, path, "rb")
    held = SMALL if not packed else -1 if jumps else SMALL_UNPACKED  # -1: all, for a jump back unpacks anew
    with opened() as file:
        start = file.read(held)
        return opened if file.read(1) else functools.partial(io.BytesIO, start)
