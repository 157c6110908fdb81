"""The arrays of a shard are the same whether made from one pass or from other shards."""

import itertools
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import store
from broadsheet.index import shard_arrays
from broadsheet.text import fold, words
from broadsheet.text.batch import Batch
from broadsheet.text.passes import by_reference
from broadsheet.text.sentences import KNOWN

BODIES = ["It rained. It froze.", "", "The lamp" + "—" * 200 + "lamp", "“it. It” " + "a" * 300, "..."]


def shard(bodies):
    """Return the arrays of some bodies as one pass makes them."""
    texts = [body.encode() for body in bodies]
    return store.Loose(shard_arrays.of_pass(by_reference(Batch.of(texts)), [store.key(text) for text in texts]))


def assert_the_same(found, expected):
    """Assert that two shards say the same; words they may number otherwise."""
    assert found.keys() == expected.keys()
    for name in found.keys() - {"word", "term", "lengths", "printed"}:
        np.testing.assert_array_equal(found[name], expected[name], err_msg=name)
        assert found[name].dtype == expected[name].dtype, name
    for name in ("term", "lengths"):
        np.testing.assert_array_equal(found[name][found["word"]], expected[name][expected["word"]], err_msg=name)
    forms = [shard_arrays.printed_words_of(one).take(pa.array(one["word"])) for one in (found, expected)]
    assert forms[0].equals(forms[1])


def postings(made):
    """Return how often each body uses each term, read from the postings."""
    terms, edges = shard_arrays.terms_of(made).to_pylist(), made["posting_starts"]
    return {
        (int(made["posting_articles"][at]), term): int(made["posting_counts"][at])
        for number, term in enumerate(terms)
        for at in range(edges[number], edges[number + 1])
    }


@pytest.mark.parametrize("bodies", [BODIES, BODIES[1:2], ["It", "it", "IT it"]], ids=len)
def test_postings_count_the_uses_of_each_term_in_each_body(bodies):
    made = shard(bodies)
    expected = Counter((i, fold(body[start:end])) for i, body in enumerate(bodies) for start, end in words(body))
    assert postings(made) == expected
    assert shard_arrays.terms_of(made).to_pylist() == sorted({term for _, term in expected} | set(map(fold, KNOWN)))
    for first, last in itertools.pairwise(made["posting_starts"]):
        assert (np.diff(made["posting_articles"][first:last].astype(int)) > 0).all()


def test_merged_shards_equal_one_pass_over_all_bodies():
    assert_the_same(shard_arrays.merged([shard([body]) for body in BODIES]), shard(BODIES))
    assert_the_same(shard_arrays.merged([shard(BODIES[:2]), shard(BODIES[2:])]), shard(BODIES))
    assert_the_same(shard_arrays.merged([shard(BODIES)]), shard(BODIES))


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_merged_shards_equal_one_pass(texts, data):
    bodies = data.draw(st.lists(texts, min_size=1, max_size=5))
    cut = data.draw(st.integers(0, len(bodies) - 1))
    parts = [part for part in (bodies[:cut], bodies[cut:]) if part]
    assert_the_same(shard_arrays.merged([shard(part) for part in parts]), shard(bodies))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.text("aé𐐨b", max_size=3), unique=True).map(sorted), min_size=1, max_size=4))
def test_a_union_contains_each_term_once_in_order_and_maps_the_numbers(several):
    union, numbers = shard_arrays.union([pa.array(terms, pa.large_string()) for terms in several])
    assert union.to_pylist() == sorted({term for terms in several for term in terms})
    assert [union.take(pa.array(one)).to_pylist() for one in numbers] == several
