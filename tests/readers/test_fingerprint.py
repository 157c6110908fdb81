"""The fingerprint changes with every change of a corpus; it is empty when a change might go unnoticed."""

import os

import pytest

from broadsheet.errors import CorpusError
from broadsheet.readers import files, list_folder

OLD = 1_600_000_000


@pytest.fixture
def folder(tmp_path):
    for name in ("a.txt", "sub/b.txt", "c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("It burned.")
        os.utime(tmp_path / name, (OLD, OLD))
    return tmp_path


@pytest.fixture
def at_rest(monkeypatch):
    """Ignore the age of files: those made by a test are always new."""
    monkeypatch.setattr(files, "GRAIN", 0)


CHANGES = {
    "added": lambda folder: (folder / "d.txt").write_text("New."),
    "removed": lambda folder: (folder / "a.txt").unlink(),
    "renamed": lambda folder: (folder / "a.txt").rename(folder / "z.txt"),
    "moved": lambda folder: (folder / "a.txt").rename(folder / "sub" / "a.txt"),
    "longer": lambda folder: (folder / "sub" / "b.txt").write_text("It burned down."),
    "touched": lambda folder: os.utime(folder / "a.txt", (OLD, OLD + 1)),
    "settings": lambda folder: (folder / "corpus.toml").write_text('outlet = "Bee"'),
    "ignored": lambda folder: (folder / "corpus.toml").write_text('ignore = ["sub"]'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_any_change_of_a_file_or_setting_changes_the_fingerprint(folder, at_rest, change):
    before = list_folder(folder).fingerprint()
    assert before == list_folder(folder).fingerprint() != ""
    change(folder)
    assert list_folder(folder).fingerprint() not in ("", before)


def test_a_change_of_the_settings_alone_changes_the_fingerprint(folder, at_rest):
    (folder / "corpus.toml").write_text('dates = "day first"')
    before = list_folder(folder).fingerprint()
    (folder / "corpus.toml").write_text('title = "The mill"')
    assert list_folder(folder).fingerprint() != before


def test_files_that_are_not_records_do_not_change_the_fingerprint(folder, at_rest):
    before = list_folder(folder).fingerprint()
    (folder / "README.md").write_text("About.")
    (folder / ".hidden.txt").write_text("About.")
    assert list_folder(folder).fingerprint() == before


def test_a_single_file_has_a_fingerprint(folder, at_rest):
    before = list_folder(folder / "c.jsonl").fingerprint()
    (folder / "a.txt").unlink()
    assert list_folder(folder / "c.jsonl").fingerprint() == before != ""
    os.utime(folder / "c.jsonl", (OLD, OLD + 1))
    assert list_folder(folder / "c.jsonl").fingerprint() != before


@pytest.mark.parametrize(("seconds", "known"), [(0, False), (1, False), (3, True), (-3600, True)])
def test_a_file_changed_just_now_gives_no_fingerprint(folder, monkeypatch, seconds, known):
    """Minus an hour: a file from a clock that is ahead is not new for ever."""
    changed = (folder / "a.txt").stat().st_ctime_ns
    monkeypatch.setattr(files.time, "time_ns", lambda: changed + seconds * 10**9)
    assert (list_folder(folder).fingerprint() != "") == known


def test_a_file_that_cannot_be_examined_gives_no_fingerprint(folder, at_rest):
    (folder / "none.txt").symlink_to(folder / "nowhere")
    assert list_folder(folder).fingerprint() == ""


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(CorpusError, match="nowhere"):
        list_folder(tmp_path / "nowhere").fingerprint()
