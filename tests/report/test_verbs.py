"""The verbs: what each adds to a cell's output, and what it refuses."""

import io
import json
import pathlib

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import broadsheet
from broadsheet import report
from broadsheet.errors import SchemaError
from broadsheet.report import MIME, SIDE, verbs
from broadsheet.report.head import Head

PASSAGES = pd.DataFrame(
    {"doc_id": ["a", "a", "b"], "start": [0, 9, 4], "end": [4, 13, 8], "term": ["lamp", "lamp", "rock"]}
)
TERMS = pd.DataFrame(
    {"n": [2, 1], "per_million": [40.4, 20.2]}, index=pd.Index(["lamp", "rock"], name="term", dtype="str")
)


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    monkeypatch.delenv(SIDE, raising=False)
    monkeypatch.setattr(verbs, "_head", Head())
    monkeypatch.chdir(tmp_path)


def drawing():
    figure = Figure()
    figure.subplots().set_title("a < b & $c")
    return figure


VERBS = {
    "takeaway": lambda: report.takeaway("The lamp is *out*."),
    "note": lambda: report.note("The lamp is *out*."),
    "value": lambda: report.value("articles", 1234),
    "table": lambda: report.table(TERMS, "terms", "a < b & <script>", evidence={"n": PASSAGES}),
    "figure": lambda: report.figure(drawing(), "drawing", "A caption.", "A picture.", data=TERMS),
    "settings": report.settings,
}


@pytest.mark.parametrize("kind", VERBS)
def test_a_verb_shows_itself_and_adds_one_item_that_is_json(shown, kind):
    VERBS[kind]()
    (bundle,) = shown
    assert bundle[MIME]["kind"] == kind
    assert json.loads(json.dumps(bundle[MIME], allow_nan=False)) == bundle[MIME]
    assert bundle["text/plain"]
    assert len(bundle) == 3  # the item, plain text, and a form for the eye


@pytest.mark.parametrize(
    ("number", "plain", "text"),
    [(1234, 1234, "1,234"), (np.int64(1234), 1234, "1,234"), (0.12345, 0.12345, "0.123"), (-0.5, -0.5, "−0.5"),
     ("not named", "not named", "not named"), (float("nan"), None, "–")],
)  # fmt: skip
def test_a_value_is_kept_plain_and_written_for_people(shown, number, plain, text):
    report.value("outlets", number)
    assert shown[0][MIME] == {"kind": "value", "name": "outlets", "value": plain, "text": text}


def test_a_table_shows_its_first_rows_and_counts_them_all(shown):
    report.table(TERMS, "terms", "Terms.", rows=1, shown=["n", "term"])
    item = shown[0][MIME]
    assert (item["rows"], item["total"]) == ([[2, "lamp", 40.4]], 2)
    assert [column["name"] for column in item["columns"] if not column.get("only_csv")] == ["n", "term"]


def test_a_count_keeps_its_measures_number_and_gains_a_key(shown):
    VERBS["table"]()
    assert [row[1] for row in shown[0][MIME]["rows"]] == [{"key": "term:lamp", "n": 2}, {"key": "term:rock", "n": 1}]
    assert "<p>a &lt; b &amp; &lt;script&gt;</p>" in shown[0]["text/html"]


def test_a_key_names_table_column_and_row_where_it_is_not_a_terms_use(shown):
    frame = pd.DataFrame({"outlet": ["Post"], "period": pd.PeriodIndex(["2019-02"], freq="M"), "n": [3]})
    passages = PASSAGES.drop(columns="term").assign(outlet="Post", period=pd.Period("2019-02", "M"))
    report.table(frame, "lamps", "Lamps.", evidence={"n": passages})
    assert shown[0][MIME]["rows"][0][-1] == {"key": "lamps, uses: Post, Feb 2019", "n": 3}


@pytest.mark.parametrize("say", [
    lambda passages: report.table(TERMS, "terms", "Terms.", evidence={"n": passages}),
    lambda passages: report.figure(drawing(), "terms", "Terms.", "A picture.", data=TERMS, evidence={"n": passages}),
    lambda passages: report.takeaway("*{term}*: {n:time}.", TERMS, evidence={"n": passages}),
], ids=["table", "figure", "takeaway"])  # fmt: skip
def test_evidence_that_lacks_one_passage_is_refused_with_row_and_numbers(shown, say):
    say(PASSAGES)
    with pytest.raises(SchemaError, match=r"n of term lamp is 2, but its evidence has 1 passages"):
        say(PASSAGES.iloc[1:])
    assert len(shown) == 1


def test_a_passage_claimed_twice_is_refused():
    with pytest.raises(SchemaError, match="n for term lamp lists a passage twice"):
        report.table(TERMS, "terms", "Terms.", evidence={"n": pd.concat([PASSAGES, PASSAGES[:1]])})


def test_passages_must_tell_the_rows_apart_and_name_their_place():
    with pytest.raises(SchemaError, match="no column of the passages tells its 2 rows apart"):
        report.table(TERMS, "terms", "Terms.", evidence={"n": PASSAGES.drop(columns="term")})
    with pytest.raises(SchemaError, match="it lacks end and has"):
        report.table(TERMS, "terms", "Terms.", evidence={"n": PASSAGES.drop(columns="end")})
    with pytest.raises(SchemaError, match=r"The evidence of terms needs the columns uses"):
        report.table(TERMS, "terms", "Terms.", evidence={"uses": PASSAGES})


def test_rows_beyond_those_shown_need_no_passages(shown):
    report.table(TERMS, "terms", "Terms.", rows=1, evidence={"n": PASSAGES.iloc[:2]})
    assert len(shown[0][MIME]["rows"]) == 1


@pytest.mark.parametrize("kind", ["category", "period[M]"])
def test_rows_are_told_apart_by_values_of_any_kind(shown, kind):
    values = pd.Series(["2019-01", "2019-01", "2019-02"]).astype(kind)
    frame = pd.DataFrame({"group": values[1:], "n": [2, 1]})
    report.table(frame, "groups", "Groups.", evidence={"n": PASSAGES.drop(columns="term").assign(group=values)})
    assert [row[1]["n"] for row in shown[0][MIME]["rows"]] == [2, 1]


def test_a_row_whose_telling_value_is_missing_has_the_passages_that_miss_it_too(shown):
    values = pd.Series(["Bell", None, None])
    frame = pd.DataFrame({"outlet": values[:2], "n": [1, 2]})
    report.table(frame, "outlets", "Outlets.", evidence={"n": PASSAGES.drop(columns="term").assign(outlet=values)})
    assert [row[1]["n"] for row in shown[0][MIME]["rows"]] == [1, 2]


def test_an_empty_table_says_its_sentence_or_nothing(shown):
    report.table(TERMS[:0], "terms", "Terms.", evidence={"n": PASSAGES}, empty="No term.")
    report.table(TERMS[:0], "terms", "Terms.")
    report.figure(None, "terms", "Terms.", "A picture.")
    assert [bundle[MIME]["sentence"] for bundle in shown] == ["No term."]


def test_a_figure_is_svg_whose_text_stays_text_and_whose_bytes_repeat(shown):
    VERBS["figure"]()
    VERBS["figure"]()
    once, again = (bundle["image/svg+xml"] for bundle in shown)
    assert once == again
    assert once.startswith("<svg")
    assert "A picture." in shown[0]["text/plain"]


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
    assert list(pathlib.Path.cwd().iterdir()) == []


def test_under_the_press_passages_and_whole_tables_go_to_the_side_folder(shown, monkeypatch):
    import pyarrow as pa

    monkeypatch.setenv(SIDE, "side")
    report.table(TERMS, "terms", "Terms.", rows=1, evidence={"n": PASSAGES})
    report.figure(drawing(), "drawing", "A caption.", "A picture.", data=TERMS.rename({"rock": "Fähre"}))
    with pa.OSFile("side/passages.arrow") as source:
        assert pa.ipc.open_stream(source).read_pandas()["key"].tolist() == ["term:lamp"] * 2
        assert source.tell() == source.size()
    assert pd.read_csv("side/tables/terms.csv")["per_million"].tolist() == [40.4, 20.2]
    assert pathlib.Path("side/tables/drawing.csv").read_bytes().startswith("\ufeffterm,n".encode())
    assert "Fähre" in pd.read_csv(io.BytesIO(pathlib.Path("side/tables/drawing.csv").read_bytes()))["term"].tolist()


def test_a_page_without_articles_says_so_once_and_nothing_else(shown, golden):
    report.about(broadsheet.load(golden).select(until="1900-01-01"))
    spoken = len(shown)
    for say in VERBS.values():
        say()
    assert shown[spoken - 1][MIME]["sentence"] == "No article fits the parameters, so there is nothing to read."
    assert [bundle[MIME]["kind"] for bundle in shown[spoken:]] == ["value", "settings"]


def test_captions_close_with_the_articles_and_warn_of_periods_cut_off(shown, golden):
    report.about(broadsheet.load(golden).select(since="2019-02-10", until="2019-03-10"))
    months = pd.DataFrame({"n": [1, 2]}, index=pd.period_range("2019-02", periods=2, freq="M", name="period"))
    report.figure(drawing(), "months", "Uses by month.", "A picture.", data=months)
    caption = shown[-1][MIME]["caption"]
    assert caption.startswith(
        "Uses by month. Articles run from 12 Feb 2019 to 5 Mar 2019, so the first and the last month"
    )
    assert caption.endswith(" articles, 12 Feb 2019 – 5 Mar 2019.")
