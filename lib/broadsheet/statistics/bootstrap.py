"""Bootstrap intervals by resampling stories, for statistics without a formula for their error."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet.statistics.rates import LEVEL, summed

FEWEST_RESAMPLED = 8  # stories: with fewer a bootstrap interval is too narrow; it covers .79 for 3, .84 for 5


def bootstrap(
    parts: Sequence[sparse.spmatrix | np.ndarray],
    statistic: Callable[..., np.ndarray],
    story: pd.Series,
    observations: int | np.ndarray | None = None,
    draws: int = 500,
    seed: int = 0,
) -> pd.DataFrame:
    """Compute a statistic of sums over articles, with a 95 % interval from resampling stories.

    parts : matrices with one row per article, or one value per article. statistic : a function of the parts' sums; it
    gets one row per draw of each part and returns one row per draw. story : of each article; stories are drawn whole.
    observations : stories behind each value, if fewer than all.

    Returns one row per value: value, low, high; no interval for fewer than eight stories, or where no draw has a value.
    The ends are percentiles, moved outwards to match Student's t, since plain ones are too narrow. For rates, shares and
    means `rates` covers better. Overstates statistics that grow when one story is drawn twice, as Yule's K does.
    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap; Hesterberg (2015), The American Statistician
    69(4).

    >>> bootstrap([np.arange(8), np.full(8, 10)], lambda n, words: n / words, pd.Series(range(8))).round(2).values.tolist()
    [[0.35, 0.17, 0.54]]
    """
    by_story = [summed(part[:, None] if np.ndim(part) == 1 else part, story)[0].T.tocsr() for part in parts]
    stories = by_story[0].shape[1]
    taken = np.random.default_rng(seed).integers(0, max(stories, 1), (draws, stories))
    taken += np.arange(draws)[:, None] * stories
    times = np.bincount(taken.ravel(), minlength=draws * stories).reshape(draws, stories).T.astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw without a story of the group has no value
        values, drawn = (_rows(statistic(*((part @ n).T for part in by_story))) for n in (np.ones((stories, 1)), times))
    ends = _percentiles(drawn, np.broadcast_to(stories if observations is None else observations, drawn.shape[1]))
    return pd.DataFrame({"value": values[0], "low": ends[0], "high": ends[1]})


def _rows(values: np.ndarray) -> np.ndarray:
    """Return the values of one statistic, or of several, with a row per draw."""
    return values if np.ndim(values) == 2 else np.reshape(values, (-1, 1))


def _percentiles(drawn: np.ndarray, stories: np.ndarray) -> np.ndarray:
    """Return both ends of each column of `drawn`, given its number of stories; NaN is no draw."""
    enough = np.maximum(stories, 2)
    outwards = np.sqrt(enough / (enough - 1)) * stats.t.isf(LEVEL / 2, enough - 1)
    tail = stats.norm.sf(outwards)
    drawn = np.sort(np.where(np.isfinite(drawn), drawn, np.nan), axis=0)
    last = np.isfinite(drawn).sum(axis=0) - 1
    place = np.stack([tail * last, (1 - tail) * last]).clip(0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(last, 0))
    ends = np.take_along_axis(drawn, below, 0), np.take_along_axis(drawn, above, 0)
    return np.where(stories >= FEWEST_RESAMPLED, ends[0] + (ends[1] - ends[0]) * (place - below), np.nan)
