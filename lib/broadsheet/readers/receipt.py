"""What a folder's files supply: which field became which of our columns, and which others look like dates or text.

It opens files anew, so that a normal load costs nothing.
"""

import dataclasses
import itertools

from broadsheet.readers import by_content, columns, values
from broadsheet.readers.columns import USUAL, Declared
from broadsheet.readers.file_records import with_text
from broadsheet.readers.folder import Folder
from broadsheet.readers.formats import open_file
from broadsheet.readers.rejection import UNREADABLE, Rejected
from broadsheet.readers.settings import NAME, Settings

FILES, RECORDS = 20, 50  # of each format that are examined
EXAMPLES, LONGEST = 3, 80  # examples of a field, and their characters

Found = dict[str, tuple[str, ...]]  # a field, and examples of its values


@dataclasses.dataclass
class Mapping:
    """The fields of the files that have one ending.

    columns : our column, the field that supplies it, and examples. by_content : the field taken for the text because it
    is the only long one. dates, texts : fields that look like dates or text, and supply none of our columns.
    """

    ending: str
    files: int = 0
    columns: dict[str, tuple[str, tuple[str, ...]]] = dataclasses.field(default_factory=dict)
    by_content: str = ""
    dates: Found = dataclasses.field(default_factory=dict)
    texts: Found = dataclasses.field(default_factory=dict)
    others: Found = dataclasses.field(default_factory=dict)


def mappings(folder: Folder) -> list[Mapping]:
    """Return what the files of each ending supply, from the first records of the first files of each."""
    by_ending: dict[str, list[str]] = {}
    for source, path in folder.files:
        by_ending.setdefault(_ending(source), []).append(path)
    return [_mapping(ending, paths, folder.settings) for ending, paths in by_ending.items()]


def advice(folder: Folder) -> str:
    """Name the fields of a folder whose text is not found, and the line of corpus.toml that says which it is."""
    for mapping in mappings(folder):
        fields = [*mapping.texts, *mapping.dates, *mapping.others]
        if fields and "body" not in mapping.columns:
            best = next(iter(mapping.texts), "name of the field with the text")
            return (
                f"The fields in the {mapping.ending} files are {', '.join(sorted(fields))}. If one of them has the text, "
                f'name it in {NAME} beside the files: [columns] and, on the next line, body = "{best}".'
            )
    return ""


def _ending(source: str) -> str:
    name = source.rpartition("/")[2].lower().removesuffix(".gz")
    return name[max(name.rfind("."), 0) :]


def _mapping(ending: str, paths: list[str], settings: Settings) -> Mapping:
    mapping, records, declared = Mapping(ending, len(paths)), [], settings.declared
    for path in paths[:FILES]:
        found, declared = _first_records(path, settings)
        records += found
    if not records:
        return mapping
    if declared != settings.declared:
        mapping.by_content = declared[-1][1]
    _add_columns(mapping, records, declared)
    unused = [name for name in _nested(records) if not any(name == field for field, _ in mapping.columns.values())]
    flat = [_flat(record) for record in records]
    dates, texts = by_content.date_columns(flat, declared), by_content.prose(flat, declared)
    for name in unused:
        kind = mapping.dates if name in dates else mapping.texts if name in texts else mapping.others
        kind[name] = _examples(record.get(name) for record in flat)
    return mapping


def _first_records(path: str, settings: Settings) -> tuple[list[dict], Declared]:
    """Return the first records of a file and what is declared about it; no records if it cannot be read."""
    try:
        file = open_file(path)
        first = list(itertools.islice(file.records, RECORDS))
        sound = [fields for fields in first if not isinstance(fields, Rejected)]
        return sound, with_text(first, settings, table=False)[1].declared
    except UNREADABLE:
        return [], settings.declared


def _add_columns(mapping: Mapping, records: list[dict], declared: Declared) -> None:
    """Add, for each of our columns, the field that supplies it first, and examples."""
    given = dict(declared)
    for column in USUAL:
        supplied = [(columns.split(record, declared)[0].get(column), record) for record in records]
        supplied = [(value, record) for value, record in supplied if value is not None]
        if supplied:
            fields = columns.fields(supplied[0][1], declared).get(column, [])
            field = next(
                (str(name) for name in fields if supplied[0][1][name] is supplied[0][0]), given.get(column, "")
            )
            mapping.columns[column] = field, _examples(value for value, _ in supplied)


def _nested(records: list[dict]) -> list[str]:
    return [*dict.fromkeys(name for record in records for name in _flat(record))]


def _flat(record: dict, before: str = "", depth: int = 3) -> dict[str, object]:
    """Return the values of a record by their paths.

    >>> _flat({"article": {"title": "Quay"}})
    {'article.title': 'Quay'}
    """
    paths = {}
    for name, value in record.items():
        inner = value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else value
        if isinstance(inner, dict) and depth:
            paths |= _flat(inner, f"{before}{name}.", depth - 1)
        else:
            paths[f"{before}{name}"] = value
    return paths


def _examples(found: object) -> tuple[str, ...]:
    texts = (" ".join((values.body(value) or values.text(value)).split()) for value in found if value is not None)
    shown = (text if len(text) <= LONGEST else text[: LONGEST - 1] + "…" for text in texts if text)
    return tuple(itertools.islice(dict.fromkeys(shown), EXAMPLES))
