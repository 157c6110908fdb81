"""Corpora written into a temporary folder and read from there."""

import pathlib

import pytest

from broadsheet import readers


@pytest.fixture
def corpus(tmp_path):
    """Return a function: files by name (text or bytes) in, (articles, audit) out."""

    def made(files: dict[str, str | bytes]):
        folder = tmp_path / "corpus"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return readers.read_articles(readers.list_folder(folder))

    return made


@pytest.fixture
def one(tmp_path):
    """Return a function: a file's name and content in, (articles, audit) out."""

    def made(name: str, content: str | bytes):
        path = pathlib.Path(tmp_path / name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return readers.read_articles(readers.list_folder(path))

    return made
