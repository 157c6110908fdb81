"""Ids: equal records are one article, and every article has an id of its own."""

import json

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers import identity

MILL = {"date": "2021-05-23", "outlet": "Bee", "url": "u", "text": "It burned."}


def lines(*records: dict) -> str:
    return "\n".join(map(json.dumps, records))


def test_records_equal_in_date_outlet_url_and_body_are_one_article(one):
    _, audit = one("a.jsonl", lines(MILL | {"id": "a"}, MILL | {"id": "b"}, MILL | {"title": "Mill"}))
    assert list(audit.reason) == ["", "same record", "same record"]
    assert list(audit.doc_id) == ["a", "", ""]


def test_a_difference_in_one_of_the_four_makes_two_articles(one):
    other = [MILL | {"date": "2021-05-24"}, MILL | {"outlet": "Owl"}, MILL | {"url": "v"}]
    articles, _ = one("a.jsonl", lines(MILL, *other))
    assert articles.doc_id.nunique() == 4
    assert list(articles.body) == ["It burned."] * 4


def test_fields_that_are_equal_only_when_joined_make_two_articles(one):
    articles, audit = one("a.jsonl", lines(MILL | {"outlet": "ab", "url": "c"}, MILL | {"outlet": "a", "url": "bc"}))
    assert articles.doc_id.nunique() == 2
    assert list(audit.notes) == ["", ""]


def test_the_first_article_keeps_its_id_and_taken_numbers_are_skipped(one):
    articles, audit = one(
        "a.jsonl", lines(*({"id": name, "text": f"Text {n}."} for n, name in enumerate(["a", "a", "a-2", "a"])))
    )
    assert list(articles.doc_id) == ["a", "a-3", "a-2", "a-4"]
    assert list(audit.notes) == ["no date", "no date; id repeated", "no date", "no date; id repeated"]


def test_an_id_made_from_the_content_is_the_same_in_every_run_and_format(one):
    first = one("a.jsonl", lines(MILL))[0].doc_id[0]
    again = one("b.csv", "url,text,outlet,date\nu,It burned.,Bee,23 May 2021\n")[0].doc_id[0]
    assert first == again == identity.content_id("2021-05-23", "Bee", "u", "It burned.")
    assert first == "8e6a54fa002d"


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "a-2-2", "b", "b-1"])))
def test_ids_are_unique_and_the_first_of_each_is_unchanged(names):
    told_apart = identity.distinct(names)
    assert len(set(told_apart)) == len(names)
    assert all(told_apart[names.index(name)] == name for name in names)
