"""Results per body: located by key, computed once, and never wrong when the store is damaged or cannot be written."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import store
from broadsheet.errors import ResourceError
from broadsheet.store import bodies

TEXTS = ["one two", "three", "", "four five six", "one two"]


def keys_of(texts):
    return store.as_integers([store.key(text.encode()) for text in texts])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(0, 5), max_size=4))
def test_a_body_is_found_in_a_shard_that_contains_it(asked, held):
    texts = [str(number) for number in range(6)]
    shards = [store.Loose(keys=keys_of([texts[number]])) for number in held]
    places = store.find(keys_of([texts[number] for number in asked]), shards)
    for number, shard, place in zip(asked, places.shard, places.place, strict=True):
        if number in held:
            assert (held[shard], place) == (number, 0)
        else:
            assert (shard, place) == (store.NOWHERE, store.NOWHERE)


def test_missing_bodies_are_read_once(folder):
    kept, read, keys = store.Collection("words", "1"), [], keys_of(["one", "two", "three"])
    loose = [store.Loose(keys=keys[[1]])]

    def add(missing):
        read.append(missing.tolist())
        loose.append(store.Loose(keys=keys[missing]))

    for _ in range(2):
        assert (store.located(keys, kept, loose, add).shard >= 0).all()
    assert read == [[0, 2]]


def test_a_store_that_something_empties_is_an_error(folder):
    with pytest.raises(ResourceError, match="Is another program emptying it"):
        store.located(keys_of(["one"]), store.Collection("words", "1"), [], lambda missing: None)


@pytest.fixture
def split(folder):
    """Return a function: texts in, a table of their words and the texts that had to be computed out."""

    def words_of(texts, version="1", keys=None):
        computed = []

        def compute(some, numbers):
            computed.extend(some)
            assert some == [texts[number] for number in numbers]
            rows = [(place, word, len(word)) for place, text in enumerate(some) for word in text.split()]
            return pd.DataFrame(rows, columns=["body", "word", "n"]).astype({"body": int, "word": "str", "n": int})

        asked = keys_of(texts) if keys is None else keys
        frame = store.per_body("words", version, asked, lambda numbers: [texts[n] for n in numbers], compute)
        return frame, computed

    return words_of


def expected(texts):
    rows = [(place, word, len(word)) for place, text in enumerate(texts) for word in text.split()]
    return pd.DataFrame(rows, columns=["body", "word", "n"]).astype({"body": int, "word": "str", "n": int})


def test_rows_are_computed_once_per_body_and_come_in_order(split):
    frame, computed = split(TEXTS)
    pd.testing.assert_frame_equal(frame, expected(TEXTS))
    assert computed == ["one two", "three", "", "four five six"]
    more = ["seven", *reversed(TEXTS), "three"]
    frame, computed = split(more)
    pd.testing.assert_frame_equal(frame, expected(more))
    assert computed == ["seven"]


def test_another_version_computes_anew_and_leaves_the_old_results(split):
    split(TEXTS)
    assert len(split(TEXTS, version="2")[1]) == 4
    assert split(TEXTS)[1] == []


def test_a_value_mixed_into_the_keys_separates_equal_bodies(split):
    texts, days = ["one"] * 3, np.array([-5, 7, -5])
    frame, computed = split(texts, keys=store.mixed(keys_of(texts), days))
    assert computed == ["one", "one"]
    assert frame["body"].tolist() == [0, 1, 2]


@pytest.mark.parametrize("texts", [[], ["", ""]], ids=["no body", "no row"])
def test_tables_without_rows_have_their_columns(split, texts):
    for _ in range(2):
        pd.testing.assert_frame_equal(split(texts)[0], expected(texts))


def test_bodies_are_written_in_batches_whose_small_shards_are_merged(split, folder, monkeypatch):
    monkeypatch.setattr(bodies, "BATCH", 2)
    monkeypatch.setattr(bodies, "MANY", 4)
    texts = [f"word{number} same" for number in range(20)]
    pd.testing.assert_frame_equal(split(texts)[0], expected(texts))
    assert len(list(folder.glob("words-1/*.shard"))) == 1
    frame, computed = split(texts[::-1])
    pd.testing.assert_frame_equal(frame, expected(texts[::-1]))
    assert computed == []


def test_a_damaged_shard_is_computed_again_with_a_warning(split, folder, flip, monkeypatch):
    """In its keys and in its rows."""
    monkeypatch.setattr(bodies, "BATCH", 2)
    split(TEXTS)
    for name in ("keys", "rows"):
        path = min(folder.glob("words-1/*.shard"))
        flip(path, store.Shard(path)._arrays[name][2])
        with pytest.warns(store.StoreWarning, match="is damaged"):
            frame, computed = split(TEXTS)
        pd.testing.assert_frame_equal(frame, expected(TEXTS))
        assert len(computed) == 2
    assert split(TEXTS)[1] == []


def test_a_store_that_cannot_be_written_costs_a_warning_and_no_result(split, folder):
    folder.write_text("A file.")
    with pytest.warns(store.StoreWarning, match=r"cannot be written.*BROADSHEET_STORE.*kept in memory"):
        frame, _ = split(TEXTS)
    pd.testing.assert_frame_equal(frame, expected(TEXTS))


def test_a_full_disk_at_any_step_costs_no_result(split, full_at, tmp_path, monkeypatch):
    for number in range(12):
        monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / str(number)))
        with full_at(number), pytest.warns() if number < 8 else pytest.MonkeyPatch.context():
            pd.testing.assert_frame_equal(split(TEXTS)[0], expected(TEXTS))
        pd.testing.assert_frame_equal(split(TEXTS)[0], expected(TEXTS))


def test_a_version_changes_with_any_file_of_a_package_or_release_of_a_library():
    one, two = store.version_of("broadsheet.timex"), store.version_of("broadsheet.sentiment")
    assert len({one, two, store.version_of("broadsheet.timex", "numpy")}) == 3


@pytest.mark.parametrize("name", ["dates.py", "months.txt", "deep/more.py"])
def test_a_changed_or_new_file_of_a_package_changes_its_version(tmp_path, monkeypatch, name):
    package = tmp_path / "broadsheet" / "engine"
    package.mkdir(parents=True)
    for path in (package / "__init__.py", package / "dates.py"):
        path.write_text("")
    monkeypatch.setattr(
        store.keys.importlib.util, "find_spec", lambda _: type("Spec", (), {"origin": str(package / "__init__.py")})
    )
    version_of = store.keys.version_of.__wrapped__
    before = version_of("broadsheet.engine")
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "dates.pyc").write_text("compiled")
    assert version_of("broadsheet.engine") == before
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_text("A new rule.")
    assert version_of("broadsheet.engine") != before
