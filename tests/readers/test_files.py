"""Listing files: reading order, skipped files, links, pipes and folders that cannot be listed."""

import os
import pathlib

import pytest

from broadsheet.readers import formats, list_folder, read_articles


def test_files_are_read_in_the_order_of_their_paths_as_strings(corpus):
    _, audit = corpus({name: name for name in ["b.txt", "a/z.txt", "a-b/y.txt", "a.txt", "B.txt", "a/b/c.txt"]})
    assert list(audit.source) == sorted(["b.txt", "a/z.txt", "a-b/y.txt", "a.txt", "B.txt", "a/b/c.txt"])


def test_hidden_files_backups_and_readmes_are_skipped(corpus):
    passed = [
        ".x.txt",
        ".git/a.txt",
        "~a.tmp~",
        "a.txt~",
        "#a.txt#",
        "sub/.b/c.txt",
        "README.md",
        "readme.txt",
        "corpus.toml",
    ]
    _, audit = corpus(dict.fromkeys(passed, "") | {"sub/README.md": "Kept.", "README-files/a.txt": "Kept too."})
    assert list(audit.source) == ["README-files/a.txt", "sub/README.md"]


def test_a_file_asked_for_by_name_is_read_whatever_its_name(one):
    articles, audit = one("README.md", "Read me.")
    assert (articles.source[0], audit.source[0]) == ("README.md", "README.md")


def test_links_are_followed_and_loops_end(corpus, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.txt").write_text("Linked.")
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "far").symlink_to(tmp_path / "elsewhere")
    (folder / "none.txt").symlink_to(folder / "nowhere")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    _, audit = corpus({"a.txt": "Here."})
    assert audit[["source", "reason"]].values.tolist() == [
        ["a.txt", ""], ["far/b.txt", ""], ["none.txt", "not text"], ["self.txt", "not text"],
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.parquet"])
def test_a_file_that_cannot_be_opened_is_set_aside(one, monkeypatch, name):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(formats, "open", refuse, raising=False)
    assert list(one(name, b"It burned.")[1].reason) == ["not text"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_hang(corpus, tmp_path):
    (tmp_path / "corpus").mkdir()
    os.mkfifo(tmp_path / "corpus" / "a.txt")
    assert list(corpus({})[1].reason) == ["not text"]


@pytest.mark.skipif(os.name != "posix", reason="file names are text here")
def test_a_file_name_that_cannot_be_encoded_is_still_listed(tmp_path):
    try:
        pathlib.Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("It burned.")
    except OSError:
        pytest.skip("this file system refuses such names")
    assert list(read_articles(list_folder(tmp_path))[0].source) == ["ÿ.txt"]
