"""How varied the words are, by measures that do not grow with the length of a text."""

import functools
from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet import schema
from broadsheet.errors import ParameterError
from broadsheet.index import Tokens, kernels
from broadsheet.statistics import bootstrap, differences, rates, summed
from broadsheet.statistics.diversity import THRESHOLD, bag, running_words

schema.declare(
    types=("different words", ",", "different terms used"),
    mattr=("MATTR", ".3f", "mean share of different words in windows of 50 running words (or as noted)"),
    mtld=("MTLD", ",.0f", "mean length of runs whose share of different words stays above .72"),
    hdd=("HD-D", ".3f", "expected share of different words among 42 drawn at random"),
    yule_k=("Yule's K", ",.0f", "10,000 times the chance that two random words are the same; lower is more varied"),
)


def variety(tokens: Tokens, group: Iterable, story: Iterable, window: int = 50) -> pd.DataFrame:
    """Measure how varied the words of each group of articles are.

    group, story : of each article of `tokens`; an article without a group is left out. window : running words of MATTR.

    Returns one row per group that has words, in order: articles, tokens, types; mattr and mtld with their 95 %
    intervals (`rates`, `bootstrap`); hdd; yule_k (low is varied). Windows and factors stay within an article; hdd and
    yule_k take the group's words as one bag, in which many topics are more varied than one. NaN: no article is as long
    as the window; none repeats itself enough; fewer than 42 words; one word.
    Raises ParameterError when a window has fewer than two words.
    Source: Covington and McFall (2010), Journal of Quantitative Linguistics 17(2), 94-100; McCarthy and Jarvis (2010),
    Behavior Research Methods 42(2), 381-392 (MTLD, HD-D); Yule (1944), The Statistical Study of Literary Vocabulary.

    >>> from broadsheet import index
    >>> variety(index.tokens_of(["eel owl eel owl", "lamp"]), ["x", "y"], range(2), window=2)[["types", "mattr"]].values.tolist()
    [[2.0, 1.0], [1.0, nan]]
    """
    if window < 2:
        raise ParameterError(f"window must be at least 2 words, got {window}. 50 is usual.")
    group, story = (pd.Series(column).reset_index(drop=True) for column in (group, story))
    counts, names = summed(tokens.counts, group)
    words, size = counts.sum(axis=1).A1, group.groupby(group.to_numpy()).size().reindex(names)
    table = pd.DataFrame({"articles": size, "tokens": words, "types": np.diff(counts.indptr).astype(np.int64)}, names)
    (types, windows), factors = _by_article(tokens, window)
    shares = rates(types, windows * window, group, story, "mattr")
    table = table.join(shares[["mattr", "mattr_low", "mattr_high"]], how="left")
    table[["mtld", "mtld_low", "mtld_high"]] = _mtld([tokens.lengths, *factors], group, story)
    table["hdd"], table["yule_k"] = bag(counts, words)
    return table[words > 0].rename_axis(group.name)


def variety_differences(tokens: Tokens, group: Iterable, story: Iterable, window: int = 50) -> pd.DataFrame:
    """Test whether the vocabulary of one group is more varied than another's, pair by pair, by MATTR.

    Arguments as for `variety`. Returns the rows of `differences`: lower, higher, mattr_lower, mattr_higher, difference, p, sure.

    >>> from broadsheet import index
    >>> tokens, outlet = index.tokens_of(["eel owl lamp"] * 5 + ["eel eel eel oil"] * 5), ["Post"] * 5 + ["Wire"] * 5
    >>> variety_differences(tokens, outlet, range(10), window=2)[["lower", "higher"]].values.tolist()
    [['Wire', 'Post']]
    """
    (types, windows), _ = _by_article(tokens, window)
    return differences(types, windows * window, group, story, "mattr")


@functools.lru_cache(maxsize=2)  # `variety` and `variety_differences` follow one another
def _by_article(tokens: Tokens, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Return of each article its types summed over windows and its windows; its factors of MTLD each way."""
    edges, kernel = np.concatenate([[0], np.cumsum(tokens.lengths)]), kernels.quick(running_words, 3 * len(tokens))
    return kernel(tokens.term, edges, window, THRESHOLD, len(tokens.vocabulary))


def _mtld(parts: list[np.ndarray], group: pd.Series, story: pd.Series) -> np.ndarray:
    """Return MTLD of each group, the mean of both directions, and its interval; parts : words, factors each way."""
    number, names = pd.factorize(group, sort=True)
    rows = np.flatnonzero(number >= 0)
    shape = len(number), len(names)
    parts = [sparse.csr_matrix((part[rows], (rows, number[rows])), shape) for part in parts]

    def mtld(words: np.ndarray, forwards: np.ndarray, backwards: np.ndarray) -> np.ndarray:
        none = (forwards <= 0) | (backwards <= 0)
        full = [np.where(none, np.nan, side) for side in (forwards, backwards)]
        return (words / full[0] + words / full[1]) / 2

    stories = story.groupby(number).nunique().reindex(range(len(names)), fill_value=0)
    return bootstrap(parts, mtld, story, observations=stories.to_numpy()).to_numpy()
