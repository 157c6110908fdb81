"""The store's folder: where it lies, what is found there again, what a full disk leaves, what is swept."""

import errno
import itertools
import os
import pathlib
import time

import numpy as np
import pytest

from broadsheet import store
from broadsheet.errors import ResourceError

A_DAY = 24 * 60 * 60
SOME = {"words": np.arange(9), "none": np.empty((0, 2)), "said": np.array([True])}


@pytest.fixture
def kept(folder):
    return store.Collection("tokens", "1")


def aged(path: pathlib.Path, days: float) -> pathlib.Path:
    then = time.time() - days * A_DAY
    os.utime(path, (then, then))
    return path


def age(path: pathlib.Path) -> float:
    """Return how many days ago the file was said to be used."""
    return (time.time() - path.stat().st_mtime) / A_DAY


def files(folder: pathlib.Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def error_of(kept: store.Collection, name: str, written: dict[str, np.ndarray]) -> str:
    """Add a shard; return what the error says, "" for none."""
    try:
        kept.add(name, written)
    except ResourceError as error:
        return str(error)
    return ""


def refused(*_, **__):
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_the_store_lies_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "elsewhere"))
    assert store.location() == tmp_path / "elsewhere"
    assert store.Collection("tokens", "1").folder.parent == tmp_path / "elsewhere"
    assert not (tmp_path / "elsewhere").exists()


def test_a_tilde_is_the_users_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("BROADSHEET_STORE", "~/kept")
    assert store.location() == tmp_path / "kept"


@pytest.mark.parametrize("said", [None, ""])
def test_without_a_word_the_store_lies_in_the_users_cache(monkeypatch, tmp_path, said):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("BROADSHEET_STORE")
    if said is not None:
        monkeypatch.setenv("BROADSHEET_STORE", said)
    assert store.location().is_absolute()
    assert "broadsheet" in store.location().parts


def test_a_shard_is_found_again_by_its_name(kept):
    assert kept.get("a") is None
    assert kept.shards() == []
    added = kept.add("a", SOME)
    for shard in (added, kept.get("a"), *kept.shards()):
        assert all(np.array_equal(shard[name], array) for name, array in SOME.items())


def test_shards_come_in_the_order_of_their_names(kept):
    for name in "cab":
        kept.add(name, {"name": np.array([ord(name)])})
    assert [chr(shard["name"][0]) for shard in kept.shards()] == ["a", "b", "c"]


def test_a_shard_takes_the_place_of_one_of_the_same_name(kept, folder):
    kept.add("a", SOME)
    kept.add("a", {"other": np.array([1])})
    assert kept.get("a")["other"].tolist() == [1]
    assert files(folder) == ["tokens-1/a.shard"]


@pytest.mark.parametrize(("kind", "version"), [("tokens", "2"), ("timex", "1")])
def test_another_kind_or_version_knows_nothing_of_it(kept, kind, version):
    kept.add("a", SOME)
    assert store.Collection(kind, version).shards() == []
    assert store.Collection(kind, version).get("a") is None


@pytest.mark.parametrize("ask", [lambda kept: kept.shards(), lambda kept: [kept.get("b")]], ids=["shards", "get"])
def test_what_is_damaged_is_said_and_removed_and_the_rest_is_found(kept, folder, ask):
    kept.add("a", SOME)
    (folder / "tokens-1" / "b.shard").write_text("A foreign file.")
    with pytest.warns(UserWarning, match=r"b\.shard in the store is damaged"):
        found = ask(kept)
    assert [shard.path.name for shard in found if shard] in ([], ["a.shard"])
    assert files(folder) == ["tokens-1/a.shard"]


def test_what_is_not_ours_to_read_or_vanishes_is_passed_over(kept, folder):
    kept.add("a", SOME)
    (folder / "tokens-1" / "b.shard").mkdir()
    (folder / "tokens-1" / "c.shard").symlink_to("nowhere")
    assert [shard.path.name for shard in kept.shards()] == ["a.shard"]


def test_the_store_says_how_much_it_holds(kept, folder):
    assert store.size() == 0
    kept.add("a", SOME)
    store.Collection("catalogue", "1").add("b", {"words": np.arange(10_000)})
    (folder / "tokens-1" / "notes.txt").write_text("Not counted.")
    (folder / "tokens-1" / "gone.shard").symlink_to("nowhere")  # as one that is swept while we count
    assert store.size() > 80_000


def test_a_full_disk_at_any_step_leaves_nothing_and_names_the_fix(kept, folder, full_at):
    """A folder made, a file opened, written to, cut, closed, renamed: each fails once."""
    for number in itertools.count():
        with full_at(number) as steps:
            error = error_of(kept, "a", SOME)
        if number >= len(steps):
            break
        for said in (str(folder), os.strerror(errno.ENOSPC), "BROADSHEET_STORE"):
            assert said in error
        assert files(folder) == []
        assert kept.shards() == []
        kept.add("b", SOME)
        assert [shard.path.name for shard in kept.shards()] == ["b.shard"]
        (folder / "tokens-1" / "b.shard").unlink()
    assert number >= len(SOME) + 6
    assert files(folder) == ["tokens-1/a.shard"]


def test_a_full_disk_leaves_the_shard_that_was_there(kept, folder, full_at):
    for number in itertools.count():
        kept.add("a", SOME)
        with full_at(number) as steps:
            error = error_of(kept, "a", {"words": np.array([1])})
        now = SOME["words"].tolist() if error else [1]
        assert kept.get("a")["words"].tolist() == now
        assert files(folder) == ["tokens-1/a.shard"]
        if number >= len(steps):
            break
    assert now == [1]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_names_the_fix(kept, folder):
    folder.mkdir(mode=0o500)
    with pytest.raises(ResourceError, match="BROADSHEET_STORE"):
        kept.add("a", SOME)
    assert files(folder) == []


@pytest.mark.parametrize("step", ["mkdir", "open"])
def test_a_refused_write_names_the_fix(kept, folder, monkeypatch, step):
    """As in a folder that belongs to somebody else."""
    monkeypatch.setattr(pathlib.Path, step, refused)
    with pytest.raises(ResourceError, match=r"Permission denied.*BROADSHEET_STORE"):
        kept.add("a", SOME)


@pytest.mark.parametrize("taken", ["", "tokens-1"])
def test_a_file_in_the_folders_place_names_the_fix(kept, folder, taken):
    (folder / taken).parent.mkdir(parents=True, exist_ok=True)
    (folder / taken).write_text("A file.")
    with pytest.raises(ResourceError, match="BROADSHEET_STORE"):
        kept.add("a", SOME)
    assert (kept.get("a"), kept.shards(), store.size(), store.sweep()) == (None, [], 0, 0)
    assert (folder / taken).read_text() == "A file."


def test_two_writers_of_one_name_both_end_well(kept, folder, monkeypatch):
    """The second begins and ends while the first is about to put its file in place; both may bear one process's number."""
    replace = os.replace

    def overtaken(*given):
        monkeypatch.setattr(os, "replace", replace)
        kept.add("a", SOME)
        replace(*given)

    monkeypatch.setattr(os, "replace", overtaken)
    kept.add("a", SOME)
    assert np.array_equal(kept.get("a")["words"], SOME["words"])
    assert files(folder) == ["tokens-1/a.shard"]


def test_a_sweep_while_a_folder_is_still_empty_does_not_fail_the_write(kept, folder, monkeypatch):
    mkdir = os.mkdir

    def swept(path, *given):
        mkdir(path, *given)
        if pathlib.Path(path).name == "tokens-1":
            monkeypatch.setattr(os, "mkdir", mkdir)
            store.sweep()

    monkeypatch.setattr(os, "mkdir", swept)
    kept.add("a", SOME)
    assert files(folder) == ["tokens-1/a.shard"]


@pytest.mark.parametrize(
    "ask", [lambda kept: kept.get("a"), lambda kept: kept.shards()[0].renew()], ids=["get", "renew"]
)
def test_a_shard_that_is_used_is_new_again_to_the_day(kept, folder, ask):
    kept.add("a", SOME)
    path = aged(folder / "tokens-1" / "a.shard", 29)
    ask(kept)
    assert age(path) < 0.1
    aged(path, 0.5)
    ask(kept)
    assert 0.4 < age(path) < 0.6


def test_an_old_shard_is_found_where_its_age_may_not_be_renewed(kept, folder, monkeypatch):
    """As in a store that many read and one writes."""
    kept.add("a", SOME)
    aged(folder / "tokens-1" / "a.shard", 3)
    monkeypatch.setattr(os, "utime", refused)
    assert np.array_equal(kept.get("a")["words"], SOME["words"])
    assert len(kept.shards()) == 1


def test_what_nobody_opened_for_thirty_days_is_swept(kept, folder):
    for name, days in {"new": 0, "used": 40, "resting": 29, "forgotten": 31}.items():
        kept.add(name, SOME)
        aged(folder / "tokens-1" / f"{name}.shard", days)
    kept.get("used")
    freed = (folder / "tokens-1" / "forgotten.shard").stat().st_size
    assert store.sweep() == freed
    assert files(folder) == ["tokens-1/new.shard", "tokens-1/resting.shard", "tokens-1/used.shard"]
    assert store.sweep() == 0


@pytest.mark.parametrize(("days", "stays"), [(0.9, True), (1.1, False)])
def test_what_a_killed_build_left_is_swept_after_a_day(kept, folder, full_at, monkeypatch, days, stays):
    """Neither renamed nor removed: what is left was never a shard."""
    with full_at(5), monkeypatch.context() as patch:
        patch.setattr(os, "unlink", lambda *_, **__: None)
        assert error_of(kept, "a", SOME)
    (left,) = files(folder)
    kept.add("b", SOME)
    assert [shard.path.name for shard in kept.shards()] == ["b.shard"]
    size = aged(folder / left, days).stat().st_size
    assert store.sweep() == (0 if stays else size)
    assert (folder / left).exists() == stays
    assert (folder / "tokens-1" / "b.shard").exists()


def test_what_another_version_left_is_swept_with_its_folder(kept, folder):
    kept.add("a", SOME)
    store.Collection("tokens", "0").add("old", SOME)
    aged(folder / "tokens-0" / "old.shard", 31)
    store.Collection("catalogue", "0").add("young", SOME)
    store.sweep()
    assert sorted(path.name for path in folder.iterdir()) == ["catalogue-0", "tokens-1"]


def test_nothing_else_in_the_folder_is_touched(kept, folder):
    """Somebody may name a folder that holds other things."""
    kept.add("a", SOME)
    others = ["notes.txt", "a.shard", "tokens-1/notes.txt", "tokens-1/deep/a.shard", "my-notes/today.txt"]
    for name in others:
        (folder / name).parent.mkdir(exist_ok=True)
        aged(folder / name, 400) if (folder / name).write_text("Mine.") else None
    (folder / "empty").mkdir()
    store.sweep()
    assert files(folder) == sorted([*others, "tokens-1/a.shard"])
    assert (folder / "empty").is_dir()


def test_an_empty_folder_of_somebody_else_is_not_swept(kept, folder):
    kept.add("a", SOME)
    (folder / "my-notes").mkdir()
    store.sweep()
    assert (folder / "my-notes").is_dir()


def test_a_sweep_of_no_store_frees_nothing(folder):
    assert store.sweep() == 0
    assert not folder.exists()
