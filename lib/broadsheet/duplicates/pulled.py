"""Pull quotes: paragraphs whose words stand in another paragraph of the article too."""

from itertools import pairwise

import numpy as np
import pandas as pd

from broadsheet.duplicates.hashes import APART, Runs

QUOTED = range(7, 61)  # words of a pull quote
REFRAIN = 3  # times that a paragraph stands apart and is no pull quote
_TOLD = np.uint64(64 - 20)  # bits by which hashes are told apart at first lie above


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
    inside = np.isin(says, _inside(hashes, edges, apart, short))
    alike = np.flatnonzero(pd.Series(says).duplicated(keep=False) & ~inside)
    same = pd.Series(short[alike]).groupby(says[alike]).agg(list)
    repeated = [_repeated(places, [spoken[place] for place in places]) for places in same]
    return np.concatenate([short[inside], *repeated]).astype(np.int64)


def _inside(hashes: Runs, edges: np.ndarray, apart: np.ndarray, short: np.ndarray) -> np.ndarray:
    """Return the hashes of what stands within a paragraph and may be the whole of a short one."""
    size, opens = np.diff(edges), hashes.every(QUOTED[0])
    wanted, marked = opens[edges[short]], np.zeros(1 << 64 - int(_TOLD), dtype=bool)
    marked[wanted >> _TOLD] = True
    at = np.flatnonzero(marked[opens >> _TOLD])
    around = np.searchsorted(edges, at, side="right") - 1
    twice = pd.Series(opens[at] + apart[around]).duplicated(keep=False)  # else it is where the paragraph itself begins
    at, around = at[twice], around[twice]
    found = [np.empty(0, dtype=np.uint64)]
    for words in np.unique(size[short[np.isin(wanted, opens[at])]]):
        held = at + words <= edges[around + 1]
        held &= (at != edges[around]) | (size[around] != words)
        found.append(hashes.of(at[held], at[held] + words) + apart[around[held]])
    return np.concatenate(found)


def _repeated(same: list[int], spoken: list[bool]) -> list[int]:
    """Return which of equal paragraphs, given by their numbers and whether each is in quotation marks, are not the text."""
    if any(spoken) and not all(spoken):
        return [place for place, by in zip(same, spoken, strict=True) if not by]
    refrain = len(same) >= REFRAIN and all(after - before > 1 for before, after in pairwise(same))
    return [] if refrain else same[1:]
