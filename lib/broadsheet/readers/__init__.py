"""From a file or folder of articles to two tables: the articles, and an audit of every record seen."""

import pathlib
from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from broadsheet.errors import CorpusError
from broadsheet.readers import files, identity, seen, settings, values
from broadsheet.readers.record import TEXTS, Record
from broadsheet.schema import ARTICLES, AUDIT

VERSION = 2  # of what the readers decide: raised when they read the same files otherwise
OURS = [name for name in ARTICLES if name != "story"]  # which articles tell one story, no single article says
DAY = "datetime64[us]"  # the unit that pandas itself gives to days; it holds every year


def read(path: pathlib.Path, take: Callable[[str], object] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every article in a file, or below a folder, in reading order.

    take : called with the body of each article kept, as soon as it is read; bodies are then held nowhere here.

    Returns (articles, audit): schema.ARTICLES without `story`, without `body` where it was taken, and the user's
    further columns, one row per article kept; schema.AUDIT, one row per record seen. Both may be empty.

    Raises CorpusError when there is no such path, or `corpus.toml` cannot be followed.
    """
    said, listed = _listed(path)
    names: set[str] = set()
    bodies: list[str] = []
    found = (pair for source, file in listed for pair in seen.of_file(source, file, said, names))
    records = list(_first_only(found, bodies.append if take is None else take))
    settings.check_declared(said.declared, names)
    kept = [record for record in records if record.kept]
    _tell_apart(kept)
    return _articles(kept, bodies if take is None else None), _audit(records)


def fingerprint(path: pathlib.Path) -> str:
    """Return a digest that changes with the corpus's files, with its `corpus.toml` and with VERSION.

    "" when it cannot be relied on: a file cannot be looked at, or changed so lately that a next change might not show.

    Raises CorpusError as `read` does.
    """
    _, listed = _listed(path)
    return files.fingerprint(listed, f"{VERSION}\0".encode() + settings.raw(_folder(path)))


def title(path: pathlib.Path) -> str:
    """Return what to call the corpus at `path`: as its `corpus.toml` says, else by its name."""
    said = settings.read(_folder(path)).title
    return said or (path.name if path.is_dir() else path.name.partition(".")[0])


def _folder(path: pathlib.Path) -> pathlib.Path:
    return path if path.is_dir() else path.parent


def _listed(path: pathlib.Path) -> tuple[settings.Settings, files.Listed]:
    """Return what `corpus.toml` says, and the files to read."""
    if not path.exists():
        raise CorpusError(f"Articles are read from a file or a folder; there is none at {path}. Correct the path.")
    said = settings.read(_folder(path))
    return said, files.listing(path, said.ignore) if path.is_dir() else [(values.scrub(path.name), str(path))]


def _first_only(found: Iterable[tuple[Record, str]], take: Callable[[str], object]) -> Iterator[Record]:
    """Yield every record, set aside what was seen before, and let `take` have the bodies of the others."""
    known = set()
    for record, body in found:
        if record.kept and record.content in known:
            record.reason = "same record"
        elif record.kept:
            known.add(record.content)
            take(body)
        yield record


def _tell_apart(kept: list[Record]) -> None:
    """Give each article an id of its own."""
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
    return pd.DataFrame({name: ours[name] for name in OURS if name in ours} | further)


def _notes(record: Record) -> str:
    return "; ".join(record.notes) if record.kept else record.language


def _audit(records: list[Record]) -> pd.DataFrame:
    rows = [(r.source, r.record, r.kept * r.texts.get("doc_id", ""), r.kept, r.reason, _notes(r)) for r in records]
    kinds = {"record": "int64", "kept": "bool"}
    return pd.DataFrame(rows, columns=list(AUDIT)).astype({name: kinds.get(name, "str") for name in AUDIT})
