"""CSV and TSV tables with one article per row, whatever their delimiter."""

import csv
import itertools
import re
from collections.abc import Iterable, Iterator

from broadsheet.readers import columns
from broadsheet.readers.encoding import Text
from broadsheet.readers.identity import distinct
from broadsheet.readers.rejection import Rejected
from broadsheet.readers.rows import Pieces, Row, split, split_unquoted
from broadsheet.readers.values import scrub

DELIMITERS = "\t;|,"  # in a tie the first wins: header names contain commas more often than tabs
LONGEST_CELL = 2**31 - 1  # Python's default, 131,072 characters, is shorter than some articles
MOST_CELLS = 500  # of a header; a table of articles has some dozens at most
HEAD = 20  # lines, among which the header may follow a title or the words that were searched for
DECLARED = re.compile("sep=(.)\n")  # the first line by which Excel is told the delimiter


def read_delimited(text: Text) -> Iterator[dict | Rejected]:
    """Yield one record per row, keyed by the header; missing cells are None.

    A row with too many cells, or with a misplaced quotation mark, is rejected: reading on would change the text.
    """
    mark, header, lines = _head(list(itertools.islice(text.lines(), HEAD)))
    if len(header) > MOST_CELLS:
        raise Rejected("malformed")
    names = distinct([scrub(name.strip()) or f"column {place}" for place, name in enumerate(header, 1)])
    for row in _rows(text, mark, len(names), lines):
        if isinstance(row, Rejected) or len(row) == len(names):
            yield row if isinstance(row, Rejected) else dict(zip(names, row, strict=True))
        else:
            yield dict.fromkeys(names) | dict(zip(names, row, strict=False))


def header_cells(lines: Iterable[str], mark: str) -> int:
    """Return the number of header cells if `mark` is the delimiter; the true delimiter gives the most.

    >>> header_cells(["title;date, time;text"], ";"), header_cells(["title;date, time;text"], ",")
    (3, 2)
    """
    return len(next((row for row, _ in _first_rows(lines, mark)), []))


def _head(lines: list[str]) -> tuple[str, list[str], int]:
    """Return the delimiter, the header, and the number of lines before the first row."""
    declared = DECLARED.fullmatch(lines[0]) if lines else None
    rest = lines[1:] if declared else lines
    mark = declared[1] if declared else max(DELIMITERS, key=lambda mark: header_cells(rest, mark))
    heads = [(mark, *found) for found in _first_rows(rest, mark)]
    if not heads and any(line.strip().strip('"') for line in rest):
        raise Rejected("malformed")
    chosen = heads[0] if heads else (mark, [], len(rest))
    if not columns.has("body", chosen[1]):
        chosen = next(_later_heads(rest), chosen)
    mark, header, number = chosen
    return mark, header, number + len(lines) - len(rest)


def _later_heads(lines: list[str]) -> Iterator[tuple[str, list[str], int]]:
    """Yield headers below a title: they name a text column and have more cells than every line above."""
    for mark in DELIMITERS:
        most = 1
        for row, number in _first_rows(lines, mark):
            if len(row) > most and columns.has("body", [name.strip() for name in row]):
                yield mark, row, number
            most = max(most, len(row))


def _first_rows(lines: Iterable[str], mark: str) -> Iterator[tuple[list[str], int]]:
    """Yield the sound rows that are not blank, up to the first fault, each with the number of the line after it."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=mark, strict=True, skipinitialspace=True)
    try:
        for row in reader:
            if len(row) > 1 or "".join(row).strip():
                yield row, reader.line_num
    except csv.Error:
        return


def _rows(text: Text, mark: str, width: int, head: int) -> Iterator[Row | Rejected]:
    """Yield the rows below the header; those of a TSV are read without quoting if more of them are then sound."""
    if mark == "\t" and _sound(_quoted(text, mark, width, head)) < _sound(_unquoted(text, mark, width, head)):
        return _unquoted(text, mark, width, head)
    return _quoted(text, mark, width, head)


def _quoted(text: Text, mark: str, width: int, head: int) -> Iterator[Row | Rejected]:
    pieces = Pieces(text.pieces())
    pieces.at = sum(map(len, itertools.islice(pieces.lines(), head)))
    return split(pieces, mark, width)


def _unquoted(text: Text, mark: str, width: int, head: int) -> Iterator[Row | Rejected]:
    return split_unquoted(itertools.islice(text.lines(), head, None), mark, width)


def _sound(rows: Iterable[Row | Rejected]) -> int:
    return sum(not isinstance(row, Rejected) for row in rows)
