"""Tables as people see them: numbers in their form, no markup, no NaN, links where a cell leads somewhere."""

import html.parser
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.report import Count, shown


class Cells(html.parser.HTMLParser):
    """Collects the text of every head cell and cell, row by row, and every tag but a table's own."""

    def __init__(self, text: str):
        super().__init__()
        self.rows, self.tags = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in {"th", "td"}:
            self.rows[-1].append("")
        elif tag not in {"table", "thead", "tbody"}:
            self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.rows[-1][-1] += data


def cells(frame, **links):
    return Cells(shown.html(item(frame), **links))


def item(frame, names=None):
    """Return a table as the verb `table` describes it, whole."""
    columns = shown.described(frame, names)
    cells = (frame[column["name"]].tolist() for column in columns)
    return {"columns": columns, "rows": [list(map(shown.plain, row)) for row in zip(*cells, strict=True)]}


MIXED = pd.DataFrame(
    {
        "term": ["lamp", "rock"],
        "n": [Count("term:lamp", 1500), Count("x", 0)],
        "period": pd.PeriodIndex(["2019-02", "2019-03"], freq="M"),
        "published": pd.to_datetime(["2019-02-05", None]),
        "tone": [-0.254, np.nan],
        "tone_low": [-0.3, np.nan],
        "tone_high": [0.1, np.nan],
        "share": pd.array([0.125, None], dtype="Float64"),
        "thin": [False, True],
    }
)  # fmt: skip


def test_a_number_without_an_interval_stands_below_those_that_have_one():
    table = pd.DataFrame({"tone": [0.5, 0.25], "tone_low": [0.4, np.nan], "tone_high": [0.6, np.nan]})
    assert cells(table).rows[1:] == [["+0.50 (+0.40 to +0.60)"], ["+0.25 "]]
    assert cells(table.assign(tone_low=np.nan)).rows[2] == ["+0.25"]


def test_columns_for_the_file_alone_are_hidden():
    table = item(MIXED, ["thin", "term"])
    assert [column["name"] for column in table["columns"]][:3] == ["thin", "term", "n"]
    assert len(table["columns"]) == len(MIXED.columns)
    assert Cells(shown.html(table)).rows[0] == ["thin", "term"]


def test_a_log_ratio_from_a_count_of_nought_has_a_sign():
    frame = pd.DataFrame({"log_ratio": [3.0, 1.0], "smoothed": [True, False]})
    assert [row[0] for row in cells(frame).rows[1:]] == ["+3.00 †", "+1.00"]


def test_every_column_is_shown_in_its_form():
    table = cells(MIXED)
    assert table.rows == [
        ["term", "uses", "period", "published", "tone", "share", "thin"],
        ["lamp", "1,500", "Feb 2019", "5 Feb 2019", "−0.25 (−0.30 to +0.10)", "12%", ""],
        ["rock", "0", "Mar 2019", "–", "–", "–", "yes"],
    ]


def test_an_item_is_plain_json_unrounded_with_a_codebook():
    table = item(MIXED)
    assert json.loads(json.dumps(table, allow_nan=False)) == table
    assert table["rows"][0] == [
        "lamp",
        {"key": "term:lamp", "n": 1500},
        "2019-02",
        "2019-02-05",
        -0.254,
        -0.3,
        0.1,
        0.125,
        False,
    ]
    assert table["rows"][1][3:8] == [None] * 5
    assert all(column["label"] and column["meaning"] for column in table["columns"])


def test_a_column_of_the_notebooks_own_is_shown_by_its_kind():
    frame = pd.DataFrame(
        {"boats_lost": [1200], "depth": [2.34567], "day": pd.to_datetime(["2019-02-05"]), "who": ["Una"]}
    )
    assert cells(frame).rows == [["boats lost", "depth", "day", "who"], ["1,200", "2.35", "5 Feb 2019", "Una"]]


def test_an_interval_stands_alone_where_its_value_is_not_shown():
    frame = pd.DataFrame({"term": ["lamp"], "tone_low": [0.1]})
    assert cells(frame).rows[1] == ["lamp", "+0.10"]


def test_a_column_that_says_nothing_is_not_shown_and_noughts_say_something():
    frame = pd.DataFrame({"term": ["lamp"], "outlet": [""], "tone": [None], "thin": [False], "n": [0]})
    assert cells(frame).rows == [["term", "uses"], ["lamp", "0"]]


def test_a_table_without_rows_keeps_its_heads():
    assert cells(MIXED[:0]).rows[0][:2] == ["term", "uses"]
    assert len(cells(MIXED[:0]).rows) == 1


@settings(deadline=None, max_examples=50)
@given(st.text("<>&\"'/ab=- ", min_size=1, max_size=20), st.sampled_from(["term", "text", "own"]))
def test_markup_in_a_cell_a_head_or_an_address_is_text(text, name):
    frame = pd.DataFrame({name: [text], "doc_id": [text], "start": [0], "end": [1], f"<b>{text}": ["x"]})
    table = cells(frame, passage_link=lambda row: f"a.html?{row['doc_id']}")
    assert table.rows == [[table.rows[0][0], f"<b>{text}".replace("_", " ")], [text, "x"]]
    links = [attrs for tag, attrs in table.tags if tag == "a"]
    assert [tag for tag, _ in table.tags if tag not in {"a", "bdi"}] == []
    assert [attrs["href"] for attrs in links] == ([f"a.html?{text}"] if name == "text" else [])


def test_a_count_leads_to_its_passages_and_nought_leads_nowhere():
    table = cells(MIXED, count_link=lambda cell: f'<a data-key="{cell["key"]}" data-n="{cell["n"]}">')
    assert [attrs for tag, attrs in table.tags if tag == "a"] == [{"data-key": "term:lamp", "data-n": "1500"}]
    assert [row[1] for row in table.rows] == ["uses", "1,500", "0"]


def test_a_passage_leads_to_its_place_which_is_not_a_column():
    frame = pd.DataFrame({"text": ["The lamp is out."], "doc_id": ["a"], "start": [3], "end": [19]})
    table = cells(frame, passage_link=lambda row: f"{row['doc_id']}#{row['start']}-{row['end']}")
    assert table.rows == [["passage"], ["The lamp is out."]]
    assert [attrs.get("href") for tag, attrs in table.tags if tag == "a"] == ["a#3-19"]
    assert not [tag for tag, _ in cells(frame).tags if tag == "a"]


def test_a_long_passage_is_cut_where_it_is_shown_and_kept_in_the_item():
    frame = pd.DataFrame({"text": ["x" * 399 + "&", "x" * 401]})
    assert [row[0] for row in cells(frame).rows[1:]] == ["x" * 399 + "&", "x" * 400 + "…"]
    assert item(frame)["rows"][1] == ["x" * 401]


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_what_is_missing_is_none_as_json_and_a_dash_to_the_eye(missing):
    assert shown.plain(missing) is None
    for form in ("", ",", "+.2f", ".0%", "when"):
        assert shown.number(missing, form) == "–"


def test_text_in_a_column_of_days_stays_text():
    frame = pd.DataFrame({"published": ["2024-08-18", "18 Aug", "2024 floods", "week 33"]})
    assert [row[0] for row in cells(frame).rows[1:]] == ["18 Aug 2024", "18 Aug", "2024 floods", "week 33"]
