"""JSON: arrays, single objects, a service's answer, and lines, some of them bad."""

import gzip
import json

import pandas as pd
import pytest

MILL = {"id": 7, "title": "Mill", "date": "2021-05-23", "text": "It burned."}
WEIR = {"id": 8, "title": "Weir", "date": 20210524, "text": "It broke."}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps([MILL, WEIR], indent=1)),
        ("a.json", json.dumps({"articles": [MILL, WEIR]})),
        ("a.json", json.dumps({"hits": [MILL, WEIR]})),
        ("a.json", json.dumps({"status": "ok", "totalResults": 2, "results": [MILL, WEIR]})),
        ("a.json", f"{json.dumps(MILL)}\n{json.dumps(WEIR)}\n"),
        ("a.jsonl", f"{json.dumps(MILL)}\n\n{json.dumps(WEIR)}"),
        ("a.ndjson", f"{json.dumps(MILL)}\r\n{json.dumps(WEIR)}\r\n"),
        ("a.jsonl.gz", gzip.compress(f"{json.dumps(MILL)}\n{json.dumps(WEIR)}".encode())),
    ],
)
def test_the_same_articles_come_from_every_shape(one, name, content):
    articles, audit = one(name, content)
    assert list(articles.doc_id) == ["7", "8"]
    assert list(articles.published) == [pd.Timestamp("2021-05-23"), pd.Timestamp("2021-05-24")]
    assert list(audit.record) == [1, 2]


def test_one_object_is_one_article_even_if_it_contains_a_list(one):
    articles, _ = one("a.json", json.dumps(MILL | {"items": [{"a": 1}]}))
    assert articles["items"].to_list() == ['[{"a": 1}]']


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html></html>", "malformed"),
        ("[1", "malformed"),
        ("7", "malformed"),
        ("[" * 100_000, "malformed"),
        ("[]", "empty"),
        ('{"articles": []}', "empty"),
        ("{}", "no body"),
    ],
)
def test_a_file_without_articles_is_one_row(one, content, reason):
    assert one("a.json", content)[1][["record", "reason"]].values.tolist() == [[1, reason]]


def test_a_bad_line_is_set_aside_and_the_others_stay(one):
    deep = '{"text": "x", "a": ' + "[" * 100_000
    _, audit = one("a.jsonl", "\n".join([json.dumps(MILL), '{"text": "cut', "", "[1]", deep, json.dumps(WEIR)]))
    assert list(audit.reason) == ["", "malformed", "malformed", "malformed", ""]
    assert list(audit.record) == [1, 2, 3, 4, 5]


def test_items_of_an_array_that_are_not_objects_are_malformed(one):
    assert list(one("a.json", json.dumps([MILL, 1, None]))[1].reason) == ["", "malformed", "malformed"]


def test_lists_objects_and_odd_numbers_become_texts(one):
    articles, _ = one(
        "a.json",
        '{"source": {"id": null, "name": "The Bee"}, "authors": ["Ada Roe", {"name": "Bo Lund"}], "text": ["One.", "Two."],'
        ' "geo": {"lat": 1.5}, "score": NaN, "size": Infinity, "title": null, "url": 5}',
    )
    row = articles.iloc[0]
    assert [row.outlet, row.byline, row.body, row.headline, row.url] == [
        "The Bee",
        "Ada Roe, Bo Lund",
        "One.\n\nTwo.",
        "",
        "5",
    ]
    assert (row.geo, row["size"]) == ('{"lat": 1.5}', float("inf"))


def test_lone_surrogates_and_carriage_returns_do_not_reach_the_body(one):
    articles, _ = one("a.json", r'{"text": "one\ud800\r\ntwo\ud83d\ude00", "k\udfff": "\udc00"}')
    assert articles.body[0] == "one\ufffd\ntwo😀"
    assert articles["k\ufffd"][0] == "\ufffd"


@pytest.mark.parametrize("value", [None, 3, True, {"a": "b"}, " ", []])
def test_a_body_that_is_not_text_is_no_body(one, value):
    assert list(one("a.json", json.dumps(MILL | {"text": value}))[1].reason) == ["no body"]
