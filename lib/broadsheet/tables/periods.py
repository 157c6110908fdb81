"""The days, weeks or months that a corpus falls into."""

import pandas as pd

from broadsheet.errors import ParameterError

WIDTHS = {"day": "D", "week": "W-SUN", "month": "M"}
MOST_PERIODS, FEWEST_ARTICLES = 45, 3  # points that a figure holds; articles that a period needs on average


def periods(published: pd.Series, by: str = "") -> pd.Series:
    """Return the period that each day of publication falls into; NaT for an undated article.

    by : day, week (Monday to Sunday) or month; "" takes the narrowest that gives at most 45 periods with
        three articles each on average, else month.
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
    return period
