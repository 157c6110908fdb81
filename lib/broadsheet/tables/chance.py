"""What chance does when stories change sides: evidence that takes each story on a side as one observation."""

from typing import NamedTuple

import numpy as np
from scipy import sparse, stats

from broadsheet.index import kernels
from broadsheet.tables.effects import log_likelihood
from broadsheet.tables.sides import Counted, Sides, sums_of

AT_ONCE = 100  # draws held at once
PRODUCTS, LOGARITHMS = 1000, 30  # of arrays, that take as long as a step of plain Python
LEVEL = 0.95


class Observed(NamedTuple):
    """Some observations, summed for each term.

    lengths : words of each observation. n : uses of the term. stories : observations that use it. squares : the sum of
    the squares of its uses in each. products : the sum of its uses in each times the words of that.
    """

    lengths: np.ndarray
    n: np.ndarray
    stories: np.ndarray
    squares: np.ndarray
    products: np.ndarray


def parted(counted: Counted, both: Sides) -> tuple[Observed, Observed, Observed]:
    """Return the sums over all observations, those of the target, and the others.

    Sums over articles are known; those over observations differ only where articles share one. The third is what the
    second leaves of the first.
    """
    counts, observation = counted.counts, both.observation
    shared = np.bincount(observation)[observation] > 1
    apart, merged = sums_of(counts[shared]), sums_of(_merged(counts[shared], observation[shared]))
    sums = (whole - less + more for whole, less, more in zip(counted.sums, apart, merged, strict=True))
    every = Observed(both.lengths, *sums, both.lengths[observation] @ counts)
    ours, lengths = both.target[observation], both.lengths[both.target]
    parts = _merged(counts[ours], observation[ours])
    target = Observed(lengths, *sums_of(parts), lengths @ parts)
    rest = (whole - part for whole, part in zip(every[1:], target[1:], strict=True))
    return every, target, Observed(both.lengths[~both.target], *rest)


def _merged(counts: sparse.csr_matrix, observation: np.ndarray) -> sparse.csr_matrix:
    """Return the sums of the rows that make one observation, in the order of these."""
    numbers, row = np.unique(observation, return_inverse=True)
    once = np.ones(len(row), dtype=np.int64)
    return sparse.csr_matrix((once, (row, np.arange(len(row)))), (len(numbers), len(row))) @ counts


def dispersion(some: Observed) -> np.ndarray:
    """Return, for each term, the sum of (n - rate x length)^2 over the observations, times k / (k - 1) for k of them.

    The rate is that of all of them: uses by words.
    """
    rate, k = some.n / some.lengths.sum(), len(some.lengths)
    squares = rate**2 * (some.lengths.astype(float) ** 2).sum() - 2 * rate * some.products + some.squares
    return squares * k / (k - 1)


def excess(every: Observed) -> np.ndarray:
    """Return how much more the uses of each term vary from observation to observation than independent uses would.

    Each term is used. One that one story alone uses, s times, has about s - 1; none less than 0.
    """
    return np.maximum(dispersion(every) / every.n - 1, 0)


def unevenness(lengths: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return what the excess weighs when observations of these lengths (words) are parted into target and rest.

    target : 1 for the target, else 0; one row per parting. It weighs 1 where the texts of both sides are of a
    length, more where those of the smaller side are longer, for then they are the fewer for their words; never less.
    The variance of an observation is taken as m + (excess) m^2, with m the uses expected at its length.
    """
    share, heavy = _share(lengths, target), _share(lengths.astype(float) ** 2, target)
    return np.maximum(((1 - share) ** 2 * heavy + share**2 * (1 - heavy)) / (share * (1 - share)), 1)


def _share(weights: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the target's share of some weights in each parting."""
    return target @ (weights / weights.sum())


def largest(
    counts: sparse.csr_matrix, both: Sides, every: Observed, tested: np.ndarray, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Return, for each draw, the largest g2_stories of any tested term when the observations are dealt to the sides anew.

    counts : articles x terms. tested : whether each term is. As many observations as before make the target.
    """
    smaller = both.target if both.target.mean() <= 1 / 2 else ~both.target  # it is counted, the other is what it leaves
    order = np.flatnonzero(tested)[np.argsort(-every.n[tested])]  # what is used most lies together in memory
    number = np.full(len(tested), len(order), dtype=np.uint32)
    number[order] = np.arange(len(order))
    rows = counts.indptr, number[counts.indices], counts.data.astype(np.int32)
    used, over = every.n[order].astype(float), excess(every)[order]
    steps = draws * (counts.nnz // PRODUCTS + len(used) // LOGARITHMS)
    kernel = kernels.quick(kernels.extremes, steps, _extremes)
    found = []
    for first in range(0, draws, AT_ONCE):
        dealt = rng.permuted(np.tile(both.target.astype(float), (min(AT_ONCE, draws - first), 1)), axis=1)
        dealt = dealt if smaller is both.target else 1 - dealt
        share, weight = _share(both.lengths, dealt), unevenness(both.lengths, dealt)
        found.append(kernel(rows, both.observation, dealt, share, weight, used, over))
    return np.concatenate(found)


def _extremes(rows, observation, dealt, share, weight, used, over):
    """Return what `kernels.extremes` does, with arrays that hold every term and draw."""
    starts, terms, n = rows
    counts = sparse.csr_matrix((n, terms, starts), (len(observation), len(used) + 1))
    a, used, over = (counts.T @ dealt[:, observation].T)[:-1], used[:, None], over[:, None]
    g2 = np.abs(log_likelihood(a, used - a, (share, 1 - share)))
    return (g2 / (1 + over * weight)).max(axis=0, initial=0)


def margin(sides: tuple[Observed, Observed], n: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return half the width of a 95 % interval of the natural log of each term's ratio of rates.

    n : uses of each term in the target and in the reference, 0.5 added to both where one is 0. Each rate is a ratio of
    sums over observations with its linearised standard error, but never surer than if uses were independent;
    Student's t, with one degree of freedom fewer than the smaller side has observations.
    Source: Cochran (1977), Sampling Techniques, 3rd ed., section 6.4.
    """
    variance = sum(np.maximum(dispersion(side), uses) / uses**2 for side, uses in zip(sides, n, strict=True))
    freedom = min(len(side.lengths) for side in sides) - 1
    return stats.t.ppf((1 + LEVEL) / 2, freedom) * np.sqrt(variance)
