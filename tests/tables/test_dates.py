"""Periods, and the dates that articles name: by hand."""

import pandas as pd
import pytest

from broadsheet.errors import ParameterError
from broadsheet.schema import EVENTS
from broadsheet.tables import events, mentions, period_width, periods, presence, silences


def days(*days):
    return pd.Series(pd.to_datetime(list(days)))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("day", ["2019-02-03", "2019-02-04", "NaT"]),
        ("week", ["2019-01-28/2019-02-03", "2019-02-04/2019-02-10", "NaT"]),
        ("month", ["2019-02", "2019-02", "NaT"]),
    ],
)
def test_a_day_falls_into_its_period_and_a_week_begins_on_monday(by, expected):
    """3 February 2019 was a Sunday."""
    found = periods(days("2019-02-03", "2019-02-04", None), by)
    assert found.astype("str").fillna("NaT").tolist() == expected


@pytest.mark.parametrize(
    ("published", "width"),
    [
        (pd.date_range("2019-02-04", periods=45).repeat(3), "D"),  # 45 days with three articles each: just enough
        (pd.date_range("2019-02-04", periods=46).repeat(3), "W-SUN"),  # a day too many
        (pd.date_range("2019-02-04", periods=45).repeat(3)[:-1], "W-SUN"),  # an article too few
        (pd.date_range("2019-02-04", periods=70).repeat(1), "W-SUN"),
        (pd.date_range("2019-02-04", periods=4, freq="7D"), "M"),  # one article a week
        (pd.date_range("2010-01-01", periods=80, freq="MS"), "M"),  # month, however many
        (pd.DatetimeIndex(["2019-02-04"]), "M"),
        (pd.DatetimeIndex(["2019-02-04"] * 3), "D"),
    ],
)
def test_the_narrowest_width_that_the_articles_fill_is_taken(published, width):
    assert periods(pd.Series(published)).dtype == pd.PeriodDtype(width)


def test_undated_articles_do_not_help_to_fill_a_period():
    assert periods(days(*["2019-02-04"] * 2, None)).dtype == pd.PeriodDtype("M")


def test_the_golden_corpus_falls_into_months(corpus):
    """Eleven dated articles over seven weeks are too few for weeks: six in February, five in March."""
    found = periods(corpus.articles["published"]).astype("str").value_counts()
    assert found.to_dict() == {"2019-02": 6, "2019-03": 5}


@pytest.mark.parametrize("by", ["", "day", "week", "month"])
def test_without_any_date_there_is_no_period(by):
    found = periods(days(None, None), by)
    assert found.isna().all()
    assert isinstance(found.dtype, pd.PeriodDtype)


def test_another_width_is_refused_and_the_widths_named():
    with pytest.raises(ParameterError, match="day, week, month, got 'year'"):
        periods(days("2019-02-03"), "year")


@pytest.mark.parametrize(("months", "width"), [(45, "M"), (46, "Y")])
def test_years_are_taken_for_more_months_than_a_figure_holds_where_they_are_asked_for(months, width):
    published = pd.Series(pd.date_range("2010-01-01", periods=months, freq="MS"))
    assert str(periods(published, years=True).dtype).startswith(f"period[{width}")
    assert str(periods(published, "month", years=True).dtype) == "period[M]"
    assert str(periods(published).dtype) == "period[M]"


def test_a_width_has_its_name():
    names = {
        freq: period_width(pd.period_range("2019-01-01", periods=2, freq=freq)) for freq in ("D", "W-SUN", "M", "Y")
    }
    assert names == {"D": "day", "W-SUN": "week", "M": "month", "Y": "year"}


def test_presence_has_every_period_and_the_group_with_most_articles_first():
    period = periods(days("2019-02-03", "2019-04-05", "2019-04-06", None), "month")
    present = presence(pd.Series(["Bell", "Horn", "Horn", "Bell"]), period)
    assert present.index.tolist() == ["Bell", "Horn"]
    assert present.columns.astype("str").tolist() == ["2019-02", "2019-03", "2019-04"]
    assert present.to_numpy().tolist() == [[1, 0, 0], [0, 0, 2]]


def test_the_longest_gap_comes_first_and_the_earliest_of_equal_ones_counts():
    months = pd.period_range("2019-01", periods=6, freq="M")
    present = pd.DataFrame([[1, 0, 1, 0, 1, 0], [1, 1, 0, 0, 1, 1], [1] * 6], ["Bell", "Horn", "Wire"], months)
    found = silences(present)
    assert found["gap"].to_dict() == {"Horn": "Mar 2019 to Apr 2019", "Bell": "Feb 2019", "Wire": ""}
    assert found["silent"].tolist() == [2, 3, 0]
    assert set(found["width"]) == {"month"}


@pytest.mark.parametrize("published", [days(None, None), days("2019-02-03", "2019-02-04")])
def test_one_period_or_none_has_no_silences(published):
    present = presence(pd.Series(["Bell", "Horn"]), periods(published, "month"))
    assert silences(present).empty
    assert "gap" in silences(present)


ORRIN = {
    "bee/1.txt": "date 2021-05-24\nThe mill burned on 23 May 2021. It had opened on 1 May 1880 and shut in May 2020.",
    "bee/2.txt": "date 2021-05-26\nOn 23 May 2021 and on 1 May 1880 people came. The fire of 23 May 2021 was quick.",
    "owl/1.txt": "date 2021-05-23\nFire broke out on Sunday, 23 May 2021, and not on 1 May 1880.",
    "owl/2.txt": "date 2021-05-26\nOn 23 May 2021 and on 1 May 1880 people came. The fire of 23 May 2021 was quick.",
    "owl/3.txt": "Fire, 23 May 2021.",
    "corpus.toml": 'outlet = "folder"',
}


def test_dates_are_gathered_and_ranked_as_worked_out_by_hand(news):
    """23 May 2021: bee/1 once, bee/2 twice, owl/1 once, owl/2 twice, owl/3 once: 7 mentions; bee/2 and owl/2 are one
    text: 4 stories; 2 outlets. Sentences that name it alone: bee/1 (24 May), bee/2 and owl/2 (26 May), owl/3
    (undated); the first published stands for it, and owl/1, earlier still, names two dates.
    1 May 1880: bee/1, bee/2, owl/1, owl/2: 4 mentions, 3 stories, 2 outlets; every sentence names two dates, owl/1 first.
    May 2020: bee/1 only, in a sentence with another date.
    """
    table = events(news(ORRIN))
    assert list(table.columns) == [*EVENTS, "date"]
    columns = ["begin", "until", "granularity", "mentions", "stories", "outlets", "text"]
    assert [
        (str(row[0])[:10], str(row[1])[:10], *row[2:]) for row in table[columns].itertuples(index=False, name=None)
    ] == [
        ("2021-05-23", "2021-05-23", "day", 7, 4, 2, "The mill burned on 23 May 2021."),
        ("1880-05-01", "1880-05-01", "day", 4, 3, 2, "Fire broke out on Sunday, 23 May 2021, and not on 1 May 1880."),
        ("2020-05-01", "2020-05-31", "month", 1, 1, 1, "It had opened on 1 May 1880 and shut in May 2020."),
    ]


def test_the_golden_corpus_turns_on_the_night_the_lamp_failed(corpus):
    """4 February 2019 stands in the failure and in three storm warnings, which are one story. Everything else is
    named once: first what lies in the time of the articles, then what lies nearest, of each the later date first."""
    table = events(corpus)
    first = table.iloc[0]
    assert (first["mentions"], first["stories"], first["outlets"]) == (4, 2, 3)
    assert first["text"] == "The lamp at Marrow Head went out on 4 February 2019, a little after 9:30 p.m."
    assert (table["mentions"][1:] == 1).all()
    assert table["begin"].dt.strftime("%Y-%m-%d").tolist() == [
        "2019-02-04", "2019-03-18", "2019-03-01", "2019-02-06", "2019-02-05", "2019-06-01", "1998-01-01", "1994-06-30", "1987-08-09",
    ]  # fmt: skip


def test_many_texts_weigh_more_than_many_mentions_and_the_later_date_breaks_a_tie(news):
    """1 May 2020: three mentions in one text. 2 and 3 May: two mentions in two texts each."""
    files = {
        "a.txt": "1 May 2020, 1 May 2020, 1 May 2020. On 2 May 2020.",
        "b.txt": "2 May 2020 and 3 May 2020.",
        "c.txt": "3 May 2020.",
    }
    table = events(news(files))
    assert table["begin"].dt.day.tolist() == [3, 2, 1]
    assert table["mentions"].tolist() == [2, 2, 3]


def test_a_passage_is_a_sentence_that_names_the_date(corpus):
    table = events(corpus)
    assert corpus.text(table).tolist() == table["text"].tolist()
    place = table.merge(corpus.sentences, on=["doc_id", "start", "end"])
    named = place.merge(corpus.timex, on=["doc_id", "begin"], suffixes=("", "_date"))
    assert len(place) == len(table)
    assert (
        ((named["start"] <= named["start_date"]) & (named["end_date"] <= named["end"]))
        .groupby(named["begin"])
        .any()
        .all()
    )


def test_mentions_are_the_time_expressions(corpus):
    table = events(corpus)
    assert table["mentions"].sum() == len(corpus.timex)
    assert mentions(corpus)["date"].value_counts().to_dict() == dict(zip(table["date"], table["mentions"], strict=True))
    counted = corpus.timex.groupby(["begin", "granularity"]).size()
    assert [counted[key] for key in zip(table["begin"], table["granularity"], strict=True)] == table[
        "mentions"
    ].tolist()


@pytest.mark.parametrize("body", ["It rained.", "!", "date 2020-01-01\nOn 30 February 2019 it rained."])
def test_a_corpus_that_names_no_date_has_no_event_and_the_same_columns(news, body):
    table = events(news({"a.txt": body}))
    assert table.empty
    assert list(table.columns) == [*EVENTS, "date"]
    assert table.dtypes[["start", "end", "mentions", "stories", "outlets"]].eq("int64").all()
    assert all(pd.api.types.is_datetime64_dtype(table[day]) for day in ("begin", "until"))
