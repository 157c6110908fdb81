"""Rates, their intervals and differences: by hand, by a plain loop, by SciPy; and sums by group."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from broadsheet.errors import ParameterError
from broadsheet.tables import differences, groups, periods, rates

RNG = np.random.default_rng(7)
COUNTED, BASE, STORY = RNG.poisson(4, 60), RNG.integers(80, 900, 60), np.arange(60)
COLUMNS = ["n", "base", "share", "share_low", "share_high", "stories", "thin"]
ENDS = ["share_low", "share_high"]
GROUPS = np.repeat(list("abcd"), [5, 8, 20, 60])


def ends(counted, base):
    """Return the interval of one group of which each article is a story."""
    return rates(counted, base, ["x"] * len(counted), range(len(counted))).loc["x", ENDS].tolist()


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
    facts, tokens = corpus.articles, corpus.tokens
    month = periods(facts["published"], "month")
    table = rates(tokens.uses("lamp"), tokens.lengths, month, facts["story"], "per_million", 1e6)
    assert table.index.astype("str").tolist() == ["2019-02", "2019-03"]
    assert table.index.name == "period"
    assert [name.replace("per_million", "share") for name in table] == COLUMNS
    assert table[["n", "base", "stories"]].to_numpy().tolist() == [[6, 267, 4], [5, 222, 5]]
    assert table["per_million"].tolist() == [6 / 267 * 1e6, 5 / 222 * 1e6]
    assert not table["thin"].any()
    assert (table["per_million_low"] < table["per_million"]).all()
    assert (table["per_million"] < table["per_million_high"]).all()


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 9), st.sampled_from(["x", "y", "", None]), st.sampled_from("abcd")),
        min_size=1,
        max_size=12,
    )
)
def test_rates_are_those_of_a_plain_loop(articles):
    table = rates(*(pd.Series(list(column)) for column in zip(*articles, strict=True)))
    assert table.index.tolist() == sorted({g for *_, g, _ in articles if g})
    for row in table.itertuples():
        mine = [(c, b, s) for c, b, g, s in articles if g == row.Index]
        assert (row.n, row.base) == (sum(c for c, *_ in mine), sum(b for _, b, _ in mine))
        assert (pd.isna(row.share) and row.base == 0) or row.share == row.n / row.base
        with_base = {s for s in "abcd" if sum(b for _, b, of in mine if of == s)}
        assert row.stories == len(with_base)
        assert row.thin == (len(with_base) < 3)
        assert pd.isna(row.share_low) == pd.isna(row.share_high)
        assert pd.isna(row.share_low) or not row.thin


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(12)))
def test_the_order_and_the_labels_of_the_articles_do_not_matter(order):
    facts = pd.DataFrame({"n": range(12), "base": range(20, 32), "group": list("xy") * 6, "story": list("abcdef") * 2})
    shuffled = facts.loc[order]
    again = rates(shuffled["n"].to_numpy(), *(shuffled[name] for name in ("base", "group", "story")))
    pd.testing.assert_frame_equal(again, rates(*(facts[name] for name in facts)), check_exact=True)


def test_intervals_are_those_of_the_formula():
    assert ends(COUNTED, BASE) == pytest.approx(by_formula(COUNTED, BASE), rel=1e-12)
    rare = ends([1, 2, 3, *[0] * 40], [9, 9, 9, *[0] * 40])
    assert np.isfinite(rare).all()


def test_the_interval_of_a_mean_is_that_of_students_t():
    tone = RNG.normal(0, 0.3, 12)
    expected = stats.t(11, tone.mean(), stats.sem(tone)).interval(0.95)
    assert ends(tone, [1] * 12) == pytest.approx(expected, rel=1e-12)


def test_intervals_of_many_stories_are_near_scipys_bootstrap():
    expected = stats.bootstrap(
        (COUNTED, BASE),
        lambda counted, base, axis: counted.sum(axis) / base.sum(axis),
        paired=True,
        method="percentile",
        n_resamples=9000,
        rng=np.random.default_rng(5),
    ).confidence_interval
    assert ends(COUNTED, BASE) == pytest.approx(list(expected), rel=0.05)


@pytest.mark.parametrize("stories", [3, 5, 30])
def test_a_mean_lies_within_its_interval_nineteen_times_in_twenty(stories):
    """2,000 samples, each a group; .93 lies four standard errors below .95."""
    drawn = np.random.default_rng(stories).normal(0.1, 0.2, 2000 * stories)
    table = rates(drawn, np.ones(len(drawn)), np.arange(len(drawn)) // stories, np.arange(len(drawn)))
    assert ((table["share_low"] <= 0.1) & (table["share_high"] >= 0.1)).mean() > 0.93


def test_no_rate_of_counts_falls_below_zero_no_share_exceeds_one_and_no_use_has_no_interval():
    assert ends([0, 0, 0, 1], [100] * 4)[0] == 0
    assert ends([1, 1, 1, 0], [1] * 4)[1] == 1
    assert np.isnan(ends([0] * 4, [100] * 4)).all()


def test_a_story_that_two_outlets_print_is_one_observation():
    """Three articles, one story: nothing to judge by. As three stories they have an interval."""
    as_one, apart = (rates([1, 2, 3], [100] * 3, ["x"] * 3, list(story)) for story in ("aaa", "abc"))
    assert (as_one["thin"].tolist(), as_one["share_low"].isna().tolist()) == ([True], [True])
    assert (apart["thin"].tolist(), apart["share_low"].isna().tolist()) == ([False], [False])
    assert as_one["share"].tolist() == apart["share"].tolist() == [0.02]


def test_periods_run_without_a_hole_and_an_empty_one_has_no_value():
    month = pd.PeriodIndex(["2019-01", "2019-03", "2019-03"], freq="M")
    table = rates([1] * 3, [1] * 3, month, list("abc"))
    assert table.index.astype("str").tolist() == ["2019-01", "2019-02", "2019-03"]
    assert table[["n", "stories"]].to_numpy().tolist() == [[1, 1], [0, 0], [2, 2]]
    assert table["share"].isna().tolist() == [False, True, False]


def test_without_a_group_or_a_base_there_is_nothing_to_say(recwarn):
    none = pd.Series(pd.PeriodIndex([None, None], freq="M"))
    for measure in (rates, differences):
        assert measure([1, 1], [1, 1], none, list("ab")).empty
        assert measure([], [], [], []).empty
        assert measure([1, 2, 3], [1, 1, 1], ["x"] * 3, list("abc")).columns.is_unique
    table = rates([1, 1], [1, 1], none, list("ab"))
    assert list(table.columns) == COLUMNS
    assert isinstance(table.index.dtype, pd.PeriodDtype)
    assert rates([0] * 4, [0] * 4, ["x"] * 4, range(4))[ENDS].isna().all(axis=None)
    assert not recwarn.list


def test_columns_of_another_corpus_are_refused():
    with pytest.raises(ParameterError, match="one entry per article in each column, found n 2, base 1"):
        rates([1, 2], [1], ["x"], ["a"])


def test_a_difference_of_means_that_vary_alike_is_tested_as_scipy_does():
    """Two groups of the same spread: Welch's t is Student's, and SciPy's interval that of one comparison."""
    low = RNG.normal(0, 1, 9)
    table = differences([*low, *(low + 0.8)], [1] * 18, ["x"] * 9 + ["y"] * 9, range(18), "tone")
    theirs = stats.ttest_ind(low + 0.8, low, equal_var=False)
    row = table.iloc[0]
    assert row[["lower", "higher", "p_adjusted"]].tolist() == ["x", "y", row["p"]]
    assert row["p"] == pytest.approx(theirs.pvalue, rel=1e-9)
    assert row[["difference_low", "difference_high"]].tolist() == pytest.approx(list(theirs.confidence_interval()))
    assert row[["tone_lower", "tone_higher", "difference"]].tolist() == pytest.approx(
        [low.mean(), low.mean() + 0.8, 0.8]
    )


def test_a_difference_of_unequal_groups_is_that_of_a_plain_formula():
    """Of the smaller variance the pooled one takes the place; degrees of freedom after Welch and Satterthwaite."""
    counted, base = [*RNG.poisson(9, 5), *RNG.poisson(2, 12)], RNG.integers(50, 200, 17)
    sides = [(np.array(counted[:5]), base[:5]), (np.array(counted[5:]), base[5:])]
    rate = [u.sum() / b.sum() for u, b in sides]
    squares = [((u - v * b) ** 2).sum() for (u, b), v in zip(sides, rate, strict=True)]
    pooled = sum(squares) * 17 / 15 / base.sum()
    parts = [
        max(s * len(u) / (len(u) - 1) / b.sum() ** 2, pooled / b.sum())
        for (u, b), s in zip(sides, squares, strict=True)
    ]
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / 4 + parts[1] ** 2 / 11)
    row = differences(counted, base, ["x"] * 5 + ["y"] * 12, range(17)).iloc[0]
    assert row["p"] == pytest.approx(2 * stats.t.sf(abs(rate[0] - rate[1]) / sum(parts) ** 0.5, freedom), rel=1e-9)


UNLIKE = {
    "means": lambda rng: (rng.normal(0, 1, 93), np.ones(93)),
    "means that vary unlike": lambda rng: (
        rng.normal(0, 1, 93) * np.repeat([3, 1, 1, 0.5], [5, 8, 20, 60]),
        np.ones(93),
    ),
    "shares": lambda rng: (rng.random(93) < 0.3, np.ones(93)),
    "even words": lambda rng: (rng.poisson((words := rng.integers(100, 900, 93)) / 100), words),
    "bursty words": lambda rng: (
        rng.poisson((words := rng.integers(100, 900, 93)) / 900 * rng.gamma(0.3, 3, 93)),
        words,
    ),
}


@pytest.mark.parametrize("kind", UNLIKE)
def test_groups_that_do_not_differ_are_seldom_told_apart(kind):
    """Groups of 5, 8, 20 and 60 stories without a difference, 80 times: at most 5 % and two standard errors alarm."""
    drawn = (UNLIKE[kind](np.random.default_rng(seed)) for seed in range(80))
    assert sum(differences(*parts, GROUPS, range(93))["sure"].any() for parts in drawn) <= 8


def test_a_difference_that_is_there_is_found():
    rng = np.random.default_rng(2)
    found = [differences(rng.normal(1.5 * (GROUPS == "d"), 1), np.ones(93), GROUPS, range(93)) for _ in range(20)]
    assert np.mean([table[table["higher"] == "d"]["sure"].any() for table in found]) > 0.8


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.floats(0, 3))
def test_a_difference_is_sure_exactly_where_its_interval_excludes_zero(seed, effect):
    rng = np.random.default_rng(seed)
    table = differences(rng.normal(effect * (GROUPS == "b"), 1), np.ones(93), GROUPS, range(93))
    assert len(table) == 6
    assert ((table["difference_low"] > 0) == table["sure"]).all()
    assert table["p"].is_monotonic_increasing
    assert table["p_adjusted"].tolist() == np.minimum(table["p"] * 6, 1).tolist()
    assert (table["share_lower"] <= table["share_higher"]).all()


def test_groups_without_any_variation_are_not_told_apart():
    table = differences([0] * 5 + [1] * 5, [1] * 10, ["x"] * 5 + ["y"] * 5, range(10))
    assert table[["p", "sure"]].to_numpy().tolist() == [[1, False]]
    assert table[["difference_low", "difference_high"]].isna().all(axis=None)


def test_a_word_that_a_small_group_happens_not_to_use_is_no_sure_difference():
    uses = [0] * 5 + [0, 1, 0, 2, 0, 1, 0, 1, 3, 0, 1, 0, 2, 1, 0]
    assert not differences(uses, [100] * 20, ["x"] * 5 + ["y"] * 15, range(20))["sure"].any()


def test_twelve_groups_with_most_stories_are_compared_and_none_of_fewer_than_five():
    group = np.repeat(np.arange(15), [4, 5, *[6] * 12, 7])
    table = differences(RNG.normal(0, 1, len(group)), np.ones(len(group)), group, range(len(group)))
    assert len(table) == 66
    assert {*table["lower"], *table["higher"]} & {0, 1} == set()


CATALOGUE = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "published": pd.to_datetime(["2020-03-01", None, "2021-04-02"]),
        "outlet": ["Post", "", "Wire"],
        "rank": [1, 2, None],
    }
)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("outlet", ["Post", None, "Wire"]),
        ("year", ["2020", None, "2021"]),
        ("month", ["2020-03", None, "2021-04"]),
        ("rank", ["1.0", "2.0", None]),
    ],
)
def test_each_article_is_in_the_group_of_its_column_or_time(column, expected):
    found = groups(CATALOGUE, column)
    assert found.index.tolist() == ["a", "b", "c"]
    assert found.name == column
    assert [None if pd.isna(one) else one for one in found] == expected


def test_a_users_own_column_comes_first_and_an_unknown_one_is_refused():
    assert groups(CATALOGUE.assign(year="vintage"), "year").tolist() == ["vintage"] * 3
    known = r"no column 'outlets'; they have published, outlet, rank, year, month\. Did you mean outlet\?"
    with pytest.raises(ParameterError, match=known):
        groups(CATALOGUE, "outlets")
