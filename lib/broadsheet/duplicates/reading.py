"""One reading of articles: their lines, and the shingles by which they are compared."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet import store
from broadsheet.duplicates import hashes, lines, shingles
from broadsheet.duplicates.shingles import Kept
from broadsheet.index import Tokens, collection, places

AT_ONCE = 1_000_000  # characters of the bodies that are read at once: what fits in the processor's cache is quicker


class Read(NamedTuple):
    """What some articles are compared by."""

    lines: pd.DataFrame  # see `lines.read`
    kept: list[Kept]  # of some articles after the others
    edges: np.ndarray  # up to which word each article goes, from 0


def read_all(bodies: list[str]) -> tuple[Read, np.ndarray]:
    """Read some bodies, whose words are kept in the store; return what they are compared by, and their keys."""
    loose, keys = [], store.as_integers([store.key(body.encode()) for body in bodies])
    doc_ids = pd.RangeIndex(len(bodies)).astype("str")
    words = Tokens(doc_ids, lambda: places(keys, collection(), loose, bodies.__getitem__))
    return read(words, lambda take: [take(body) for body in bodies]), keys


def read(words: Tokens, give: Callable[[Callable[[str], object]], object]) -> Read:
    """Read articles, some at a time; give : hands out the bodies of the words, one after the other."""
    tables, kept, held, begun, size = [], [], [], 0, 0
    edges = np.append(0, words.lengths.cumsum())

    def read_held() -> None:
        nonlocal begun, size
        numbers = np.arange(begun, begun + len(held))
        some = words.of(numbers)
        runs = hashes.of_words(some)
        tables.append(lines.read(some, runs, held))
        tables[-1]["article"] += begun
        kept.append(shingles.of(runs, edges[begun : begun + len(held) + 1] - edges[begun]))
        begun, size = begun + len(held), 0
        held.clear()

    def take(body: str) -> None:
        nonlocal size
        held.append(body)
        size += len(body)
        if size > AT_ONCE:
            read_held()

    give(take)
    read_held()
    return Read(lines.table(tables), kept, edges)
