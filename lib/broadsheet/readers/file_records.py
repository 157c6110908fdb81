"""The records of one file: each kept or set aside, with its body."""

from collections.abc import Iterable, Iterator

from broadsheet.readers import columns
from broadsheet.readers.columns import Declared
from broadsheet.readers.encoding import damage
from broadsheet.readers.formats import open_file
from broadsheet.readers.record import Record, fill
from broadsheet.readers.rejection import UNREADABLE, Rejected, reason_of
from broadsheet.readers.settings import Settings

Fields = dict | Rejected  # a record's fields, as a format yields them


def records_of_file(source: str, path: str, settings: Settings, names: set[str]) -> Iterator[tuple[Record, str]]:
    """Yield the records of one file, each with its body; the names of their fields are added to `names`."""
    number = 0
    try:
        file = open_file(path)
        found = _named(file.records, names)
        for number, fields in enumerate(_with_text(found, settings.declared) if file.format.table else found, 1):
            record = Record(source, number, f"{source}#{number}" if file.format.several else source)
            body = fill(record, fields, settings)
            if file.note and record.kept:
                record.notes += [note for note in damage(fields.values(), file.note) if note not in record.notes]
            yield record, body
        if not number:
            raise Rejected("empty")
    except UNREADABLE as error:
        yield Record(source, number + 1, source, reason_of(error)), ""


def _named(found: Iterable[Fields], names: set[str]) -> Iterator[Fields]:
    for fields in found:
        if not isinstance(fields, Rejected):
            names.update(fields)
        yield fields


def _with_text(rows: Iterator[Fields], declared: Declared) -> Iterator[Fields]:
    """Yield the rows of a table; reject it when its first sound row, and so every row, has no text column."""
    first = []
    for fields in rows:
        first.append(fields)
        if not isinstance(fields, Rejected):
            if not columns.has("body", fields, declared):
                raise Rejected("no text column")
            break
    yield from first
    yield from rows
