"""The verbs: what each adds to a cell's output, and counts that know their passages."""

import json
import pathlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from matplotlib.figure import Figure

from broadsheet import load, report
from broadsheet.errors import SchemaError
from broadsheet.report import MIME, SIDE_FILE, Count, count, counts

PASSAGES = pd.DataFrame(
    {
        "doc_id": ["a", "a", "b"],
        "start": [0, 9, 4],
        "end": [4, 13, 8],
        "term": ["lamp", "rock", "lamp"],
        "month": [1, 2, 2],
    }
)


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    monkeypatch.delenv(SIDE_FILE, raising=False)
    monkeypatch.chdir(tmp_path)


def drawing():
    figure = Figure()
    figure.subplots().set_title("a < b & $c")
    return figure


VERBS = {
    "takeaway": lambda: report.takeaway("The lamp is *out*."),
    "prose": lambda: report.prose("## How\n\nThe lamp."),
    "value": lambda: report.value("articles", 1234),
    "table": lambda: report.table(PASSAGES, "passages", "Where the words stand."),
    "figure": lambda: report.figure(drawing(), "drawing", "A caption.", "A picture."),
}


@pytest.mark.parametrize("kind", VERBS)
def test_a_verb_shows_itself_and_adds_one_item_that_is_json(shown, kind):
    VERBS[kind]()
    (bundle,) = shown
    assert bundle[MIME]["kind"] == kind
    assert json.loads(json.dumps(bundle[MIME], allow_nan=False)) == bundle[MIME]
    assert bundle["text/plain"]
    assert len(bundle) == 3  # the item, plain text, and a form for the eye


def test_a_takeaway_keeps_its_sentence(shown):
    VERBS["takeaway"]()
    assert shown[0][MIME] == {"kind": "takeaway", "sentence": "The lamp is *out*."}
    assert shown[0]["text/markdown"] == "**The lamp is *out*.**"


@pytest.mark.parametrize(
    ("number", "plain", "text"),
    [
        (1234, 1234, "1,234"),
        (np.int64(1234), 1234, "1,234"),
        (0.12345, 0.12345, "0.123"),
        (-0.5, -0.5, "−0.5"),
        ("not named", "not named", "not named"),
        (float("nan"), None, "–"),
    ],
)
def test_a_value_is_kept_plain_and_shown_as_people_write_it(shown, number, plain, text):
    report.value("outlets", number)
    assert shown[0][MIME] == {"kind": "value", "name": "outlets", "value": plain, "text": text}
    assert shown[0]["text/plain"] == f"outlets: {text}"


def test_a_table_tells_its_columns_rows_and_caption(shown):
    VERBS["table"]()
    item = shown[0][MIME]
    assert (item["name"], item["caption"]) == ("passages", "Where the words stand.")
    assert [column["name"] for column in item["columns"]] == list(PASSAGES)
    assert item["rows"][2] == ["b", 4, 8, "lamp", 2]
    assert ">lamp</td>" in shown[0]["text/html"]


def test_a_caption_is_escaped(shown):
    report.table(PASSAGES, "passages", "a < b & <script>")
    assert "<p>a &lt; b &amp; &lt;script&gt;</p>" in shown[0]["text/html"]


def test_a_figure_is_svg_whose_text_stays_text_and_whose_bytes_repeat(shown):
    VERBS["figure"]()
    VERBS["figure"]()
    once, again = (bundle["image/svg+xml"] for bundle in shown)
    assert once == again
    assert once.startswith("<svg")
    assert "A picture." in shown[0]["text/plain"]
    assert shown[0][MIME] == {"kind": "figure", "name": "drawing", "caption": "A caption.", "alt": "A picture."}


def test_a_bare_run_writes_nothing_to_disk(shown, monkeypatch):
    def refused(path, mode="r", *rest, **named):
        assert mode[0] == "r", f"{path} is written to"
        return real(path, mode, *rest, **named)

    VERBS["figure"]()  # matplotlib may keep its fonts the first time
    real = pathlib.Path.open
    monkeypatch.setattr("pathlib.Path.open", refused)
    monkeypatch.setattr("builtins.open", refused)
    for say in VERBS.values():
        say()
    counts("term:{}", PASSAGES, by="term", of=["lamp"])
    assert list(pathlib.Path.cwd().iterdir()) == []


def test_under_the_press_every_count_adds_its_passages_to_the_side_file(monkeypatch, golden):
    monkeypatch.setenv(SIDE_FILE, "passages.arrows")
    tokens = load(golden).tokens.frame()  # doc_id is a categorical here, and still written as text
    lamps = tokens[tokens["term"] == "lamp"]
    made = [count("term:lamp", lamps), *counts("term:{}", PASSAGES, by="term", of=["lamp", "none"])]
    written = []
    with pa.OSFile("passages.arrows") as source:
        while source.tell() < source.size():
            written.append(pa.ipc.open_stream(source).read_pandas())
    assert [len(passages) for passages in written] == [11, 2, 0] == made
    assert [list(passages) for passages in written] == [["doc_id", "start", "end", "key"]] * 3
    assert written[0]["key"].unique().tolist() == ["term:lamp"]
    assert written[0]["doc_id"].tolist() == lamps["doc_id"].tolist()
    assert {str(passages["doc_id"].dtype) for passages in written} == {"str"}


def test_a_count_is_a_number_that_is_compared_sorted_and_written():
    three, one = Count("x", PASSAGES), Count("y", PASSAGES[:1])
    assert three == 3 == int(three)
    assert three == Count("z", PASSAGES)
    assert three != one
    assert (one < three, one <= three, three > 2, three >= 4, max(one, three)) == (True, True, True, False, three)
    assert pd.Series([three, one]).sort_values().tolist() == [1, 3]
    assert list("abcd")[three] == "d"
    assert len({three, Count("z", PASSAGES)}) == 1
    many = Count("many", pd.concat([PASSAGES] * 500))
    assert (f"{many}", f"{many:d}", str(many), repr([many])) == ("1,500", "1500", "1,500", "[1,500]")


def test_a_count_keeps_its_passages_and_no_other_column():
    assert count("term:lamp", PASSAGES).passages.to_dict("list") == PASSAGES[["doc_id", "start", "end"]].to_dict("list")


def test_a_passage_counted_twice_is_refused():
    with pytest.raises(SchemaError, match="'term:lamp' holds a passage twice; drop the duplicates"):
        count("term:lamp", pd.concat([PASSAGES, PASSAGES[:1].assign(term="other")]))


def test_passages_without_a_place_are_refused_with_what_is_missing():
    with pytest.raises(
        SchemaError, match=r"count 'x' needs .*doc_id, start, end; end missing, found doc_id, start, term"
    ):
        count("x", PASSAGES[["doc_id", "start", "term"]])


def test_counts_stand_in_the_order_asked_and_what_is_absent_counts_nothing():
    found = counts("term:{}", PASSAGES, by="term", of=["rock", "wreck", "lamp"])
    assert found == [1, 0, 2]
    assert [one.key for one in found] == ["term:rock", "term:wreck", "term:lamp"]
    assert found[2].passages["start"].tolist() == [0, 4]


def test_counts_by_several_columns_take_the_entrys_parts_into_the_key():
    found = counts("in {1}: {0}", PASSAGES, by=["term", "month"], of=[("lamp", 2), ("rock", 1)])
    assert found == [1, 0]
    assert [one.key for one in found] == ["in 2: lamp", "in 1: rock"]


@pytest.mark.parametrize("kind", ["category", "period[M]"])
def test_counts_find_groups_of_any_kind(kind):
    passages = PASSAGES.assign(group=pd.Series(["2019-01", "2019-02", "2019-02"]).astype(kind))
    asked = pd.Series(["2019-02", "2019-03"]).astype(kind)
    assert counts("in {}", passages, by="group", of=asked) == [2, 0]
    assert counts("in {}", passages[:0], by="group", of=asked) == [0, 0]
