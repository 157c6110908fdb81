"""Text files: a date line, front matter, and otherwise unchanged bodies."""

import pandas as pd
import pytest


@pytest.mark.parametrize(
    "line", ["date 2021-05-23\n", " date 2021-05-23 ", "\n\nDATE: 23 May 2021\n\n", "Date:2021/05/23\n"]
)
def test_a_first_date_line_dates_the_article_and_leaves_the_body(one, line):
    articles, audit = one("a.txt", line + "The mill at Orrin burned.\n\nNobody was hurt.\n")
    assert articles.body[0] == "The mill at Orrin burned.\n\nNobody was hurt."
    assert (articles.published[0], audit.notes[0]) == (pd.Timestamp("2021-05-23"), "")


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("date 2021-02-30", "impossible date"),
        ("date 03/04/2021", "ambiguous date"),
        ("date 0001-01-01", "date out of range"),
    ],
)
def test_a_doubtful_date_leaves_the_body_and_is_noted(one, line, note):
    articles, audit = one("a.txt", f"{line}\nThe mill burned.")
    assert (articles.body[0], audit.notes[0]) == ("The mill burned.", note)
    assert pd.isna(articles.published[0])


@pytest.mark.parametrize(
    "body", ["Date palms died.\nMore.", "date\n2021-05-23 was dry.", "Mill, date 2021-05-23.", "dates 2021-05-23"]
)
def test_a_line_without_a_date_stays_whole(one, body):
    articles, audit = one("a.txt", body)
    assert (articles.body[0], audit.notes[0]) == (body, "no date")


def test_a_markdown_heading_stays_in_the_body(one):
    assert one("a.md", "# Mill burns\n\nAt noon.")[0].body[0] == "# Mill burns\n\nAt noon."


def test_front_matter_supplies_our_columns_and_the_users(one):
    articles, audit = one(
        "a.md",
        "---\ntitle: 'Mill: gone'\ndate: 2021-05-23\nauthors: [Ada Roe, Bo Lund]\nsource: The Orrin Bee\n"
        "tags: [fire, mill]\nid: 007\nnote: ~\nplace: {town: Orrin}\n---\n\nIt burned.\n",
    )
    row = articles.iloc[0]
    assert [row.headline, row.byline, row.outlet, row.doc_id] == [
        "Mill: gone",
        "Ada Roe, Bo Lund",
        "The Orrin Bee",
        "007",
    ]
    assert (row.published, row.body, row.source) == (pd.Timestamp("2021-05-23"), "It burned.", "a.md")
    assert list(articles.columns[9:]) == ["tags", "place"]
    assert (row.tags, row.place) == ("fire, mill", '{"town": "Orrin"}')
    assert audit.notes[0] == ""


def test_a_date_line_below_front_matter_without_a_date_is_used(one):
    articles, _ = one("a.md", "---\ntitle: Mill\n---\ndate 2021-05-23\nIt burned.")
    assert (articles.published[0], articles.body[0]) == (pd.Timestamp("2021-05-23"), "It burned.")


def test_a_field_called_body_does_not_hide_the_body(one):
    articles, _ = one("a.md", "---\nbody: heavenly\n---\nA comet passed.")
    assert (articles.body[0], articles.body_given[0]) == ("A comet passed.", "heavenly")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("---\ntitle: Mill\nIt burned.\n", "malformed"),
        ("---\n- a\n- b\n---\nIt burned.", "malformed"),
        ("---\ntitle: [Mill\n---\nIt burned.", "malformed"),
        ("---\na: &x [1]\nb: *x\n---\nIt burned.", "malformed"),
        ("---\na: " + "[" * 5000 + "\n---\nIt burned.", "malformed"),
        ("---\ntitle: Mill\n---\n \n", "no body"),
        ("date 2021-05-23\n", "no body"),
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("\ufeff\n", "empty"),
    ],
)
def test_files_without_an_article_are_set_aside_with_their_reason(one, content, reason):
    articles, audit = one("a.md", content)
    assert articles.empty
    assert audit.to_dict("records") == [
        {"source": "a.md", "record": 1, "doc_id": "", "kept": False, "reason": reason, "notes": ""}
    ]


def test_empty_front_matter_is_no_fault(one):
    assert one("a.md", "---\n---\nIt burned.")[0].body[0] == "It burned."
