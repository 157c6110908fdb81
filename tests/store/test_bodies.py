"""Where bodies stand among shards, and what is read when one stands in none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import store
from broadsheet.errors import ResourceError
from broadsheet.store import bodies


def keys_of(texts):
    return store.as_integers([store.key(text.encode()) for text in texts])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(0, 5), max_size=4))
def test_a_body_is_found_where_it_stands(asked, held):
    texts = [str(number) for number in range(6)]
    shelves = [store.Loose(keys=keys_of([texts[number]])) for number in held]
    places = store.find(keys_of([texts[number] for number in asked]), shelves)
    for number, shard, place in zip(asked, places.shard, places.place, strict=True):
        if number in held:
            assert (held[shard], place) == (number, 0)
        else:
            assert (shard, place) == (bodies.NOWHERE, bodies.NOWHERE)


def test_what_stands_nowhere_is_read_once_and_then_found(folder):
    kept, loose, read = store.Collection("words", "1"), [], []
    keys = keys_of(["one", "two", "three"])

    def add(missing):
        read.append(missing.tolist())
        loose.append(store.Loose(keys=keys[missing]))

    loose.append(store.Loose(keys=keys[[1]]))
    for _ in range(2):
        places = store.located(keys, kept, loose, add)
        assert np.array_equal(places.shard >= 0, [True] * 3)
        assert read == [[0, 2]]


def test_a_body_that_never_stands_anywhere_is_an_error_and_no_endless_search(folder):
    with pytest.raises(ResourceError, match="does not stay there"):
        store.located(keys_of(["one"]), store.Collection("words", "1"), [], lambda missing: None)
