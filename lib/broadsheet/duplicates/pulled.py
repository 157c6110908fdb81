"""Pull quotes: paragraphs whose words stand in another paragraph of the article too."""

from itertools import pairwise

import numpy as np
import pandas as pd

from broadsheet.duplicates.hashes import APART, Runs

QUOTED = range(7, 61)  # words of a pull quote
REFRAIN = 3  # times that a paragraph stands apart and is no pull quote
_SPARSE = 6  # a power of two: of so many possible openings one is asked for


def pulled(hashes: Runs, edges: np.ndarray, document: np.ndarray, spoken: np.ndarray) -> np.ndarray:
    """Return the numbers of the paragraphs that are pull quotes.

    hashes : of the words. edges : up to which word each paragraph goes, from 0. document : of each paragraph, the
    number of its article. spoken : whether it opens with a quotation mark.

    Of equal paragraphs the one in quotation marks is the text, else the first; what is said three times, each time
    after something else, is a refrain and not marked.
    """
    size, apart = np.diff(edges), document.astype(np.uint64) * APART
    short = np.flatnonzero((size >= QUOTED[0]) & (size <= QUOTED[-1]))
    says = hashes.of(edges[short], edges[short + 1]) + apart[short]
    _, first, kind, times = np.unique(says, return_index=True, return_inverse=True, return_counts=True)
    inside = _inside(hashes, edges, apart, short[first], says[first])[kind]
    alike = np.flatnonzero((times[kind] > 1) & ~inside)
    alike = alike[np.argsort(kind[alike], kind="stable")]
    same = np.split(short[alike], np.flatnonzero(np.diff(kind[alike])) + 1)
    repeated = [_repeated(places.tolist(), spoken[places].tolist()) for places in same]
    return np.concatenate([short[inside], *repeated]).astype(np.int64)


def _inside(hashes: Runs, edges: np.ndarray, apart: np.ndarray, short: np.ndarray, says: np.ndarray) -> np.ndarray:
    """Return which of some short paragraphs, no two of an article alike, stand within another one; says : their hashes."""
    size, opens = np.diff(edges), hashes.every(QUOTED[0])
    wanted = opens[edges[short]]
    higher = np.uint64(64 - _SPARSE - len(short).bit_length())  # above lie the bits that tell openings apart at first
    marked = np.zeros(1 << 64 - int(higher), dtype=bool)
    marked[wanted >> higher] = True
    at = np.flatnonzero(marked[(opens >> higher).view(np.int64)])  # as signed numbers, which index without a copy
    around = np.searchsorted(edges, at, side="right") - 1
    opening = opens[at] + apart[around]
    several = pd.Series(opening).duplicated(keep=False).to_numpy()  # else it is where the paragraph itself begins
    at, around = at[several], around[several]
    asked = np.isin(wanted + apart[short], opening[several])
    found = [np.empty(0, dtype=np.uint64)]
    for words in np.unique(size[short[asked]]):
        held = (at + words <= edges[around + 1]) & ((at != edges[around]) | (size[around] != words))
        found.append(hashes.of(at[held], at[held] + words) + apart[around[held]])
    return np.isin(says, np.concatenate(found))


def _repeated(same: list[int], spoken: list[bool]) -> list[int]:
    """Return which of equal paragraphs, given by their numbers and whether each is in quotation marks, are not the text."""
    if any(spoken) and not all(spoken):
        return [place for place, by in zip(same, spoken, strict=True) if not by]
    refrain = len(same) >= REFRAIN and all(after - before > 1 for before, after in pairwise(same))
    return [] if refrain else same[1:]
