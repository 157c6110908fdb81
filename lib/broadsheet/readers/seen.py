"""The records of one file as they are seen, each kept or set aside, and each with its body."""

from collections.abc import Iterable, Iterator

from broadsheet.readers import columns
from broadsheet.readers.columns import Declared
from broadsheet.readers.formats import open_file
from broadsheet.readers.record import Record, fill
from broadsheet.readers.refusal import UNREADABLE, Refused, reason
from broadsheet.readers.settings import Settings

Fields = dict | Refused  # what a format gives for one record


def of_file(source: str, path: str, said: Settings, names: set[str]) -> Iterator[tuple[Record, str]]:
    """Yield the records of one file, each with its body; `names` gathers what their fields are called."""
    number = 0
    try:
        file = open_file(path)
        found = _named(file.records, names)
        for number, fields in enumerate(_with_text(found, said.declared) if file.format.table else found, 1):
            record = Record(source, number, f"{source}#{number}" if file.format.several else source)
            body = fill(record, fields, said)
            record.notes += [file.note] if file.note else []
            yield record, body
        if not number:
            raise Refused("empty")
    except UNREADABLE as error:
        yield Record(source, number + 1, source, reason(error)), ""


def _named(found: Iterable[Fields], names: set[str]) -> Iterator[Fields]:
    for fields in found:
        if not isinstance(fields, Refused):
            names.update(fields)
        yield fields


def _with_text(rows: Iterator[Fields], declared: Declared) -> Iterator[Fields]:
    """Yield the rows of a table; raise Refused when the first good one has no text column, for then none has."""
    first = []
    for fields in rows:
        first.append(fields)
        if not isinstance(fields, Refused):
            if not columns.has("body", fields, declared):
                raise Refused("no text column")
            break
    yield from first
    yield from rows
