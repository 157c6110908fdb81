"""Rates of groups of articles, with intervals that count each story once, and tests of their differences."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet import schema
from broadsheet.errors import ParameterError

FEWEST_STORIES = 3  # behind an interval: fewer say nothing about how stories vary
FEWEST_TESTED = 5  # stories of a group, or that use a term: with fewer no difference can be sure
MOST_GROUPS = 12  # groups compared with each other
LEVEL = 0.05

schema.declare(
    lower=("lower", "", "the group with the lower rate"),
    higher=("higher", "", "the group with the higher rate"),
    difference=("difference", "+,.3g", "rate of the higher group minus that of the lower"),
)


def rates(
    counted: Iterable, base: Iterable, group: Iterable, story: Iterable, name: str = "share", per: float = 1.0
) -> pd.DataFrame:
    """Compute the rate sum(counted) / sum(base) of each group, with a 95 % interval.

    counted, base, group, story : one entry per article: uses and words for a rate, 1 or 0 and 1 for a share, tone and 1
    for a mean. Articles without a group (missing or "") are left out. name, per : the rate's column and its unit.

    Returns one row per group, in order, periods without holes: n and base (both sums), <name>, <name>_low, <name>_high
    (times `per`), stories (those with a base), thin (fewer than three stories, so no interval).
    Stories are the observations, since the words of a story are not independent: linearised standard error, Student's
    t. If few stories contain most uses the interval is too narrow: of thirty, it covers .9 for an even word, .8 for a
    bursty one.
    Source: Cochran (1977), Sampling Techniques, 3rd ed., section 6.4 (the ratio estimator).

    >>> rates([2, 0, 4], [10, 10, 20], ["Wire", "Post", "Wire"], ["a", "b", "c"])["share"].to_dict()
    {'Post': 0.0, 'Wire': 0.2}
    """
    sums = _sums(counted, base, group, story)
    if isinstance(sums.index, pd.PeriodIndex) and len(sums):
        sums = sums.reindex(pd.period_range(sums.index.min(), sums.index.max(), name=sums.index.name))
    stories = sums["stories"].fillna(0).astype("int64")
    margin = margins(sums["squares"], sums["base"], stories)
    table = pd.DataFrame({"n": _whole(sums["n"]), "base": _whole(sums["base"]), name: sums["rate"] * per})
    table[f"{name}_low"] = (sums["rate"] - margin).clip(lower=sums["least"]) * per
    table[f"{name}_high"] = (sums["rate"] + margin).clip(upper=sums["most"]) * per
    return table.assign(stories=stories, thin=stories < FEWEST_STORIES)


def differences(
    counted: Iterable,
    base: Iterable,
    group: Iterable,
    story: Iterable,
    name: str = "share",
    per: float = 1.0,
    most: int = MOST_GROUPS,
) -> pd.DataFrame:
    """Test whether the rates of groups differ, pair by pair, corrected for all pairs; arguments as for `rates`.

    most : compare that many groups of five stories or more, those with most stories.

    Returns one row per pair, smallest p first: lower, higher (the groups), <name>_lower, <name>_higher, difference,
    difference_low, difference_high (simultaneous, 95 %), p, p_adjusted (Bonferroni), sure (p_adjusted < .05: exactly if
    the interval excludes 0).
    The test is Welch's t with stories as observations. A group's variance is at least that of both pooled, or a group
    that happens not to use a rare word would look certain. A story that both groups tell is an observation of each; as
    its versions are alike, the test then errs towards not sure.
    Source: Welch (1947), Biometrika 34; Cochran (1977), section 6.4; Dunn (1961), JASA 56 (simultaneous intervals).

    >>> tone, outlet = [0.1, 0.2, 0.3, 0.2, 0.1, -0.4, -0.5, -0.3, -0.4, -0.5], ["Post"] * 5 + ["Wire"] * 5
    >>> differences(tone, [1] * 10, outlet, range(10), "tone")[["lower", "higher", "sure"]].values.tolist()
    [['Wire', 'Post', True]]
    """
    sums = _sums(counted, base, group, story)
    sums = sums[sums["stories"] >= FEWEST_TESTED].nlargest(most, "stories").sort_values("rate", kind="stable")
    one, other = (sums.iloc[side].reset_index(names="group") for side in np.triu_indices(len(sums), 1))
    error, freedom = _error(one, other)
    gap = (other["rate"] - one["rate"]).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(error > 0, 2 * stats.t.sf(gap / error, freedom), 1)
    margin = np.where(error > 0, stats.t.isf(LEVEL / 2 / max(len(gap), 1), freedom) * error, np.nan)
    table = pd.DataFrame({"lower": one["group"], "higher": other["group"]})
    table[f"{name}_lower"], table[f"{name}_higher"], table["difference"] = one["rate"], other["rate"], gap
    table["difference_low"], table["difference_high"] = gap - margin, gap + margin
    table.iloc[:, 2:] *= per
    table = table.assign(p=p, p_adjusted=np.minimum(p * len(p), 1), sure=p * len(p) < LEVEL)
    return table.iloc[np.lexsort([-gap, p])].reset_index(drop=True)


def summed(counts: sparse.spmatrix | np.ndarray, group: Iterable) -> tuple[sparse.csr_matrix, pd.Index]:
    """Sum the rows of `counts` by group, and return the sums and the groups in order; a missing group is left out.

    >>> sums, names = summed(np.array([[1, 2], [3, 4], [5, 6]]), ["b", "a", "b"])
    >>> sums.toarray().tolist(), names.tolist()
    ([[3, 4], [6, 8]], ['a', 'b'])
    """
    number, names = pd.factorize(pd.Series(group), sort=True)
    kept = np.flatnonzero(number >= 0)
    member = sparse.csr_matrix((np.ones(len(kept), dtype=np.int64), (number[kept], kept)), (len(names), len(number)))
    return sparse.csr_matrix(member @ sparse.csr_matrix(counts)), pd.Index(names)


def margins(squares: np.ndarray, base: np.ndarray, stories: np.ndarray) -> np.ndarray:
    """Return half the width of the 95 % interval of sum(counted) / sum(base); NaN below three stories.

    squares : sum over stories of (counted - rate x base)^2; where it is 0 all stories are alike, and nothing is known.
    """
    squares, base, stories = (np.asarray(one, dtype=float) for one in (squares, base, stories))
    known = (stories >= FEWEST_STORIES) & (squares > 0)
    squares, base, freedom = (np.where(known, one, np.nan) for one in (squares, base, stories - 1))
    return stats.t.ppf(1 - LEVEL / 2, freedom) * np.sqrt(squares * (freedom + 1) / freedom) / base


def _sums(counted: Iterable, base: Iterable, group: Iterable, story: Iterable) -> pd.DataFrame:
    """Return of each group: n, base, rate, squares (see `margins`), stories, and the least and most a rate can be."""
    given = {"n": counted, "base": base, "group": group, "story": story}
    given = {name: pd.Series(values).reset_index(drop=True) for name, values in given.items()}
    if len({len(values) for values in given.values()}) > 1:
        sizes = ", ".join(f"{name} {len(values):,}" for name, values in given.items())
        raise ParameterError(f"A rate needs one entry per article in each column, found {sizes}.")
    given |= {name: given[name].astype(float) for name in ("n", "base") if given[name].dtype == object}
    parts = pd.DataFrame(given).dropna()
    cells = parts[parts["group"].astype("str") != ""].groupby(["group", "story"], observed=True).sum().reset_index()
    table = cells.groupby("group")[["n", "base"]].sum()
    table["rate"] = table["n"] / table["base"].where(table["base"] > 0)
    counts = (cells["n"] >= 0) & (cells["n"] == np.floor(cells["n"]))
    cells["squares"] = (cells["n"] - cells["group"].map(table["rate"]).astype(float) * cells["base"]) ** 2
    cells["stories"] = cells["base"] > 0
    cells["least"] = np.where(counts, 0, -np.inf)
    cells["most"] = np.where((cells["n"] >= 0) & (cells["n"] <= cells["base"]), 1, np.inf)
    how = {"squares": "sum", "stories": "sum", "least": "min", "most": "max"}
    return table.join(cells.groupby("group").agg(how)).rename_axis(given["group"].name or "group")


def _error(one: pd.DataFrame, other: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the standard error of the difference of each pair of rates, and its degrees of freedom (Welch)."""
    stories, base = one["stories"] + other["stories"], one["base"] + other["base"]
    pooled = (one["squares"] + other["squares"]) * stories / (stories - 2) / base
    own = [side["squares"] * side["stories"] / (side["stories"] - 1) / side["base"] ** 2 for side in (one, other)]
    parts = [np.maximum(mine, pooled / side["base"]) for mine, side in zip(own, (one, other), strict=True)]
    total = parts[0] + parts[1]
    squared = parts[0] ** 2 / (one["stories"] - 1) + parts[1] ** 2 / (other["stories"] - 1)
    return np.sqrt(total).to_numpy(), (total**2 / squared.where(total > 0, 1)).to_numpy()


def _whole(sums: pd.Series) -> pd.Series:
    """Return sums as integers if all of them are; an empty period has 0."""
    sums = sums.fillna(0)
    return sums.astype("int64") if (sums == np.floor(sums)).all() else sums
