"""Ratios of sums and their intervals: by hand, by a plain loop, by scipy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from broadsheet.tables import intervals, periods, ratios

RNG = np.random.default_rng(7)
STORIES = pd.DataFrame({"counted": RNG.poisson(4, 60), "base": RNG.integers(80, 900, 60)})


COLUMNS = ["counted", "base", "value", "low", "high", "sure_low", "sure_high", "stories", "thin"]


def by_formula(counted, base, level=0.95):
    """Cochran's ratio estimator, term by term."""
    n, ratio = len(counted), sum(counted) / sum(base)
    squares = sum((c - ratio * b) ** 2 for c, b in zip(counted, base, strict=True))
    error = (squares / (n - 1) / n) ** 0.5 / (sum(base) / n)
    margin = stats.t(n - 1).ppf((1 + level) / 2) * error
    return [ratio - margin, ratio + margin]


def test_the_golden_corpus_uses_lamp_as_worked_out_by_hand(corpus):
    """February: the failure 2 of 55 words, the dark night 1 of 54, the storm warning 1 of 36 in two copies and 1 of
    42 where Coast Wire is named, the spare bulb 0 of 44: 6 of 267, from four stories, for the three warnings are
    one. March: the council's vote 2 of 48, the keeper 1 of 55, letters 0 of 37, the correction 0 of 35, the
    lit lamp 2 of 47: 5 of 222, from five stories. The notice (23 words) has no date and no period.
    """
    frame, facts = corpus.tokens.frame(), corpus.articles.set_index("doc_id")
    uses = frame[frame["term"] == "lamp"].groupby("doc_id", observed=False).size()
    length = frame.groupby("doc_id", observed=False).size()
    table = ratios(uses, length, periods(facts["published"], "month"), facts["story"])
    assert table.index.astype("str").tolist() == ["2019-02", "2019-03"]
    assert list(table.columns) == COLUMNS
    assert table["counted"].tolist() == [6, 5]
    assert table["base"].tolist() == [267, 222]
    assert table["value"].tolist() == [6 / 267, 5 / 222]
    assert table["stories"].tolist() == [4, 5]
    assert not table["thin"].any()
    assert (table["low"] < table["value"]).all()
    assert (table["value"] < table["high"]).all()


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 9), st.sampled_from(["x", "y", None]), st.sampled_from("abcd")),
        min_size=1,
        max_size=12,
    )
)
def test_ratios_are_those_of_a_plain_loop(articles):
    counted, base, group, story = (pd.Series(list(column)) for column in zip(*articles, strict=True))
    table = ratios(counted, base, group, story)
    assert table.index.tolist() == sorted({g for *_, g, _ in articles if g})
    for row in table.itertuples():
        mine = [(c, b, s) for c, b, g, s in articles if g == row.Index]
        assert (row.counted, row.base) == (sum(c for c, *_ in mine), sum(b for _, b, _ in mine))
        assert (pd.isna(row.value) and row.base == 0) or row.value == row.counted / row.base
        with_base = {s for s in "abcd" if sum(b for _, b, of in mine if of == s)}
        assert row.stories == len(with_base)
        assert row.thin == (len(with_base) < 3)
        assert pd.isna(row.low) == pd.isna(row.high)
        assert pd.isna(row.low) or not row.thin


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(12)))
def test_the_order_of_the_articles_does_not_change_ratios_or_intervals(order):
    facts = pd.DataFrame(
        {"counted": range(12), "base": range(20, 32), "group": list("xy") * 6, "story": list("abcdef") * 2}
    )
    shuffled = facts.loc[order]
    pd.testing.assert_frame_equal(
        ratios(*(shuffled[name] for name in facts)), ratios(*(facts[name] for name in facts)), check_exact=True
    )


def test_intervals_are_those_of_the_formula():
    ends = intervals(STORIES[["counted"]], STORIES[["base"]]).loc["counted"]
    assert ends.tolist() == pytest.approx(by_formula(STORIES["counted"], STORIES["base"]), rel=1e-12)


def test_the_interval_of_a_mean_is_that_of_students_t():
    tone = pd.DataFrame({"tone": RNG.normal(0, 0.3, 12)})
    ends = intervals(tone, pd.DataFrame({"one": 1}, index=tone.index)).loc["tone"]
    mean, error = tone["tone"].mean(), stats.sem(tone["tone"])
    assert ends.tolist() == pytest.approx(stats.t(11, mean, error).interval(0.95), rel=1e-12)


def test_intervals_of_many_stories_are_near_scipys_bootstrap():
    ends = intervals(STORIES[["counted"]], STORIES[["base"]]).loc["counted"]
    expected = stats.bootstrap(
        (STORIES["counted"], STORIES["base"]),
        lambda counted, base, axis: counted.sum(axis) / base.sum(axis),
        paired=True,
        method="percentile",
        n_resamples=9000,
        rng=np.random.default_rng(5),
    ).confidence_interval
    assert ends.tolist() == pytest.approx(list(expected), rel=0.05)


@pytest.mark.parametrize("stories", [3, 5, 30])
def test_a_mean_lies_within_its_interval_nineteen_times_in_twenty(stories):
    """2,000 samples; .93 lies four standard errors below .95."""
    drawn = pd.DataFrame(np.random.default_rng(stories).normal(0.1, 0.2, (stories, 2000)))
    ends = intervals(drawn, pd.DataFrame({"one": 1}, index=drawn.index))
    assert ((ends["low"] <= 0.1) & (ends["high"] >= 0.1)).mean() > 0.93


def test_groups_that_do_not_differ_are_seldom_told_apart():
    """Twelve groups of ten stories without any difference, 200 times: at most 5 % and two standard errors."""
    rng, group = np.random.default_rng(4), pd.Series(np.repeat(np.arange(12), 10))
    one, story = pd.Series(1, index=group.index), pd.Series(group.index)
    apart = 0
    for _ in range(200):
        table = ratios(pd.Series(rng.normal(0, 0.2, 120)), one, group, story)
        apart += table["sure_high"].min() < table["sure_low"].max()
    assert apart <= 16


def test_sure_intervals_widen_with_what_is_compared():
    one = pd.Series(1, index=range(12))
    args = (pd.Series(range(12)), one, pd.Series(list("xy") * 6), pd.Series(list("abcdefghijkl")))
    alone, among_ten = ratios(*args), ratios(*args, tables=10)
    assert (alone["sure_low"] < alone["low"]).all()
    assert (among_ten["sure_high"] > alone["sure_high"]).all()
    assert among_ten[["low", "high"]].equals(alone[["low", "high"]])


def test_no_rate_of_counts_falls_below_zero_and_no_use_has_no_interval():
    base = pd.DataFrame({"words": [100, 100, 100, 100]})
    ends = intervals(pd.DataFrame({"rare": [0, 0, 0, 1], "never": 0}), base)
    assert ends.loc["rare", "low"] == 0
    assert ends.loc["never"].isna().all()


def test_one_base_serves_all_columns():
    counted = STORIES[["counted"]].assign(twice=STORIES["counted"] * 2)
    ends = intervals(counted, STORIES[["base"]])
    assert (ends.loc["twice"] / ends.loc["counted"]).tolist() == pytest.approx([2, 2])
    assert ends.loc[["counted"]].equals(intervals(STORIES[["counted"]], STORIES[["base"]]))


def test_a_story_that_two_outlets_print_is_one_observation():
    """Three articles, one story: nothing to judge by. As three stories they would have an interval."""
    facts = pd.DataFrame({"counted": [1, 2, 3], "base": 100, "group": "x"})
    as_one, apart = (ratios(**facts.to_dict("series"), story=pd.Series(list(story))) for story in ("aaa", "abc"))
    assert (as_one["thin"].tolist(), as_one["low"].isna().tolist()) == ([True], [True])
    assert (apart["thin"].tolist(), apart["low"].isna().tolist()) == ([False], [False])
    assert as_one["value"].tolist() == apart["value"].tolist() == [0.02]


def test_periods_run_without_a_hole_and_an_empty_one_has_no_value():
    month = pd.Series(pd.PeriodIndex(["2019-01", "2019-03", "2019-03"], freq="M"))
    one = pd.Series(1, index=month.index)
    table = ratios(one, one, month, pd.Series(list("abc")))
    assert table.index.astype("str").tolist() == ["2019-01", "2019-02", "2019-03"]
    assert table["counted"].tolist() == [1, 0, 2]
    assert table["value"].isna().tolist() == [False, True, False]
    assert table["stories"].tolist() == [1, 0, 2]


def test_nothing_to_group_is_an_empty_table_that_keeps_the_periods_kind():
    one, none = pd.Series([1, 1]), pd.Series(pd.PeriodIndex([None, None], freq="M"))
    table = ratios(one, one, none, pd.Series(list("ab")))
    assert list(table.columns) == COLUMNS
    assert len(table) == 0
    assert isinstance(table.index.dtype, pd.PeriodDtype)


def test_a_base_of_nothing_is_no_interval_and_no_warning(recwarn):
    counted, base = pd.DataFrame({"x": [0, 0, 0, 0]}), pd.DataFrame({"x": [0, 0, 0, 0]})
    assert intervals(counted, base).isna().all(axis=None)
    rare = intervals(pd.DataFrame({"x": [1, 2, 3, *[0] * 40]}), pd.DataFrame({"x": [9, 9, 9, *[0] * 40]}))
    assert rare.notna().all(axis=None)
    assert not recwarn.list
