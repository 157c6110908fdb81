"""Collocates: counted by hand, and measured by NLTK."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.collocations import BigramAssocMeasures
from scipy import stats

from broadsheet.errors import ParameterError
from broadsheet.tables import association, collocations, cooccurrences
from broadsheet.tables.collocations import COLUMNS

MEASURES = ["expected", "pmi", "mi3", "log_dice", "g2", "t"]


def by_nltk(n, near, n_term, total):
    """NLTK's measures of one table; it has no MI3 with a logarithm, and no sign."""
    cells, expected = (n, (near, n_term), total), near * n_term / total
    return [
        expected,
        BigramAssocMeasures.pmi(*cells),
        np.log2(BigramAssocMeasures.mi_like(*cells, power=3) * total),
        14 + np.log2(BigramAssocMeasures.dice(*cells)),
        BigramAssocMeasures.likelihood_ratio(*cells) * (-1 if n < expected else 1),
        BigramAssocMeasures.student_t(*cells),
    ]


def of(tokens, *rest, stories=None, **more):
    return collocations(tokens, *rest, story=pd.Series(stories or range(len(tokens.doc_ids))), **more)


def test_counts_are_those_worked_out_by_hand(read):
    """Of 10 tokens 3 are lamps; 5 of the other 7 stand next to one, `old` between two but once; `oil` 2 times of 3."""
    tokens = read(["The lamp, old lamp oil burned. The oil", "Oil lamp"])
    table = of(tokens, "Lamp", span=1, fewest=1, stories=["s", "s"])
    assert table.columns.tolist() == list(COLUMNS)
    assert table[["n", "n_term", "articles", "stories"]].T.to_dict("list") == {
        "old": [1, 1, 1, 1],
        "oil": [2, 3, 2, 1],
        "the": [1, 2, 1, 1],
    }
    assert table.loc["oil", "expected"] == pytest.approx(4 * 3 / 7)


@pytest.mark.parametrize("within", ["sentence", "article"])
@pytest.mark.parametrize("node", ["lamp", "the", "head"])
def test_measures_are_nltks(corpus, node, within):
    tokens, story = corpus.tokens, corpus.catalogue["story"]
    table = collocations(tokens, node, story, span=4, within=within, fewest=1)
    near = cooccurrences(tokens, node, 4, within)
    total = len(tokens) - tokens.uses(node).sum()
    held = near.assign(story=near["doc_id"].astype("str").map(dict(zip(tokens.doc_ids, story, strict=True))))
    by_term = held.groupby("term", observed=True)
    assert table["n"].sum() == len(near)
    for term, row in table.iterrows():
        assert row["n"] == by_term.size()[term]
        assert row["articles"] == by_term["doc_id"].nunique()[term]
        assert row["stories"] == by_term["story"].nunique()[term]
        expected = by_nltk(row["n"], len(near), tokens.uses(term).sum(), total)
        assert row[MEASURES].tolist() == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert table["g2"].is_monotonic_decreasing


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 50), st.integers(0, 500), st.integers(0, 500), st.integers(1, 10_000))
def test_association_is_nltks_and_scipys(both, first, second, neither):
    cells = np.array([[both, first], [second, neither]])
    found = association(both, both + first, both + second, cells.sum())
    expected = by_nltk(both, both + first, both + second, cells.sum())
    assert [float(found[name]) for name in MEASURES] == pytest.approx(expected, rel=1e-9, abs=1e-7)
    if first and second:
        theirs = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
        assert abs(found["g2"]) == pytest.approx(theirs, rel=1e-9, abs=1e-9)


def test_a_word_that_shuns_the_node_has_negative_measures(read):
    table = of(read(["lamp oil", "eel oil oil oil oil oil eel", "lamp eel"]), "lamp", fewest=1)
    assert table.loc["oil", ["pmi", "g2", "t"]].lt(0).all()


def test_rare_and_skipped_words_have_no_row_but_count_as_words(read):
    tokens = read(["the lamp oil", "the lamp oil", "the lamp eel"])
    every = of(tokens, "lamp", fewest=1)
    some = of(tokens, "lamp", fewest=2, skip=frozenset(["the"]))
    assert some.index.tolist() == ["oil"]
    pd.testing.assert_frame_equal(some, every.loc[["oil"]])


def test_order_of_articles_does_not_matter(read):
    bodies = ["lamp oil burned", "oil lamp", "eel lamp oil. The lamp", "the eel"]
    table = of(read(bodies), "lamp", fewest=1, stories=["a", "b", "c", "a"])
    again = of(read(bodies[::-1]), "lamp", fewest=1, stories=["a", "c", "b", "a"])
    pd.testing.assert_frame_equal(again, table)


def test_what_nobody_uses_has_no_collocates(corpus, read):
    for tokens in (corpus.tokens, read([]), read(["lamp"])):
        table = of(tokens, "snow" if len(tokens) != 1 else "lamp")
        assert table.empty
        assert table.columns.tolist() == list(COLUMNS)
        assert table.index.name == "term"


def test_a_phrase_is_refused(corpus):
    with pytest.raises(ParameterError, match="near one word"):
        of(corpus.tokens, "the lamp")
