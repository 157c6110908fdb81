"""Terms that come and go: of which half of the stories they are."""

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet.index import Tokens

FEWEST_STORIES = 5  # that use a term, in both halves together: with fewer no difference would be sure
LEVEL = 0.05
FARTHEST = 6  # roots of the stories that use a term: what lies farther out is less than 1e-25 of a tail
COLUMNS = ("stories_earlier", "all_earlier", "stories_later", "all_later", "since", "p", "sure")


def changes(tokens: Tokens, published: pd.Series, story: pd.Series, terms: pd.Index) -> pd.DataFrame:
    """Return how many stories of the earlier and of the later half use each term, and whether that may be chance.

    published, story : of each article of `tokens`, in their order; an article without a day is left out. A story
    belongs to the day on which it first appeared, and the halves part between two days, as evenly as these allow.
    terms : those compared; of these, the ones that five stories or more use.

    Returns one row per term, the surest change first: stories_earlier, all_earlier (stories of that half),
    stories_later, all_later, since (first day of the later half), p (Fisher's exact test, the smaller tail doubled),
    sure (p < .05 after Bonferroni's correction for all rows). No row when all stories are of one day.
    Stories are taken as independent: where one affair is told in many, p is too small.
    Source: Fisher (1935), The Design of Experiments, ch. 2.
    """
    dated = published.notna().to_numpy()
    number, names = pd.factorize(story[dated])
    begun = published[dated].groupby(number).min()
    late = _later(begun)
    if late is None:
        return pd.DataFrame(columns=pd.Index(COLUMNS), index=pd.Index([], name="term", dtype="str"))
    member = sparse.csr_matrix((np.ones(len(number)), (number, np.arange(len(number)))), (len(names), len(number)))
    held = member @ (tokens.counts[np.flatnonzero(dated)] > 0) > 0
    earlier, later = (pd.Series(held[half].sum(axis=0).A1, tokens.vocabulary).loc[terms] for half in (~late, late))
    table = pd.DataFrame({"stories_earlier": earlier, "all_earlier": (~late).sum(), "stories_later": later})
    table = table.assign(all_later=late.sum(), since=begun[late].min())
    table = table[earlier + later >= FEWEST_STORIES].rename_axis("term")
    log_p = _log_p(table)
    table["p"] = np.exp(log_p)
    table["sure"] = table["p"] * len(table) < LEVEL
    gain = (table["stories_later"] / table["all_later"] - table["stories_earlier"] / table["all_earlier"]).abs()
    return table.iloc[np.lexsort([-gain, log_p])]


def _later(begun: pd.Series) -> np.ndarray | None:
    """Return which stories are of the later half, None when all are of one day."""
    middle = begun.median()
    parted = [half.to_numpy() for half in (begun > middle, begun >= middle) if half.any() and not half.all()]
    return min(parted, key=lambda half: abs(2 * half.sum() - len(half)), default=None)


def _log_p(table: pd.DataFrame) -> np.ndarray:
    """Return the logarithm of the two-sided p of each row: that of the smaller tail, doubled."""
    counts = table[["stories_earlier", "stories_later"]].to_numpy().astype(np.int64)
    if not len(counts):
        return np.empty(0)
    cells, place = np.unique(counts, axis=0, return_inverse=True)  # rare terms share theirs
    sizes = table[["all_earlier", "all_later"]].to_numpy()[0]  # the same in every row
    more = (cells[:, 1] * sizes[0] > cells[:, 0] * sizes[1]).astype(int)  # the half that uses the term more
    tail = _log_tail(cells[np.arange(len(cells)), more], cells.sum(axis=1), sizes[more], sizes.sum())
    return np.minimum(np.log(2) + tail, 0)[place.ravel()]


def _log_tail(least: np.ndarray, used: np.ndarray, size: np.ndarray, total: int) -> np.ndarray:
    """Return the logarithm of the chance that at least so many of the stories that use a term are of one half.

    least : no fewer than are expected. used : stories that use the term. size : stories of the half, of `total`.
    """
    reach = np.ceil(FARTHEST * np.sqrt(used)).astype(np.int64)
    length = np.minimum(np.minimum(used, size) - least, reach) + 1
    starts, cell = np.cumsum(length) - length, np.repeat(np.arange(len(length)), length)
    number = least[cell] + np.arange(len(cell)) - starts[cell]
    log_p = stats.hypergeom.logpmf(number, total, used[cell], size[cell])
    highest = np.maximum.reduceat(log_p, starts)
    return highest + np.log(np.add.reduceat(np.exp(log_p - highest[cell]), starts))
