"""Tables with one article per row: CSV and TSV, whatever parts their cells."""

import csv
from collections.abc import Iterable, Iterator

from broadsheet.readers.encoding import Text
from broadsheet.readers.identity import distinct
from broadsheet.readers.refusal import Refused

DELIMITERS = "\t;|,"  # of equals the first: the names in a header hold commas sooner than tabs
LONGEST_CELL = 2**31 - 1  # Python's own limit of 131,072 characters is shorter than some articles


def read(text: Text) -> Iterator[dict | Refused]:
    """Yield one record per row, keyed by the header; missing cells are None, a row with too many is refused.

    A quotation mark out of place refuses its row as well: to read on would change the text.
    """
    csv.field_size_limit(LONGEST_CELL)
    mark = max(DELIMITERS, key=lambda mark: header_cells(text.lines(), mark))
    rows = _rows(text.lines(), mark, _quoting(text, mark))
    header = next(rows, [])
    if isinstance(header, Refused):
        raise header
    names = distinct([name.strip() or f"column {place}" for place, name in enumerate(header, 1)])
    for row in rows:
        yield _record(names, row)


def header_cells(lines: Iterable[str], mark: str) -> int:
    """Return into how many cells `mark` parts the header: the delimiter is what parts it into most.

    >>> header_cells(["title;date, time;text"], ";"), header_cells(["title;date, time;text"], ",")
    (3, 2)
    """
    return _cells(next(_rows(lines, mark), []))


def _quoting(text: Text, mark: str) -> int:
    """Return how cells are quoted: where that fails, tab-separated ones are not, provided that all then fit."""
    if mark == "\t" and any(isinstance(row, Refused) for row in _rows(text.lines(), mark)):
        plain = {_cells(row) for row in _rows(text.lines(), mark, csv.QUOTE_NONE)}
        return csv.QUOTE_NONE if len(plain) == 1 else csv.QUOTE_MINIMAL
    return csv.QUOTE_MINIMAL


def _rows(lines: Iterable[str], mark: str, quoting: int = csv.QUOTE_MINIMAL) -> Iterator[list[str] | Refused]:
    reader = csv.reader(lines, delimiter=mark, quoting=quoting, strict=True)
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
