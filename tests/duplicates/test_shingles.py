"""Shingles, compared with plain sets of tuples."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import index
from broadsheet.duplicates import rolling_hash, shingles

BODIES = st.lists(
    st.lists(st.sampled_from(["the", "lamp", "Boat", "sank", "é", "."]), max_size=12).map(" ".join), max_size=5
)


def hashed(bodies: list[str], one_in: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return the article and the hash of each shingle of some bodies."""
    words = index.tokens_of(bodies)
    edges = np.append(0, words.lengths.cumsum())
    kept = shingles.shingles(rolling_hash.hash_words(words), edges, one_in)
    return shingles.article_of(kept.word, edges), kept.shingle


def runs(body: str) -> list[tuple[str, ...]]:
    """Return the runs of five words of a body, as plain as can be."""
    terms = [word for word in body.casefold().split() if word != "."]
    return [tuple(terms[place : place + 5]) for place in range(len(terms) - 4)]


@settings(deadline=None, max_examples=100)
@given(BODIES)
def test_equal_runs_have_equal_hashes_and_different_runs_different_ones(bodies):
    document, shingle = hashed(bodies)
    plain = [(number, run) for number, body in enumerate(bodies) for run in runs(body)]
    assert document.tolist() == [number for number, _ in plain]
    known = dict(zip([run for _, run in plain], shingle.tolist(), strict=True))
    assert [known[run] for _, run in plain] == shingle.tolist()
    assert len(set(known.values())) == len(known)


def test_a_run_crosses_the_ends_of_sentences_and_paragraphs_but_not_of_articles():
    assert len(hashed(["One two. Three\n\nfour five."])[1]) == 1
    assert len(hashed(["One two three", "four five six"])[1]) == 0


def test_the_order_of_words_distinguishes_runs():
    _, shingle = hashed(["a b c d e", "e d c b a", "b a c d e"])
    assert len(set(shingle.tolist())) == 3


def test_a_quarter_of_the_runs_is_kept_and_in_each_article_the_same(writer):
    body = writer(1).body(200)
    bodies = [body, body, writer(2).body(10) + " " + body]
    document, shingle = hashed(bodies, shingles.KEPT)
    assert len(shingle) / len(hashed(bodies)[1]) == pytest.approx(1 / shingles.KEPT, abs=0.03)
    first, second, third = (set(shingle[document == number].tolist()) for number in range(3))
    assert first == second < third


def test_shingles_that_touch_a_mark_are_dropped():
    bodies = ["one two three four five six seven eight", "a b c d e f"]
    words = index.tokens_of(bodies)
    edges = np.append(0, words.lengths.cumsum())
    kept = shingles.shingles(rolling_hash.hash_words(words), edges, 1)
    marks = pd.DataFrame({"article": [0, 1], "first": [7, 0], "after": [8, 1]})
    document, shingle = shingles.outside(kept, marks)
    assert document.tolist() == [0, 0, 0, 1]
    assert shingle.tolist() == kept.shingle[[0, 1, 2, 5]].tolist()
    nothing = shingles.outside(kept, marks.iloc[:0])
    assert nothing[0].tolist() == [0, 0, 0, 0, 1, 1]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.integers(0, 2**40 - 1) | st.integers(0, 9), max_size=20), max_size=12), st.integers(1, 4))
def test_postings_name_each_article_once_per_shared_shingle_in_order(articles, lots):
    """The low bits of a hash are given up for the article's number."""
    document = np.repeat(np.arange(len(articles)), [len(held) for held in articles])
    shingle = np.array([hashed << 24 for held in articles for hashed in held], dtype=np.uint64)
    some = [(document[document % lots == lot], shingle[document % lots == lot]) for lot in range(lots)]
    held = shingles.postings(some, len(articles))
    pairs = sorted({(hashed, article) for article, of in enumerate(articles) for hashed in of})
    groups = [list(group) for _, group in itertools.groupby(pairs, key=lambda pair: pair[0])]
    shared = [[article for _, article in group] for group in groups if len(group) > 1]
    assert held.document.tolist() == list(itertools.chain(*shared))
    assert np.diff(held.starts).tolist() == [len(group) for group in shared]
    assert held.count.tolist() == [len(set(of)) for of in articles]
