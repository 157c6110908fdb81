"""Dates in prose: golden cases, columns, and properties of any text."""

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.timex import tag
from broadsheet.timex.dates import MONTHS

PUBLISHED = datetime.date(2024, 8, 20)  # of every golden case: a Tuesday
PIECES = [
    *map(str.title, MONTHS),
    "Sunday, ",
    " ",
    ", ",
    ". ",
    "of ",
    "2024",
    "1999",
    "2024-02-30",
    "30",
    "31st",
    "3rd",
    "0",
    "-",
    "x",
    "\n",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=15).map("".join) | st.text(max_size=30)


@pytest.mark.golden("timex")
def test_dates_match_the_golden_cases(case):
    found = tag(case.input, PUBLISHED)
    assert [f"{at.text}={at.value}" for at in found.itertuples()] == case.expected


def test_a_row_has_the_span_the_text_and_the_value():
    assert tag("Shut on 4 May 2019.").to_dict("records") == [
        {"start": 8, "end": 18, "text": "4 May 2019", "type": "DATE", "value": "2019-05-04"}
    ]


def test_every_month_is_read_in_long_and_short_form():
    assert sorted(set(MONTHS.values())) == list(range(1, 13))
    for name, number in MONTHS.items():
        for form in (f"7 {name.title()} 2020", f"{name.title()} 7, 2020"):
            assert list(tag(form)["value"]) == [f"2020-{number:02}-07"]


def test_a_text_without_dates_gives_an_empty_table():
    assert tag("Rain.").columns.tolist() == ["start", "end", "text", "type", "value"]
    assert tag("Rain.").empty


@settings(deadline=None, max_examples=200)
@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)))
def test_every_day_of_the_calendar_is_read_back(day):
    for form in (
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b}. {day.day}, {day.year}",
        f"{day:%A}, {day.day} {day:%B} {day.year}",
        day.isoformat(),
    ):
        found = tag(f"It sank on {form}.")
        assert found[["text", "value"]].to_numpy().tolist() == [[form, day.isoformat()]]


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_spans_slice_back_in_order_and_values_are_days_or_months(text):
    last = 0
    for row in tag(text).itertuples():
        assert last <= row.start < row.end
        assert text[row.start : row.end] == row.text == row.text.strip()
        datetime.date.fromisoformat(row.value if len(row.value) == 10 else row.value + "-01")
        assert re.fullmatch(r"\d{4}-\d\d(-\d\d)?", row.value)
        last = row.end
