"""How varied the words are, by measures that do not grow with the length of a text; bootstrap intervals."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet import schema
from broadsheet.errors import ParameterError
from broadsheet.index import Tokens, kernels
from broadsheet.tables.rates import LEVEL, differences, rates, summed

THRESHOLD = 0.72  # the type-token ratio at which a factor of MTLD is full
SAMPLE = 42  # words that HD-D draws
FEWEST_STORIES = 8  # with fewer a bootstrap interval is too narrow: it covers .79 for 3 stories, .84 for 5
AT_ONCE = 4_000_000  # sums in memory at a time

schema.declare(
    types=("different words", ",", "different terms used"),
    mattr=("MATTR", ".3f", "mean share of different words in every 50 running words, or as many as the text says"),
    mtld=("MTLD", ",.0f", "mean number of running words that keep the share of different ones above .72"),
    hdd=("HD-D", ".3f", "expected share of different words among 42 drawn at random"),
    yule_k=("Yule's K", ",.0f", "10,000 times the chance that two words drawn are the same; low is varied"),
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
        raise ParameterError(f"A window has at least two words, not {window}. Fifty are usual.")
    group, story = (pd.Series(column).reset_index(drop=True) for column in (group, story))
    counts, names = summed(tokens.counts, group)
    words, size = counts.sum(axis=1).A1, group.groupby(group.to_numpy()).size().reindex(names)
    table = pd.DataFrame({"articles": size, "tokens": words, "types": np.diff(counts.indptr).astype(np.int64)}, names)
    (types, windows), factors = _by_article(tokens, window)
    shares = rates(types, windows * window, group, story, "mattr")
    table = table.join(shares[["mattr", "mattr_low", "mattr_high"]], how="left")
    table[["mtld", "mtld_low", "mtld_high"]] = _mtld([tokens.lengths, *factors], group, story)
    table["hdd"], table["yule_k"] = _bag(counts, words)
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


def _bag(counts: sparse.csr_matrix, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return HD-D and Yule's K of each row of `counts`, which has so many words."""
    row, most = np.repeat(np.arange(len(words)), np.diff(counts.indptr)), counts.data.max(initial=0) + 1
    pairs, uses = np.unique(row * most + counts.data, return_counts=True)
    row, n = np.divmod(pairs, most)
    missed = np.zeros(len(row))  # log of the probability that the draw lacks a term of n uses
    with np.errstate(divide="ignore", invalid="ignore"):
        for drawn in range(SAMPLE):
            left = words[row] - drawn
            missed += np.where(n < left, np.log1p(-n / left), -np.inf)
    hdd = np.bincount(row, -np.expm1(missed) * uses, len(words)) / SAMPLE
    same = np.bincount(row, uses * n.astype(float) ** 2, len(words)) - words
    k = 1e4 * same / np.maximum(words.astype(float), 1) ** 2
    return np.where(words >= SAMPLE, hdd, np.nan), np.where(words > 1, k, np.nan)


def running_words(term, edges, window, threshold, terms):
    """Count different words in running words, article by article. Compiled by numba.

    term : number of each token's term, below `terms`. edges : the first token of each article, then the end.

    Returns two arrays of one column per article: types summed over all windows, and these; factors of MTLD forwards and
    backwards, the last of each in part.
    """
    articles = len(edges) - 1
    held, factors = np.zeros((2, articles), dtype=np.int64), np.zeros((2, articles))
    inside, seen = np.zeros(terms, dtype=np.int32), np.full(terms, -1, dtype=np.int64)
    factor = 0  # numbers the factors of all articles, so that `seen` need not be emptied
    for article in range(articles):
        first, last = edges[article], edges[article + 1]
        if last - first >= window:
            types = 0
            for token in range(first, last):
                types += inside[term[token]] == 0
                inside[term[token]] += 1
                if token - first >= window:
                    inside[term[token - window]] -= 1
                    types -= inside[term[token - window]] == 0
                if token - first >= window - 1:
                    held[0, article] += types
            held[1, article] = last - first - window + 1
            for token in range(last - window, last):
                inside[term[token]] = 0
        for backwards in range(2):
            types, length, factor = 0, 0, factor + 1
            for step in range(last - first):
                number = term[last - 1 - step] if backwards else term[first + step]
                types += seen[number] != factor
                seen[number] = factor
                length += 1
                if types / length < threshold:
                    factors[backwards, article] += 1
                    types, length, factor = 0, 0, factor + 1
            if length:
                factors[backwards, article] += (1 - types / length) / (1 - threshold)
    return held, factors


def bootstrap(
    parts: Sequence[sparse.spmatrix | np.ndarray],
    statistic: Callable[..., np.ndarray],
    story: pd.Series,
    names: pd.Index | None = None,
    draws: int = 500,
    seed: int = 0,
    observations: int | np.ndarray | None = None,
) -> pd.DataFrame:
    """Compute a statistic of sums over articles, with a 95 % interval from drawing stories anew.

    parts : matrices with one row per article, or one value per article. statistic : a function of the parts' sums; it
    gets one row per draw of each part and returns one row per draw. story : of each article; stories are drawn whole.
    names : of the values. observations : stories behind each value, if fewer than all.

    Returns one row per value: value, low, high; no interval for fewer than eight stories, or where no draw has a value.
    Percentiles, moved outwards as Student's t would have it, since plain ones are too narrow. For rates, shares and
    means `rates` covers better. Overstates statistics that grow when one story is drawn twice, as Yule's K does.
    Raises ParameterError when there is no draw.
    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap; Hesterberg (2015), The American Statistician
    69(4).

    >>> bootstrap([np.arange(8), np.full(8, 10)], lambda n, words: n / words, pd.Series(range(8))).round(2).values.tolist()
    [[0.35, 0.17, 0.54]]
    """
    if draws < 1:
        raise ParameterError(f"Intervals need at least one draw, better 500, not {draws}.")
    held = [summed(part[:, None] if np.ndim(part) == 1 else part, story)[0].T.tocsr() for part in parts]
    stories = held[0].shape[1]
    value = _rows(statistic(*(np.asarray(part.sum(axis=1), dtype=float).reshape(1, -1) for part in held)))[0]
    taken = (
        np.random.default_rng(seed).integers(0, max(stories, 1), (draws, stories)) + np.arange(draws)[:, None] * stories
    )
    weights = np.bincount(taken.ravel(), minlength=draws * stories).reshape(draws, stories).astype(float)
    drawn, block = np.empty((draws, len(value))), max(AT_ONCE // max(sum(part.shape[0] for part in held), 1), 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw without a story of the group has no value
        for first in range(0, draws, block):
            some = np.ascontiguousarray(weights[first : first + block].T)
            drawn[first : first + block] = _rows(statistic(*((part @ some).T for part in held)))
    ends = _percentiles(drawn, np.broadcast_to(stories if observations is None else observations, len(value)))
    return pd.DataFrame({"value": value, "low": ends[0], "high": ends[1]}, index=names)


def _rows(values: np.ndarray) -> np.ndarray:
    """Return the values of one statistic, or of several, with a row per draw."""
    return values if np.ndim(values) == 2 else np.reshape(values, (-1, 1))


def _percentiles(drawn: np.ndarray, stories: np.ndarray) -> np.ndarray:
    """Return both ends of each column of `drawn`, which rests on so many stories; NaN is no draw."""
    enough = np.maximum(stories, 2)
    outwards = np.sqrt(enough / (enough - 1)) * stats.t.isf(LEVEL / 2, enough - 1)
    tail = stats.norm.sf(outwards)
    drawn = np.sort(np.where(np.isfinite(drawn), drawn, np.nan), axis=0)
    last = np.isfinite(drawn).sum(axis=0) - 1
    place = np.stack([tail * last, (1 - tail) * last]).clip(0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(last, 0))
    ends = np.take_along_axis(drawn, below, 0), np.take_along_axis(drawn, above, 0)
    return np.where(stories >= FEWEST_STORIES, ends[0] + (ends[1] - ends[0]) * (place - below), np.nan)
