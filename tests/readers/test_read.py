"""Reading a small messy folder, its audit, and properties of any bytes."""

import gzip
import json
import pathlib
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import CorpusError
from broadsheet.readers import COLUMNS, list_folder, read_articles
from broadsheet.readers.formats import FORMATS
from broadsheet.schema import AUDIT

MESSY = {
    "bee/1.txt": "date 2021-05-23\nThe mill burned.",
    "bee/2.txt": "date 2021-05-23\r\nThe mill burned.\r\n",
    "bee/3.txt": "The weir broke.",
    "bee/photo.JPG": b"\xff\xd8",
    "bee/raw.txt": b"\x89PNG\0\0",
    "owl/cut.csv.gz": gzip.compress(b"text\nIt burned.\n" * 9)[:-9],
    "owl/odd.jsonl": '{"id": 1, "text": "Rain."}\n{"id": 1, "text": "Sun."}\n{"id": 2, "text": ""}\n{"id',
    "owl/plain.gz": b"",
    "owl/rows.CSV": "title,text\nMill,Fog.\n",
}


def test_every_record_of_a_messy_folder_is_accounted_for(corpus):
    """Worked out by hand: 2.txt is 1.txt with other line ends; five articles are kept, seven records set aside."""
    articles, audit = corpus(MESSY)
    assert [tuple(row) for row in audit[["source", "record", "reason", "notes"]].to_numpy()] == [
        ("bee/1.txt", 1, "", ""),
        ("bee/2.txt", 1, "same record", ""),
        ("bee/3.txt", 1, "", "no date"),
        ("bee/photo.JPG", 1, "unknown format", ""),
        ("bee/raw.txt", 1, "not text", ""),
        ("owl/cut.csv.gz", 1, "malformed", ""),
        ("owl/odd.jsonl", 1, "", "no date"),
        ("owl/odd.jsonl", 2, "", "no date; id repeated"),
        ("owl/odd.jsonl", 3, "no body", ""),
        ("owl/odd.jsonl", 4, "malformed", ""),
        ("owl/plain.gz", 1, "unknown format", ""),
        ("owl/rows.CSV", 1, "", "no date"),
    ]
    assert list(articles.doc_id) == list(audit.doc_id[audit.kept])
    assert list(articles.source) == ["bee/1.txt", "bee/3.txt", "owl/odd.jsonl#1", "owl/odd.jsonl#2", "owl/rows.CSV#1"]


def test_an_empty_folder_gives_empty_tables_of_the_right_kinds(corpus, tmp_path):
    (tmp_path / "corpus").mkdir()
    none, nothing = corpus({})
    some, seen = corpus({"a.txt": "It burned."})
    assert list(none.columns) == COLUMNS
    assert list(nothing.columns) == list(AUDIT)
    assert none.dtypes.equals(some.dtypes)
    assert nothing.dtypes.equals(seen.dtypes)


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(CorpusError, match="nowhere"):
        read_articles(list_folder(tmp_path / "nowhere"))


def test_early_newspapers_have_a_date(one):
    assert str(one("a.txt", "date 1600-01-01\nThe mill burned.")[0].published[0])[:10] == "1600-01-01"


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
NAMES = st.sampled_from(["text", "date", "id", "source", "authors", "story", "source_given", "x"])


def accounted_for(ending: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "a" + ending)
        path.write_bytes(content)
        articles, audit = read_articles(list_folder(path))
    assert len(articles) + (~audit.kept).sum() == len(audit) > 0
    assert list(articles.doc_id) == list(audit.doc_id[audit.kept])
    assert articles.doc_id.is_unique
    assert (audit.kept == (audit.reason == "")).all()
    assert not articles.body.str.contains("\r", regex=False).any()


@pytest.mark.parametrize("ending", [*FORMATS, ".txt.gz"])
@settings(deadline=None, max_examples=20)
@given(content=st.binary() | st.text("---\n\r date:2021\"',;\t|[]{}é", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_set_aside_and_never_raise(ending, content):
    accounted_for(ending, content)


@settings(deadline=None, max_examples=50)
@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner)))
def test_any_json_is_read_or_set_aside_and_never_raises(value):
    accounted_for(".json", json.dumps(value).encode())
