"""Words near a word: worked out by hand, and looked for among every pair of tokens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import ParameterError
from broadsheet.schema import TOKENS
from broadsheet.tables import cooccurrences

ENDS = {"sentence": ["doc_id", "sentence"], "article": ["doc_id"]}


def by_brute_force(tokens, term, span, within):
    """Return the rows that stand within `span` tokens of the term, in the same sentence or article."""
    frame = tokens.frame()
    own = list(frame[ENDS[within]].itertuples(index=False, name=None))
    terms = frame["term"].tolist()
    nodes = [row for row, one in enumerate(terms) if one == term]
    near = [
        row
        for row, one in enumerate(terms)
        if one != term and any(abs(row - node) <= span and own[row] == own[node] for node in nodes)
    ]
    return frame.iloc[near].reset_index(drop=True)


def test_near_words_are_those_worked_out_by_hand(read):
    """`old` stands near both lamps and is one row; the second sentence and article lie beyond the window."""
    tokens = read(["The lamp, old lamp oil burned. The oil", "Oil lamp"])
    table = cooccurrences(tokens, "Lamp", span=1)
    assert list(table.columns) == list(TOKENS)
    assert list(table.itertuples(index=False, name=None)) == [
        ("d0", 0, 0, 3, "the"),
        ("d0", 0, 10, 13, "old"),
        ("d0", 0, 19, 22, "oil"),
        ("d1", 0, 0, 3, "oil"),
    ]


def test_a_window_within_the_article_goes_on_after_a_stop_but_not_into_the_next_article(read):
    tokens = read(["The oil burned. Lamp. It is dark", "Dark lamp"])
    assert cooccurrences(tokens, "lamp", 2)["term"].tolist() == ["dark"]
    assert cooccurrences(tokens, "lamp", 2, within="article")["term"].tolist() == ["oil", "burned", "it", "is", "dark"]


@pytest.mark.parametrize("within", ENDS)
def test_what_nobody_uses_has_nothing_near(corpus, read, within):
    for table in (cooccurrences(corpus.tokens, "snow", within=within), cooccurrences(read([]), "snow", within=within)):
        assert table.empty
        assert list(table.columns) == list(TOKENS)


def test_a_span_of_nought_holds_nothing(corpus):
    assert cooccurrences(corpus.tokens, "lamp", span=0).empty


def test_a_window_of_another_kind_is_refused_and_the_kinds_are_named(corpus):
    with pytest.raises(ParameterError, match=r"one sentence or one article, not within 'paragraph'"):
        cooccurrences(corpus.tokens, "lamp", within="paragraph")


@pytest.mark.parametrize("within", ENDS)
@pytest.mark.parametrize("span", [1, 5, 10_000])
@pytest.mark.parametrize("term", ["lamp", "the", "head"])
def test_the_golden_corpus_is_as_brute_force_finds_it(corpus, term, span, within):
    table = cooccurrences(corpus.tokens, term, span, within)
    assert table.equals(by_brute_force(corpus.tokens, term, span, within))
    assert len(table)


def test_a_sentence_long_span_finds_all_other_words_of_the_sentences_that_hold_the_term(corpus):
    frame = corpus.tokens.frame()
    holding = frame[frame["term"] == "lamp"][["doc_id", "sentence"]].drop_duplicates()
    others = frame.merge(holding, on=["doc_id", "sentence"])
    assert len(cooccurrences(corpus.tokens, "lamp", len(corpus.tokens))) == (others["term"] != "lamp").sum()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(st.sampled_from(["a ", "b ", "a. ", "B. ", "c, ", "\n\n"]), max_size=15).map("".join), max_size=3
    ),
    st.integers(0, 6),
    st.sampled_from(list(ENDS)),
)
def test_any_articles_are_as_brute_force_finds_them(read, bodies, span, within):
    tokens = read(bodies)
    for term in ("a", "b"):
        expected = by_brute_force(tokens, term, span, within)
        assert cooccurrences(tokens, term, span, within).equals(expected)
