"""Printed dates: every common form is read, none is guessed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers import dates

THE_DAY = datetime.date(2021, 5, 23)
WRITTEN = [
    "2021-05-23", "2021-5-23", "2021/05/23", "2021.05.23", "20210523", "20210523T081500Z", "2021-05-23T08:15:00Z",
    "2021-05-23T23:59:59.123456-0500", "2021-05-23 08:15:00+02:00", "2021-05-23 08:15 UTC", "2021-05-23.",
    "23 May 2021", "23rd May, 2021", "23rd of May 2021", "23. May 2021", "23-May-2021", "23 MAY 2021",
    "May 23, 2021", "May 23 2021", "May 23rd, 2021", "may 23,2021", "May 23, 2021 at 8:15 a.m. EST", "May 23, 2021, 8 pm",
    "Sunday, 23 May 2021", "Sunday 23 May 2021", "Sun, 23 May 2021 08:15:00 GMT", "Sun, 23 May 2021 08:15:00 +0000 (UTC)",
    "Sunday, May 23, 2021", "Sun May 23 2021", "23/05/2021", "05/23/2021", "23.5.2021", "23-05-2021", " 23/5/2021 08:15 ",
]  # fmt: skip
REFUSED = {
    "no date": [
        "", " ", "None", "soon", "May", "May 2021", "2021", "2021-05", "23 May", "1621757700", "20210523081500",
        "2021-05-23/2021-05-24", "2021-05-23 to 2021-05-24", "2021-05-234", "12021-05-23", "2021-05-23x", "see 2021-05-23",
        "23 Mayor 2021", "Mayfly 23, 2021", "3.5",
    ],
    "impossible date": [
        "2021-02-30", "2021-02-29", "29 February 2021", "2021-13-01", "2021-00-10", "0000-01-01", "31/02/2021", "13/13/2021",
        "00/05/2021", "20211301", "June 31, 2021",
    ],
    "ambiguous date": ["03/04/2021", "3.4.2021", "11-12-2021", "23/05/21", "23 May 21", "May 23, 21", "21-05-23"],
    "date out of range": ["1599-12-31", "0001-01-01", "1 January 1066", "9999-12-31"],
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_every_common_form_is_read(text):
    assert dates.parse(text) == (THE_DAY, "")


@pytest.mark.parametrize(("note", "text"), [(note, text) for note, texts in REFUSED.items() for text in texts])
def test_doubtful_dates_are_noted_and_not_guessed(note, text):
    assert dates.parse(text) == (None, note)


@pytest.mark.parametrize(("name", "month"), [("Jan.", 1), ("february", 2), ("Sept.", 9), ("Sep", 9), ("December", 12)])
def test_months_are_read_in_short_and_long_form(name, month):
    assert dates.parse(f"7 {name} 2020") == (datetime.date(2020, month, 7), "")


def test_equal_day_and_month_are_not_ambiguous():
    assert dates.parse("05/05/2021") == (datetime.date(2021, 5, 5), "")


def test_a_declared_order_applies_only_where_both_are_possible():
    assert dates.parse("03/04/2021", "day first") == (datetime.date(2021, 4, 3), "")
    assert dates.parse("03/04/2021", "month first") == (datetime.date(2021, 3, 4), "")
    assert dates.parse("05/23/2021", "day first") == (THE_DAY, "")
    assert dates.parse("23/05/21", "day first") == (None, "ambiguous date")


def test_a_date_up_to_a_year_ahead_is_accepted():
    today = datetime.date.today()
    assert dates.parse((today + datetime.timedelta(366)).isoformat())[1] == ""
    assert dates.parse((today + datetime.timedelta(367)).isoformat())[1] == "date out of range"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2021-05-23 A ferry sank.", " A ferry sank."),
        ("2021-05-23T08:15:00Z A ferry", " A ferry"),
        ("2021-05-23 08:15 that day", " that day"),
        ("2021-05-23 1200 came", " 1200 came"),
        ("May 23, 2021: Fire", " Fire"),
        ("30 February 2021\nFire", "\nFire"),
        ("03/04/21 Fire", " Fire"),
        ("May 23, 20 boats sank", "May 23, 20 boats sank"),
        ("of the trial", "of the trial"),
    ],
)
def test_only_the_date_is_cut_from_the_beginning(text, rest):
    assert text[dates.prefix(text) :] == rest


@given(st.dates(datetime.date(1600, 1, 1), datetime.date.today()))
def test_written_days_are_read_back(day):
    for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 10:00:00 GMT"):
        assert dates.parse(day.strftime(form)) == (day, "")


@given(st.text("2021-/.: may,th", max_size=14))
def test_any_text_is_a_day_or_a_note(text):
    day, note = dates.parse(text)
    assert (day is None) == bool(note)
