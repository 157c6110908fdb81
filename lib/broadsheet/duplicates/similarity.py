"""Find articles that share so much text that they tell one story."""

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from broadsheet.duplicates.shingles import Postings

CONTAINED = 0.4  # share of the smaller text in common, weighted towards rare shingles, that makes two articles similar
ALIKE = 0.6  # the same without weights: among thousands of copies each one's few edits would weigh most
UPDATED, OF_LARGER = 0.2, 0.15  # of the smaller and the larger text, in one outlet within a day: an update keeps little
WINDOW = 10  # days between two neighbours of one story
FEWEST = 3  # shingles in common, about sixteen words in a row: fewer are no evidence
LOOKED_AT = 0.1  # share of the smaller one's shingles for which two articles must be neighbours to be compared
AT_ONCE = 20_000  # pairs compared at once
UNKNOWN = 1 << 40  # the number of an unknown day: after all others


def days(published: pd.Series) -> np.ndarray:
    """Return days of publication as numbers; UNKNOWN for a missing one."""
    day = pd.to_datetime(published)
    return np.where(day.isna(), UNKNOWN, day.to_numpy().astype("datetime64[D]").astype(np.int64))


def similar_pairs(postings: Postings, day: np.ndarray, outlet: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return pairs of articles that have much of their text in common.

    day, outlet : numbers, one per article. Articles are ordered by day, unknown days last; an unknown outlet is -1.

    Each article is compared only with its neighbours in time among the articles that contain a shingle. So the cost
    grows with the number of shingles, not of copies, and a chain of pairs links every copy to the next.
    """
    size = len(day)
    document, count, holders = postings.document, postings.count, np.diff(postings.starts)
    weight = np.log1p(
        (size + 100) / holders
    )  # rare shingles are better evidence; a hundred are added so that small corpora behave alike
    alone, once = count - np.bincount(document, minlength=size), np.log1p(size + 100)
    total = alone * once + np.bincount(document, np.repeat(weight, holders), size)
    shingle = np.repeat(np.arange(len(holders), dtype=np.int32), holders)
    one, other = _neighbours(document, shingle, count, day)
    says = sparse.csr_matrix((np.ones(len(document)), (document, shingle)), (size, len(weight)))
    weighed = says.multiply(weight).tocsr()
    shared, number = (shared_weight(one, other, what, says) for what in (weighed, says))
    smaller, larger = (shared / side(total[one], total[other]) for side in (np.minimum, np.maximum))
    next_day = (
        (outlet[one] == outlet[other]) & (outlet[one] >= 0) & (day[other] - day[one] <= 1) & (day[other] < UNKNOWN)
    )
    updated = next_day & (smaller >= UPDATED) & (larger >= OF_LARGER)
    alike = number >= ALIKE * np.minimum(count[one], count[other])
    similar = ((smaller >= CONTAINED) | updated | alike) & (number >= FEWEST)
    return one[similar], other[similar]


def _neighbours(
    document: np.ndarray, shingle: np.ndarray, count: np.ndarray, day: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Return the pairs of articles worth comparing: neighbours in time for enough shingles."""
    one, other = document[:-1].astype(np.int64), document[1:]
    near = (shingle[1:] == shingle[:-1]) & ((day[other] - day[one] <= WINDOW) | (day[other] == UNKNOWN))
    code, times = np.unique(one[near] << 32 | other[near], return_counts=True)
    one, other = code >> 32, code & (1 << 32) - 1
    enough = times >= np.maximum(2, LOOKED_AT * np.minimum(count[one], count[other]))
    return one[enough], other[enough]


def shared_weight(one: np.ndarray, other: np.ndarray, what: sparse.csr_matrix, occurs: sparse.csr_matrix) -> np.ndarray:
    """Return for each pair of articles how much of the first one's content also occurs in the second.

    what : weight of each shingle or line (column) in each article (row). occurs : 1 where it occurs.
    """
    found = np.empty(len(one))
    for first in range(0, len(one), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        found[some] = what[one[some]].multiply(occurs[other[some]]).sum(axis=1).A1
    return found


def connected(one: np.ndarray, other: np.ndarray, text: np.ndarray) -> np.ndarray:
    """Return the group of each article: articles linked by a chain of pairs, or with equal texts.

    text : identifies each article's text: a number, or a row of numbers.
    """
    _, first, same = np.unique(text, axis=0, return_index=True, return_inverse=True)
    ends = np.append(one, first[same.ravel()]), np.append(other, np.arange(len(text)))
    linked = sparse.coo_matrix((np.ones(len(ends[0])), ends), (len(text), len(text)))
    return csgraph.connected_components(linked, directed=False)[1]
