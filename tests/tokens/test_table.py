"""The table of tokens: worked out by hand, counted again by NLTK and scikit-learn, indifferent to order."""

from collections import Counter

import nltk
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from broadsheet import load
from broadsheet.schema import TOKENS
from broadsheet.tokens import fold, sentences, tokenize, words

BODIES = st.lists(st.text("aAé’'. \n5-", max_size=30), max_size=5)


@pytest.fixture(scope="module")
def corpus(golden):
    return load(golden)


def read(bodies, doc_ids=None):
    doc_ids = doc_ids or [f"d{number}" for number in range(len(bodies))]
    rows = [
        (doc_id, number, *span)
        for doc_id, body in zip(doc_ids, bodies, strict=True)
        for number, span in enumerate(sentences(body))
    ]
    table = pd.DataFrame(rows, columns=["doc_id", "sentence", "start", "end", "paragraph"])
    return tokenize(doc_ids, bodies, table)


def test_two_tiny_articles_become_the_table_worked_out_by_hand():
    """`It’s out. OUT!` has two sentences, three words; `Out` and `OUT` and `out` are one term, as are both `it's`."""
    frame = read(["It’s out. OUT!", "", "\n\nIt's Out"], ["a", "none", "b"]).frame()
    assert list(frame.columns) == list(TOKENS)
    assert list(frame.itertuples(index=False, name=None)) == [
        ("a", 0, 0, 4, "it's"),
        ("a", 0, 5, 8, "out"),
        ("a", 1, 10, 13, "out"),
        ("b", 0, 2, 6, "it's"),
        ("b", 0, 7, 10, "out"),
    ]


def test_no_article_is_an_empty_table_of_the_same_kinds():
    none, some = read([]), read(["out"])
    assert (len(none), len(none.vocabulary)) == (0, 0)
    assert none.frame()[["sentence", "start", "end"]].dtypes.equals(some.frame()[["sentence", "start", "end"]].dtypes)
    assert list(none.frame().columns) == list(TOKENS)


def test_the_golden_corpus_uses_its_words_as_counted_by_hand(corpus):
    """`lamp` by article: one in each copy of the storm warning (3), two in the council's vote, one in the dark
    night, one in the keeper's promise, two where it fails and two where it is lit: 11 uses in 8 articles.
    `petrel` sinks in one article and is twice named in the correction. `it's` and `won't` are printed with
    curly marks, `didn't` and `can't` with straight ones. `head` is Marrow Head: three storm warnings, the keeper,
    the failure, the spare bulb, the correction, the lit lamp. `2019` stands once in each storm warning, the letter,
    the failure, the correction and the lit lamp, twice in the council's vote.
    """
    frame = corpus.tokens.frame()
    by_hand = {
        "lamp": (11, 8), "petrel": (3, 2), "head": (8, 8), "it's": (2, 1), "won't": (1, 1), "didn't": (1, 1), "can't": (1, 1),
        "p.m.": (2, 2), "£48,000": (1, 1), "25%": (1, 1), "9:30": (1, 1), "pellow's": (1, 1), "2019": (9, 8),
    }  # fmt: skip
    uses = frame[frame["term"].isin(by_hand)].groupby("term", observed=True)["doc_id"].agg(["size", "nunique"])
    assert dict(zip(uses.index, uses.itertuples(index=False, name=None), strict=True)) == by_hand


def test_an_article_is_counted_word_by_word(corpus):
    """The undated notice, typed out: 15 words, 3 words, 5 words."""
    notice = corpus.articles.set_index("source")["doc_id"]["Coast Wire/notice.txt"]
    frame = corpus.tokens.frame()
    frame = frame[frame["doc_id"] == notice]
    assert [" ".join(terms) for _, terms in frame.groupby("sentence")["term"]] == [
        "the ferry to ostrey sails at 7 a.m. and at 4 p.m. until further notice",
        "bicycles cost nothing",
        "dogs stay on a lead",
    ]


def test_terms_are_counted_as_nltk_counts_the_spans(corpus):
    frame = corpus.tokens.frame()
    counted = nltk.FreqDist(fold(text) for text in corpus.text(frame))
    assert Counter(frame["term"]) == counted
    assert len(corpus.tokens) == counted.N()


def test_a_document_term_matrix_equals_scikit_learns(corpus):
    def terms(body):
        return [fold(body[start:end]) for start, end in words(body)]

    vectorizer = CountVectorizer(tokenizer=terms, token_pattern=None, lowercase=False)
    expected = vectorizer.fit_transform(corpus.articles["body"]).toarray()
    tokens = corpus.tokens
    counts = np.zeros((len(tokens.doc_ids), len(tokens.vocabulary)), dtype=int)
    np.add.at(counts, (tokens.document, tokens.term), 1)
    order = [vectorizer.vocabulary_[term] for term in tokens.vocabulary]
    assert (counts == expected[:, order]).all()


def test_every_token_lies_in_the_sentence_that_it_names(corpus):
    held = corpus.tokens.frame().merge(
        corpus.sentences, on=["doc_id", "sentence"], suffixes=("", "_sentence"), validate="many_to_one"
    )
    assert len(held) == len(corpus.tokens)
    assert (held["start"] >= held["start_sentence"]).all()
    assert (held["end"] <= held["end_sentence"]).all()


@settings(deadline=None, max_examples=50)
@given(BODIES)
def test_counts_sum_to_the_tokens_and_spans_slice_back(bodies):
    tokens = read(bodies)
    frame = tokens.frame()
    assert list(zip(frame["start"], frame["end"], strict=True)) == [span for body in bodies for span in words(body)]
    assert np.bincount(tokens.term, minlength=len(tokens.vocabulary)).sum() == len(tokens)
    for row in frame.itertuples():
        assert fold(bodies[int(row.doc_id[1:])][row.start : row.end]) == row.term
    assert tokens.vocabulary.is_unique


@settings(deadline=None, max_examples=50)
@given(BODIES, st.randoms(use_true_random=False))
def test_the_order_of_the_articles_does_not_change_what_is_counted(bodies, random):
    ids = [f"d{number}" for number in range(len(bodies))]
    order = random.sample(range(len(bodies)), len(bodies))
    as_given = read(bodies, ids).frame()
    shuffled = read([bodies[i] for i in order], [ids[i] for i in order]).frame()
    assert Counter(as_given.itertuples(index=False, name=None)) == Counter(shuffled.itertuples(index=False, name=None))
