"""Monotone trends: the Mann-Kendall test and Theil-Sen slopes of rates in periods."""

import numpy as np
from scipy import sparse, stats

from broadsheet.index import kernels

AT_ONCE = 4_000_000  # slopes in memory at a time


def blocks(words: np.ndarray) -> np.ndarray:
    """Join neighbouring periods until they have as many words as a large period, and number the blocks.

    words : of each period, above 0. Large is three quarters of the ninth decile; the remainder joins the last block.

    >>> blocks(np.array([2, 2, 4, 10, 3, 10])).tolist()
    [0, 0, 0, 1, 2, 2]
    """
    block, number, size = np.zeros(len(words), dtype=int), 0, 0
    large = 0.75 * np.quantile(words, 0.9) if len(words) else 0
    for period, here in enumerate(words):
        block[period], size = number, size + here
        if size >= large:
            number, size = number + 1, 0
    return np.minimum(block, max(number - 1, 0))


def mann_kendall(rates: sparse.csc_matrix) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compute Mann and Kendall's S, tau-b and two-sided p of each column: periods in order by terms, none below 0.

    >>> [part.round(3).tolist() for part in mann_kendall(sparse.csc_matrix([[1.0], [2.0], [4.0], [8.0], [9.0]]))]
    [[10], [1.0], [0.027]]
    """
    rates = sparse.csc_matrix(rates)
    rates.sort_indices()
    count = rates.shape[0]
    edges, when = rates.indptr.astype(np.int64), rates.indices.astype(np.int64)
    steps = int((np.diff(edges).astype(float) ** 2).sum())
    score, ties, equal = kernels.quick(kendall, steps)(edges, when, rates.data.astype(float), count)
    variance = (count * (count - 1) * (2 * count + 5) - ties) / 18
    pairs = count * (count - 1) / 2
    certain = variance > 0
    z = np.sign(score) * np.maximum(np.abs(score) - 1, 0) / np.sqrt(np.where(certain, variance, 1))
    tau = score / np.sqrt(np.where(certain, pairs * (pairs - equal), 1))
    return score, tau, 2 * stats.norm.sf(np.abs(z))


def slopes(rates: sparse.csc_matrix, when: np.ndarray) -> np.ndarray:
    """Return the median slope of each column over all pairs of rows, given the times of the rows."""
    periods, terms = rates.shape
    slopes, pairs = np.zeros(terms), periods * (periods - 1) // 2
    empty = periods - np.diff(rates.indptr)
    early, late = np.triu_indices(periods, 1)
    steep = np.flatnonzero(empty * (empty - 1) // 2 <= pairs / 2)  # else most pairs are of two empty periods: 0
    for some in np.array_split(steep, -(-len(steep) * pairs // AT_ONCE) or 1):
        rate = rates[:, some].toarray().T
        slopes[some] = np.median((rate[:, late] - rate[:, early]) / (when[late] - when[early]), axis=1)
    return slopes


def kendall(starts, when, value, periods):
    """Compare each value of a term with its later ones: those greater less those smaller. Compiled by numba.

    starts : the first value of each term, then the end. when, value : by term, periods in rising order and their value,
    above 0; all other of the `periods` have 0.

    Returns of each term: this score S; the sum of t (t - 1) (2 t + 5) over groups of t equal values; pairs of equals.
    """
    terms = len(starts) - 1
    score, ties, equal = np.zeros((3, terms), dtype=np.int64)
    for term in range(terms):
        first, last = starts[term], starts[term + 1]
        zeros = periods - (last - first)
        ties[term], equal[term] = zeros * (zeros - 1) * (2 * zeros + 5), zeros * (zeros - 1)
        for at in range(first, last):
            before, same = when[at] - (at - first), 0  # zeros before this value
            score[term] += 2 * before - zeros
            for other in range(first, last):
                same += other != at and value[other] == value[at]
                if other > at:
                    score[term] += int(value[other] > value[at]) - int(value[other] < value[at])
            ties[term] += same * (2 * same + 7)
            equal[term] += same
    return score, ties, equal // 2
