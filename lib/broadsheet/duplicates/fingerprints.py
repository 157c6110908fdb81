"""Read articles once for comparison: their lines, and the shingles by which they are compared."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet import store
from broadsheet.duplicates import lines, rolling_hash, shingles
from broadsheet.duplicates.shingles import Shingles
from broadsheet.index import Tokens, collection, places

AT_ONCE = 1_000_000  # characters of the bodies read at once: text that fits in the processor's cache is read faster


class Fingerprints(NamedTuple):
    """The lines and shingles of articles."""

    lines: pd.DataFrame  # see `lines.line_arrays`
    shingles: list[Shingles]  # of consecutive lots of articles
    edges: np.ndarray  # where the words of each article begin, and the number of words


def stored_fingerprints(bodies: list[str]) -> tuple[Fingerprints, np.ndarray]:
    """Return the fingerprints and keys of some bodies; words that the store lacks are read into it."""
    loose, keys = [], store.as_integers([store.key(body.encode()) for body in bodies])
    doc_ids = pd.RangeIndex(len(bodies)).astype("str")
    words = Tokens(doc_ids, lambda: places(keys, collection(), loose, bodies.__getitem__))
    return fingerprint(words, lambda take: [take(body) for body in bodies]), keys


def fingerprint(words: Tokens, give: Callable[[Callable[[str], object]], object]) -> Fingerprints:
    """Return the fingerprints of articles, read in lots.

    words : of the articles. give : passes their bodies, one after the other, to the function that it is given.
    """
    tables, kept, lot, begun, size = [], [], [], 0, 0
    edges = np.append(0, words.lengths.cumsum())

    def read_lot() -> None:
        nonlocal begun, size
        some = words.of(np.arange(begun, begun + len(lot)))
        runs = rolling_hash.hash_words(some)
        tables.append(lines.line_arrays(some, runs, lot))
        tables[-1]["article"] += begun
        kept.append(shingles.shingles(runs, edges[begun : begun + len(lot) + 1] - edges[begun]))
        begun, size = begun + len(lot), 0
        lot.clear()

    def take(body: str) -> None:
        nonlocal size
        lot.append(body)
        size += len(body)
        if size > AT_ONCE:
            read_lot()

    give(take)
    read_lot()
    return Fingerprints(lines.line_table(tables), kept, edges)
