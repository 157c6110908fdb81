"""Trends: Mann-Kendall and Theil-Sen by SciPy and by a plain loop over pairs."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from broadsheet.errors import ParameterError
from broadsheet.index import kernels
from broadsheet.statistics.monotone_trend import blocks, mann_kendall
from broadsheet.tables import trends
from broadsheet.tables.trends import COLUMNS


def by_pairs(values):
    """S, tau-b and p of one series, pair by pair; the variance after Kendall (1975), for ties."""
    n, times = len(values), pd.Series(values).value_counts()
    s = sum(int(np.sign(late - early)) for early, late in itertools.combinations(values, 2))
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in times)) / 18
    z = 0 if s == 0 else (s - np.sign(s)) / variance**0.5
    return s, 2 * stats.norm.sf(abs(z)), variance


SERIES = st.lists(st.sampled_from([0, 0, 0, 1, 2, 2.5, 7]), min_size=3, max_size=40)


@settings(deadline=None, max_examples=150)
@given(SERIES)
def test_the_test_is_kendalls(values):
    score, tau, p = mann_kendall(sparse.csc_matrix(np.array(values, dtype=float)[:, None]))
    s, expected, variance = by_pairs(values)
    assert score[0] == s
    assert p[0] == pytest.approx(expected, rel=1e-9)
    if variance > 0:
        theirs = stats.kendalltau(range(len(values)), values, method="asymptotic")
        assert tau[0] == pytest.approx(theirs.statistic, abs=1e-9)
        assert 2 * stats.norm.sf(abs(s) / variance**0.5) == pytest.approx(theirs.pvalue, rel=1e-9)


def test_many_terms_are_tested_as_each_alone_also_when_compiled(monkeypatch):
    rng = np.random.default_rng(2)
    values = sparse.csc_matrix(rng.integers(1, 6, (60, 50)) * (rng.random((60, 50)) < 0.3).astype(float))
    plain = mann_kendall(values)
    assert plain[0].tolist() == [by_pairs(column)[0] for column in values.toarray().T]
    assert plain[2] == pytest.approx([by_pairs(column)[1] for column in values.toarray().T], rel=1e-9)
    monkeypatch.setattr(kernels, "ENOUGH", 0)
    monkeypatch.setattr(kernels, "FEW", 0)
    for one, other in zip(mann_kendall(values), plain, strict=True):
        assert one.tolist() == other.tolist()


MONTHS = pd.date_range("2019-01-10", periods=24, freq="MS").repeat(2)


def rising(month):
    """Bodies of two stories a month: `eel` ever more often, `owl` ever more rarely, `lamp` at random."""
    some = np.random.default_rng(month).integers(0, 4)
    return " ".join(["eel"] * month + ["owl"] * (30 - month) + ["lamp"] * some + ["oil"] * (60 + month % 7))


@pytest.fixture
def articles(typed):
    return typed([rising(month // 2) for month in range(48)], MONTHS)


def test_rising_and_falling_terms_are_found_and_the_rest_is_not(articles):
    table = trends(articles)
    assert table.columns.tolist() == COLUMNS
    assert table["direction"].loc[["eel", "owl"]].tolist() == ["rising", "falling"]
    assert table["sure"].to_dict() == {"eel": True, "owl": True, "lamp": False, "oil": table.loc["oil", "sure"]}
    assert table.loc["eel", ["n", "stories", "periods"]].tolist() == [2 * sum(range(24)), 46, 23]
    assert not table["disagrees"].any()


def test_slopes_and_p_are_scipys_term_by_term(articles):
    tokens, period = articles.tokens, articles.catalogue["published"].dt.to_period("M")
    table = trends(articles)
    words = pd.Series(tokens.lengths).groupby(period).sum()
    for term, row in table.iterrows():
        rate = pd.Series(tokens.uses(term).to_numpy()).groupby(period).sum() / words * 1e6
        _, p, _ = by_pairs(rate.tolist())
        assert row["p"] == pytest.approx(p, rel=1e-9)
        assert row["tau"] == pytest.approx(stats.kendalltau(range(24), rate).statistic, abs=1e-9)
        assert row["per_million"] == pytest.approx(row["n"] / len(tokens) * 1e6, rel=1e-9)
        if row["q"] < 0.05:
            slope = stats.theilslopes(rate, rate.index.astype("int64")).slope
            assert row["slope"] == pytest.approx(slope, rel=1e-9, abs=1e-9)
        else:
            assert np.isnan(row["slope"])
    assert table["q"].tolist() == pytest.approx(stats.false_discovery_control(table["p"]).tolist(), rel=1e-12)
    assert table["sure"].tolist() == (table["p"] * len(table) < 0.05).tolist()


def test_order_of_articles_does_not_matter(articles, typed):
    shuffled = np.random.default_rng(1).permutation(48)
    again = trends(typed([rising(month // 2) for month in shuffled], MONTHS[shuffled], shuffled))
    pd.testing.assert_frame_equal(again, trends(articles), rtol=1e-12)


def test_a_gap_is_no_rate_of_nought(typed):
    """`eel` has one use in three words all the time; March has no article, April none with a word."""
    published = [f"2019-{month:02}-01" for month in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12)]
    table = trends(typed(["eel owl owl"] * 2 + [""] + ["eel owl owl"] * 8, published))
    assert table.loc["eel", ["direction", "p", "tau"]].tolist() == ["", 1, 0]


def test_a_term_needs_ten_uses_five_stories_and_three_periods(typed):
    """Five articles of ten words in each of eight months: `rare` has nine uses, `two` ten in two months, `eel` eleven in three."""
    published = pd.date_range("2019-01-01", periods=8, freq="MS").repeat(5)
    uses = {"rare": 9, "two": 10, "eel": 11}
    bodies = [[term for term, n in uses.items() if row < n] for row in range(40)]
    bodies = [" ".join(words + ["owl"] * (10 - len(words))) for words in bodies]
    assert sorted(trends(typed(bodies, published)).index) == ["eel", "owl"]
    assert trends(typed(bodies, published, [0, 1, 2, 3] * 10)).empty


def test_periods_of_like_size_are_blocks_and_small_ones_are_joined():
    assert blocks(np.array([10, 11, 9, 10])).tolist() == [0, 1, 2, 3]
    assert blocks(np.array([2, 2, 4, 10, 3, 10, 10, 10, 2])).tolist() == [0, 0, 0, 1, 2, 2, 3, 4, 4]
    assert blocks(np.array([5])).tolist() == [0]
    assert blocks(np.array([], dtype=int)).tolist() == []


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=60))
def test_blocks_follow_one_another_and_hold_enough(words):
    block = blocks(np.array(words))
    assert block[0] == 0
    assert set(np.diff(block)) <= {0, 1}
    assert (np.bincount(block, words) >= 0.75 * np.quantile(words, 0.9)).all()


def test_rare_words_do_not_seem_to_rise_where_the_corpus_grows():
    """Uses strewn at random over 98 months, the last ten times as large as the first: one word in 20 may seem to change."""
    rng, words = np.random.default_rng(0), np.geomspace(1, 10, 98)
    uses = rng.poisson(0.5 * 98 * words[:, None] / words.sum(), (98, 2000))
    member = np.eye(blocks(words)[-1] + 1)[:, blocks(words)]
    by_month, by_block = (
        mann_kendall(sparse.csc_matrix((rows @ uses) / (rows @ words)[:, None]))[2] for rows in (np.eye(98), member)
    )
    assert (by_month < 0.05).mean() > 0.4
    assert (by_block < 0.05).mean() < 0.07


def test_slope_and_p_of_joined_periods_are_scipys(typed):
    """Twelve months of which every other is small: it is joined with the next; a block stands at the mean of its months."""
    months = pd.date_range("2019-01-01", periods=24, freq="MS")
    bodies = [f"{'eel ' * (month if month % 2 else 0)}{'owl ' * (80 if month % 2 else 10)}" for month in range(24)]
    table = trends(typed([body for body in bodies for _ in range(2)], months.repeat(2)))
    held = [
        (sum(body.split().count("eel") for body in pair), len(" ".join(pair).split()))
        for pair in zip(bodies[::2], bodies[1::2], strict=True)
    ]
    rate = [n / words * 1e6 for n, words in held]
    assert table.loc["eel", "p"] == pytest.approx(by_pairs(rate)[1], rel=1e-9)
    slope = stats.theilslopes(rate, np.arange(12) * 2 + 0.5).slope
    assert table.loc["eel", "slope"] == pytest.approx(slope, rel=1e-9)


def test_days_and_months_that_disagree_are_named(typed):
    """`eel` falls by one use a day from month to month, but for the tenth day, which rises by more than that."""
    days, bodies = [], []
    for month, day in itertools.product(range(1, 13), range(1, 11)):
        uses = 30 - month if day < 10 else 50 + 15 * month
        days.append(f"2019-{month:02}-{day:02}")
        bodies.append("eel " * uses + "owl " * (300 - uses))
    monthly, daily = (trends(typed(bodies, days), by, ["owl"]).loc["eel"] for by in ("month", "day"))
    assert monthly[["direction", "sure", "disagrees"]].tolist() == ["rising", True, True]
    assert daily[["direction", "sure", "disagrees"]].tolist() == ["falling", True, True]


def test_without_periods_terms_or_articles_the_table_is_empty(articles, typed):
    bodies, full = [rising(month // 2) for month in range(48)], trends(articles)
    few = [day if day < pd.Timestamp("2019-05-01") else None for day in MONTHS]
    for corpus in (typed(bodies), typed(bodies, few), typed([]), typed(["eel"], ["2019-01-01"])):
        assert trends(corpus).empty
        assert trends(corpus).dtypes.to_dict() == full.dtypes.to_dict()
    assert trends(articles, leave_out=["eel", "owl", "lamp", "oil"]).empty


def test_an_unknown_period_is_refused(articles):
    with pytest.raises(ParameterError, match="day, week, month, got 'year'"):
        trends(articles, by="year")
