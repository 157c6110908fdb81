"""Fisher's exact test of many terms at once, as logarithms, so that the smallest p can still be ranked."""

import numpy as np
import pandas as pd
from scipy import stats

FARTHEST = 6  # roots of the stories that use a term: beyond lies less than 1e-25 of a tail


def log_p(table: pd.DataFrame) -> np.ndarray:
    """Return the logarithm of the two-sided p of each row: that of the smaller tail, doubled.

    table : stories_earlier, stories_later (that use the term), all_earlier, all_later (the same in every row).
    Source: Fisher (1935), The Design of Experiments, ch. 2.
    """
    counts = table[["stories_earlier", "stories_later"]].to_numpy()
    if not len(counts):
        return np.empty(0)
    cells, place = np.unique(counts, axis=0, return_inverse=True)  # rare terms share their cells
    sizes = table[["all_earlier", "all_later"]].to_numpy()[0]  # the same in every row
    more = (cells[:, 1] * sizes[0] > cells[:, 0] * sizes[1]).astype(int)  # the half that uses the term more
    tail = _log_tail(cells[np.arange(len(cells)), more], cells.sum(axis=1), sizes[more], sizes.sum())
    return np.minimum(np.log(2) + tail, 0)[place.ravel()]


def _log_tail(least: np.ndarray, used: np.ndarray, size: np.ndarray, total: int) -> np.ndarray:
    """Return the logarithm of the probability that one half has at least `least` of the stories that use a term.

    least : no fewer than expected. used : stories that use the term. size : stories of the half, of `total`.
    """
    reach = np.ceil(FARTHEST * np.sqrt(used)).astype(np.int64)
    length = np.minimum(np.minimum(used, size) - least, reach) + 1
    starts, cell = np.cumsum(length) - length, np.repeat(np.arange(len(length)), length)
    number = least[cell] + np.arange(len(cell)) - starts[cell]
    log_p = stats.hypergeom.logpmf(number, total, used[cell], size[cell])
    highest = np.maximum.reduceat(log_p, starts)
    return highest + np.log(np.add.reduceat(np.exp(log_p - highest[cell]), starts))
