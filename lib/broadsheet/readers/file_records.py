"""The records of one file: each kept or set aside, with its body."""

import dataclasses
import itertools
from collections.abc import Iterable, Iterator

from broadsheet.readers import by_content, columns
from broadsheet.readers.encoding import damage
from broadsheet.readers.formats import open_file
from broadsheet.readers.record import Record, fill
from broadsheet.readers.rejection import UNREADABLE, Rejected, reason_of
from broadsheet.readers.settings import Settings

EXAMINED = 50  # records among which a text column is looked for
Fields = dict | Rejected  # a record's fields, as a format yields them


def records_of_file(source: str, path: str, settings: Settings, names: set[str]) -> Iterator[tuple[Record, str]]:
    """Yield the records of one file, each with its body; the names of their fields are added to `names`."""
    number = 0
    try:
        file = open_file(path)
        found, settings = with_text(_named(file.records, names), settings, file.format.table)
        for number, fields in enumerate(found, 1):
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
    before = None
    for fields in found:
        if not isinstance(fields, Rejected) and before != (now := tuple(fields)):
            names.update(now)
            before = now
        yield fields


def with_text(rows: Iterable[Fields], settings: Settings, table: bool) -> tuple[Iterator[Fields], Settings]:
    """Return the records of a file, and settings that declare the column with its text if only its content shows it.

    Raises Rejected `no text column` for a table without one.
    """
    first, rows = [], iter(rows)
    for fields in itertools.islice(rows, EXAMINED):
        first.append(fields)
        if not isinstance(fields, Rejected) and columns.has("body", fields, settings.declared):
            return itertools.chain(first, rows), settings
    sound = [fields for fields in first if not isinstance(fields, Rejected)]
    name = by_content.text_column(sound, settings.declared) if sound else ""
    if table and sound and not name:
        raise Rejected("no text column")
    if name:
        settings = dataclasses.replace(settings, declared=(*settings.declared, ("body", name)))
    return itertools.chain(first, rows), settings
