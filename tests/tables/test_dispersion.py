"""Dispersion: the worked example of its source, a plain loop, and what must hold of any corpus."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from broadsheet.errors import CorpusError, ParameterError
from broadsheet.tables import dispersion
from broadsheet.tables.dispersion import COLUMNS

GRIES = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]


def by_formula(uses, words):
    """Range, DP, DPnorm and D of one term, part by part."""
    total, every, parts = sum(uses), sum(words), len(words)
    dp = sum(abs(n / total - size / every) for n, size in zip(uses, words, strict=True)) / 2
    rates = [n / size for n, size in zip(uses, words, strict=True)]
    variation = np.std(rates) / np.mean(rates)
    expected = sum(1 - (1 - size / every) ** total for size in words)
    d = 1 - variation / (parts - 1) ** 0.5
    return [total, sum(n > 0 for n in uses), expected, dp, dp / (1 - min(words) / every), d]


MEASURES = ["n", "range", "range_expected", "dp", "dp_norm", "juilland_d"]


def test_the_example_of_gries_comes_out_as_printed(read):
    """Gries (2008): `a` is used 1, 2, 3, 4, 5 times in parts of 9, 10, 10, 10, 11 words: DP .18, DPnorm .22, D .785."""
    row = dispersion(read(GRIES), pd.Series(range(5)), ["A"]).loc["a"]
    assert row[["n", "range", "range_share"]].tolist() == [15, 5, 1]
    assert row["dp"] == pytest.approx(0.18, abs=1e-9)
    assert row["dp_norm"] == pytest.approx(0.18 / 0.82, abs=1e-9)
    assert row["juilland_d"] == pytest.approx(0.785, abs=5e-4)


def test_an_even_word_is_near_nought_and_a_word_of_one_part_near_one(read):
    table = dispersion(read(["aal bee"] * 9 + ["eel bee"]), pd.Series(range(10)))
    assert table.loc["bee", ["dp", "dp_norm", "juilland_d"]].tolist() == pytest.approx([0, 0, 1], abs=1e-12)
    assert table.loc["eel", ["dp", "dp_norm", "juilland_d"]].tolist() == pytest.approx([0.9, 1, 0], abs=1e-12)
    assert table.loc["eel", ["range", "range_share", "range_expected"]].tolist() == pytest.approx([1, 0.1, 1])


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(["a", "b", "c"]), max_size=12).map(" ".join), min_size=2, max_size=7),
    st.lists(st.sampled_from("xyz"), min_size=7, max_size=7),
)
def test_any_corpus_is_as_the_formulas_have_it(read, bodies, parts):
    tokens, part = read(bodies), pd.Series(parts[: len(bodies)])
    grouped = {name: " ".join(bodies[i] for i in np.flatnonzero(part == name)).split() for name in part.unique()}
    texts = [words for words in grouped.values() if words]
    if len(texts) < 2:
        assume(texts)
        with pytest.raises(CorpusError):
            dispersion(tokens, part)
        return
    table = dispersion(tokens, part)
    assert table["n"].sum() == len(tokens)
    assert table[["range_share", "dp", "dp_norm", "juilland_d"]].stack().between(0, 1).all()
    for term, row in table.iterrows():
        expected = by_formula([words.count(term) for words in texts], [len(words) for words in texts])
        assert row[MEASURES].tolist() == pytest.approx(expected, abs=1e-9)
    shuffled = np.random.default_rng(len(bodies)).permutation(len(bodies))
    again = dispersion(read([bodies[i] for i in shuffled]), part.iloc[shuffled].reset_index(drop=True))
    pd.testing.assert_frame_equal(again, table, rtol=1e-12, check_index_type=False)


def test_expected_range_is_that_of_a_binomial_draw(read):
    table = dispersion(read(GRIES), pd.Series(range(5)), ["a"])
    chance = sum(stats.binom.sf(0, 15, size / 50) for size in (9, 10, 10, 10, 11))
    assert table["range_expected"].tolist() == pytest.approx([chance], abs=1e-9)


def test_phrases_and_terms_keep_the_order_given_and_each_is_one_row(read):
    table = dispersion(
        read(["the old lamp", "old lamp oil", "lamp"]), pd.Series(range(3)), ["lamp", "Old  Lamp", "the", "LAMP"]
    )
    assert table.index.tolist() == ["lamp", "old lamp", "the"]
    assert table["n"].tolist() == [3, 2, 1]
    assert table["range"].tolist() == [3, 2, 1]


def test_articles_of_no_part_are_left_out(read):
    table = dispersion(read(["lamp eel", "lamp", "lamp owl", "eel"]), pd.Series(["x", "y", None, "y"]))
    assert table["n"].to_dict() == {"eel": 2, "lamp": 2}


def test_articles_may_be_the_parts(read):
    tokens = read(GRIES)
    pd.testing.assert_frame_equal(dispersion(tokens, tokens.doc_ids), dispersion(tokens, pd.Series(range(5))))


def test_one_part_has_no_dispersion_and_an_unknown_term_is_met_with_near_ones(read):
    tokens = read(["the harbour", "the ferry", ""])
    for part in (["x", "x", "x"], ["x", None, "y"]):
        with pytest.raises(CorpusError, match="two parts or more"):
            dispersion(tokens, pd.Series(part))
    with pytest.raises(ParameterError, match=r"No article uses 'harbor', .* Did you mean harbour\?"):
        dispersion(tokens, pd.Series(range(3)), ["ferry", "harbor"])
    with pytest.raises(ParameterError, match="Leave it out"):
        dispersion(tokens, pd.Series(range(3)), ["zzz"])


def test_no_term_and_no_article_give_an_empty_table(read):
    for table in (
        dispersion(read(["lamp", "eel"]), pd.Series(range(2)), []),
        dispersion(read([]), pd.Series([], dtype="str")),
    ):
        assert table.empty
        assert table.columns.tolist() == list(COLUMNS)
        assert table.index.name == "term"


def test_the_golden_corpus_is_as_the_formulas_have_it(corpus):
    tokens, story = corpus.tokens, corpus.catalogue["story"]
    counts = pd.DataFrame(tokens.counts.toarray(), columns=tokens.vocabulary).groupby(story.to_numpy()).sum()
    words = counts.sum(axis=1)
    counts = counts[words > 0]
    table = dispersion(tokens, story, ["lamp", "the", "head"])
    for term, row in table.iterrows():
        assert row[MEASURES].tolist() == pytest.approx(by_formula(counts[term], words[words > 0]), abs=1e-9)
