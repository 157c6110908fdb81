"""Split delimited text into rows; a fault costs its own row.

A quotation mark that is never closed, or is closed by the mark of a later row, is a fault of the row that opens it:
reading resumes at the next line that looks like a row.
"""

import re
from collections.abc import Iterable, Iterator

from broadsheet.readers.rejection import Rejected
from broadsheet.readers.row_form import Dialect, Form, row_at

LONGEST_ROW = 2**24  # characters among which the end of an open quotation mark is looked for
NEAR = 2**16  # characters among which the end of a row is looked for before a fault is suspected
DIALECTS = [Dialect(backslashed, blank) for backslashed in (False, True) for blank in (False, True)]
BACKSLASHED = re.compile(r'\\([\\"])')

Row = list[str | None]


class Pieces:
    """Text that arrives in pieces, and the place reached in it."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces, self.text, self.at, self.ended = iter(pieces), "", 0, False

    def more(self) -> None:
        """Read at least as much again as is left; at the end, complete the last line."""
        rest, wanted = [self.text[self.at :]], len(self.text) - self.at
        while wanted >= 0 and not self.ended:
            piece = next(self._pieces, None)
            self.ended = piece is None
            rest.append(piece or "")
            wanted -= len(piece or "")
        self.text, self.at = "".join(rest), 0
        if self.ended and self.text and not self.text.endswith("\n"):
            self.text += "\n"

    def lines(self) -> Iterator[str]:
        """Yield the lines from the place reached, without moving on."""
        done = 0
        while True:
            end = self.text.find("\n", self.at + done) + 1
            if end:
                yield self.text[self.at + done : end]
                done = end - self.at
            elif self.ended:
                return
            else:
                self.more()


def split(pieces: Pieces, mark: str, width: int) -> Iterator[Row | Rejected]:
    """Yield the rows that are not blank, each as at most `width` cells; missing cells are left out or None."""
    form, plain = Form(mark, width), row_at(mark, width).match
    while True:
        found = plain(pieces.text, pieces.at)
        if not found and not pieces.ended and len(pieces.text) - pieces.at < NEAR:
            pieces.more()
        elif not found and pieces.at == len(pieces.text):
            return
        elif found and (row := _sound(found, form)):
            pieces.at = found.end()
            if row[0].strip() or row[1:2] not in ([], [None]):
                form.learn(row)
                yield row
        else:
            yield from _read_closely(pieces, mark, width, form)


def split_unquoted(lines: Iterable[str], mark: str, width: int) -> Iterator[Row | Rejected]:
    """Yield the rows of a table in which quotation marks are text."""
    for line in lines:
        row = line.rstrip("\n").split(mark)
        if len(row) > 1 or row[0].strip():
            yield row if len(row) <= width else Rejected("malformed")


def _sound(found: re.Match, form: Form) -> Row | None:
    """Return the cells of a row; None if one of them has swallowed other rows."""
    row = [cell[1:-1].replace('""', '"') if cell and cell[0] == '"' else cell for cell in found.groups()]
    long = found.string.find("\n", *found.span()) < found.end() - 1
    return None if long and form.swallows(row) else row


def _read_closely(pieces: Pieces, mark: str, width: int, form: Form) -> Iterator[Row | Rejected]:
    """Yield the next row, read in the ways that exports differ; if none will do, the rejected row and lines like it."""
    for dialect in DIALECTS:
        found = _attempt(pieces, mark, width, dialect)
        row = _sound(found, form) if found else None
        if row:
            pieces.at = found.end()
            row = [BACKSLASHED.sub(r"\1", cell) if cell else cell for cell in row] if dialect.backslashed else row
            form.learn(row)
            yield row
            return
    first = next(pieces.lines())
    pieces.at += len(first)
    yield Rejected("malformed")
    if first.count('"') % 2:
        yield from _lost(pieces, form, first)


def _attempt(pieces: Pieces, mark: str, width: int, dialect: Dialect) -> re.Match | None:
    """Return the match of the next row; read on while a quotation mark is open, but not without end."""
    whole, opened = row_at(mark, width, dialect), row_at(mark, width, dialect, opened=True)
    while not (found := whole.match(pieces.text, pieces.at)):
        if pieces.ended or len(pieces.text) - pieces.at > LONGEST_ROW or not opened.match(pieces.text, pieces.at):
            return None
        pieces.more()
    return found


def _lost(pieces: Pieces, form: Form, faulty: str) -> Iterator[Rejected]:
    """Move to the next line that begins a row; lines before it are the faulty row's, or rejected if they divide like rows."""
    while (line := next(pieces.lines(), None)) is not None and not form.begins(line, faulty):
        pieces.at += len(line)
        if form.divides(line):
            yield Rejected("malformed")
