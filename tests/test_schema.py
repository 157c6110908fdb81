"""Tables and columns: declared, explained, checked, and days written as people write them."""

import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import schema
from broadsheet.errors import SchemaError
from broadsheet.schema import CODEBOOK, when

TABLES = {
    name: table for name, table in vars(schema).items() if name.isupper() and name[0] != "_" and name != "CODEBOOK"
}


def test_every_column_of_a_table_has_a_meaning():
    assert {"ARTICLES", "AUDIT", "SENTENCES", "TOKENS", "TIMEX", "EVENTS", "SPANS", "EVIDENCE"} <= TABLES.keys()
    assert {
        (table, name) for table, columns in TABLES.items() for name, meaning in columns.items() if not meaning.strip()
    } == set()


def test_every_form_writes_a_number():
    for name, column in CODEBOOK.items():
        if column.form not in {"", "when"}:
            assert any(sign.isdigit() for sign in format(12.0, column.form)), name


def test_the_ends_of_an_interval_follow_from_its_value():
    low, high = (schema.column(f"per_million_{end}", pd.Series([1.0])) for end in ("low", "high"))
    assert low == ("low", ",.0f", "lower end of the 95 % interval of per million words, by story")
    assert high == ("high", ",.0f", "upper end of the 95 % interval of per million words, by story")


def test_a_column_may_be_declared_again_only_as_it_is(monkeypatch):
    monkeypatch.setattr(schema, "CODEBOOK", dict(CODEBOOK))
    again = ("fathoms", ",", "depth in fathoms")
    assert schema.declare(fathoms=again) == schema.declare(fathoms=again) == {"fathoms": again}
    with pytest.raises(SchemaError, match="'fathoms' is declared twice"):
        schema.declare(fathoms=("feet", ",", "depth in feet"))


def test_a_declared_column_is_shown_as_declared_and_another_by_its_kind():
    assert schema.column("n", pd.Series(["x"])) == CODEBOOK["n"]
    found = {
        kind: schema.column("wet_days", pd.Series([1]).astype(kind))
        for kind in ("int64", "float64", "datetime64[s]", "str")
    }
    assert [column.form for column in found.values()] == [",", ",.3g", "when", ""]
    assert {column.label for column in found.values()} == {"wet days"}


def test_a_table_with_its_columns_passes_and_one_without_is_told_which():
    frame = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [4], "more": [1]})
    assert schema.require(frame, schema.SPANS, "kwic") is frame
    with pytest.raises(
        SchemaError, match=r"kwic needs the columns doc_id, start, end; it lacks start, end and has doc_id, more\."
    ):
        schema.require(frame[["doc_id", "more"]], schema.SPANS, "kwic")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2024-08-18", "18 Aug 2024"),
        ("2024-08", "Aug 2024"),
        ("2024-08-12/2024-08-18", "week of 12 Aug 2024"),
        (datetime.date(2024, 8, 8), "8 Aug 2024"),
        (datetime.datetime(2024, 8, 8, 23, 59), "8 Aug 2024"),
        (pd.Timestamp("1600-01-01"), "1 Jan 1600"),
        (pd.Period("2024-08-18", "D"), "18 Aug 2024"),
        (pd.Period("2024-08-18", "W-SUN"), "week of 12 Aug 2024"),
        (pd.Period("2024-08", "M"), "Aug 2024"),
    ],
)
def test_a_day_week_or_month_is_written_out(given, written):
    assert when(given) == written


@settings(deadline=None, max_examples=60)
@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)))
def test_a_day_is_written_alike_whatever_holds_it_and_read_back(day):
    written = when(day)
    assert {when(day.isoformat()), when(pd.Timestamp(day)), when(pd.Period(day, "D"))} == {written}
    assert datetime.datetime.strptime(written, "%d %b %Y").date() == day
    assert when(pd.Period(day, "M")) == when(day.isoformat()[:7]) == f"{day:%b %Y}"
    monday = day - datetime.timedelta(day.weekday())
    assert when(pd.Period(day, "W-SUN")) == f"week of {when(monday)}"
