"""Periods and silences: the width asked for, else the narrowest that the corpus can carry; gaps in the coverage."""

import pandas as pd
import pytest

from broadsheet.errors import ParameterError
from broadsheet.tables import periods, presence, silences


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


def test_presence_has_every_period_and_the_group_with_most_articles_first():
    period = periods(days("2019-02-03", "2019-04-05", "2019-04-06", None), "month")
    present = presence(pd.Series(["Bell", "Horn", "Horn", "Bell"]), period)
    assert present.index.tolist() == ["Bell", "Horn"]
    assert present.columns.astype("str").tolist() == ["2019-02", "2019-03", "2019-04"]
    assert present.to_numpy().tolist() == [[1, 0, 0], [0, 0, 2]]


def test_the_longest_gap_comes_first_and_the_earliest_of_equal_ones_counts():
    months = pd.period_range("2019-01", periods=6, freq="M")
    present = pd.DataFrame([[1, 0, 1, 0, 1, 0], [1, 1, 0, 0, 1, 1], [1] * 6], ["Bell", "Horn", "Wire"], months)
    found = silences(present)
    assert found["gap"].to_dict() == {"Horn": "Mar 2019 to Apr 2019", "Bell": "Feb 2019", "Wire": ""}
    assert found["silent"].tolist() == [2, 3, 0]
    assert set(found["width"]) == {"month"}


@pytest.mark.parametrize("published", [days(None, None), days("2019-02-03", "2019-02-04")])
def test_one_period_or_none_has_no_silences(published):
    present = presence(pd.Series(["Bell", "Horn"]), periods(published, "month"))
    assert silences(present).empty
    assert "gap" in silences(present)
