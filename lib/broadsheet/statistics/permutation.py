"""Permutation tests: deal stories to two sides at random, for keyness and for the null distribution."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse, special, stats

from broadsheet import schema
from broadsheet.index import Tokens, kernels
from broadsheet.statistics.effect_sizes import log_likelihood, word_shift
from broadsheet.statistics.rates import LEVEL
from broadsheet.text import fold

AT_ONCE = 100  # draws in memory at a time
PRODUCTS, LOGARITHMS = 1000, 30  # of arrays, which take as long as one step of plain Python

schema.declare(
    draw=("draw", ",", "number of the random deal of stories to two sides"),
    significant=("significant terms", ",", "terms whose log-likelihood has p < .05 after Bonferroni"),
)


class Sides(NamedTuple):
    """Observations on two sides; a story's articles on one side are one observation.

    counts : observations x terms, ordered by story. lengths : words of each observation. target : True for the target.
    """

    counts: sparse.csr_matrix
    lengths: np.ndarray
    target: np.ndarray


class Sums(NamedTuple):
    """Sums over observations, by term: uses, observations that use it, squares of its uses, uses x words; and `lengths`."""

    lengths: np.ndarray
    n: np.ndarray
    stories: np.ndarray
    squares: np.ndarray
    products: np.ndarray


def sides(counts: sparse.csr_matrix, lengths: np.ndarray, target: np.ndarray, story: np.ndarray) -> Sides:
    """Merge articles into observations: those of one side that tell one story.

    counts : articles x terms. lengths, target, story : of each article its words, its side, the number of its story. A
    story that both sides tell makes two observations; as its versions are alike, the test errs towards not sure.

    >>> both = sides(sparse.csr_matrix([[1], [2], [4]]), np.array([3, 3, 5]), np.array([True, True, False]), np.zeros(3, int))
    >>> both.counts.toarray().ravel().tolist(), both.lengths.tolist(), both.target.tolist()
    ([4, 3], [5, 6], [False, True])
    """
    names, observation = np.unique(story * 2 + target, return_inverse=True)
    once = np.ones(len(observation), dtype=np.int64)
    member = sparse.csr_matrix((once, (observation, np.arange(len(observation)))), (len(names), len(observation)))
    return Sides(sparse.csr_matrix(member @ counts), member @ lengths, names % 2 == 1)


def sums(both: Sides, rows: np.ndarray | slice = slice(None)) -> Sums:
    """Sum some observations by term."""
    counts, lengths = both.counts[rows], both.lengths[rows]
    squared = sparse.csr_matrix((counts.data**2, counts.indices, counts.indptr), counts.shape)
    return Sums(lengths, counts.sum(axis=0).A1, counts.getnnz(axis=0), squared.sum(axis=0).A1, lengths @ counts)


def spread(some: Sums) -> np.ndarray:
    """Return by term the sum of (n - rate x length)^2 over the observations, times k / (k - 1) for k of them."""
    rate, k = some.n / some.lengths.sum(), len(some.lengths)
    squares = rate**2 * (some.lengths.astype(float) ** 2).sum() - 2 * rate * some.products + some.squares
    return squares * k / (k - 1)


def excess(every: Sums) -> np.ndarray:
    """Return by term how much more its uses vary between observations than independent uses would; at least 0."""
    return np.maximum(spread(every) / every.n - 1, 0)


def unevenness(lengths: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the weight of the excess when observations of these lengths are dealt to target (1) and reference (0).

    target : one row per dealing. The weight is 1 if texts are equally long, more if those of the smaller side are
    longer. An observation's variance is taken as m + excess x m^2 for m expected uses.
    """
    share, heavy = _share(lengths, target), _share(lengths.astype(float) ** 2, target)
    return np.maximum(((1 - share) ** 2 * heavy + share**2 * (1 - heavy)) / (share * (1 - share)), 1)


def _share(weights: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the target's share of some weights in each dealing."""
    return target @ (weights / weights.sum())


def maxT(both: Sides, every: Sums, tested: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:  # noqa: N802
    """Return for each draw the largest g2_stories of any tested term when observations are dealt at random.

    every : the sums of all observations. tested : True for each term that is tested.
    Source: Westfall and Young (1993), Resampling-Based Multiple Testing (single-step maxT).
    """
    is_smaller = both.target.mean() <= 1 / 2  # only the smaller side is counted; the other is the remainder
    order = np.flatnonzero(tested)[np.argsort(-every.n[tested])]  # frequent terms lie together in memory
    number = np.full(len(tested), len(order), dtype=np.uint32)
    number[order] = np.arange(len(order))
    counts, used, over = both.counts, every.n[order].astype(float), excess(every)[order]
    rows = counts.indptr, number[counts.indices], counts.data.astype(np.int32)
    kernel = kernels.quick(extremes, draws * (counts.nnz // PRODUCTS + len(used) // LOGARITHMS), _extremes)
    largest = [np.empty(0)]
    for first in range(0, draws, AT_ONCE):
        dealt = rng.permuted(np.tile(both.target.astype(float), (min(AT_ONCE, draws - first), 1)), axis=1)
        dealt = dealt if is_smaller else 1 - dealt
        largest.append(kernel(rows, dealt, _share(both.lengths, dealt), unevenness(both.lengths, dealt), used, over))
    return np.concatenate(largest)


def extremes(rows, dealt, share, weight, used, over):
    """Return for each draw the largest G2 (2 cells) over its design effect of any term. Compiled by numba.

    rows : starts, terms, n of a sparse matrix of observations; terms beyond `used` are left out. dealt : draws x
    observations, not 0 for the side that is counted. share, weight : of each draw, this side's share of words, and the
    weight of the excess. used, over : by term, its uses and its excess.
    """
    starts, terms, n = rows
    a, largest = np.zeros(len(used) + 1, dtype=np.int32), np.zeros(len(dealt))
    for draw in range(len(dealt)):
        a[:] = 0
        for row in np.flatnonzero(dealt[draw]):
            for at in range(np.uint64(starts[row]), np.uint64(starts[row + 1])):  # unsigned: numba looks twice at signs
                a[terms[at]] += n[at]
        most, scale = 0.0, 2 / (share[draw] * (1 - share[draw]))
        for term in range(len(used)):
            expected, effect = used[term] * share[draw], 1 + over[term] * weight[draw]
            # As ln x <= x - 1, G2 is at most twice the chi-square: few terms need a logarithm.
            if (a[term] - expected) ** 2 * scale > most * effect * used[term]:
                here, there, g2 = a[term], used[term] - a[term], 0.0
                if here > 0:
                    g2 += 2 * here * np.log(here / expected)
                if there > 0:
                    g2 += 2 * there * np.log(there / (used[term] - expected))
                most = max(most, g2 / effect)
        largest[draw] = most
    return largest


def _extremes(rows, dealt, share, weight, used, over):
    """Do the same with arrays of every term and draw."""
    starts, terms, n = rows
    counts = sparse.csr_matrix((n, terms, starts), (dealt.shape[1], len(used) + 1))
    a, used, over = (counts.T @ dealt.T)[:-1], used[:, None], over[:, None]
    g2 = np.abs(log_likelihood(a, used - a, (share, 1 - share)))
    return (g2 / (1 + over * weight)).max(axis=0, initial=0)


def margin(side: tuple[Sums, Sums], n: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return half the width of the 95 % interval of the natural log of each term's ratio of rates.

    n : uses in target and reference, 0.5 added to both where one is 0. Each rate has its linearised standard error, but
    at least that of independent uses; Student's t by the smaller side. Source: Cochran (1977), section 6.4.
    """
    variance = sum(np.maximum(spread(one), uses) / uses**2 for one, uses in zip(side, n, strict=True))
    return stats.t.ppf(1 - LEVEL / 2, min(len(one.lengths) for one in side) - 1) * np.sqrt(variance)


def null_distribution(
    tokens: Tokens, target: np.ndarray, story: pd.Series | np.ndarray, terms: pd.Index, draws: int = 20, seed: int = 0
) -> pd.DataFrame:
    """Apply plain log-likelihood and divergence to sides that differ by chance alone.

    target : True for each article of the target; each draw's target has as many stories, dealt whole. terms : words
    compared.

    Returns one row per draw in which both sides use a term: significant (terms with p < .05 after Bonferroni, words
    taken as independent; it should nearly always be 0), divergence (Jensen-Shannon, in bits).

    >>> from broadsheet import index
    >>> tokens = index.tokens_of([f"word{n} " * 60 for n in range(6)])
    >>> null_distribution(tokens, np.arange(6) < 3, np.arange(6), tokens.vocabulary, draws=2)["significant"].tolist()
    [6, 6]
    """
    dice = np.random.default_rng(seed)
    counts = tokens.counts[:, tokens.vocabulary.get_indexer([fold(term) for term in terms])].T.tocsr()
    used, lengths = counts.sum(axis=1).A1, tokens.lengths
    number, names = pd.factorize(np.asarray(story))
    most = min(len(np.unique(number[np.asarray(target)])), max(len(names) - 1, 1))
    rows = []
    for _ in range(draws):
        side = (dice.permutation(len(names)) < most)[number]
        a, words = counts @ side.astype(np.int64), int(lengths[side].sum())
        both = pd.Series(a, terms), pd.Series(used - a, terms)
        if min(one.sum() for one in both) > 0:
            g2 = log_likelihood(a[used > 0], (used - a)[used > 0], (words, int(lengths.sum()) - words))
            significant = special.chdtrc(1, np.abs(g2)) * len(g2) < LEVEL
            rows.append((int(significant.sum()), word_shift(*both)["divergence"].sum()))
    return pd.DataFrame(rows, columns=["significant", "divergence"]).rename_axis("draw")
