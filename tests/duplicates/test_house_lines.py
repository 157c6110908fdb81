"""Boilerplate found by comparing an outlet's articles."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.duplicates import boilerplate, fingerprints, house_lines, stories
from broadsheet.duplicates.house_lines import ALL_REASONS, FEWEST, MANY
from broadsheet.duplicates.patterns import HEADLINE, SIGN_OFF, STANDING
from broadsheet.errors import SchemaError

GULL = "Seen a gull? Ring the quay office at all hours."


def apart(writer, count: int, seed: int = 0) -> list[str]:
    return [writer(seed + number).body() for number in range(count)]


@pytest.mark.parametrize(("count", "found"), [(FEWEST - 1, []), (FEWEST, [(n, SIGN_OFF, GULL) for n in range(FEWEST)])])
def test_three_articles_that_end_alike_make_a_sign_off(writer, table, passages, count, found):
    articles = table([f"{body}\n\n{GULL}" for body in apart(writer, count)])
    assert passages(articles, boilerplate(articles)) == found


def test_a_line_with_text_after_it_is_a_standing_line(writer, table, passages):
    articles = table([f"Letters\n\n{body}" for body in apart(writer, 3)])
    assert passages(articles, boilerplate(articles)) == [(number, STANDING, "Letters") for number in range(3)]


def test_a_line_that_several_outlets_print_once_is_not_boilerplate(writer, table):
    bodies = [f"{body}\n\n{GULL}" for body in apart(writer, 3)]
    assert boilerplate(table(bodies, outlet=["Ledger", "Flare", "Wire"])).empty


def test_lines_of_an_outlet_without_a_name_are_compared_too(writer, table):
    bodies = [f"{body}\n\n{GULL}" for body in apart(writer, 3)]
    assert len(boilerplate(table(bodies, outlet="", published=None))) == 3


def test_figures_within_a_line_may_differ_unless_it_ends_like_a_sentence(writer, table):
    for stop, found in [("", [SIGN_OFF] * 5), (".", [])]:
        bodies = [f"{body}\n\nRing 555 0{n}{n}, extension {n}{stop}" for n, body in enumerate(apart(writer, 5))]
        assert boilerplate(table(bodies))["reason"].tolist() == found


def test_a_short_report_with_other_figures_every_month_is_text(table):
    bodies = [f"The level of the lake was {n}00 cm.\n\nThe gates let {n}2 cubic metres pass." for n in range(1, 5)]
    assert boilerplate(table(bodies, published=[f"2024-0{n}-01" for n in range(1, 5)])).empty


def test_a_sentence_that_three_short_articles_share_is_text(writer, table):
    """Four paragraphs each, the third the same: it stands amid the text."""
    bodies = [
        "\n\n".join([writer(n).sentence(), writer(n + 50).sentence(), "No one was hurt.", writer(n + 99).sentence()])
        for n in range(4)
    ]
    assert boilerplate(table(bodies)).empty


def test_a_text_printed_again_after_months_is_not_boilerplate(writer, table):
    body = writer(1).body(8)
    assert boilerplate(table([body] * 3, published=["2024-01-05", "2024-02-05", "2024-03-05"])).empty


def test_an_article_that_is_its_headline_is_text(table):
    articles = table(["The gates are open.", "The gates are open.\n\nNobody was hurt."]).assign(
        headline="The gates are open."
    )
    assert boilerplate(articles)[["article", "reason"]].to_numpy().tolist() == [[1, "headline"]]


@pytest.mark.parametrize(("count", "found"), [(MANY[0] - 1, 0), (MANY[0], MANY[0])])
def test_a_sentence_amid_the_text_is_boilerplate_only_where_ten_articles_share_it(writer, table, count, found):
    said = "The barrier was built in two years."
    bodies = ["\n\n".join([writer(n).body(6), said, writer(n + 500).body(6)]) for n in range(count)]
    assert len(boilerplate(table(bodies))) == found


def test_a_quotation_is_never_boilerplate(writer, table):
    assert boilerplate(table([f"{body}\n\n“No comment.”" for body in apart(writer, 20)])).empty


@pytest.mark.parametrize(
    ("headline", "first", "found"),
    [
        ("The lamp is out", "The Lamp Is Out", True),
        ("The lamp is out", "“The lamp is out”", True),
        ("The lamp is out", "The lamp is out, says the mate.", False),
        ("", "* * *", False),
        ("?!", "It rained.", False),
    ],
)
def test_a_first_line_that_repeats_the_headline_is_marked(table, passages, headline, first, found):
    articles = table([f"\n{first}\n\nIt was dark by nine.\n\n{headline}"], headline=headline)
    marked = passages(articles, boilerplate(articles))
    assert [text for _, reason, text in marked if reason == HEADLINE] == ([first] if found else [])


def test_the_headline_may_be_below_a_dateline(table, passages):
    articles = table(["OSTREY — The ferry sank.\n\nNobody saw it."], headline="The ferry sank")
    assert passages(articles, boilerplate(articles)) == [(0, "dateline", "OSTREY —")]


def test_ten_thousand_copies_are_not_boilerplate(writer, table):
    assert boilerplate(table([writer(1).body()] * 10_000)).empty


def test_ten_thousand_copies_with_light_edits_are_not_boilerplate(writer, table):
    body, editor = writer(1).body(), writer(2)
    assert boilerplate(table([editor.edited(body) for _ in range(10_000)])).empty


def test_ten_versions_of_one_article_are_not_boilerplate(writer, table):
    """Each has a lede of its own and one paragraph more, the rest word for word."""
    write, versions = writer(1), []
    rest = write.body().split("\n\n")
    for _ in range(10):
        rest = [write.sentence(), *rest]
        versions.append("\n\n".join([write.sentence(), *rest]))
    assert boilerplate(table(versions)).empty
    assert boilerplate(table(versions, published=[f"2024-03-{day:02}" for day in range(1, 11)])).empty


def test_versions_over_a_month_are_not_boilerplate(writer, table):
    write = writer(1)
    rest = write.body()
    versions = [f"{write.sentence()}\n\n{rest}" for _ in range(30)]
    assert boilerplate(table(versions, published=[f"2024-03-{day:02}" for day in range(1, 31)])).empty


def test_a_notice_longer_than_its_articles_is_boilerplate(writer, table, passages):
    notice = "These notes are written by the harbour office, which alone answers for them: ring the quay at all hours of the day."
    articles = table([f"{writer(number).sentence()}\n\n{notice}" for number in range(100)])
    assert passages(articles, boilerplate(articles)) == [(number, SIGN_OFF, notice) for number in range(100)]


def test_copies_count_once_among_the_articles_that_share_a_line(writer, table):
    one, other = (f"{body}\n\n{GULL}" for body in apart(writer, 2))
    assert boilerplate(table([one] * 5 + [other] * 5)).empty


def test_the_order_of_articles_does_not_change_what_is_marked(writer, table, passages):
    bodies = [f"{body}\n\n{GULL}" if n % 2 else f"Letters\n\n{body}" for n, body in enumerate(apart(writer, 12))]
    bodies += [bodies[0], writer(50).edited(bodies[1]), bodies[3] + "\n\nIt rained.", "Share", ""]
    outlets = ["Ledger", "Flare", ""]
    rows = [(body, outlets[n % 3], f"2024-03-{n + 1:02}", body[:9]) for n, body in enumerate(bodies)]

    def found(order):
        bodies, outlet, published, headline = map(list, zip(*order, strict=True))
        articles = table(bodies, outlet, published, headline)
        return sorted((order[number], *rest) for number, *rest in passages(articles, boilerplate(articles)))

    assert found(rows)
    for seed in range(5):
        assert found(writer(seed).shuffled(rows)) == found(rows)


def test_spans_are_ordered_disjoint_and_slice_to_their_words(writer, table, passages):
    articles = table([f"Letters\n\n{body}\n\n Share \n\n{GULL}\n" for body in apart(writer, 4)])
    marked = boilerplate(articles)
    assert set(marked["reason"]) == {STANDING, SIGN_OFF, "share"} <= set(ALL_REASONS)
    assert all(text == text.strip() for *_, text in passages(articles, marked))
    for _, rows in marked.groupby("article"):
        assert (rows["start"].to_numpy()[1:] >= rows["end"].to_numpy()[:-1]).all()
    assert marked.columns.tolist() == ["article", "start", "end", "reason"]


@pytest.mark.parametrize("bodies", [[], [""], ["", " \n", "\r\n"], ["It rained."], ["It rained."] * 3])
def test_little_or_nothing_to_read_gives_no_row(table, bodies):
    found = boilerplate(table(bodies))
    assert found.empty
    assert found.dtypes.astype(str).to_dict() == {"article": "int64", "start": "int64", "end": "int64", "reason": "str"}


def test_articles_of_one_sentence_each_are_text(writer, table):
    assert boilerplate(table([writer(seed).sentence() for seed in range(50)])).empty


@pytest.mark.parametrize("missing", ["published", "outlet", "headline", "body"])
def test_a_missing_column_is_named(table, missing):
    with pytest.raises(SchemaError, match=missing):
        boilerplate(table(["It rained."]).drop(columns=missing))


@given(st.lists(st.sampled_from([0, 1, 7, 2**62, 2**62 - 200, 2**63, 2**64 - 1, 2**64 - 2]), max_size=12))
def test_recurring_names_are_equal_to_the_last_bit(names):
    row, number = house_lines._recurring(np.array(names, dtype=np.uint64))
    assert row.tolist() == [place for place, name in enumerate(names) if names.count(name) > 1]
    ordered = sorted({name for name in names if names.count(name) > 1})
    assert number.tolist() == [ordered.index(names[place]) for place in row.tolist()]


@pytest.mark.parametrize("lot", [1, 2_000])
def test_marks_and_stories_do_not_depend_on_the_size_of_lots(writer, table, monkeypatch, lot):
    """Two texts that share nothing but what is marked, a notice of many words, tell two stories."""
    notice = f"© 2024 Orrin Post. All rights reserved. {writer(99).body(1)}"
    bodies = [f"{writer(seed).body(3)}\n\n{notice}" for seed in range(6)]
    articles = table([*bodies, "", f"{bodies[0]}\n\n{writer(50).sentence()}"], ["Post"] * 8)
    marks, story = boilerplate(articles), stories(articles)
    assert len(set(story[:6])) == 6
    assert story[7] == story[0]
    assert set(marks["article"]) == {*range(6), 7}
    monkeypatch.setattr(fingerprints, "AT_ONCE", lot)
    pd.testing.assert_frame_equal(boilerplate(articles), marks)
    pd.testing.assert_series_equal(stories(articles), story)
