"""The days, weeks, months or years that a corpus falls into."""

import pandas as pd

from broadsheet.errors import ParameterError

WIDTHS = {"day": "D", "week": "W-SUN", "month": "M"}
MOST_PERIODS, FEWEST_ARTICLES = 45, 3  # points that a figure holds; articles that a period needs on average


def periods(published: pd.Series, by: str = "", years: bool = False) -> pd.Series:
    """Return the period that each day of publication falls into; NaT for an undated article.

    by : day, week (Monday to Sunday) or month; "" takes the narrowest that gives at most 45 periods with
        three articles each on average, else month.
    years : where "" comes to more than 45 months, years are taken, as wide as a figure of many rows needs them.
    """
    if by and by not in WIDTHS:
        raise ParameterError(f"A period is one of {', '.join(WIDTHS)}, not {by!r}.")
    for width in [by] if by else WIDTHS:
        period = published.dt.to_period(WIDTHS[width])
        if period.isna().all():
            break
        spanned = (period.max() - period.min()).n + 1
        if spanned <= MOST_PERIODS and period.count() >= FEWEST_ARTICLES * spanned:
            break
    wide = not by and period.notna().any() and (period.max() - period.min()).n >= MOST_PERIODS
    return published.dt.to_period("Y") if years and wide else period
