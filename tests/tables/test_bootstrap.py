"""The bootstrap: drawn again by a plain loop, and beside SciPy's."""

import importlib

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats

from broadsheet.errors import CorpusError, ParameterError
from broadsheet.tables import bootstrap

RNG = np.random.default_rng(11)
STORIES = 24
ARTICLES = pd.Series(RNG.integers(0, STORIES, 60)).astype("str")
USES = RNG.poisson(RNG.gamma(1, 3, (60, 3)))
WORDS = RNG.integers(80, 900, 60)


def rate(uses, words):
    return uses / words


def by_loop(uses, words, story, draws, seed):
    """Draw stories one by one; return the values of every draw."""
    names = sorted(story.unique())
    rows = [np.flatnonzero(story == name) for name in names]
    drawn = np.random.default_rng(seed).integers(0, len(names), (draws, len(names)))
    taken = [np.concatenate([rows[number] for number in draw]) for draw in drawn]
    return np.array([uses[row].sum(axis=0) / words[row].sum() for row in taken])


def tail(stories, level=0.95):
    """Return the share of draws beyond either end, by Hesterberg's formula."""
    return stats.norm.cdf(-((stories / (stories - 1)) ** 0.5) * stats.t.ppf((1 + level) / 2, stories - 1))


@pytest.mark.parametrize("kind", [np.asarray, sparse.csr_matrix, sparse.csc_matrix])
@pytest.mark.parametrize("at_once", [4_000_000, 40])
def test_it_is_a_plain_loop_over_draws(kind, at_once, monkeypatch):
    monkeypatch.setattr(importlib.import_module("broadsheet.tables.bootstrap"), "AT_ONCE", at_once)
    names = pd.Index(["a", "b", "c"])
    table = bootstrap([kind(USES), WORDS], rate, ARTICLES, names=names, draws=101, seed=5)
    drawn = by_loop(USES, WORDS, ARTICLES, 101, 5)
    edge = tail(ARTICLES.nunique())
    low, high = np.quantile(drawn, [edge, 1 - edge], axis=0)
    assert table.index.equals(names)
    assert table["value"].tolist() == pytest.approx((USES.sum(axis=0) / WORDS.sum()).tolist(), rel=1e-12)
    assert table["low"].tolist() == pytest.approx(low.tolist(), rel=1e-9)
    assert table["high"].tolist() == pytest.approx(high.tolist(), rel=1e-9)


def test_it_comes_near_scipys_percentiles_where_stories_are_many():
    uses, words = RNG.poisson(4, 400), RNG.integers(80, 900, 400)
    table = bootstrap([uses, words], rate, pd.Series(range(400)), draws=4000)
    theirs = stats.bootstrap(
        (uses, words), lambda u, w, axis: u.sum(axis) / w.sum(axis), paired=True, n_resamples=4000, method="percentile"
    ).confidence_interval
    width = theirs.high - theirs.low
    assert table.loc[0, ["low", "high"]].tolist() == pytest.approx(list(theirs), abs=0.06 * width)


def test_a_seed_repeats_the_draws_and_the_order_of_articles_does_not_matter():
    table = bootstrap([USES, WORDS], rate, ARTICLES, seed=3)
    shuffled = RNG.permutation(60)
    again = bootstrap([USES[shuffled], WORDS[shuffled]], rate, ARTICLES.iloc[shuffled], seed=3)
    pd.testing.assert_frame_equal(again, table, rtol=1e-12)
    assert not bootstrap([USES, WORDS], rate, ARTICLES, seed=4).equals(table)


def test_the_ratio_of_two_groups_rests_on_both_sides():
    """Uses are twice as frequent in the first group; its interval lies about 1, the binary log of two."""
    story, first = pd.Series(range(300)), np.arange(300) < 150
    words, uses = np.full(300, 500), np.random.default_rng(0).poisson(np.where(np.arange(300) < 150, 8, 4))
    parts = [uses * first, uses * ~first, words * first, words * ~first]
    table = bootstrap(parts, lambda a, b, m, n: np.log2((a / m) / (b / n)), story, observations=150)
    assert table.loc[0, "low"] < 1 < table.loc[0, "high"]
    assert table.loc[0, "low"] > 0.7
    assert table.loc[0, "value"] == pytest.approx(np.log2(uses[first].sum() / uses[~first].sum()), rel=1e-12)


def test_a_statistic_may_need_several_sums_at_once():
    """DP over three months and Yule's K: of the articles as they are, by their formulas; with an interval around."""
    month = np.eye(3)[np.arange(60) % 3]
    uses, words = USES[:, :1] * month, WORDS[:, None] * month

    def dp(n, w):
        return 1 - np.minimum(n / n.sum(1, keepdims=True), w / w.sum(1, keepdims=True)).sum(1)

    table = bootstrap([uses, words], dp, ARTICLES)
    shares = [part.sum(axis=0) / part.sum() for part in (uses, words)]
    assert table["value"].tolist() == pytest.approx([np.abs(shares[0] - shares[1]).sum() / 2])
    assert table["low"][0] <= table["value"][0] <= table["high"][0]
    k = bootstrap([sparse.csr_matrix(USES)], lambda n: ((n**2).sum(1) - n.sum(1)) / n.sum(1) ** 2, ARTICLES)
    n = USES.sum(axis=0)
    assert k["value"].tolist() == pytest.approx([((n**2).sum() - n.sum()) / n.sum() ** 2])


def test_a_draw_without_a_story_of_the_group_is_no_draw():
    base = np.zeros(20, dtype=int)
    base[:2] = 10
    table = bootstrap([base // 10, base], rate, pd.Series(range(20)))
    assert table.loc[0].tolist() == pytest.approx([0.1, 0.1, 0.1])


def test_a_statistic_that_has_no_value_has_no_interval():
    table = bootstrap([np.zeros(10), np.zeros(10)], lambda a, b: np.full(a.shape, np.nan), pd.Series(range(10)))
    assert table.isna().all(axis=None)


@pytest.mark.parametrize(("stories", "given"), [(7, False), (8, True)])
def test_fewer_than_eight_stories_have_no_interval(stories, given):
    parts = [np.arange(1, stories + 1), np.full(stories, 100)]
    table = bootstrap(parts, rate, pd.Series(range(stories)))
    assert table["value"].notna().all()
    assert table[["low", "high"]].notna().all(axis=None) == given
    assert bootstrap([USES, WORDS], rate, ARTICLES, observations=np.array([7, 8, 9]))["low"].isna().tolist() == [
        True,
        False,
        False,
    ]


def test_fewer_stories_widen_the_interval():
    wide, all_ = (bootstrap([USES, WORDS], rate, ARTICLES, observations=n) for n in (9, None))
    assert (wide["low"] <= all_["low"]).all()
    assert (wide["high"] >= all_["high"]).all()


def test_no_draws_and_no_stories_are_refused():
    with pytest.raises(ParameterError, match="at least one draw, better 500, not 0"):
        bootstrap([USES, WORDS], rate, ARTICLES, draws=0)
    for none in (pd.Series([None] * 60, dtype="str"), pd.Series([], dtype="str")):
        with pytest.raises(CorpusError, match="need stories to draw from"):
            bootstrap([USES[: len(none)], WORDS[: len(none)]], rate, none)
