"""Find and load a corpus, or read its words into the store beforehand."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet import index, readers, store
from broadsheet.corpus.archive import Archive
from broadsheet.corpus.catalogue import cached_catalogue, read_catalogue
from broadsheet.corpus.corpus import Corpus
from broadsheet.errors import CorpusError

PROJECT_FILE = "reports.toml"


def project_root() -> Path | None:
    """Return the nearest folder, from the working folder upwards, that contains a reports.toml."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / PROJECT_FILE).is_file()), None)


def find(path: str | Path) -> Path:
    """Return the absolute path of the corpus `path`; see `load` for the folders searched."""
    start = Path.cwd()
    root = project_root() or start
    places = list(dict.fromkeys([start / path, root / path, root / "data" / path]))
    for place in places:
        if str(path) and place.exists():
            return place.resolve()
    raise CorpusError(
        f"There is no corpus {str(path)!r}; searched {', '.join(map(str, places))}. Give a folder or file of articles."
    )


def load(path: str | Path) -> Corpus:
    """Load the articles of a folder or file.

    path : searched for in the working folder, then in the project's root (the nearest folder upwards that
        contains a reports.toml), then in the root's `data/`.

    Raises CorpusError when nothing is there, or nothing in it can be read as an article.
    """
    corpus = look(path)
    if not len(corpus):
        raise CorpusError(readers.no_article(corpus.path, corpus.audit))
    return corpus


def look(path: str | Path) -> Corpus:
    """Load a folder or file as `load` does; if it contains no article, return an empty corpus with its audit."""
    folder, bodies = readers.list_folder(find(path)), []
    catalogue = cached_catalogue(folder) or read_catalogue(folder, bodies.append)
    return _corpus(Archive(folder, catalogue, bodies))


def _corpus(archive: Archive) -> Corpus:
    return Corpus(archive.folder.path, archive, np.arange(len(archive.catalogue.articles)))


class Built(NamedTuple):
    """The result of `build`."""

    corpus: Corpus
    read: int  # distinct texts whose words were not in the store
    read_bytes: int  # the size of those texts
    freed: int  # bytes of results removed because nobody used them for thirty days


def build(path: str | Path, say: Callable[[str], object] = print) -> Built:
    """Read the words of a folder or file into the store, with few articles in memory at a time.

    say : called with a line on whatever takes long.

    Raises CorpusError as `load` does, ResourceError when the store cannot be written.
    """
    folder, kept = readers.list_folder(find(path)), index.collection()
    kept.check()
    with index.Builder(kept, say, strict=True) as builder:
        catalogue = cached_catalogue(folder)
        if catalogue is None or (store.find(catalogue.keys, kept.shards()).shard < 0).any():
            catalogue = read_catalogue(folder, builder.take)
    if catalogue.articles.empty:
        raise CorpusError(readers.no_article(folder.path, catalogue.audit))
    return Built(_corpus(Archive(folder, catalogue, [])), builder.read_bodies, builder.read_bytes, store.sweep())


def doubtful(audit: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of an audit that need attention: set aside, or kept with a note."""
    return audit[~audit["kept"] | (audit["notes"] != "")]
