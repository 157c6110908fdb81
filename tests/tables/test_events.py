"""Dates that articles name: the whole table by hand, and corpora that name none."""

import pandas as pd
import pytest

from broadsheet.schema import EVENTS
from broadsheet.tables import events

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
    assert list(table.columns) == list(EVENTS)
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
    counted = corpus.timex.groupby(["begin", "granularity"]).size()
    assert [counted[key] for key in zip(table["begin"], table["granularity"], strict=True)] == table[
        "mentions"
    ].tolist()


@pytest.mark.parametrize("body", ["It rained.", "!", "date 2020-01-01\nOn 30 February 2019 it rained."])
def test_a_corpus_that_names_no_date_has_no_event_and_the_same_columns(news, body):
    table = events(news({"a.txt": body}))
    assert table.empty
    assert list(table.columns) == list(EVENTS)
    assert table.dtypes[["start", "end", "mentions", "stories", "outlets"]].eq("int64").all()
    assert all(pd.api.types.is_datetime64_dtype(table[day]) for day in ("begin", "until"))
