"""Intervals of what has no formula for its error: the stories drawn again and again."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet.errors import CorpusError, ParameterError
from broadsheet.tables.ratios import LEVEL
from broadsheet.tables.sums import summed

FEWEST_STORIES = 8  # with fewer the interval is known to be too narrow: it covers .79 for 3 stories, .84 for 5
AT_ONCE = 4_000_000  # sums held at a time
DENSE, MOST_CELLS = 20, 20_000_000  # an array takes a cell in a twentieth of the time that a sparse matrix does

Statistic = Callable[..., np.ndarray]


def bootstrap(
    parts: Sequence[sparse.spmatrix | np.ndarray],
    statistic: Statistic,
    story: pd.Series,
    names: pd.Index | None = None,
    draws: int = 500,
    seed: int = 0,
    observations: int | np.ndarray | None = None,
) -> pd.DataFrame:
    """Return a statistic of sums over articles, with an interval from drawing stories anew.

    parts : matrices of one row per article, sparse or not, or one value per article: uses of some terms, words.
    statistic : a function of the parts' sums; of each part it is given one row per draw, and returns one row
    per draw, one column per value (or one value per draw). For rates: lambda n, words: n / words * 1e6. For the binary log of the ratio of two
    groups' rates, with half a use added to each: lambda a, b, m, n: np.log2((a + 0.5) / m) - np.log2((b + 0.5) / n), the
    parts being the uses and words of each group, 0 in the articles of the other.
    story : of each article; stories are drawn whole. names : of the values. draws : how many; `seed` makes them repeatable.
    observations : stories that each value rests on, where fewer than all: those of the smaller group.

    Returns one row per value: value (of the articles as they are), low, high (95 %); NaN for an interval of fewer than
    eight stories, or where no draw has a value. Percentiles, moved outwards as Student's t would have it for so many
    stories (Hesterberg's expanded percentiles), since plain ones are too narrow.
    Use `ratios` or `intervals` for rates, shares and means: their formula covers .90 with 3, 5 or 8 stories, plain
    percentiles .79, .84, .90; from eight stories on the two agree: of bursty words .87 and .85 with 8, .90 and .89 with
    20, .93 both with 40. This is for what has no formula: effect sizes of keyness, lexical diversity, dp over months or
    outlets (parts: uses and words, a column for each month; lambda n, w: 1 - np.minimum(n / n.sum(1, keepdims=True),
    w / w.sum(1, keepdims=True)).sum(1)). What grows when one story is drawn twice, as Yule's K does, it overstates.
    Raises CorpusError when there is no story, ParameterError when there is no draw.
    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap; Hesterberg (2015), The American Statistician 69(4).
    """
    if draws < 1:
        raise ParameterError(f"Intervals need at least one draw, better 500, not {draws}.")
    if not story.notna().any():
        raise CorpusError(
            "Intervals need stories to draw from, and no article has one. Give the catalogue's column story."
        )
    held = [_by_story(part, story) for part in parts]
    stories = held[0].shape[1]
    value = _rows(statistic(*(np.asarray(part.sum(axis=1), dtype=float).reshape(1, -1) for part in held)))[0]
    drawn = np.empty((draws, len(value)))
    weights = _weights(stories, draws, seed)
    block = max(AT_ONCE // max(sum(part.shape[0] for part in held), 1), 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw without a story of the group has no value
        for first in range(0, draws, block):
            some = np.ascontiguousarray(weights[first : first + block].T)
            drawn[first : first + block] = _rows(statistic(*((part @ some).T for part in held)))
    ends = _percentiles(drawn, np.broadcast_to(stories if observations is None else observations, len(value)))
    return pd.DataFrame({"value": value, "low": ends[0], "high": ends[1]}, index=names)


def _rows(values: np.ndarray) -> np.ndarray:
    """Return the values of one statistic, or of several, with a row per draw."""
    return values if np.ndim(values) == 2 else np.reshape(values, (-1, 1))


def _by_story(part: sparse.spmatrix | np.ndarray, story: pd.Series) -> sparse.csr_matrix | np.ndarray:
    """Return the part's sums, one column per story; as an array where that is multiplied sooner."""
    sums = summed(part[:, None] if np.ndim(part) == 1 else part, story)[0].T
    dense = sums.shape[0] * sums.shape[1] < min(DENSE * sums.nnz, MOST_CELLS)
    return sums.toarray().astype(float) if dense else sums.tocsr()


def _weights(stories: int, draws: int, seed: int) -> np.ndarray:
    """Return how often each story (column) is drawn in each draw of as many stories as there are."""
    taken = np.random.default_rng(seed).integers(0, stories, (draws, stories))
    taken += np.arange(draws)[:, None] * stories
    return np.bincount(taken.ravel(), minlength=draws * stories).reshape(draws, stories).astype(float)


def _percentiles(drawn: np.ndarray, stories: np.ndarray) -> np.ndarray:
    """Return both ends for each column of `drawn`, that rests on so many stories; NaN is no draw."""
    enough = np.maximum(stories, 2)
    outwards = np.sqrt(enough / (enough - 1)) * stats.t.isf((1 - LEVEL) / 2, enough - 1)
    tail = stats.norm.sf(outwards)
    drawn = np.sort(np.where(np.isfinite(drawn), drawn, np.nan), axis=0)
    last = np.isfinite(drawn).sum(axis=0) - 1
    place = np.stack([tail * last, (1 - tail) * last]).clip(0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(last, 0))
    ends = np.take_along_axis(drawn, below, 0), np.take_along_axis(drawn, above, 0)
    return np.where(stories >= FEWEST_STORIES, ends[0] + (ends[1] - ends[0]) * (place - below), np.nan)
