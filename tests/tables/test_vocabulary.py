"""Vocabulary: each measure written out plainly from its paper, and by SciPy; the bootstrap drawn by a plain loop."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from broadsheet.errors import ParameterError
from broadsheet.index import kernels
from broadsheet.statistics import bootstrap, rates
from broadsheet.tables import variety

COLUMNS = ["articles", "tokens", "types", "mattr", "mattr_low", "mattr_high"]
COLUMNS += ["mtld", "mtld_low", "mtld_high", "hdd", "yule_k"]
NAMES = [f"{first}{second}o" for first, second in itertools.product("bdfghklmnprst", "aeiou")]


def mattr(texts, window):
    shares = [len(set(text[i : i + window])) / window for text in texts for i in range(max(len(text) - window + 1, 0))]
    return np.mean(shares) if shares else np.nan


def factors(text):
    """McCarthy and Jarvis: a factor is full when the ratio falls below .72; the rest is part of one."""
    full, types, length = 0, set(), 0
    for word in text:
        types.add(word)
        length += 1
        if len(types) / length < 0.72:
            full, types, length = full + 1, set(), 0
    return full + ((1 - len(types) / length) / (1 - 0.72) if length else 0)


def mtld(texts):
    words = sum(map(len, texts))
    sides = [sum(map(factors, texts)), sum(factors(text[::-1]) for text in texts)]
    return np.mean([words / side for side in sides]) if all(sides) else np.nan


def bag(texts):
    """HD-D by the hypergeometric distribution, K by Yule's formula."""
    words = list(itertools.chain(*texts))
    n = pd.Series(words).value_counts()
    hdd = sum((1 - stats.hypergeom(len(words), m, 42).pmf(0)) / 42 for m in n) if len(words) >= 42 else np.nan
    spectrum = n.value_counts()
    k = 1e4 * (sum(m * m * v for m, v in spectrum.items()) - len(words)) / len(words) ** 2
    return [hdd, k if len(words) > 1 else np.nan]


def text(seed, length, few=12):
    return list(np.random.default_rng(seed).choice(NAMES[:few], length))


def test_every_measure_is_as_its_paper_has_it(read):
    texts = [text(0, 130), text(1, 75, 40), text(2, 40), text(3, 300, 60), []]
    group = pd.Series(["x", "x", "y", "y", "y"])
    table = variety(read([" ".join(words) for words in texts]), group, pd.Series(range(5)))
    assert table.columns.tolist() == COLUMNS
    for name, own in {"x": texts[:2], "y": texts[2:]}.items():
        row = table.loc[name]
        assert row[["tokens", "types"]].tolist() == [sum(map(len, own)), len(set(itertools.chain(*own)))]
        expected = [mattr(own, 50), mtld(own), *bag(own)]
        assert row[["mattr", "mtld", "hdd", "yule_k"]].tolist() == pytest.approx(expected, rel=1e-9)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=60), min_size=1, max_size=4),
    st.integers(2, 20),
)
def test_any_articles_are_as_the_papers_have_them(read, texts, window):
    tokens, group, story = (
        read([" ".join(words) for words in texts]),
        pd.Series(["x"] * len(texts)),
        pd.Series(range(len(texts))),
    )
    table = variety(tokens, group, story, window)
    if not any(texts):
        assert table.empty
        return
    expected = [mattr(texts, window), mtld(texts), *bag(texts)]
    assert table.loc["x", ["mattr", "mtld", "hdd", "yule_k"]].tolist() == pytest.approx(expected, rel=1e-9, nan_ok=True)
    again = variety(read([" ".join(words) for words in texts[::-1]]), group, story[::-1], window)
    pd.testing.assert_frame_equal(again, table, rtol=1e-9)


def test_compiled_it_is_the_same(read, monkeypatch):
    tokens = read([" ".join(text(seed, 200)) for seed in range(3)])
    plain = variety(tokens, pd.Series(["x"] * 3), pd.Series(range(3)))
    monkeypatch.setattr(kernels, "ENOUGH", 0)
    monkeypatch.setattr(kernels, "FEW", 0)
    pd.testing.assert_frame_equal(variety(tokens, pd.Series(["x"] * 3), pd.Series(range(3))), plain, rtol=1e-12)


def test_length_alone_does_not_move_them(read):
    """Eight times as many words of the same kind: the share of different words falls, the measures stay."""
    tokens = read([" ".join(text(1, 250, 60)), " ".join(text(2, 2000, 60))])
    short, long = (row for _, row in variety(tokens, pd.Series(["x", "y"]), pd.Series(range(2))).iterrows())
    assert long["types"] / long["tokens"] < 0.3 * short["types"] / short["tokens"]
    assert long["mattr"] == pytest.approx(short["mattr"], rel=0.05)
    assert long["hdd"] == pytest.approx(short["hdd"], rel=0.05)


def test_intervals_treat_stories_as_observations(read):
    texts = [text(seed, 90, 10 + 3 * seed) for seed in range(12)]
    table = variety(read([" ".join(words) for words in texts]), pd.Series(["x"] * 12), pd.Series(range(12)))
    types = [round(mattr([words], 50) * 41 * 50) for words in texts]
    formula = rates(types, [41 * 50] * 12, ["x"] * 12, range(12)).loc["x", ["share_low", "share_high"]]
    row = table.loc["x"]
    assert row[["mattr_low", "mattr_high"]].tolist() == pytest.approx(formula.tolist(), rel=1e-9)
    assert row["mtld_low"] < row["mtld"] < row["mtld_high"]


def test_groups_may_be_periods_and_articles_of_none_are_left_out(read):
    period = pd.Series(pd.PeriodIndex(["2019-03", "2019-01", "NaT", "2019-03"], freq="M"), name="period")
    table = variety(read(["a b", "c c", "d", "a"]), period, pd.Series(range(4)))
    assert table.index.astype("str").tolist() == ["2019-01", "2019-03"]
    assert table.index.name == "period"
    assert table[["articles", "tokens", "types"]].to_numpy().tolist() == [[1, 2, 1], [2, 3, 2]]


def test_columns_may_be_labelled_by_article(corpus):
    facts, bare = corpus.catalogue.set_index("doc_id"), corpus.catalogue
    table = variety(corpus.tokens, facts["outlet"], facts["story"].set_axis(bare.index))
    pd.testing.assert_frame_equal(table, variety(corpus.tokens, bare["outlet"], bare["story"]))


def test_without_words_or_groups_the_table_is_empty(read):
    for tokens, group in ((read([]), []), (read(["", ""]), ["x", "y"]), (read(["a b"]), [None])):
        table = variety(tokens, pd.Series(group, dtype="str"), pd.Series(range(len(group))))
        assert table.empty
        assert table.columns.tolist() == COLUMNS


def test_a_window_of_one_word_is_refused(corpus):
    with pytest.raises(ParameterError, match="at least 2 words, got 1"):
        variety(corpus.tokens, corpus.catalogue["outlet"], corpus.catalogue["story"], window=1)


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
def test_it_is_a_plain_loop_over_draws(kind):
    table = bootstrap([kind(USES), WORDS], rate, ARTICLES, draws=101, seed=5)
    drawn = by_loop(USES, WORDS, ARTICLES, 101, 5)
    edge = tail(ARTICLES.nunique())
    low, high = np.quantile(drawn, [edge, 1 - edge], axis=0)
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


def test_no_stories_have_no_interval():
    for none in (pd.Series([None] * 60, dtype="str"), pd.Series([], dtype="str")):
        assert bootstrap([USES[: len(none)]], lambda n: n / np.nan, none).isna().all(axis=None)
