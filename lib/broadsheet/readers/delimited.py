"""CSV and TSV tables with one article per row, whatever their delimiter."""

import csv
from collections.abc import Iterable, Iterator

from broadsheet.readers.encoding import Text
from broadsheet.readers.identity import distinct
from broadsheet.readers.rejection import Rejected

DELIMITERS = "\t;|,"  # in a tie the first wins: header names contain commas more often than tabs
LONGEST_CELL = 2**31 - 1  # Python's default, 131,072 characters, is shorter than some articles


def read_delimited(text: Text) -> Iterator[dict | Rejected]:
    """Yield one record per row, keyed by the header; missing cells are None.

    A row with too many cells, or with a misplaced quotation mark, is rejected: reading on would change the text.
    """
    csv.field_size_limit(LONGEST_CELL)
    mark = max(DELIMITERS, key=lambda mark: header_cells(text.lines(), mark))
    rows = _rows(text.lines(), mark, _quoting(text, mark))
    header = next(rows, [])
    if isinstance(header, Rejected):
        raise header
    names = distinct([name.strip() or f"column {place}" for place, name in enumerate(header, 1)])
    for row in rows:
        yield _record(names, row)


def header_cells(lines: Iterable[str], mark: str) -> int:
    """Return the number of header cells if `mark` is the delimiter; the true delimiter gives the most.

    >>> header_cells(["title;date, time;text"], ";"), header_cells(["title;date, time;text"], ",")
    (3, 2)
    """
    return _cells(next(_rows(lines, mark), []))


def _quoting(text: Text, mark: str) -> int:
    """Return how cells are quoted: a TSV is read without quoting if it fails with it and its rows then match."""
    if mark == "\t" and any(isinstance(row, Rejected) for row in _rows(text.lines(), mark)):
        plain = {_cells(row) for row in _rows(text.lines(), mark, csv.QUOTE_NONE)}
        return csv.QUOTE_NONE if len(plain) == 1 else csv.QUOTE_MINIMAL
    return csv.QUOTE_MINIMAL


def _rows(lines: Iterable[str], mark: str, quoting: int = csv.QUOTE_MINIMAL) -> Iterator[list[str] | Rejected]:
    reader = csv.reader(lines, delimiter=mark, quoting=quoting, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = Rejected("malformed")
        if isinstance(row, Rejected) or len(row) > 1 or "".join(row).strip():
            yield row


def _cells(row: list[str] | Rejected) -> int:
    return 0 if isinstance(row, Rejected) else len(row)


def _record(names: list[str], row: list[str] | Rejected) -> dict | Rejected:
    if _cells(row) > len(names):
        return Rejected("malformed")
    return row if isinstance(row, Rejected) else dict.fromkeys(names) | dict(zip(names, row, strict=False))
