"""Keyness: a table by hand, published figures, SciPy's tests, plain loops; what chance and one long article may do."""

import math
from functools import partial
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from broadsheet import tables
from broadsheet.errors import ParameterError
from broadsheet.schema import CODEBOOK
from broadsheet.statistics.effect_sizes import log_likelihood
from broadsheet.tables.keyness import FIRST, ROUNDING

keyness, contrasts = (partial(measure, full=True) for measure in (tables.keyness, tables.contrasts))
SIGNED = ["g2", "g2_4", "g2_stories", "log_ratio", "log_odds_z"]


def made(counts, names=None):
    """Return what keyness asks of tokens, from a matrix of counts."""
    counts = sparse.csr_matrix(np.asarray(counts, dtype=np.int64))
    vocabulary = pd.Index(names or [f"t{number:03}" for number in range(counts.shape[1])], dtype="str")
    return SimpleNamespace(
        counts=counts,
        vocabulary=vocabulary,
        printed=vocabulary,
        lengths=counts.sum(axis=1).A1,
        doc_ids=range(counts.shape[0]),
    )


def bursty(seed, articles=40, terms=60):
    """Return tokens whose terms come in bursts, but of which no article has more reason to use any than another."""
    rng = np.random.default_rng(seed)
    rates = rng.gamma(0.3, 1 / 0.3, (articles, terms)) * rng.gamma(1, 2, terms) * rng.integers(1, 6, (articles, 1))
    return made(rng.poisson(rates))


def test_a_table_is_the_one_worked_out_by_hand(read):
    """Target: eel 3, lamp 2, oil 1 of 6 words; reference: eel 1, lamp 5 of 6, in three articles of two stories. Half of
    the uses are expected on either side: of eel 2, of the other words 4."""
    tokens = read(["eel eel lamp", "Eel, lamp oil.", "lamp lamp", "lamp lamp", "lamp eel"])
    table = keyness(tokens, pd.Series([True, True, False, False, False]), pd.Series(list("abccd")))
    counted = [
        "n_target",
        "n_reference",
        "articles_target",
        "articles_reference",
        "stories_target",
        "stories_reference",
    ]
    assert table.loc["eel", counted].tolist() == [3, 1, 2, 1, 2, 1]
    assert table.loc["lamp", counted].tolist() == [2, 5, 2, 3, 2, 2]
    assert table.loc["oil", counted].tolist() == [1, 0, 1, 0, 1, 0]
    eel = table.loc["eel"]
    assert eel[["per_million_target", "per_million_reference"]].tolist() == pytest.approx([3e6 / 6, 1e6 / 6])
    assert eel["g2"] == pytest.approx(2 * (3 * math.log(3 / 2) + math.log(1 / 2)), abs=1e-9)
    others = 3 * math.log(3 / 4) + 5 * math.log(5 / 4)
    assert eel["g2_4"] == pytest.approx(2 * (3 * math.log(3 / 2) + math.log(1 / 2) + others), abs=1e-9)
    assert eel[["log_ratio", "diff", "odds_ratio"]].tolist() == pytest.approx([math.log2(3), 2, (3 / 3) / (1 / 5)])
    assert table.loc["oil", ["log_ratio", "diff"]].tolist() == pytest.approx([math.log2(3), 2])
    assert table["smoothed"].to_dict() == {"oil": True, "eel": False, "lamp": False}
    assert table.loc["lamp", "log_ratio"] == pytest.approx(math.log2(2 / 5))
    assert (table["p_adjusted"] == 1).all()


def plainly(tokens, target, story):
    """Return observations: for each story on each side, by the stories' names, its counts and whether it is target."""
    counts, found = tokens.counts.toarray(), {}
    for row, (side, name) in enumerate(zip(target, story, strict=True)):
        found.setdefault((name, side), []).append(counts[row])
    order = sorted(found)
    return np.array([np.sum(found[key], axis=0) for key in order]), np.array([side for _, side in order])


def largest_plainly(parts, dealt, tested):
    """Return the largest g2_stories of each draw, term by term and observation by observation."""
    lengths, largest = parts.sum(axis=1), []
    for target in dealt:
        share = lengths[target].sum() / lengths.sum()
        heavy = (lengths[target] ** 2).sum() / (lengths**2).sum()
        weight = max(((1 - share) ** 2 * heavy + share**2 * (1 - heavy)) / share / (1 - share), 1)
        values = []
        for term in tested:
            uses = parts[:, term]
            a, used = uses[target].sum(), uses.sum()
            spread = sum((n - used / lengths.sum() * length) ** 2 for n, length in zip(uses, lengths, strict=True))
            over = max(spread * len(lengths) / (len(lengths) - 1) / used - 1, 0)
            g2 = log_likelihood(a, used - a, (lengths[target].sum(), lengths[~target].sum()))
            values.append(abs(g2) / (1 + over * weight))
        largest.append(max(values))
    return largest


def test_chance_is_that_of_a_plain_loop_over_stories():
    tokens, rng = bursty(3, articles=30, terms=12), np.random.default_rng(0)
    target, story = rng.random(30) < 0.3, rng.integers(0, 20, 30)
    table = keyness(tokens, target, story, draws=150, seed=9)
    parts, of_target = plainly(tokens, target, story)
    tested = np.flatnonzero((parts > 0).sum(axis=0) >= 5)
    dealt = np.random.default_rng(9).permuted(np.tile(of_target.astype(np.float32), (150, 1)), axis=1) > 0
    chances = np.array(largest_plainly(parts, dealt, tested))
    for number, name in enumerate(tokens.vocabulary):
        own = largest_plainly(parts, [of_target], [number])[0]
        assert abs(table.loc[name, "g2_stories"]) == pytest.approx(own, rel=1e-9)
        exceeding = (chances >= own * (1 - ROUNDING)).sum()
        assert table.loc[name, "p_adjusted"] == pytest.approx((1 + exceeding) / 151 if number in tested else 1)


def test_intervals_of_the_log_ratio_are_those_of_a_plain_loop():
    tokens, rng = bursty(4, articles=24, terms=8), np.random.default_rng(1)
    target, story = np.arange(24) % 3 == 0, rng.integers(0, 16, 24)
    table = keyness(tokens, target, story, draws=20)
    parts, of_target = plainly(tokens, target, story)
    t = stats.t.ppf(0.975, min(of_target.sum(), (~of_target).sum()) - 1)
    for number, name in enumerate(tokens.vocabulary):
        variance = 0
        for side in (parts[of_target], parts[~of_target]):
            uses, words = side[:, number], side.sum(axis=1)
            rate = uses.sum() / words.sum()
            spread = sum((n - rate * length) ** 2 for n, length in zip(uses, words, strict=True))
            variance += max(spread * len(uses) / (len(uses) - 1), uses.sum()) / uses.sum() ** 2
        row = table.loc[name]
        assert not row["smoothed"]
        margin = t * math.sqrt(variance) / math.log(2)
        assert row["log_ratio"] - row["log_ratio_low"] == pytest.approx(margin, rel=1e-9)
        assert row["log_ratio_high"] - row["log_ratio"] == pytest.approx(margin, rel=1e-9)


def test_corrections_of_g2_are_those_of_a_plain_loop():
    tokens = bursty(5)
    table = keyness(tokens, np.arange(40) < 20, np.arange(40), draws=20)
    p = [math.erfc(math.sqrt(abs(g2) / 2)) for g2 in table["g2"]]
    assert table["p_g2"].tolist() == pytest.approx(p, rel=1e-9)
    assert table["p_g2_bonferroni"].tolist() == pytest.approx([min(one * len(p), 1) for one in p])
    ranked = sorted(p)
    bh = [min(ranked[j] * len(p) / (j + 1) for j in range(ranked.index(one), len(p))) for one in p]
    assert table["p_g2_bh"].tolist() == pytest.approx([min(one, 1) for one in bh])


def test_one_long_article_makes_no_keyword_and_a_word_of_many_stories_does(read):
    """`eel` stands sixty times in one article of the target and once in five of either side; `oil` once in every target."""
    target = [
        "oil lamp lamp lamp lamp " + ("eel " * 60 if number == 0 else "eel" * (number < 5)) for number in range(20)
    ]
    reference = ["lamp lamp lamp lamp lamp " + "eel" * (number < 5) for number in range(20)]
    table = keyness(read(target + reference), np.arange(40) < 20, np.arange(40))
    assert table["sure"].to_dict() == {"oil": True, "eel": False, "lamp": False}
    assert table.loc["eel", "p_g2_bonferroni"] < 1e-6
    assert table.loc["eel", "design_effect"] > 20


def test_a_story_in_many_versions_makes_no_keyword(read):
    tokens = read(["eel lamp lamp lamp"] * 10 + ["lamp lamp lamp lamp"] * 20)
    target, apart = np.arange(30) < 10, np.arange(30)
    assert keyness(tokens, target, apart).loc["eel", "sure"]
    versions = np.where(apart < 8, 0, apart)
    once = keyness(tokens, target, versions).loc["eel"]
    assert not once["sure"]
    assert once[["n_target", "articles_target", "stories_target"]].tolist() == [10, 10, 3]


def test_what_both_sides_tell_is_an_observation_of_each(read):
    table = keyness(
        read(["eel lamp", "eel lamp", "lamp", "lamp eel"]), np.array([True, False, True, False]), list("aabc")
    )
    assert table.loc["eel", ["stories_target", "stories_reference"]].tolist() == [1, 2]


def test_fewer_than_five_stories_are_not_tested_and_too_few_observations_are_never_sure():
    rows = [[9, 9]] * 4 + [[0, 18]] * 60
    table = keyness(made(rows), np.arange(64) < 4, np.arange(64))
    assert table.loc["t000", ["p_adjusted", "sure"]].tolist() == [1, False]
    few = keyness(made([[9, 1]] * 3 + [[1, 9]] * 3), np.arange(6) < 3, np.arange(6))
    assert (few["p_adjusted"] > 0.05).all()  # of twenty ways to deal six stories, two are as far apart as these


def test_seldom_is_any_of_many_bursty_terms_sure_where_nothing_differs():
    """150 partings of articles that do not differ: at most 5 % and two standard errors, where plain G2 alarms in all."""
    sure = plain = 0
    for seed in range(150):
        tokens = bursty(seed)
        table = keyness(tokens, np.arange(40) < 14, np.arange(40), draws=99, seed=seed)
        sure, plain = sure + table["sure"].any(), plain + (table["p_g2_bonferroni"] < 0.05).any()
    assert sure <= 12
    assert plain > 140


def test_seldom_is_any_term_of_any_group_sure_where_nothing_differs():
    """100 corpora of four groups that do not differ: at most 5 % and two standard errors."""
    group = pd.Series(np.repeat(list("abcd"), 10))
    tables = (contrasts(bursty(seed), group, np.arange(40), draws=99, seed=seed) for seed in range(100))
    assert sum(table["sure"].any() for table in tables) <= 9


@pytest.mark.parametrize(("of_target", "times"), [(12, 3), (60, 3), (12, 1 / 3)])
def test_texts_of_another_length_on_one_side_do_not_make_its_terms_sure(of_target, times):
    """60 corpora of equal rates, the target's texts three times as long as the others, or a third."""
    sure = 0
    for seed in range(60):
        rng, target = np.random.default_rng(seed), np.arange(100) < of_target
        rates = rng.gamma(0.3, 1 / 0.3, (100, 60)) * rng.gamma(1, 2, 60) * np.where(target, times, 1)[:, None]
        sure += keyness(made(rng.poisson(rates)), target, np.arange(100), draws=99, seed=seed)["sure"].any()
    assert sure <= 6


def test_a_story_in_two_versions_on_both_sides_alarms_no_more_often():
    """80 corpora in which each side prints half of the other's texts: alike, they differ less than chance would."""
    sure = 0
    for seed in range(80):
        half = bursty(seed, articles=20).counts
        tokens = made(sparse.vstack([half, half[:10], bursty(seed + 1000, articles=10).counts]).toarray())
        sure += keyness(tokens, np.arange(40) < 20, np.r_[:20, :10, 20:30], draws=99, seed=seed)["sure"].any()
    assert sure <= 8


def test_swapping_sides_flips_the_sign_and_nothing_else():
    tokens, target = bursty(6), np.arange(40) % 3 == 0
    there = keyness(tokens, target, np.arange(40))
    back = keyness(tokens, ~target, np.arange(40)).loc[there.index]
    for column in SIGNED:
        assert back[column].to_numpy() == pytest.approx(-there[column].to_numpy(), rel=1e-9), column
    assert back["log_ratio_low"].to_numpy() == pytest.approx(-there["log_ratio_high"].to_numpy())
    assert back["odds_ratio"].to_numpy() == pytest.approx(1 / there["odds_ratio"].to_numpy())
    assert back["diff"].to_numpy() == pytest.approx(1 / (1 + there["diff"].to_numpy()) - 1)
    assert back[["p_adjusted", "sure", "p_g2"]].equals(there[["p_adjusted", "sure", "p_g2"]])
    assert back["n_target"].equals(there["n_reference"].rename("n_target"))


def test_over_use_is_positive_everywhere():
    table = keyness(bursty(7), np.arange(40) < 15, np.arange(40), draws=20)
    over = table["per_million_target"] > table["per_million_reference"]
    assert over.any()
    assert not over.all()
    for column in [*SIGNED, "diff"]:
        assert ((table[column] > 0) == over).all(), column
    assert ((table["odds_ratio"] > 1) == over).all()
    assert table["g2_stories"].abs().is_monotonic_decreasing


def test_the_order_of_articles_is_irrelevant():
    tokens, target, story = bursty(8), np.arange(40) % 4 == 0, np.arange(40) // 2
    order = np.random.default_rng(2).permutation(40)
    there = keyness(tokens, target, story)
    again = keyness(made(tokens.counts.toarray()[order]), target[order], story[order])
    pd.testing.assert_frame_equal(again, there)


def test_counts_sum_to_the_tokens_and_terms_left_out_change_no_rate(corpus):
    target, story = corpus.catalogue["outlet"] == corpus.catalogue["outlet"].iloc[0], corpus.catalogue["story"]
    table = keyness(corpus.tokens, target, story)
    words = [corpus.tokens.lengths[side].sum() for side in (target, ~target)]
    assert table[["n_target", "n_reference"]].sum().tolist() == words
    few = keyness(corpus.tokens, target, story, ["The", "lamp"])
    columns = ["n_target", "per_million_target", "g2", "g2_4", "log_ratio", "design_effect"]
    assert sorted(few.index) == ["lamp", "the"]
    pd.testing.assert_frame_equal(few[columns], table.loc[few.index, columns])


def test_every_column_is_explained_to_readers(corpus):
    groups = contrasts(corpus.tokens, corpus.catalogue["outlet"], corpus.catalogue["story"]).reset_index()
    assert {name.removesuffix("_low").removesuffix("_high") for name in groups} - set(CODEBOOK) == set()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any), min_size=4, max_size=12),
    st.integers(2, 10),
)
def test_no_value_is_ever_missing_or_infinite(rows, size):
    size = min(size, len(rows) - 2)
    table = keyness(made(rows), np.arange(len(rows)) < size, np.arange(len(rows)), draws=20)
    assert np.isfinite(table.astype(float).to_numpy()).all()
    assert table["p_adjusted"].between(0, 1, inclusive="right").all()
    assert (table["design_effect"] >= 1).all()


def test_a_corpus_of_one_term_is_a_table_of_one_row():
    table = keyness(made([[3], [4], [5], [6]]), np.arange(4) < 2, np.arange(4))
    assert np.isfinite(table.astype(float).to_numpy()).all()
    assert table["g2"].tolist() == pytest.approx([0])


def test_the_same_seed_gives_the_same_table():
    args = (bursty(9), np.arange(40) < 20, np.arange(40))
    assert keyness(*args, seed=1).equals(keyness(*args, seed=1))


def test_ten_columns_are_shown_unless_all_are_asked_for():
    args = bursty(9), np.arange(40) < 20, np.arange(40)
    assert tables.keyness(*args).columns.tolist() == FIRST
    pd.testing.assert_frame_equal(tables.keyness(*args), keyness(*args)[FIRST])
    group = np.repeat(["a", "b"], 20)
    pd.testing.assert_frame_equal(tables.contrasts(args[0], group, args[2]), contrasts(args[0], group, args[2])[FIRST])


def test_terms_go_in_in_any_case_and_come_out_as_printed(read):
    tokens = read(["the UK’s Moll", "a lamp of Moll", "the lamp", "lamp"])
    table = tables.keyness(tokens, [True, True, False, False], range(4), ["MOLL", "Uk's", "lamp", "unheard"])
    assert sorted(table.index) == ["Moll", "UK’s", "lamp"]


WRONG = {
    "short": ({"target": np.array([True, False])}, r"target needs one entry per article .*: 6, found 2"),
    "words": ({"target": list("aabbcc")}, r"target is True or False for each article, not"),
    "holes": ({"target": pd.Series([True, None] * 3)}, r"target needs an entry for every article; 3 are"),
    "no story": ({"story": np.arange(5)}, r"story needs one entry per article .*: 6, found 5"),
    "few draws": ({"draws": 10}, r"draws must be 20 or more .* got 10"),
}


@pytest.mark.parametrize("case", WRONG)
def test_misuse_is_refused_and_the_fix_is_named(case):
    given_, message = WRONG[case]
    with pytest.raises(ParameterError, match=message):
        keyness(made([[2, 1]] * 6), **({"target": np.arange(6) < 3, "story": np.arange(6)} | given_))


LITTLE = {
    "empty target": {"target": np.zeros(6, bool)},
    "empty reference": {"target": np.ones(6, bool)},
    "one article": {"target": np.arange(6) == 1},
    "one story": {"story": np.array([0, 0, 0, 1, 2, 3])},
    "no terms": {"terms": []},
    "unknown terms": {"terms": ["unheard"]},
    "no words": {"tokens": made([[0, 0]] * 3 + [[2, 1]] * 3)},
    "no articles": {"tokens": made(np.empty((0, 2))), "target": [], "story": []},
}


@pytest.mark.parametrize("case", LITTLE)
def test_too_little_to_compare_gives_no_row_but_every_column(case):
    args = {"tokens": made([[2, 1]] * 6), "target": np.arange(6) < 3, "story": np.arange(6)}
    table = keyness(**(args | LITTLE[case]))
    assert table.empty
    assert table.index.name == "term"
    assert table.dtypes.to_dict() == keyness(**args).dtypes.to_dict()


def test_each_group_has_the_table_of_its_own_keyness_but_for_chance():
    tokens, story = bursty(10, articles=60), np.arange(60) // 2
    group = pd.Series(np.arange(60) % 3).map({0: "owl", 1: "bee", 2: "eel"})
    table = contrasts(tokens, group, story)
    assert table.index.get_level_values("group").unique().tolist() == ["bee", "eel", "owl"]
    for name in ("bee", "eel", "owl"):
        alone = keyness(tokens, group == name, story, draws=200)
        same = [column for column in alone.columns if not column.startswith(("p_", "sure"))]
        pd.testing.assert_frame_equal(table.loc[name][same], alone.loc[table.loc[name].index, same])
        assert (table.loc[name, "p_g2"].loc[alone.index] == alone["p_g2"]).all()
    assert table["p_g2_bonferroni"].tolist() == pytest.approx(np.minimum(table["p_g2"] * len(table), 1).tolist())


def test_a_groups_own_word_is_sure_and_chance_is_corrected_for_all_groups():
    tokens = bursty(11, articles=90, terms=30)
    group = pd.Series(np.repeat(list("abcdef"), 15))
    counts = tokens.counts.toarray()
    counts[:15, 0], counts[15:, 0] = 10, 1
    table = contrasts(made(counts), group, np.arange(90))
    assert table.index[table["sure"]].tolist()[:1] == [("a", "t000")]
    assert (~table.loc["c", "sure"]).sum() >= 29
    quiet = contrasts(bursty(12, articles=90, terms=30), group, np.arange(90))
    alone = keyness(bursty(12, articles=90, terms=30), (group == "a").to_numpy(), np.arange(90))
    assert (quiet.loc["a", "p_adjusted"].loc[alone.index] >= alone["p_adjusted"] - 0.05).all()


def test_articles_without_a_group_are_left_out_and_a_group_of_one_story_is_only_among_the_others():
    tokens, story = bursty(13, articles=30), np.arange(30)
    group = pd.Series(["a"] * 10 + ["b"] * 10 + [None] * 9 + ["c"])
    table = contrasts(tokens, group, story)
    assert table.index.get_level_values("group").unique().tolist() == ["a", "b"]
    here = np.flatnonzero(group.notna())
    assert table.loc["a"][["n_target", "n_reference"]].sum().sum() == tokens.lengths[here].sum()


@pytest.mark.parametrize("group", [["a"] * 6, [None] * 6, ["a", "a", "a", "b", "c", "d"]])
def test_fewer_than_two_groups_have_no_contrasts(group):
    table = contrasts(made([[2, 1]] * 6), pd.Series(group), np.arange(6))
    assert table.empty
    assert table.index.names == ["group", "term"]
    assert table.dtypes.to_dict() == contrasts(made([[2, 1]] * 6), list("aabbcc"), np.arange(6)).dtypes.to_dict()


def test_groups_of_another_corpus_are_refused():
    with pytest.raises(ParameterError, match=r"group needs one entry per article of the tokens: 6, found 2"):
        contrasts(made([[2, 1]] * 6), pd.Series(["a", "b"]), np.arange(6))
