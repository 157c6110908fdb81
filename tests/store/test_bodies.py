"""Rows kept once per body: read when they are missing, found in any shard, right whatever befalls the store."""

import warnings

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet import store
from broadsheet.errors import ResourceError
from broadsheet.store import bodies

NEWS = ["one two", "", "three", "four five six", "seven"]
WORDS = st.lists(st.sampled_from(["a", "bb", "ccc"]), max_size=3).map(" ".join)


@pytest.fixture(autouse=True)
def own(folder):
    """Give each test an empty store."""


def keys_of(texts):
    return store.as_integers([store.key(text.encode()) for text in texts])


def words(body):
    """Return one row per word: its length, and its first letter's code."""
    return {
        "length": np.array([len(word) for word in body.split()], dtype=np.int32),
        "letter": np.array([ord(word[0]) for word in body.split()], dtype=np.uint64),
    }


class Reader:
    """Rows of texts, with a list of the bodies that were read and of how often all were handed out."""

    def __init__(self, read=words):
        self.read, self.handed = [], 0
        self.collection = store.Collection("words", "1")
        self.rows = store.Rows(self.collection, lambda body: self.read.append(body) or read(body))

    def of(self, texts):
        def give(have):
            self.handed += 1
            for text in texts:
                have(text)

        number, columns = self.rows.of(keys_of(texts), give)
        return list(zip(number.tolist(), *(column.tolist() for column in columns.values()), strict=True))


def truth(texts):
    return [(number, len(word), ord(word[0])) for number, text in enumerate(texts) for word in text.split()]


def shards():
    return sorted(store.Collection("words", "1").folder.glob("*.shard"))


def test_a_body_is_read_once_and_found_ever_after():
    first, again, more = Reader(), Reader(), Reader()
    assert first.of(NEWS) == again.of(NEWS) == truth(NEWS)
    assert more.of(["new", *NEWS]) == truth(["new", *NEWS])
    assert (first.read, again.read, more.read) == (NEWS, [], ["new"])
    assert (first.handed, again.handed, more.handed) == (1, 0, 1)


def test_equal_bodies_are_read_once_and_each_has_its_rows():
    reader = Reader()
    assert reader.of(["a b", "c", "a b"]) == truth(["a b", "c", "a b"])
    assert reader.read == ["a b", "c"]


def test_rows_keep_their_columns_and_kinds():
    _, columns = Reader().rows.of(keys_of(["a"]), lambda have: have("a"))
    assert {name: column.dtype for name, column in columns.items()} == {"length": np.int32, "letter": np.uint64}


def test_another_version_is_another_table():
    Reader().of(NEWS)
    newer = store.Rows(store.Collection("words", "2"), lambda body: {"size": np.array([len(body)])})
    number, columns = newer.of(keys_of(NEWS), lambda have: [have(text) for text in NEWS])
    assert (number.tolist(), columns["size"].tolist()) == ([0, 1, 2, 3, 4], [7, 0, 5, 13, 5])


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(WORDS, max_size=5), min_size=1, max_size=6), st.sampled_from([1, 2, 100]))
def test_rows_come_in_the_order_of_the_bodies_from_any_shards(tmp_path_factory, lots, at_once):
    """Lot after lot is kept, in shards of one or more bodies that are joined or not; each may hold what others hold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROADSHEET_STORE", str(tmp_path_factory.mktemp("any")))
        patch.setattr(bodies, "AT_ONCE", at_once)
        patch.setattr(bodies, "MANY", 3)
        for lot in lots:
            assert Reader().of(lot) == truth(lot)
        every = [text for lot in lots for text in lot][::-1]
        last = Reader()
        assert last.of(every) == truth(every)
        assert last.read == []


def test_no_body_has_no_row_and_leaves_no_shard():
    reader = Reader()
    assert (reader.of([]), reader.handed, shards()) == ([], 0, [])


def test_bodies_without_rows_are_not_read_again():
    assert Reader().of(["", " "]) == []
    again = Reader()
    assert (again.of([" ", ""]), again.read) == ([], [])
    assert Reader().of(["", "a", " "]) == [(1, 1, ord("a"))]


def test_a_shard_that_was_removed_is_made_anew():
    Reader().of(NEWS[:2])
    Reader().of(NEWS)
    one, _ = shards()
    one.unlink()
    again = Reader()
    assert again.of(NEWS) == truth(NEWS)
    assert 0 < len(again.read) < len(NEWS)


@pytest.mark.parametrize("name", ["keys", "edges", "length", "letter", None])
def test_a_damaged_shard_is_said_and_its_bodies_are_read_again(flip, name):
    """None: the header."""
    Reader().of(["kept apart"])
    Reader().of(["kept apart", *NEWS])
    (path,) = [path for path in shards() if len(store.Shard(path)["keys"]) == len(NEWS)]
    flip(path, 20 if name is None else store.Shard(path)._arrays[name][2])
    again = Reader()
    with pytest.warns(store.StoreWarning, match="is damaged"):
        assert again.of(["kept apart", *NEWS]) == truth(["kept apart", *NEWS])
    assert again.read == NEWS
    assert Reader().of(NEWS) == truth(NEWS)


def test_a_store_that_cannot_be_written_is_said_and_rows_are_kept_in_memory(folder):
    folder.write_text("a file stands where the folder should")
    reader = Reader()
    with pytest.warns(store.StoreWarning, match="kept in memory, for this process alone") as said:
        assert reader.of(NEWS) == truth(NEWS)
    assert len(said) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert reader.of(NEWS[::-1]) == truth(NEWS[::-1])
    assert reader.read == NEWS


def test_the_disk_may_be_full_at_any_step_of_writing(folder, full_at, monkeypatch, tmp_path):
    """What was answered is right, and what is left in the store too."""
    monkeypatch.setattr(bodies, "AT_ONCE", 2)
    monkeypatch.setattr(bodies, "MANY", 2)
    for number in range(1000):
        monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / str(number)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", store.StoreWarning)
            with full_at(number) as steps:
                assert Reader().of(NEWS) == truth(NEWS)
        assert Reader().of(NEWS) == truth(NEWS)
        if number >= len(steps):
            break
    assert number > 10


def test_many_shards_become_one_that_says_the_same(monkeypatch):
    monkeypatch.setattr(bodies, "AT_ONCE", 1)
    monkeypatch.setattr(bodies, "MANY", len(NEWS))
    Reader().of(NEWS)
    assert len(shards()) == len(NEWS)
    assert Reader().of(["more", *NEWS]) == truth(["more", *NEWS])
    assert len(shards()) == 1
    again = Reader()
    assert (again.of(["more", *NEWS]), again.read) == (truth(["more", *NEWS]), [])


def test_shards_that_cannot_be_joined_for_damage_stay(monkeypatch, flip):
    """All but the damaged one: it alone is read again."""
    monkeypatch.setattr(bodies, "AT_ONCE", 1)
    monkeypatch.setattr(bodies, "MANY", len(NEWS))
    Reader().of(NEWS)
    (damaged,) = [path for path in shards() if len(store.Shard(path)["letter"]) == 3]
    flip(damaged, store.Shard(damaged)._arrays["letter"][2])
    again = Reader()
    with pytest.warns(store.StoreWarning, match="is damaged"):
        assert again.of(["more", *NEWS]) == truth(["more", *NEWS])
    assert again.read == ["more", "four five six"]


def test_a_body_that_is_never_handed_out_is_an_error_and_no_endless_search():
    reader = Reader()
    with pytest.raises(ResourceError, match="does not stay there"):
        reader.rows.of(keys_of(NEWS), lambda have: have("something else"))


def test_an_error_while_bodies_are_handed_out_is_raised_and_spoils_nothing(monkeypatch):
    monkeypatch.setattr(bodies, "AT_ONCE", 2)
    reader = Reader()

    def stop(have):
        for text in NEWS[:3]:
            have(text)
        raise KeyError("stopped")

    with pytest.raises(KeyError, match="stopped"):
        reader.rows.of(keys_of(NEWS), stop)
    assert reader.of(NEWS) == Reader().of(NEWS) == truth(NEWS)


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
