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
        ("a.json", json.dumps({"response": {"status": "ok", "results": [MILL, WEIR], "tags": [{"id": "x"}]}})),
        ("a.json", json.dumps({"took": 1, "hits": {"hits": [{"_id": "h", "_source": row} for row in (MILL, WEIR)]}})),
        ("a.json", json.dumps({"data": {"posts": {"edges": [{"node": MILL}, {"node": WEIR}]}}})),
        ("a.json", json.dumps({"data": [{"type": "a", "attributes": MILL}, {"type": "a", "attributes": WEIR}]})),
        ("a.json", json.dumps({"response": {"docs": [MILL]}}) + json.dumps({"response": {"docs": [WEIR]}})),
        ("a.json", json.dumps([{"articles": [MILL]}, {"articles": [WEIR]}])),
        ("a.json", json.dumps({"articles": [MILL]}, indent=2) + "\n" + json.dumps({"articles": [WEIR]}, indent=2)),
        ("a.json", json.dumps({"page 1": [MILL], "page 2": [WEIR]})),
        ("a.json", json.dumps({"x": MILL, "y": WEIR})),
        ("a.json", json.dumps({name: {"0": MILL[name], "1": WEIR[name]} for name in MILL})),
        ("a.json", json.dumps({"columns": [*MILL], "index": [0, 1], "data": [[*MILL.values()], [*WEIR.values()]]})),
        ("a.json", f"var news = {json.dumps([MILL, WEIR])};\n"),
        ("a.json", f"callback({json.dumps({'articles': [MILL, WEIR]})});"),
        ("a.json", f"{json.dumps(MILL)}\n{json.dumps(WEIR)}\n"),
        ("a.json", json.dumps(MILL) + json.dumps(WEIR)),
        ("a.jsonl", json.dumps(MILL) + json.dumps(WEIR)),
        ("a.jsonl", json.dumps([MILL, WEIR], indent=1)),
        ("a.jsonl", f"[\n{json.dumps(MILL)},\n{json.dumps(WEIR)}\n]\n"),
        ("a.jsonl", f"{json.dumps([MILL])}\n{json.dumps([WEIR])}\n"),
        ("a.jsonl", f"{json.dumps({'articles': [MILL]})}\n{json.dumps({'articles': [WEIR]})}\n"),
        ("a.jsonl", json.dumps(MILL, indent=1) + "\n" + json.dumps(WEIR, indent=1)),
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
        ('{"status": "ok", "response": {"docs": []}}', "empty"),
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


def reasons(one, content: str, name: str = "a.json") -> list[str]:
    return list(one(name, content)[1].reason)


GOOD = '{"id": 1, "text": "It burned.", "by": {"id": 7}}'


@pytest.mark.parametrize(
    "bad",
    [
        '{"id": 2, "text": "The "weir" broke."}',
        '{"id": 2, "text": "A plank of 5"."}',
        '{"id": 2, "text": "It broke." "by": {"id": 8}}',
        '{"id": 2, "text": "It broke.", "by": {"id": 8}',
        '{"id": 2, "text": "It broke}',
        '{"id": 2, "text": }',
        '{"id": 2, "text": "It broke.", "tags": [1, 2}',
        "nothing",
        "7",
    ],
)
@pytest.mark.parametrize("before", [0, 1])
def test_a_faulty_item_of_an_array_costs_itself(one, bad, before):
    good = [GOOD.replace("1", str(n), 1).replace("burned", f"burned {n}") for n in (3, 4, 5)]
    items = [*good[:before], bad, *good[before:]]
    _, audit = one("a.json", f"[{', '.join(items)}]")
    assert list(audit.reason[audit.reason != ""]) == ["malformed"]
    assert list(audit.record[audit.reason != ""]) == [before + 1]
    assert audit.kept.sum() == 3


@pytest.mark.parametrize("cut", [1, 2, 9, 20])
def test_an_array_that_is_cut_keeps_its_whole_items(one, cut):
    assert reasons(one, f"[{GOOD},\n{GOOD.replace('1', '2', 1)}, {GOOD}]"[:-cut])[-1] == "malformed"
    assert reasons(one, f"[{GOOD},\n{GOOD.replace('1', '2', 1)}, {GOOD}]"[:-cut])[0] == ""


def test_an_answer_that_is_cut_keeps_its_whole_articles(one):
    whole = json.dumps({"status": "ok", "articles": [MILL, WEIR, MILL | {"text": "It sank."}]})
    assert reasons(one, whole[:-20]) == ["", "", "malformed"]


def test_an_article_around_a_list_of_comments_is_the_article(one):
    story = {
        "headline": "Mill",
        "date": "2021-05-23",
        "story": {"html": "It burned. " * 30},
        "comments": [{"text": "Sad."}],
    }
    articles, _ = one("a.json", json.dumps(story))
    assert articles.headline[0] == "Mill"
    assert articles.body[0].startswith("It burned.")


def test_the_objects_of_content_systems_are_read(one):
    post = {"id": 1, "date": "2021-05-23", "title": {"rendered": "Mill"}, "content": {"rendered": "It burned."}}
    times = {
        "headline": {"main": "Weir"},
        "pub_date": "2021-05-24",
        "byline": {"original": "By Ada Roe"},
        "body": "It broke.",
    }
    blocks = {
        "title": "Quay",
        "date": "2021-05-25",
        "content": [{"type": "p", "text": "One."}, {"type": "p", "text": "Two."}],
    }
    paper = {
        "webTitle": "Lock",
        "webPublicationDate": "2021-05-26T10:00:00Z",
        "fields": {"bodyText": "It shut.", "byline": "Bo Lund"},
    }
    articles, audit = one("a.json", json.dumps([post, times, blocks, paper]))
    assert list(articles.headline) == ["Mill", "Weir", "Quay", "Lock"]
    assert list(articles.body) == ["It burned.", "It broke.", "One.\n\nTwo.", "It shut."]
    assert list(articles.byline) == ["", "By Ada Roe", "", "Bo Lund"]
    assert list(audit.notes) == [""] * 4


def test_facts_beside_the_text_are_lifted_from_their_object(one):
    articles, _ = one(
        "a.json", json.dumps({"content": "It burned.", "metadata": {"title": "Mill", "date": "2021-05-23"}})
    )
    assert (articles.headline[0], str(articles.published[0])[:10]) == ("Mill", "2021-05-23")


def test_an_author_or_source_supplies_no_other_field_than_its_name(one):
    article = {
        "title": "Mill",
        "text": "It burned.",
        "source": {"id": "bee", "name": "The Bee"},
        "author": {"name": "Ada Roe", "url": "u"},
    }
    row = one("a.json", json.dumps([article]))[0].iloc[0]
    assert (row.outlet, row.byline, row.url) == ("The Bee", "Ada Roe", "")
    assert row.doc_id != "bee"


@pytest.mark.parametrize(
    ("article", "body"),
    [
        (
            {
                "title": "Mill",
                "publishedAt": "2021-05-23",
                "source": {"name": "Bee"},
                "content": None,
                "description": "It burned.",
            },
            "It burned.",
        ),
        ({"title": "Mill", "publishedAt": "2021-05-23", "source": {"name": "Bee"}, "description": None}, "Mill"),
        ({"webTitle": "Mill", "webPublicationDate": "2021-05-23", "fields": {"trailText": "It burned."}}, "It burned."),
        ({"webTitle": "Mill", "webPublicationDate": "2021-05-23"}, "Mill"),
        (
            {"headline": {"main": "Mill"}, "pub_date": "2021-05-23", "web_url": "u", "abstract": "It burned."},
            "It burned.",
        ),
    ],
)
def test_a_service_that_gives_no_text_supplies_a_stub(one, article, body):
    articles, audit = one("a.json", json.dumps({"status": "ok", "results": [article]}))
    assert (articles.body[0], articles.headline[0], audit.notes[0]) == (body, "Mill", "cut off")


def test_a_summary_in_other_json_is_no_text(one):
    assert reasons(one, json.dumps([{"title": "Mill", "summary": "It burned.", "date": "2021-05-23"}])) == ["no body"]


def test_a_great_integer_keeps_its_digits(one):
    assert (
        one("a.json", '[{"id": 123456789012345678901234, "text": "It burned."}]')[0].doc_id[0]
        == "123456789012345678901234"
    )
    assert (
        one("a.jsonl", '{"id": 123456789012345678901234, "text": "It burned."}')[0].doc_id[0]
        == "123456789012345678901234"
    )


def test_raw_line_ends_and_tabs_in_a_json_text_are_read(one):
    assert one("a.json", '[{"text": "It\nburned\there."}]')[0].body[0] == "It\nburned\there."
