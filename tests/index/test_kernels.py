"""The loops over tokens: compiled and plain, they agree with brute force."""

import importlib.util
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.index import kernels, shard_arrays

MANY = kernels.ENOUGH + 1


def both(kernel, *arguments):
    """Return what a kernel gives, compiled and plain, having asserted that they agree."""
    compiled, plain = kernels.quick(kernel, MANY)(*arguments), kernel(*arguments)
    np.testing.assert_equal(compiled, plain)
    return plain


def test_few_steps_are_taken_in_plain_python_and_many_compiled(monkeypatch):
    assert kernels.quick(kernels.postings, kernels.FEW) is kernels.postings
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    assert kernels.quick(kernels.postings, kernels.ENOUGH) is kernels.postings
    monkeypatch.undo()
    assert kernels.quick(kernels.postings, MANY).py_func is kernels.postings


def test_without_numba_every_step_is_taken_in_plain_python(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert kernels.quick(len, MANY) is len
    assert kernels.quick(repr, MANY, str) is str


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.integers(0, 5), max_size=8), max_size=6))
def test_postings_are_those_that_a_counter_counts(articles):
    term = np.array([2, 0, 1, 1, 3, 0], dtype=np.int32)  # of each word; the last term is never used
    word = np.array([one for article in articles for one in article], dtype=np.uint32)
    tokens = np.cumsum([0, *map(len, articles)])
    starts, places, uses = both(kernels.postings, word, tokens, term, 5)
    expected = Counter((int(term[one]), place) for place, article in enumerate(articles) for one in article)
    number = np.repeat(np.arange(5), np.diff(starts))
    found = list(zip(number.tolist(), places.tolist(), strict=True))
    assert found == sorted(expected)
    assert uses.tolist() == [expected[one] for one in found]
    np.testing.assert_equal(shard_arrays._postings(word, tokens, term, 5), (starts, places, uses))


@pytest.fixture(scope="module")
def lengths():
    return np.array([1, 3, 2, 12], dtype=np.uint8)


GAPS = st.integers(0, 3) | st.sampled_from([125, 126, 127, 128, 5000])
ARTICLES = st.lists(st.lists(st.tuples(st.integers(0, 3), GAPS, st.booleans()), max_size=8), max_size=6)


@settings(deadline=None, max_examples=100)
@given(ARTICLES, st.lists(st.booleans(), min_size=4, max_size=4), st.data())
def test_hits_are_where_sums_of_gaps_and_lengths_put_them(lengths, articles, wanted, data):
    tokens = [token for article in articles for token in article]
    word = np.array([w for w, *_ in tokens], dtype=np.uint32)
    gap = np.array([min(g, 127) | (128 if f else 0) for _, g, f in tokens], dtype=np.uint8)
    far = np.array([(i, g) for i, (_, g, _) in enumerate(tokens) if g >= 127], dtype=np.int64).reshape(-1, 2)
    edges = np.cumsum([0, *map(len, articles)])
    places = np.array(data.draw(st.lists(st.sampled_from(range(len(articles))))) if articles else [], dtype=np.int64)
    expected = []
    for row, place in enumerate(places):
        at = 0
        for number, (w, g, _) in enumerate(articles[place]):
            start, at = at + g, at + g + int(lengths[w])
            expected += [(row, int(edges[place]) + number, start, at)] if wanted[w] else []
    size = sum(len(articles[place]) for place in places)
    found = both(kernels.hits, word, gap, far, lengths, edges, places, np.array(wanted), size)
    assert list(map(tuple, found.T.tolist())) == expected
