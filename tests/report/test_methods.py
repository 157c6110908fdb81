"""What several notebooks say in the same words."""

import pandas as pd
import pytest

from broadsheet import report
from broadsheet.corpus import LEDGERS
from broadsheet.report import methods
from broadsheet.text import STOPWORDS


def test_each_ledger_says_what_counts_and_the_marks_whether_they_do():
    assert set(methods.LEDGERS) == set(LEDGERS)
    assert report.counting("stories", False).startswith("Of each story one article counts")
    assert "boilerplate do not count;" in report.counting("publications", False)
    assert report.counting("publications", True).endswith("boilerplate count too.")


def test_words_left_out_are_named_with_those_asked_out_and_the_parts_of_addresses():
    plain = report.left_out([], [])
    assert all(word in plain for word in STOPWORDS)
    assert "asked" not in plain
    assert "addresses" not in plain
    said = report.left_out({"told", "asked*"}, [f"part{number}" for number in range(methods.MOST_ADDRESSES + 2)])
    assert r"Others, as asked: *asked\**, *told*." in said
    assert said.endswith("*part29* and 2 more.")
    assert report.left_out([], ["https"]).endswith("elsewhere: *https*.")


@pytest.mark.parametrize(("freq", "width"), [("D", "day"), ("W-SUN", "week"), ("M", "month"), ("Y", "year")])
def test_a_period_is_named_by_its_width(freq, width):
    periods = pd.period_range("2024-03-05", periods=2, freq=freq)
    assert report.width(periods) == report.width(pd.Series(periods)) == width


@pytest.mark.parametrize(
    ("first", "last", "cut"),
    [
        ("2024-03-05", "2024-04-30", "the first month may"),
        ("2024-03-01", "2024-04-29", "the last month may"),
        ("2024-03-05", "2024-04-29", "the first and the last month may"),
        ("2024-03-01", "2024-04-30", ""),
    ],
)
def test_a_month_in_which_the_articles_begin_or_end_may_be_covered_in_part(first, last, cut):
    published = pd.Series(pd.to_datetime([first, None, last]))
    said = report.covered(published, pd.period_range("2024-03", "2024-04", freq="M"))
    assert (cut in said) if cut else said == ""
    assert said == "" or said.startswith(f"The articles run from {report.when(first)} to {report.when(last)}, ")


def test_days_are_covered_whole_and_without_a_day_or_period_nothing_is_said():
    published = pd.Series(pd.to_datetime(["2024-03-05", "2024-03-07"]))
    assert report.covered(published, pd.period_range("2024-03-05", "2024-03-07", freq="D")) == ""
    assert report.covered(published, pd.period_range("2024-03", periods=0, freq="M")) == ""
    assert report.covered(published.iloc[:0], pd.period_range("2024-03", periods=2, freq="M")) == ""
