"""The store's folder: where it is, reading back what was added, full disks, and sweeping."""

import errno
import itertools
import os
import pathlib
import time

import numpy as np
import pandas as pd
import pytest

from broadsheet import store
from broadsheet.errors import ResourceError

A_DAY = 24 * 60 * 60
SOME = {"words": np.arange(9), "none": np.empty((0, 2)), "said": np.array([True])}
TABLES = {"facts": pd.DataFrame({"n": [1, 2], "name": ["a", None]}), "days": pd.DataFrame({"day": pd.to_datetime([])})}


@pytest.fixture
def kept(folder):
    return store.Collection("tokens", "1")


def aged(path: pathlib.Path, days: float) -> pathlib.Path:
    then = time.time() - days * A_DAY
    os.utime(path, (then, then))
    return path


def age(path: pathlib.Path) -> float:
    """Return the days since the file was used."""
    return (time.time() - path.stat().st_mtime) / A_DAY


def files(folder: pathlib.Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def names(kept: store.Collection) -> list[str]:
    return [shard.path.name for shard in kept.shards()]


def error_of(kept: store.Collection, name: str, written: dict[str, np.ndarray]) -> str:
    """Add a shard; return the error's message, or ""."""
    try:
        kept.add(name, written)
    except ResourceError as error:
        return str(error)
    return ""


def refused(*_, **__):
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_the_environment_or_the_users_cache_says_where_the_store_is(monkeypatch, tmp_path):
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "elsewhere"))
    assert store.Collection("tokens", "1").folder == tmp_path / "elsewhere" / "tokens-1"
    monkeypatch.setenv("BROADSHEET_STORE", "~/kept")
    assert store.location() == tmp_path / "kept"
    monkeypatch.setenv("BROADSHEET_STORE", "")
    assert "broadsheet" in store.location().parts
    monkeypatch.delenv("BROADSHEET_STORE")
    assert "broadsheet" in store.location().parts
    assert list(tmp_path.iterdir()) == []


def test_shards_are_read_back_in_the_order_of_their_names(kept):
    assert kept.shards() == []
    for name in "cab":
        added = kept.add(name, SOME | {"name": np.array([ord(name)])})
    assert [chr(shard["name"][0]) for shard in kept.shards()] == ["a", "b", "c"]
    for shard in (added, *kept.shards()):
        assert all(np.array_equal(shard[name], array) for name, array in SOME.items())


def test_a_shard_replaces_one_of_the_same_name(kept, folder):
    kept.add("a", SOME)
    kept.add("a", {"other": np.array([1])})
    assert kept.shards()[0]["other"].tolist() == [1]
    assert files(folder) == ["tokens-1/a.shard"]


@pytest.mark.parametrize(("kind", "version"), [("tokens", "2"), ("timex", "1")])
def test_another_kind_or_version_does_not_see_it(kept, kind, version):
    kept.add("a", SOME)
    assert store.Collection(kind, version).shards() == []
    assert store.Collection(kind, version).tables("a") is None


def test_tables_are_read_back_by_name(kept):
    kept.keep_tables("a", TABLES)
    again = kept.tables("a")
    assert kept.tables("b") is None
    for name, table in TABLES.items():
        pd.testing.assert_frame_equal(again[name], table)
    kept.keep_tables("c", {"n": np.arange(3)})
    assert kept.tables("c")["n"].tolist() == [0, 1, 2]


def test_damaged_tables_are_removed_with_a_warning(kept, folder, flip):
    kept.keep_tables("a", TABLES)
    path = folder / "tokens-1" / "a.shard"
    flip(path, path.stat().st_size // 2)
    with pytest.warns(store.StoreWarning, match="is damaged"):
        assert kept.tables("a") is None
    assert files(folder) == []


def test_a_damaged_shard_is_removed_with_a_warning_and_the_rest_is_read(kept, folder):
    kept.add("a", SOME)
    (folder / "tokens-1" / "b.shard").write_text("A foreign file.")
    (folder / "tokens-1" / "c.shard").mkdir()
    (folder / "tokens-1" / "d.shard").symlink_to("nowhere")
    with pytest.warns(store.StoreWarning, match=r"b\.shard in the store is damaged"):
        assert names(kept) == ["a.shard"]
    assert files(folder) == ["tokens-1/a.shard", "tokens-1/d.shard"]


def test_a_damaged_shard_that_cannot_be_removed_is_not_read_again(kept, folder, monkeypatch):
    """As in a read-only store, until it is replaced."""
    kept.add("a", SOME)
    (folder / "tokens-1" / "b.shard").write_text("A foreign file.")
    monkeypatch.setattr(pathlib.Path, "unlink", refused)
    with pytest.warns(store.StoreWarning, match="is damaged"):
        assert names(kept) == ["a.shard"]
    assert names(kept) == ["a.shard"]
    monkeypatch.undo()
    monkeypatch.setenv("BROADSHEET_STORE", str(folder))
    kept.add("b", SOME)
    assert names(kept) == ["a.shard", "b.shard"]


def test_the_store_says_how_large_it_is(kept, folder):
    assert store.size() == 0
    kept.add("a", SOME)
    store.Collection("catalogue", "1").add("b", {"words": np.arange(10_000)})
    (folder / "tokens-1" / "notes.txt").write_text("Not counted.")
    assert store.size() == sum((folder / name).stat().st_size for name in ("tokens-1/a.shard", "catalogue-1/b.shard"))


def test_a_full_disk_at_any_step_leaves_the_store_as_it_was_and_names_the_fix(kept, folder, full_at):
    """A folder made, a file opened, written to, cut, closed, renamed: each fails once."""
    for number in itertools.count():
        with full_at(number) as steps:
            error = error_of(kept, "a", SOME)
        if number >= len(steps):
            break
        for part in (str(folder), os.strerror(errno.ENOSPC), "BROADSHEET_STORE"):
            assert part in error
        assert files(folder) == []
    assert number >= len(SOME) + 6
    with full_at(3):
        assert error_of(kept, "a", {"words": np.array([1])})
    assert kept.shards()[0]["words"].tolist() == SOME["words"].tolist()


@pytest.mark.parametrize("step", ["mkdir", "open"])
def test_a_folder_that_is_read_only_names_the_fix_or_keeps_the_arrays_in_memory(kept, folder, monkeypatch, step):
    monkeypatch.setattr(pathlib.Path, step, refused)
    with pytest.raises(ResourceError, match=r"Permission denied.*BROADSHEET_STORE"):
        kept.add("a", SOME)
    with pytest.warns(store.StoreWarning, match="kept in memory"):
        assert kept.add_if_possible("a", SOME) == store.Loose(SOME)


@pytest.mark.parametrize("taken", ["", "tokens-1"])
def test_a_file_in_the_folders_place_names_the_fix(kept, folder, taken):
    (folder / taken).parent.mkdir(parents=True, exist_ok=True)
    (folder / taken).write_text("A file.")
    with pytest.raises(ResourceError, match="BROADSHEET_STORE"):
        kept.add("a", SOME)
    assert (kept.tables("a"), kept.shards(), store.size(), store.sweep()) == (None, [], 0, 0)
    assert (folder / taken).read_text() == "A file."


def test_a_used_shard_is_not_swept_and_a_forgotten_one_is(kept, folder):
    for name, days in {"new": 0, "used": 40, "resting": 29, "forgotten": 31}.items():
        kept.add(name, {"keys": store.as_integers([store.key(name.encode())])})
        aged(folder / "tokens-1" / f"{name}.shard", days)
    store.find(store.as_integers([store.key(b"used")]), kept.shards())
    assert age(folder / "tokens-1" / "used.shard") < 0.1
    assert store.sweep() == (folder / "tokens-1" / "new.shard").stat().st_size
    assert files(folder) == ["tokens-1/new.shard", "tokens-1/resting.shard", "tokens-1/used.shard"]
    assert store.sweep() == 0


def test_tables_that_are_used_are_marked_as_used_where_that_is_possible(kept, folder, monkeypatch):
    kept.keep_tables("a", TABLES)
    path = aged(folder / "tokens-1" / "a.shard", 29)
    with monkeypatch.context() as patch:
        patch.setattr(os, "utime", refused)
        assert kept.tables("a") is not None
    kept.tables("a")
    assert age(path) < 0.1


@pytest.mark.parametrize(("days", "stays"), [(0.9, True), (1.1, False)])
def test_the_temporary_file_of_a_killed_build_is_swept_after_a_day(kept, folder, full_at, monkeypatch, days, stays):
    with full_at(5), monkeypatch.context() as patch:
        patch.setattr(os, "unlink", lambda *_, **__: None)
        assert error_of(kept, "a", SOME)
    (left,) = files(folder)
    assert kept.shards() == []
    size = aged(folder / left, days).stat().st_size
    assert store.sweep() == (0 if stays else size)
    assert (folder / left).exists() == stays


def test_a_sweep_removes_old_versions_with_their_folders_and_nothing_else(kept, folder):
    """Somebody may name a folder that contains other files."""
    assert store.sweep() == 0
    kept.add("a", SOME)
    store.Collection("tokens", "0").add("old", SOME)
    aged(folder / "tokens-0" / "old.shard", 31)
    others = ["notes.txt", "a.shard", "tokens-1/notes.txt", "tokens-1/deep/a.shard", "my-notes/today.txt"]
    for name in others:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("Mine.")
        aged(folder / name, 400)
    (folder / "empty").mkdir()
    store.sweep()
    assert files(folder) == sorted([*others, "tokens-1/a.shard"])
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["empty", "my-notes", "tokens-1"]
