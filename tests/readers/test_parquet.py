"""Parquet: typed values become days, texts and numbers; a cut file is malformed."""

import datetime
import io

import pandas as pd
import pytest


def packed(**columns) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_parquet(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "day",
    [
        "2021-05-23",
        20210523,
        20210523.0,
        datetime.date(2021, 5, 23),
        datetime.datetime(2021, 5, 23, 23, 30),
        pd.Timestamp("2021-05-23 23:30:00.000000001"),
        pd.Timestamp("2021-05-23 23:30", tz="Asia/Tokyo"),
    ],
)
def test_days_in_every_type_are_read_as_printed(one, day):
    assert one("a.parquet", packed(text=["It burned."], date=[day]))[0].published[0] == pd.Timestamp("2021-05-23")


def test_gaps_are_missing_and_numbers_stay_numbers(one):
    articles, audit = one(
        "a.parquet",
        packed(
            id=[5, None, 6],
            text=["It burned.", "It broke.", None],
            words=[2, 2, 0],
            date=[None] * 3,
            tags=[["a", "b"], None, []],
        ),
    )
    assert articles.doc_id[0] == "5"
    assert list(articles.words) == [2, 2]
    assert articles.words.dtype == "int64"
    assert articles.tags[0] == "a, b"
    assert pd.isna(articles.tags[1])
    assert list(audit.reason) == ["", "", "no body"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (packed(text=["It burned."])[:-9], "malformed"),
        (b"PAR1", "malformed"),
        (b"", "empty"),
        (packed(text=[]), "empty"),
        (packed(summary=["Gone."]), "no text column"),
    ],
)
def test_a_file_without_articles_is_one_row(one, content, reason):
    assert list(one("a.parquet", content)[1].reason) == [reason]
