"""Pull quotes: paragraphs whose words stand in another paragraph of the article too."""

from itertools import pairwise

import numpy as np

from broadsheet.duplicates.hashes import APART, Runs
from broadsheet.store import runs

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
    inside = _inside(hashes, edges, apart, short[first])[kind]
    alike = np.flatnonzero((times[kind] > 1) & ~inside)
    alike = alike[np.argsort(kind[alike], kind="stable")]
    same = np.split(short[alike], np.flatnonzero(np.diff(kind[alike])) + 1)
    repeated = [_repeated(places.tolist(), spoken[places].tolist()) for places in same]
    return np.concatenate([short[inside], *repeated]).astype(np.int64)


def _inside(hashes: Runs, edges: np.ndarray, apart: np.ndarray, short: np.ndarray) -> np.ndarray:
    """Return which of some short paragraphs, no two of an article alike, stand within another one."""
    size, opens = np.diff(edges), hashes.every(QUOTED[0])
    begins, upto = edges[short], edges[short + 1]
    says, higher = opens[begins], np.uint64(64 - _SPARSE - len(short).bit_length())
    marked = np.zeros(1 << 64 - int(higher), dtype=bool)
    marked[says >> higher] = True
    at = np.flatnonzero(marked[(opens >> higher).view(np.int64)])  # and few others
    around = np.searchsorted(edges, at, side="right") - 1
    says += apart[short]
    order = np.argsort(says)
    first, after = (np.searchsorted(says[order], opens[at] + apart[around], side) for side in ("left", "right"))
    quoted, at, around = order[runs(first, after - first)], *(np.repeat(one, after - first) for one in (at, around))
    words = upto[quoted] - begins[quoted]
    held = (at + words <= edges[around + 1]) & ((at != edges[around]) | (size[around] != words))
    at, quoted = at[held], quoted[held]
    found = np.zeros(len(short), dtype=bool)
    found[quoted[hashes.of(at, at + words[held]) == hashes.of(begins[quoted], upto[quoted])]] = True
    return found


def _repeated(same: list[int], spoken: list[bool]) -> list[int]:
    """Return which of equal paragraphs, given by their numbers and whether each is in quotation marks, are not the text."""
    if any(spoken) and not all(spoken):
        return [place for place, by in zip(same, spoken, strict=True) if not by]
    refrain = len(same) >= REFRAIN and all(after - before > 1 for before, after in pairwise(same))
    return [] if refrain else same[1:]
