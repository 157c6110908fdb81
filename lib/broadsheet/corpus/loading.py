"""A corpus from a folder: loaded as it is, or read into the store beforehand."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet import index, store
from broadsheet.corpus import archive, catalogue
from broadsheet.corpus.corpus import Corpus
from broadsheet.corpus.places import find
from broadsheet.errors import CorpusError
from broadsheet.readers.refusal import no_article


def load(path: str | Path) -> Corpus:
    """Load the articles of a folder or file.

    path : looked for in the working folder, then from the project's root (the nearest folder
        upwards that holds a reports.toml), then in the root's `data/`.

    Raises CorpusError when nothing is there, or nothing in it can be read as an article.
    """
    corpus = look(path)
    if not len(corpus):
        raise CorpusError(no_article(corpus.path, corpus.audit))
    return corpus


def look(path: str | Path) -> Corpus:
    """Load as `load` does; where nothing can be read as an article, return a corpus of none, whose audit says why."""
    place = find(path)
    bodies = catalogue.Bodies(place)
    return _corpus(place, catalogue.kept(place) or catalogue.read(place, bodies.take), bodies)


def _corpus(place: Path, held: catalogue.Catalogue, bodies: catalogue.Bodies) -> Corpus:
    whole = archive.Ledgers(held, bodies, index.collection())
    return Corpus(place, whole, np.arange(len(held.articles)))


class Built(NamedTuple):
    """What `build` did."""

    corpus: Corpus
    read: int  # distinct texts whose words were read, as the store lacked them
    read_bytes: int  # of their text
    freed: int  # bytes of results that nobody used for thirty days


def build(path: str | Path, say: Callable[[str], object] = print) -> Built:
    """Bring the store up to date with the articles of a folder or file, holding few of them in memory at a time.

    say : is told what takes long. Raises CorpusError as `load` does, ResourceError when the store cannot be written.
    """
    place, kept = find(path), index.collection()
    kept.check()
    with index.Keeper(kept, say, strict=True) as keeper:
        held = catalogue.kept(place)
        if held is None or (store.find(held.keys, kept.shards()).shard < 0).any():
            held = catalogue.read(place, keeper.take)
    if held.articles.empty:
        raise CorpusError(no_article(place, held.audit))
    corpus = _corpus(place, held, catalogue.Bodies(place))
    return Built(corpus, keeper.read_bodies, keeper.read_bytes, store.sweep())


def doubtful(audit: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of an audit that a reader should know of: set aside, or kept with something in doubt."""
    return audit[~audit["kept"] | (audit["notes"] != "")]
