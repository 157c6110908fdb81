"""Tables with one article per row: CSV and TSV, whatever parts their cells."""

import csv
import io
from collections.abc import Iterator

from broadsheet.readers.identity import distinct
from broadsheet.readers.refusal import Refused

DELIMITERS = "\t;|,"  # of equals the first: the names in a header hold commas sooner than tabs
LONGEST_CELL = 2**31 - 1  # Python's own limit of 131,072 characters is shorter than some articles


def read(text: str) -> Iterator[dict | Refused]:
    """Yield one record per row, keyed by the header; missing cells are None, a row with too many is refused.

    A quotation mark out of place refuses its row as well: to read on would change the text.
    """
    csv.field_size_limit(LONGEST_CELL)
    header, *rows = _table(text) or [[]]
    if isinstance(header, Refused):
        raise header
    names = distinct([name.strip() or f"column {place}" for place, name in enumerate(header, 1)])
    for row in rows:
        yield _record(names, row)


def delimiter(text: str) -> str:
    """Return the delimiter that parts the header into most cells.

    >>> delimiter("title;date, time;text")
    ';'
    """
    return max(DELIMITERS, key=lambda mark: _cells(next(_rows(text, mark), [])))


def _table(text: str) -> list[list[str] | Refused]:
    """Return all rows; where quoting fails, tab-separated ones are read without it, provided that all then fit."""
    mark = delimiter(text)
    rows = list(_rows(text, mark))
    if mark == "\t" and any(isinstance(row, Refused) for row in rows):
        plain = list(_rows(text, mark, csv.QUOTE_NONE))
        return plain if len({_cells(row) for row in plain}) == 1 else rows
    return rows


def _rows(text: str, mark: str, quoting: int = csv.QUOTE_MINIMAL) -> Iterator[list[str] | Refused]:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=mark, quoting=quoting, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = Refused("malformed")
        if isinstance(row, Refused) or len(row) > 1 or "".join(row).strip():
            yield row


def _cells(row: list[str] | Refused) -> int:
    return 0 if isinstance(row, Refused) else len(row)


def _record(names: list[str], row: list[str] | Refused) -> dict | Refused:
    if _cells(row) > len(names):
        return Refused("malformed")
    return row if isinstance(row, Refused) else dict.fromkeys(names) | dict(zip(names, row, strict=False))
