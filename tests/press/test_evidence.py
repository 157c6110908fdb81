"""Passages behind numbers: what counts write is what the press reads, and one key means one set of passages."""

import json
import re

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
def side_file(tmp_path, monkeypatch):
    monkeypatch.setenv(report.SIDE_FILE, str(tmp_path / "passages"))
    return tmp_path / "passages"


def spans(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(schema.SPANS))


EELS = spans(("a", 4, 8), ("a", 21, 25), ("b", 0, 4))
WEIR = spans(("a", 53, 57))


def test_a_side_file_of_several_counts_is_read_whole(corpus, side_file):
    """Four passages, their text read off BODY by hand: its second paragraph begins at 38, `weir` at 53."""
    report.count("term:eels", EELS)
    report.count("none", spans())
    report.count("term:weir", WEIR)
    read = evidence.collect(side_file, corpus)
    assert list(read.columns) == list(schema.EVIDENCE)
    assert read[["key", "doc_id", "start", "end", "text"]].to_numpy().tolist() == [
        ["term:eels", "a", 4, 8, "eels"],
        ["term:eels", "a", 21, 25, "Eels"],
        ["term:eels", "b", 0, 4, "Eels"],
        ["term:weir", "a", 53, 57, "weir"],
    ]


def test_counts_of_a_table_lose_no_passage(corpus, side_file):
    tokens = corpus.tokens.frame()
    made = report.counts("term:{}", tokens, by="term", of=["eels", "came", "absent"])
    assert [int(count) for count in made] == [4, 2, 0]
    assert evidence.collect(side_file, corpus)["key"].value_counts().to_dict() == {"term:eels": 4, "term:came": 2}


def test_without_a_side_file_there_is_no_evidence_but_a_table(corpus, tmp_path):
    read = evidence.collect(tmp_path / "none", corpus)
    assert list(read.columns) == list(schema.EVIDENCE)
    assert read.empty
    assert read["start"].dtype == "int64"


def test_outside_a_run_a_count_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv(report.SIDE_FILE, raising=False)
    monkeypatch.chdir(tmp_path)
    assert report.count("term:eels", EELS) == 3
    assert list(tmp_path.iterdir()) == []


def test_one_key_twice_with_the_same_passages_is_one_number(corpus, side_file):
    report.count("term:eels", EELS)
    report.count("term:eels", EELS.copy())
    assert len(evidence.collect(side_file, corpus)) == 3


@pytest.mark.parametrize("again", [EELS[::-1], EELS.astype({"start": "int32", "end": "int32"})], ids=["order", "dtype"])
def test_neither_order_nor_width_of_integers_makes_passages_others(corpus, side_file, again):
    report.count("term:eels", EELS)
    report.count("term:eels", again)
    assert len(evidence.collect(side_file, corpus)) == 3


@pytest.mark.parametrize("other", [EELS.head(2), WEIR, pd.concat([EELS, WEIR])], ids=["fewer", "others", "more"])
def test_one_key_twice_with_other_passages_is_refused_by_name(corpus, side_file, other):
    report.count("term:eels", EELS)
    report.count("term:weir", WEIR)
    report.count("term:eels", other)
    with pytest.raises(SchemaError, match="'term:eels'"):
        evidence.collect(side_file, corpus)


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


def test_an_anchor_is_safe_and_its_own():
    keys = [
        "term:eels",
        "term:Eels",
        "term:éels",
        "term: eels",
        "../up",
        "<b>",
        "term:" + "x" * 99,
        "term:" + "x" * 98,
        "",
        "鰻",
    ]
    made = [evidence.anchor(key) for key in keys]
    assert len(set(made)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", anchor) for anchor in made)
