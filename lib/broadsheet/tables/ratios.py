"""Ratios of sums, with intervals that resample whole stories."""

import numpy as np
import pandas as pd

FEWEST_STORIES = 3  # with fewer there is nothing to resample: no interval is better than a false one


def ratios(counted: pd.Series, base: pd.Series, group: pd.Series, story: pd.Series) -> pd.DataFrame:
    """Return sum(counted) / sum(base) of each group of articles: a rate, a share or a mean.

    All four have one row per article, by doc_id. counted, base : the article's part in the numerator
    and in the denominator (uses and words; tone and 1). group : what it belongs to, missing for none.
    story : what is drawn as one when the interval is made.

    Returns one row per group, in order, periods without holes: counted, base, value, low, high (95 %, by
    bootstrap), stories, thin (fewer than three stories). Without a base there is no value.
    """
    parts = pd.DataFrame({"counted": counted, "base": base, "group": group, "story": story}).dropna(subset="group")
    groups = _complete(parts["group"])
    numerators, denominators = (
        parts.pivot_table(part, "story", "group", "sum", fill_value=0).reindex(columns=groups, fill_value=0)
        for part in ("counted", "base")
    )
    table = pd.DataFrame({"counted": numerators.sum(), "base": denominators.sum()}, index=groups)
    table["value"] = table["counted"] / table["base"].where(table["base"] > 0)
    table = table.join(intervals(numerators, denominators))
    stories = (denominators > 0).sum()
    return table.assign(stories=stories, thin=stories < FEWEST_STORIES)


def intervals(counted: pd.DataFrame, base: pd.DataFrame, draws: int = 500, seed: int = 1) -> pd.DataFrame:
    """Bootstrap the ratio sum(counted) / sum(base) of every column, drawing whole stories.

    counted : one row per story, one column per ratio: the numerators' parts.
    base : the denominators' parts, same rows; the same columns, or one column for all.
    draws : how many resamples; seed : makes them repeatable.

    Returns one row per column of `counted`: low and high, the ends of the central 95 % of the
    resampled ratios, in the unit of counted / base. NaN where fewer than three stories have a base.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13 (percentile interval).
    """
    enough = np.broadcast_to((base.to_numpy() > 0).sum(axis=0) >= FEWEST_STORIES, counted.shape[1])
    if not enough.any():
        return pd.DataFrame(np.nan, index=counted.columns, columns=["low", "high"])
    # Drawing as many stories as there are, with replacement, is drawing how often each one comes up.
    weights = (
        np.random.default_rng(seed)
        .multinomial(len(counted), np.full(len(counted), 1 / len(counted)), size=draws)
        .astype(float)
    )
    drawn = weights @ base.to_numpy(dtype=float)
    ratio = np.divide(
        weights @ counted.to_numpy(dtype=float), drawn, out=np.full((draws, counted.shape[1]), np.nan), where=drawn > 0
    )
    ends = pd.DataFrame(np.nan, index=counted.columns, columns=["low", "high"])
    ends.loc[enough] = np.nanpercentile(ratio[:, enough], [2.5, 97.5], axis=0).T
    return ends


def _complete(group: pd.Series) -> pd.Index:
    """Return the groups in order; periods run from the first to the last without a hole."""
    if isinstance(group.dtype, pd.PeriodDtype) and len(group):
        return pd.period_range(group.min(), group.max(), name=group.name)
    return pd.Index(sorted(group.unique()), dtype=group.dtype, name=group.name)
