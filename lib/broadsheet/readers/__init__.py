"""From a file or folder of articles to two tables: the articles, and an audit of every record seen."""

import itertools
import pathlib
from collections.abc import Iterator

import pandas as pd

from broadsheet.errors import CorpusError
from broadsheet.readers import columns, identity, settings, values
from broadsheet.readers.files import listing
from broadsheet.readers.formats import format_of, records
from broadsheet.readers.record import Record, fill
from broadsheet.readers.refusal import Refused
from broadsheet.schema import ARTICLES, AUDIT

DAY = "datetime64[us]"  # the unit that pandas itself gives to days; it holds every year


def read(path: pathlib.Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every article in a file, or below a folder, in reading order.

    Returns (articles, audit): schema.ARTICLES and the user's further columns, one row per article kept;
    schema.AUDIT, one row per record seen. Both may be empty.

    Raises CorpusError when there is no such path, or `corpus.toml` cannot be followed.
    """
    if not path.exists():
        raise CorpusError(f"Articles are read from a file or a folder; there is none at {path}. Correct the path.")
    said = settings.read(path if path.is_dir() else path.parent)
    files = listing(path, said.ignore) if path.is_dir() else [(values.scrub(path.name), path)]
    names: set[str] = set()
    seen = [record for source, file in files for record in _seen(source, file, said, names)]
    settings.check_declared(said.declared, names)
    _tell_apart(seen)
    return _articles([record for record in seen if record.kept]), _audit(seen)


def title(path: pathlib.Path) -> str:
    """Return what to call the corpus at `path`: as its `corpus.toml` says, else by its name."""
    said = settings.read(path if path.is_dir() else path.parent).title
    return said or (path.name if path.is_dir() else path.name.partition(".")[0])


def _seen(source: str, path: pathlib.Path, said: settings.Settings, names: set[str]) -> Iterator[Record]:
    """Yield the records of one file; `names` gathers what their fields are called."""
    try:
        found, note = records(path)
        readable = [fields for fields in found if not isinstance(fields, Refused)]
        names.update(itertools.chain.from_iterable(readable))
        form = format_of(path)
        if form.table and readable and not columns.has("body", readable[0], said.declared):
            raise Refused("no text column")
    except Refused as refused:
        yield Record(source, 1, source, refused.reason)
        return
    for number, fields in enumerate(found, 1):
        record = fill(Record(source, number, f"{source}#{number}" if form.several else source), fields, said)
        record.notes += [note] if note else []
        yield record


def _tell_apart(seen: list[Record]) -> None:
    """Set aside what was seen before, and give each article kept an id of its own."""
    first: dict[tuple, Record] = {}
    for record in seen:
        if record.kept and first.setdefault(record.content, record) is not record:
            record.reason = "same record"
    kept = list(first.values())
    wanted = [record.texts["doc_id"] or identity.content_id(*record.content) for record in kept]
    for record, name, own in zip(kept, wanted, identity.distinct(wanted), strict=True):
        record.texts["doc_id"] = own
        if own != name:
            record.notes.append("id repeated")


def _articles(kept: list[Record]) -> pd.DataFrame:
    stories: dict[str, str] = {}
    for record in kept:
        record.texts |= {"body": record.body, "source": record.place}
        record.texts["story"] = stories.setdefault(record.body, record.texts["doc_id"])
    ours = {
        name: pd.Series([record.texts[name] for record in kept], dtype="str")
        for name in ARTICLES
        if name != "published"
    }
    ours["published"] = pd.Series([record.published for record in kept], dtype=DAY)
    names = dict.fromkeys(name for record in kept for name in record.further)
    further = {name: values.column([record.further.get(name) for record in kept]) for name in names}
    return pd.DataFrame({name: ours[name] for name in ARTICLES} | further)


def _audit(seen: list[Record]) -> pd.DataFrame:
    rows = [
        (r.source, r.record, r.kept * r.texts.get("doc_id", ""), r.kept, r.reason, r.kept * "; ".join(r.notes))
        for r in seen
    ]
    kinds = {"record": "int64", "kept": "bool"}
    return pd.DataFrame(rows, columns=list(AUDIT)).astype({name: kinds.get(name, "str") for name in AUDIT})
