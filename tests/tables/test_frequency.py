"""Frequencies, where terms are used, parts of web addresses, and how evenly terms are spread."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from broadsheet.tables import content_terms, dispersion, frequency, lines, rates, url_terms, uses


def test_frequencies_are_those_worked_out_by_hand(typed):
    """`eel` 3 times in two articles of one story and one of another, `Moll` twice, `oil` once; `the` is no content term."""
    bodies = ["The eel saw Moll. The eel slept", "Moll met the eel", "Oil", ""]
    table = frequency(typed(bodies, stories=[0, 0, 1, 2]))
    assert table.index.name == "term"
    assert table[["n", "articles", "stories"]].T.to_dict("list") == {"eel": [3, 2, 1], "Moll": [2, 2, 1]}
    assert table["per_million"].tolist() == [3 / 12 * 1e6, 2 / 12 * 1e6]
    assert table["tf_idf"].tolist() == [3 * np.log(4 / 2), 2 * np.log(4 / 2)]
    assert table[["per_million_low", "per_million_high"]].isna().all(axis=None)  # two stories with words


def test_rates_of_terms_are_those_of_the_one_rate(corpus):
    table, tokens = frequency(corpus), corpus.tokens
    columns = ["per_million", "per_million_low", "per_million_high"]
    assert table["n"].min() == 2
    for term, row in table.iterrows():
        one = rates(
            tokens.uses(term), tokens.lengths, ["x"] * len(corpus), corpus.catalogue["story"], "per_million", 1e6
        )
        assert row[columns].tolist() == pytest.approx(one.loc["x", columns].tolist(), rel=1e-9, nan_ok=True)


def test_terms_are_left_out_in_any_case_with_their_genitive(typed):
    corpus = typed(["Moll's gate. MOLL went to Gate 7 of the U.S. at www.gate.example; 12 gates"])
    assert content_terms(corpus).tolist() == ["gate", "gates", "moll", "moll's", "u.s.", "went"]
    assert content_terms(corpus, ["MOLL", "Gates"]).tolist() == ["gate", "u.s.", "went"]


def test_without_articles_or_content_the_table_is_empty(typed):
    full = frequency(typed(["eel eel"]))
    for corpus in (typed([]), typed(["", "the of"]), typed(["eel"])):
        pd.testing.assert_series_equal(frequency(corpus).dtypes, full.dtypes)
        assert frequency(corpus).empty
        assert frequency(corpus).index.name == "term"


def test_each_use_of_each_term_is_a_line_term_by_term_as_given(read):
    found = lines(read(["It rained. Rain fell.", "Rain it is."]), ["rain", "IT", "Rain fell", "rain"])
    assert found.astype({"doc_id": "str"}).to_numpy().tolist() == [
        ["rain", "d0", 11, 15],
        ["rain", "d1", 0, 4],
        ["IT", "d0", 0, 2],
        ["IT", "d1", 5, 7],
        ["Rain fell", "d0", 11, 20],
    ]


@pytest.mark.parametrize("terms", [[], ["snow"]])
def test_no_term_and_an_unused_one_have_no_line_but_the_columns(read, terms):
    found = lines(read(["It rained."]), terms)
    assert found.columns.tolist() == ["term", "doc_id", "start", "end"]
    assert found.empty


def test_marks_between_words_are_found_as_written(news):
    corpus = news({"a.txt": "date 2019-02-05\nR&D grew; r&d and R & D. R and D; oil and/or eel."})
    found = lines(corpus, ["R&D", "and/or"])
    assert corpus.text(found).tolist() == ["R&D", "r&d", "and/or"]
    assert uses(corpus.tokens, found)[0].sum(axis=0).A1.tolist() == [2, 1]


def test_uses_are_counted_by_article_in_the_order_given_and_unused_terms_have_no_column(read):
    tokens = read(["The harbour, the ferry and the lamp", "harbours", "ferry ferry"])
    matrix, terms = uses(tokens, ["THE ferry", "harbor", "ferry", "The", "FERRY"])
    assert terms.tolist() == ["the ferry", "ferry", "the"]
    assert matrix.toarray().tolist() == [[1, 1, 3], [0, 0, 0], [0, 2, 0]]
    for given_, size in ((None, 6), ([], 0), (["snow"], 0)):
        matrix, terms = uses(tokens, given_)
        assert matrix.shape == (3, size) == (3, len(terms))


def in_addresses(corpus):
    return url_terms(corpus)[["n", "n_address"]].to_dict("index")


def test_parts_of_addresses_are_no_words(news):
    """`co` stands twice in an address and once for a company; `ferry` once in an address and twice elsewhere."""
    text = "Ferry & Co. sails. See https://t.co/ab1 or (https://t.co/zz9). The ferry: www.ferry.example\npic.twitter.com/q7"
    found = in_addresses(news({"a.txt": f"date 2019-02-05\n{text}"}))
    assert found["https"] == {"n": 2, "n_address": 2}
    assert found["co"] == {"n": 3, "n_address": 2}
    assert {"pic", "twitter", "com", "www", "t"} <= set(found)
    assert not {"ferry", "sails", "see"} & set(found)


@pytest.mark.parametrize(
    ("text", "part"), [("See WWW.GATE.EXAMPLE now", "www"), ("At Gate.Com.", "com"), ("gate.comedy,gate.com", "com")]
)
def test_case_does_not_matter_nor_what_stands_before(news, text, part):
    assert part in map(str.lower, in_addresses(news({"a.txt": f"date 2019-02-05\n{text}"})))


@pytest.mark.parametrize(
    "text", ["Awww. The gate went.", "A company.commerce grew.", "He said U.S./Mexico and w/o.", "No address.", "com"]
)
def test_what_is_no_address_stays(news, text):
    assert in_addresses(news({"a.txt": f"date 2019-02-05\n{text}"})) == {}


def test_a_bare_host_is_an_address(news):
    assert set(in_addresses(news({"a.txt": "date 2019-02-05\nMail to desk@gate.org, she said."}))) == {
        "desk",
        "@gate",
        "org",
    }


def test_marked_passages_count_neither_way(news):
    corpus = news({"a.txt": "date 2019-02-05\nThe gate stuck.\n\nRead more: https://gate.example"})
    assert set(in_addresses(corpus)) == {"https", "example"}
    assert in_addresses(corpus.counted()) == {}


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
        assert dispersion(tokens, part).empty
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
    pd.testing.assert_frame_equal(dispersion(tokens, tokens.doc_ids), dispersion(tokens, range(5)))


def test_too_little_to_compare_gives_no_row(read):
    tokens, columns = read(["lamp eel", "lamp", ""]), dispersion(read(GRIES), range(5)).columns
    assert dispersion(tokens, ["x", "y", "y"], ["eel", "snow"]).index.tolist() == ["eel"]
    for part, terms in ((["x", "x", "x"], None), (["x", None, "y"], None), (range(3), []), (range(3), ["snow"])):
        table = dispersion(tokens, part, terms)
        assert table.empty
        assert table.columns.tolist() == columns.tolist()
    assert dispersion(read([]), []).index.name == "term"


def test_the_golden_corpus_is_as_the_formulas_have_it(corpus):
    tokens, story = corpus.tokens, corpus.catalogue["story"]
    counts = pd.DataFrame(tokens.counts.toarray(), columns=tokens.vocabulary).groupby(story.to_numpy()).sum()
    words = counts.sum(axis=1)
    counts = counts[words > 0]
    table = dispersion(tokens, story, ["lamp", "the", "head"])
    for term, row in table.iterrows():
        assert row[MEASURES].tolist() == pytest.approx(by_formula(counts[term.lower()], words[words > 0]), abs=1e-9)
