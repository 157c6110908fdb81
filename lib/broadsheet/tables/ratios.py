"""Ratios of sums, with intervals that treat each story as one observation."""

import numpy as np
import pandas as pd
from scipy import stats

FEWEST_STORIES = 3  # with fewer there is no variation to speak of: no interval is better than a false one
LEVEL = 0.95


def ratios(counted: pd.Series, base: pd.Series, group: pd.Series, story: pd.Series, tables: int = 1) -> pd.DataFrame:
    """Return sum(counted) / sum(base) of each group of articles: a rate, a share or a mean.

    All four have one row per article, by doc_id. counted, base : the article's part in the numerator
    and in the denominator (uses and words; tone and 1). group : what it belongs to, missing for none.
    story : articles that count as one observation. tables : how many such tables are read together.

    Returns one row per group, in order, periods without holes: counted, base, value; low, high (95 %,
    see `intervals`); sure_low, sure_high, which hold for all groups of all tables at once (Bonferroni),
    to compare groups by; stories; thin (fewer than three stories). Without a base there is no value.
    """
    parts = pd.DataFrame({"counted": counted, "base": base, "group": group, "story": story}).dropna()
    groups = _complete(parts["group"])
    numerators, denominators = (
        parts.pivot_table(part, "story", "group", "sum", fill_value=0).reindex(columns=groups, fill_value=0)
        for part in ("counted", "base")
    )
    table = pd.DataFrame({"counted": numerators.sum(), "base": denominators.sum()}, index=groups)
    table["value"] = table["counted"] / table["base"].where(table["base"] > 0)
    stories = (denominators > 0).sum()
    compared = max(int((stories >= FEWEST_STORIES).sum()) * tables, 1)
    sure = intervals(numerators, denominators, 1 - (1 - LEVEL) / compared).add_prefix("sure_")
    table = table.join([intervals(numerators, denominators), sure])
    return table.assign(stories=stories, thin=stories < FEWEST_STORIES)


def intervals(counted: pd.DataFrame, base: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """Return a confidence interval of the ratio sum(counted) / sum(base) of every column.

    counted : one row per story, one column per ratio: the numerators' parts.
    base : the denominators' parts, same rows; the same columns, or one column for all.

    Returns one row per column of `counted`: low and high, in the unit of counted / base; NaN where
    fewer than three stories have a base. The words of one story are not independent, so stories are
    the observations: the ratio's linearised standard error, and Student's t with one degree of
    freedom fewer than stories. A ratio of counts does not fall below 0, nor a share rise above 1. Where few stories hold most
    of the uses the interval is too narrow: it covers about nine times in ten for an even word in
    thirty stories, eight times in ten for a bursty one.
    For statistics that are no such ratio, see `bootstrap`; for rates this covers better when stories are few.
    Source: Cochran (1977), Sampling Techniques, 3rd ed., section 6.4 (the ratio estimator).
    """
    parts = base.reindex(counted.index).to_numpy(dtype=float)
    uses = counted.to_numpy(dtype=float)
    stories, total = (parts > 0).sum(axis=0), parts.sum(axis=0)
    enough = stories >= FEWEST_STORIES
    total, freedom = np.where(enough, total, np.nan), np.where(enough, stories - 1, 1)
    value = uses.sum(axis=0) / total
    spread = ((uses - value * parts) ** 2).sum(axis=0)
    margin = stats.t.ppf((1 + level) / 2, freedom) * np.sqrt(spread * (freedom + 1) / freedom) / total
    floor = np.where(((uses >= 0) & (uses == np.floor(uses))).all(axis=0), 0, -np.inf)
    margin = np.where(spread > 0, margin, np.nan)  # all stories alike, or no use at all: nothing to judge by
    roof = np.where(((uses >= 0) & (uses <= parts)).all(axis=0), 1, np.inf)
    ends = {"low": np.maximum(value - margin, floor), "high": np.minimum(value + margin, roof)}
    return pd.DataFrame(ends, index=counted.columns)


def _complete(group: pd.Series) -> pd.Index:
    """Return the groups in order; periods run from the first to the last without a hole."""
    if isinstance(group.dtype, pd.PeriodDtype) and len(group):
        return pd.period_range(group.min(), group.max(), name=group.name)
    return pd.Index(sorted(group.unique()), dtype=group.dtype, name=group.name)
