"""Articles as sets of hashed runs of five words, held against plain sets of tuples."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import store
from broadsheet.duplicates import shingles
from broadsheet.tokens import Tokens, collection, places

BODIES = st.lists(
    st.lists(st.sampled_from(["the", "lamp", "Boat", "sank", "é", "."]), max_size=12).map(" ".join), max_size=5
)


def words(bodies: list[str]) -> Tokens:
    keys = store.as_integers([store.key(body.encode()) for body in bodies])
    doc_ids = [f"d{number}" for number in range(len(bodies))]
    return Tokens(doc_ids, lambda: places(keys, collection(), [], bodies.__getitem__))


def runs(body: str) -> list[tuple[str, ...]]:
    """Return the runs of five words of a body, as plain as can be."""
    terms = [word for word in body.casefold().split() if word != "."]
    return [tuple(terms[place : place + 5]) for place in range(len(terms) - 4)]


@settings(deadline=None, max_examples=100)
@given(BODIES)
def test_equal_runs_have_equal_hashes_and_others_have_not(bodies):
    document, shingle = shingles.of(words(bodies))
    plain = [(number, run) for number, body in enumerate(bodies) for run in runs(body)]
    assert document.tolist() == [number for number, _ in plain]
    known = dict(zip([run for _, run in plain], shingle.tolist(), strict=True))
    assert [known[run] for _, run in plain] == shingle.tolist()
    assert len(set(known.values())) == len(known)


def test_a_run_goes_over_the_ends_of_sentences_and_paragraphs_but_not_of_articles():
    assert len(shingles.of(words(["One two. Three\n\nfour five."]))[1]) == 1
    assert len(shingles.of(words(["One two three", "four five six"]))[1]) == 0


def test_the_order_of_words_tells_runs_apart():
    _, shingle = shingles.of(words(["a b c d e", "e d c b a", "b a c d e"]))
    assert len(set(shingle.tolist())) == 3


def test_a_quarter_of_the_runs_is_kept_and_in_each_article_the_same(writer):
    body = writer(1).body(200)
    document, shingle = shingles.of(words([body, body, writer(2).body(10) + " " + body]))
    kept = shingles.kept(shingle)
    assert kept.mean() == pytest.approx(1 / shingles.KEPT, abs=0.03)
    first, second, third = (set(shingle[kept & (document == number)].tolist()) for number in range(3))
    assert first == second < third


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2**40 - 1)), max_size=20), max_size=3))
def test_postings_hold_each_article_once_per_shingle_in_order(lots):
    """The low bits of a hash are given up for the article's number."""
    given_lots = [
        (
            np.array([article for article, _ in lot], dtype=np.int64),
            np.array([hashed << 24 for _, hashed in lot], dtype=np.uint64),
        )
        for lot in lots
    ]
    held = shingles.postings(given_lots)
    pairs = sorted({(hashed, article) for lot in lots for article, hashed in lot})
    assert held.document.tolist() == [article for _, article in pairs]
    by_shingle = [len(list(group)) for _, group in itertools.groupby(pairs, key=lambda pair: pair[0])]
    assert np.diff(held.starts).tolist() == by_shingle
