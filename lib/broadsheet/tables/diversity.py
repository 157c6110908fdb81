"""How varied the words are, by measures that do not grow with the length of a text."""

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet.errors import ParameterError
from broadsheet.index import Tokens, kernels
from broadsheet.tables.bootstrap import bootstrap
from broadsheet.tables.ratios import ratios
from broadsheet.tables.sums import summed

THRESHOLD = 0.72  # the type-token ratio at which a factor of MTLD is full
SAMPLE = 42  # words that HD-D draws


def diversity(tokens: Tokens, group: pd.Series, story: pd.Series, window: int = 50, seed: int = 0) -> pd.DataFrame:
    """Return how varied the words of each group of articles are.

    group : of each article of `tokens`, in their order: its outlet, its period; missing for none. story : likewise;
    the stories are the observations of an interval. window : words of which MATTR takes the types.

    Returns one row per group that has words, in order: articles, tokens, types; mattr (mean share of different words
    in every `window` running words), with mattr_low, mattr_high (95 %, see `intervals`); mtld (mean number of running words that
    keep the share of different ones above .72), with mtld_low, mtld_high (`bootstrap`); hdd (expected share of different
    words in 42 drawn from the group); yule_k (10,000 times the chance that two words drawn are the same: low is varied).
    Windows and factors stay within an article, so that the order of articles does not matter; hdd and yule_k take the
    group's words as one bag, in which many topics are more varied than one. NaN: no article is as long as the window;
    no article repeats itself enough; fewer than 42 words; one word.
    Raises ParameterError when a window holds fewer than two words.
    Source: Covington and McFall (2010), Journal of Quantitative Linguistics 17(2), 94-100; McCarthy and Jarvis (2010),
    Behavior Research Methods 42(2), 381-392 (MTLD, HD-D); Yule (1944), The Statistical Study of Literary Vocabulary.
    """
    if window < 2:
        raise ParameterError(f"A window holds at least two words, not {window}. Fifty are usual.")
    group, story = group.reset_index(drop=True), story.reset_index(drop=True)
    counts, groups = summed(tokens.counts, group)
    words = counts.sum(axis=1).A1
    table = pd.DataFrame(
        {"articles": pd.Series(1, group.index).groupby(group.to_numpy()).sum().reindex(groups), "tokens": words}
    )
    table["types"] = np.diff(counts.indptr).astype(np.int64)
    held, factors = _by_article(tokens, window)
    table = table.join(_windows(*held, group, story, window), how="left")
    table[["mtld", "mtld_low", "mtld_high"]] = _factors(tokens.lengths, *factors, group, story, seed)
    table["hdd"], table["yule_k"] = _bag(counts, words)
    return table[words > 0].rename_axis(group.name)


def _by_article(tokens: Tokens, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Return of each article: types summed over its windows, windows; factors of MTLD forwards, backwards."""
    edges = np.concatenate([[0], np.cumsum(tokens.lengths)])
    kernel = kernels.quick(kernels.variety, 3 * len(tokens))
    return kernel(tokens.term, edges, window, THRESHOLD, len(tokens.vocabulary))


def _windows(types: np.ndarray, windows: np.ndarray, group: pd.Series, story: pd.Series, window: int) -> pd.DataFrame:
    parts = [pd.Series(part, group.index) for part in (types, windows * window)]
    table = ratios(*parts, group, story)[["value", "low", "high"]]
    return table.set_axis(["mattr", "mattr_low", "mattr_high"], axis="columns")


def _factors(
    words: np.ndarray, forwards: np.ndarray, backwards: np.ndarray, group: pd.Series, story: pd.Series, seed: int
) -> np.ndarray:
    """Return MTLD of each group and its interval: the mean of both directions."""
    number, groups = pd.factorize(group, sort=True)
    rows = np.flatnonzero(number >= 0)
    if not len(rows):
        return np.empty((0, 3))
    parts = [
        sparse.csr_matrix((part[rows], (rows, number[rows])), (len(number), len(groups)))
        for part in (words, forwards, backwards)
    ]

    def mtld(words: np.ndarray, forwards: np.ndarray, backwards: np.ndarray) -> np.ndarray:
        none = (forwards <= 0) | (backwards <= 0)
        full = [np.where(none, np.nan, side) for side in (forwards, backwards)]
        return (words / full[0] + words / full[1]) / 2

    stories = pd.Series(story.to_numpy()).groupby(number).nunique().reindex(range(len(groups)), fill_value=0)
    return bootstrap(parts, mtld, story, seed=seed, observations=stories.to_numpy()).to_numpy()


def _bag(counts: sparse.csr_matrix, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return HD-D and Yule's K of each row of `counts`, that holds so many words."""
    row = np.repeat(np.arange(len(words)), np.diff(counts.indptr))
    pairs, uses = np.unique(row * (counts.data.max(initial=0) + 1) + counts.data, return_counts=True)
    row, n = np.divmod(pairs, counts.data.max(initial=0) + 1)
    missed = np.zeros(len(row))  # log of the probability that the draw holds none of a term's n uses
    with np.errstate(divide="ignore", invalid="ignore"):
        for drawn in range(SAMPLE):
            left = words[row] - drawn
            missed += np.where(n < left, np.log1p(-n / left), -np.inf)
    hdd = np.bincount(row, -np.expm1(missed) * uses, len(words)) / SAMPLE
    same = np.bincount(row, uses * n.astype(float) ** 2, len(words)) - words
    k = 1e4 * same / np.maximum(words.astype(float), 1) ** 2
    return np.where(words >= SAMPLE, hdd, np.nan), np.where(words > 1, k, np.nan)
