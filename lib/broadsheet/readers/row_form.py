"""The form of a table's rows, by which lines that an open quotation mark has swallowed are recognised."""

import csv
import functools
import re
from typing import NamedTuple

FORMED = 40  # characters of the longest cell whose form is compared
COMPARED = 20  # rows whose forms are compared; a column is formed if they agree
LISTED = 3  # lines of a cell that all divide like rows: where no column is formed, so many are rows
_RUNS = re.compile(r"(?P<digits>\d+)|(?P<letters>[^\W\d_]+)|(?P<mark>.)", re.DOTALL)
_URL = re.compile(r"https?://")


class Form:
    """What the sound rows of a table have in common: how many cells they have, and how those with figures are formed.

    >>> form = Form(",", 3)
    >>> form.learn(["Mill", "2021-05-23", "It burned."])
    >>> form.begins("Weir,2021-05-24,It broke.", ""), form.begins("The mill, the weir, the quay.", "")
    (True, False)
    """

    def __init__(self, mark: str, width: int) -> None:
        self._mark, self._width = mark, width
        self._rows = 0
        self._forms: dict[int, re.Pattern] = {}
        self._widths = {width}
        self._has_long = False  # whether a sound row runs over several lines

    def learn(self, row: list[str | None]) -> None:
        """Take a sound row into account."""
        if self._rows >= COMPARED:
            return
        forms = _forms(row)
        empty = {place for place in self._forms if not any(row[place : place + 1])}
        agreeing = {place: form for place, form in self._forms.items() if place in empty or forms.get(place) == form}
        self._forms = agreeing if self._rows else forms
        self._widths.add(sum(cell is not None for cell in row))
        self._has_long |= any("\n" in cell for cell in row if cell)
        self._rows += 1

    def begins(self, line: str, faulty: str) -> bool:
        """Return whether a row begins with `line`: its figures are formed like those of others, else it divides like them.

        faulty : the line that begins the row before, whose figures count when no other row is known.
        """
        forms = self._forms if self._rows else _forms(self._cells(faulty))
        return _has_figure(self._cells(line), forms) if forms else line.count(self._mark) + 1 in self._widths

    def divides(self, line: str) -> bool:
        """Return whether `line` has as many cells as a row.

        >>> Form(",", 2).divides('Quay,"Shut, all of it."'), Form(",", 2).divides("Shut, all of it, by noon.")
        (True, False)
        """
        found = row_at(self._mark, self._width).match(line if line.endswith("\n") else line + "\n")
        return found is not None and sum(cell is not None for cell in found.groups()) in self._widths

    def swallows(self, row: list[str | None]) -> bool:
        """Return whether a cell of `row` contains lines that are rows themselves.

        Its last line is then the beginning of a row, up to the same column.
        """
        long = [(place, cell) for place, cell in enumerate(row) if cell and "\n" in cell] if self._width > 1 else []
        forms = self._forms if self._rows else _forms(row)
        if not forms:
            lines = [line for _, cell in long if not self._has_long for line in cell.split("\n")[1:]]
            return len(lines) >= LISTED and all(map(self.divides, lines))
        for place, cell in long:
            last = cell[cell.rfind("\n") + 1 :]
            lines = [last] * (last.count(self._mark) == place) if place else filter(self.divides, cell.split("\n")[1:])
            if any(_has_figure(self._cells(line), forms) for line in lines):
                return True
        return False

    def _cells(self, line: str) -> list[str | None]:
        """Return the cells of one line, unquoted; an open quotation mark is in its last."""
        row = next(csv.reader([line], delimiter=self._mark), [])[: self._width]
        return row + [None] * (self._width - len(row))


def _has_figure(cells: list[str | None], forms: dict[int, re.Pattern]) -> bool:
    return any(form.fullmatch(cells[place] or "") for place, form in forms.items())


def _forms(row: list[str | None]) -> dict[int, re.Pattern]:
    """Return the form of each cell that is a number, a date, an address or the like, by its place."""
    formed = {place: _form(cell) for place, cell in enumerate(row) if cell and "\n" not in cell}
    return {place: form for place, form in formed.items() if form}


def _form(cell: str) -> re.Pattern | None:
    """Return the form of a cell: its digits and letters may be others, and in other numbers.

    >>> _form("T3-x").fullmatch("A41-abc") is not None, _form("Quay")
    (True, None)
    """
    if _URL.match(cell):
        return re.compile(r"https?://\S*")
    if len(cell) > FORMED or not any(map(str.isdigit, cell)):
        return None
    return re.compile(_RUNS.sub(_run, cell))


def _run(run: re.Match) -> str:
    return {"digits": r"\d+", "letters": r"[^\W\d_]+"}.get(run.lastgroup, re.escape(run[0]))


class Dialect(NamedTuple):
    """How a row may be written.

    backslashed : a quotation mark within a quoted cell is written \\". blank : a blank may follow a delimiter.
    """

    backslashed: bool = False
    blank: bool = False


USUAL = Dialect()


@functools.cache
def row_at(mark: str, width: int, dialect: Dialect = USUAL, opened: bool = False) -> re.Pattern:
    """Return the expression of a row of up to `width` cells; or of the end of a text that is within a quoted cell.

    It never goes back, so that an open quotation mark is read over once.
    """
    mark = re.escape(mark)
    inner = r'[^"\\]*+(?:(?:\\.|"")[^"\\]*+)*+' if dialect.backslashed else r'[^"]*+(?:""[^"]*+)*+'
    before = " *+" if dialect.blank else ""
    cell = rf'{before}("{inner}"(?=[{mark}\n])|(?! *+")[^{mark}\n]*+)'
    if opened:
        return re.compile(rf'(?:{cell}{mark}){{0,{width - 1}}}+{before}"{inner}["\\]?\Z', re.DOTALL)
    return re.compile(cell + rf"(?:{mark}{cell})?+" * (width - 1) + r"\n", re.DOTALL)
