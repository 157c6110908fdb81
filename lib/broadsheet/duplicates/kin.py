"""Which articles have so much of their text in common that they tell one story."""

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from broadsheet.duplicates.shingles import Postings

CONTAINED = 0.4  # share of the smaller text, rare shingles weighing more, from which two are kin
ALIKE = 0.6  # the same, all shingles weighing alike: of thousands of copies each one's few edits would weigh most
UPDATED, OF_LARGER = 0.2, 0.15  # of the smaller and the larger text, in one outlet, a day apart: an update keeps little
WINDOW = 10  # days that may lie between two neighbours of one story
FEWEST = 3  # kept shingles in common, about sixteen words in a row: less is no evidence
LOOKED_AT = 0.1  # share of the smaller one's shingles that two articles must hold next to each other to be compared
AT_ONCE = 20_000  # pairs compared at once
UNKNOWN = 1 << 40  # the number of a day that is not known: it comes after all others


def days(published: pd.Series) -> np.ndarray:
    """Return days of publication as numbers; one that is not known is UNKNOWN."""
    day = pd.to_datetime(published)
    return np.where(day.isna(), UNKNOWN, day.to_numpy().astype("datetime64[D]").astype(np.int64))


def pairs(held: Postings, day: np.ndarray, outlet: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs of articles that have much of their text in common.

    day, outlet : of each article, as numbers; articles are numbered by day, those whose day is unknown at last. An
    outlet that is not known is -1.

    Each article is compared with those that come next to it in time among the holders of a shingle: that costs no more
    than there are shingles, however many copies of a text there are, and leads from each copy to the next.
    """
    size = len(day)
    document, count, holders = held.document, held.count, np.diff(held.starts)
    weight = np.log1p((size + 100) / holders)  # rare shingles tell more; a hundred more so that small corpora are alike
    alone, once = count - np.bincount(document, minlength=size), np.log1p(size + 100)
    total = alone * once + np.bincount(document, np.repeat(weight, holders), size)
    shingle = np.repeat(np.arange(len(holders), dtype=np.int32), holders)
    one, other = _neighbours(document, shingle, count, day)
    says = sparse.csr_matrix((np.ones(len(document)), (document, shingle)), (size, len(weight)))
    weighed = says.multiply(weight).tocsr()
    shared, number = (in_common(one, other, what, says) for what in (weighed, says))
    smaller, larger = (shared / side(total[one], total[other]) for side in (np.minimum, np.maximum))
    next_day = (
        (outlet[one] == outlet[other]) & (outlet[one] >= 0) & (day[other] - day[one] <= 1) & (day[other] < UNKNOWN)
    )
    updated = next_day & (smaller >= UPDATED) & (larger >= OF_LARGER)
    alike = number >= ALIKE * np.minimum(count[one], count[other])
    kin = ((smaller >= CONTAINED) | updated | alike) & (number >= FEWEST)
    return one[kin], other[kin]


def _neighbours(
    document: np.ndarray, shingle: np.ndarray, count: np.ndarray, day: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Return the pairs of articles worth comparing: neighbours in time among the holders of enough shingles."""
    one, other = document[:-1].astype(np.int64), document[1:]
    near = (shingle[1:] == shingle[:-1]) & ((day[other] - day[one] <= WINDOW) | (day[other] == UNKNOWN))
    code, times = np.unique(one[near] << 32 | other[near], return_counts=True)
    one, other = code >> 32, code & (1 << 32) - 1
    enough = times >= np.maximum(2, LOOKED_AT * np.minimum(count[one], count[other]))
    return one[enough], other[enough]


def in_common(one: np.ndarray, other: np.ndarray, what: sparse.csr_matrix, holds: sparse.csr_matrix) -> np.ndarray:
    """Return for each pair of articles how much of what the one has stands in what the other holds too.

    what, holds : one row per article, one column per shingle or line: how much each weighs there, and whether it is there.
    """
    found = np.empty(len(one))
    for first in range(0, len(one), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        found[some] = what[one[some]].multiply(holds[other[some]]).sum(axis=1).A1
    return found


def joined(one: np.ndarray, other: np.ndarray, text: np.ndarray) -> np.ndarray:
    """Return for each article the number of its group: those that pairs lead to from one another, or whose texts are equal.

    text : of each article, what its text is known by: a number, or a row of numbers.
    """
    _, first, same = np.unique(text, axis=0, return_index=True, return_inverse=True)
    ends = np.append(one, first[same.ravel()]), np.append(other, np.arange(len(text)))
    linked = sparse.coo_matrix((np.ones(len(ends[0])), ends), (len(text), len(text)))
    return csgraph.connected_components(linked, directed=False)[1]
