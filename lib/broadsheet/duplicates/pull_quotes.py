"""Find pull quotes: paragraphs whose words are also in another paragraph of the article."""

from itertools import pairwise

import numpy as np
import pandas as pd

from broadsheet.duplicates.rolling_hash import APART, RollingHash

QUOTED = range(7, 61)  # words of a pull quote
REFRAIN = 3  # times from which a paragraph that recurs among others is a refrain, not a pull quote
_SPARSE = 6  # bits: a table in which openings are looked up first has 2**6 places for each


def pull_quotes(hashes: RollingHash, edges: np.ndarray, document: np.ndarray, spoken: np.ndarray) -> np.ndarray:
    """Return the numbers of the paragraphs that are pull quotes.

    hashes : of the words. edges : the first word of each paragraph, and the number of words. document : the number of
    each paragraph's article. spoken : whether it opens with a quotation mark.

    Of equal paragraphs the one in quotation marks is the text, else the first. A paragraph that occurs three times, each
    time after another one, is a refrain and not marked.
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


def _inside(
    hashes: RollingHash, edges: np.ndarray, apart: np.ndarray, short: np.ndarray, says: np.ndarray
) -> np.ndarray:
    """Say of short paragraphs, all different within an article, which are part of another one; says : their hashes."""
    size, opens = np.diff(edges), hashes.every(QUOTED[0])
    wanted = opens[edges[short]]
    higher = np.uint64(64 - _SPARSE - len(short).bit_length())  # the bits from here on tell openings apart at first
    marked = np.zeros(1 << 64 - int(higher), dtype=bool)
    marked[wanted >> higher] = True
    at = np.flatnonzero(marked[(opens >> higher).view(np.int64)])  # signed numbers index without a copy
    around = np.searchsorted(edges, at, side="right") - 1
    opening = opens[at] + apart[around]
    several = pd.Series(opening).duplicated(keep=False).to_numpy()  # else it is the paragraph itself
    at, around = at[several], around[several]
    asked = np.isin(wanted + apart[short], opening[several])
    found = [np.empty(0, dtype=np.uint64)]
    for words in np.unique(size[short[asked]]):
        fits = (at + words <= edges[around + 1]) & ((at != edges[around]) | (size[around] != words))
        found.append(hashes.of(at[fits], at[fits] + words) + apart[around[fits]])
    return np.isin(says, np.concatenate(found))


def _repeated(same: list[int], spoken: list[bool]) -> list[int]:
    """Return which of equal paragraphs, given by number and whether each is in quotation marks, are pull quotes."""
    if any(spoken) and not all(spoken):
        return [place for place, by in zip(same, spoken, strict=True) if not by]
    refrain = len(same) >= REFRAIN and all(after - before > 1 for before, after in pairwise(same))
    return [] if refrain else same[1:]
