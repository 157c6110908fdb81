"""Read a folder or file of articles into two tables: the articles, and an audit of every record."""

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from broadsheet.readers import identity, values
from broadsheet.readers.file_records import records_of_file
from broadsheet.readers.folder import Folder, list_folder
from broadsheet.readers.no_article import no_article
from broadsheet.readers.receipt import Mapping, mappings
from broadsheet.readers.record import TEXTS, Record
from broadsheet.readers.settings import check_declared
from broadsheet.schema import ARTICLES, AUDIT

__all__ = ["COLUMNS", "DAY", "Folder", "Mapping", "list_folder", "mappings", "no_article", "read_articles"]

COLUMNS = [name for name in ARTICLES if name != "story"]  # stories are found by comparing all articles
DAY = "datetime64[us]"  # the unit that pandas itself gives to days; every year fits


def read_articles(
    folder: Folder, take: Callable[[str], object] | None = None, keys: list[bytes] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every article of a folder, in reading order.

    take : called with the body of each article as soon as it is read; the bodies are then not kept here.
    keys : gets the key in the store of each body.

    Returns (articles, audit). articles: one row per article kept, the columns of schema.ARTICLES without `story`,
    and without `body` if `take` is given, then the user's further columns. audit: one row per record; columns as in
    schema.AUDIT. Both may be empty.

    Raises CorpusError when a column declared in corpus.toml is in no record.
    """
    names: set[str] = set()
    bodies: list[str] = []
    found = (pair for source, path in folder.files for pair in records_of_file(source, path, folder.settings, names))
    records = list(_without_duplicates(found, bodies.append if take is None else take))
    check_declared(folder.settings.declared, names)
    kept = [record for record in records if record.kept]
    if keys is not None:
        keys += [record.key for record in kept]
    _make_ids_unique(kept)
    return _articles(kept, bodies if take is None else None), _audit(records)


def _without_duplicates(found: Iterable[tuple[Record, str]], take: Callable[[str], object]) -> Iterator[Record]:
    """Yield every record; set duplicates aside and pass the bodies of the others to `take`."""
    known = set()
    for record, body in found:
        if record.kept and record.content in known:
            record.reason = "same record"
        elif record.kept:
            known.add(record.content)
            take(body)
        yield record


def _make_ids_unique(kept: list[Record]) -> None:
    """Number the ids that several articles share, with a note in the audit."""
    wanted = [record.texts["doc_id"] for record in kept]
    for record, name, own in zip(kept, wanted, identity.distinct(wanted), strict=True):
        record.texts["doc_id"] = own
        if own != name:
            record.notes.append("id repeated")


def _articles(kept: list[Record], bodies: list[str] | None) -> pd.DataFrame:
    texts = {name: [record.texts[name] for record in kept] for name in TEXTS}
    texts |= {"source": [record.place for record in kept]} | ({} if bodies is None else {"body": bodies})
    ours = {name: pd.Series(column, dtype="str") for name, column in texts.items()}
    ours["published"] = pd.Series([record.published for record in kept], dtype=DAY)
    names = dict.fromkeys(name for record in kept for name in record.further)
    further = {name: values.column([record.further.get(name) for record in kept]) for name in names}
    return pd.DataFrame({name: ours[name] for name in COLUMNS if name in ours} | further)


def _audit(records: list[Record]) -> pd.DataFrame:
    rows = [(r.source, r.record, r.kept * r.texts.get("doc_id", ""), r.kept, r.reason, _notes(r)) for r in records]
    kinds = {"record": "int64", "kept": "bool"}
    return pd.DataFrame(rows, columns=list(AUDIT)).astype({name: kinds.get(name, "str") for name in AUDIT})


def _notes(record: Record) -> str:
    return "; ".join(record.notes) if record.kept else record.language
