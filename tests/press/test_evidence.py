"""Passages behind numbers: what counts write is what the press reads, and one key means one set of passages."""

import json

import pandas as pd
import pytest

from broadsheet import report, schema
from broadsheet.corpus import load
from broadsheet.errors import SchemaError
from broadsheet.press import evidence

BODY = "The eels came early. Eels came late.\n\nNo eels at the weir."


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "news").mkdir()
    rows = [{"id": "a", "text": BODY}, {"id": "b", "outlet": "Bell", "text": "Eels again."}]
    (tmp_path / "news" / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return load(tmp_path / "news")


@pytest.fixture
def side(tmp_path, monkeypatch):
    monkeypatch.setenv(report.SIDE, str(tmp_path / "side"))
    return tmp_path / "side"


def count(term: str, passages: pd.DataFrame) -> None:
    """Count passages under the key `term:<term>`, as a notebook does."""
    frame = pd.DataFrame({"term": [term], "n": [len(passages)]})
    report.note("{n}", frame, evidence={"n": passages.assign(term=term)})


def spans(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(schema.SPANS))


EELS = spans(("a", 4, 8), ("a", 21, 25), ("b", 0, 4))
WEIR = spans(("a", 53, 57))


def test_the_passages_of_several_counts_are_read_whole(corpus, side):
    """Four passages, their text read off BODY by hand: its second paragraph begins at 38, `weir` at 53."""
    count("eels", EELS)
    count("none", spans())
    count("weir", WEIR)
    read = evidence.collect(side, corpus)
    assert list(read.columns) == list(schema.EVIDENCE)
    assert read[["key", "doc_id", "start", "end", "text"]].to_numpy().tolist() == [
        ["term:eels", "a", 4, 8, "eels"],
        ["term:eels", "a", 21, 25, "Eels"],
        ["term:eels", "b", 0, 4, "Eels"],
        ["term:weir", "a", 53, 57, "weir"],
    ]


def test_without_passages_there_is_no_evidence_but_a_table(corpus, tmp_path):
    read = evidence.collect(tmp_path / "none", corpus)
    assert list(read.columns) == list(schema.EVIDENCE)
    assert read.empty
    assert read["start"].dtype == "int64"


@pytest.mark.parametrize(
    "again", [EELS, EELS[::-1], EELS.astype({"start": "int32", "end": "int32"})], ids=["same", "order", "dtype"]
)
def test_one_key_twice_with_the_same_passages_is_one_number(corpus, side, again):
    count("eels", EELS)
    count("eels", again)
    assert len(evidence.collect(side, corpus)) == 3


@pytest.mark.parametrize("other", [EELS.head(2), WEIR, pd.concat([EELS, WEIR])], ids=["fewer", "others", "more"])
def test_one_key_twice_with_other_passages_is_refused_by_name(corpus, side, other):
    count("eels", EELS)
    count("weir", WEIR)
    count("eels", other)
    with pytest.raises(SchemaError, match="'term:eels'"):
        evidence.collect(side, corpus)


def test_a_passage_is_shown_with_its_surroundings_in_its_paragraph(corpus):
    eels, weir = evidence.Lines(corpus).read(pd.concat([EELS.iloc[[1]], WEIR]))
    assert (eels.left, eels.node, eels.right) == ("The eels came early. ", "Eels", " came late.")
    assert (weir.left, weir.node, weir.right) == ("No eels at the ", "weir", ".")
    assert (eels.sentence, weir.sentence) == (1, 2)


def test_a_long_passage_is_cut_and_what_goes_on_is_said(tmp_path):
    (tmp_path / "a.txt").write_text("rain " * 400 + ".")
    corpus = load(tmp_path)
    doc_id = corpus.articles["doc_id"][0]
    long, short = evidence.Lines(corpus).read(spans((doc_id, 0, 1500), (doc_id, 1000, 1004)))
    assert len(long.node) < 500
    assert long.node.endswith("…")
    assert (short.left[0], short.node, short.right[-1]) == ("…", "rain", "…")


def test_the_few_come_from_as_many_articles_as_possible():
    crowd = spans(*((doc_id, start, start + 4) for doc_id in "abcdefg" for start in range(9)))
    assert evidence.first_few(crowd)["doc_id"].tolist() == list("abcde")
    assert evidence.first_few(crowd.head(12))["doc_id"].tolist() == ["a"] * 5
    assert len(evidence.first_few(WEIR)) == 1
