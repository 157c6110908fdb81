"""Periods: the width asked for, else the narrowest that the corpus can carry."""

import pandas as pd
import pytest

from broadsheet.errors import ParameterError
from broadsheet.tables import periods


def days(*days):
    return pd.Series(pd.to_datetime(list(days)))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("day", ["2019-02-03", "2019-02-04", "NaT"]),
        ("week", ["2019-01-28/2019-02-03", "2019-02-04/2019-02-10", "NaT"]),
        ("month", ["2019-02", "2019-02", "NaT"]),
    ],
)
def test_a_day_falls_into_its_period_and_a_week_begins_on_monday(by, expected):
    """3 February 2019 was a Sunday."""
    found = periods(days("2019-02-03", "2019-02-04", None), by)
    assert found.astype("str").fillna("NaT").tolist() == expected


@pytest.mark.parametrize(
    ("published", "width"),
    [
        (pd.date_range("2019-02-04", periods=45).repeat(3), "D"),  # 45 days with three articles each: just enough
        (pd.date_range("2019-02-04", periods=46).repeat(3), "W-SUN"),  # a day too many
        (pd.date_range("2019-02-04", periods=45).repeat(3)[:-1], "W-SUN"),  # an article too few
        (pd.date_range("2019-02-04", periods=70).repeat(1), "W-SUN"),
        (pd.date_range("2019-02-04", periods=4, freq="7D"), "M"),  # one article a week
        (pd.date_range("2010-01-01", periods=80, freq="MS"), "M"),  # month, however many
        (pd.DatetimeIndex(["2019-02-04"]), "M"),
        (pd.DatetimeIndex(["2019-02-04"] * 3), "D"),
    ],
)
def test_the_narrowest_width_that_the_articles_fill_is_taken(published, width):
    assert periods(pd.Series(published)).dtype == pd.PeriodDtype(width)


def test_undated_articles_do_not_help_to_fill_a_period():
    assert periods(days(*["2019-02-04"] * 2, None)).dtype == pd.PeriodDtype("M")


def test_the_golden_corpus_falls_into_months(corpus):
    """Eleven dated articles over seven weeks are too few for weeks: six in February, five in March."""
    found = periods(corpus.articles["published"]).astype("str").value_counts()
    assert found.to_dict() == {"2019-02": 6, "2019-03": 5}


@pytest.mark.parametrize("by", ["", "day", "week", "month"])
def test_without_any_date_there_is_no_period(by):
    found = periods(days(None, None), by)
    assert found.isna().all()
    assert isinstance(found.dtype, pd.PeriodDtype)


def test_another_width_is_refused_and_the_widths_named():
    with pytest.raises(ParameterError, match="day, week, month, not 'year'"):
        periods(days("2019-02-03"), "year")


@pytest.mark.parametrize(("months", "width"), [(45, "M"), (46, "Y")])
def test_years_are_taken_for_more_months_than_a_figure_holds_where_they_are_asked_for(months, width):
    published = pd.Series(pd.date_range("2010-01-01", periods=months, freq="MS"))
    assert str(periods(published, years=True).dtype).startswith(f"period[{width}")
    assert str(periods(published, "month", years=True).dtype) == "period[M]"
    assert str(periods(published).dtype) == "period[M]"
