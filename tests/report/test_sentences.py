"""Sentences from templates: fields, nouns, intervals, lists, and data that must stay text."""

import html

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from broadsheet.errors import SchemaError
from broadsheet.report.sentences import sentence

ROWS = pd.DataFrame(
    {"n": [1204, 1], "stories": [1, 3], "per_million": [12.4, 3.0], "per_million_low": [9.0, None],
     "per_million_high": [16.0, None]},
    index=pd.Index(["lamp", "North Gate"], name="term", dtype="str"),
)  # fmt: skip


def said(template, row=None, by=None, **values):
    filled = sentence(template, row, by, None, values)
    return filled and filled[0]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("*{term}* is used {n:time} in {stories:story}.", "*lamp* is used 1,204 times in 1 story."),
        ("{per_million} per million", "12 (9–16) per million"),
        ("{per_million!} per million", "12 per million"),
        ("{per_million|.1f}", "12.4 (9.0–16.0)"),
        ("{n:article tells|articles tell} of it", "1,204 articles tell of it"),
        ("{stories:story tells|stories tell} of it", "1 story tells of it"),
    ],
)
def test_a_field_is_written_as_the_codebook_and_its_noun_say(template, expected):
    assert said(template, ROWS.head(1)) == expected
    assert said(template, ROWS.iloc[0]) == expected


def test_an_unknown_interval_is_left_out():
    assert said("{per_million} uses", ROWS.tail(1)) == "3 uses"


def test_a_field_of_several_rows_lists_their_values():
    assert said("Most used: *{term}* ({n}).", ROWS) == "Most used: *lamp* and *North Gate* (1,204 and 1)."
    assert (
        said("Gaps: {period}.", period=pd.period_range("2019-02", periods=3, freq="M"))
        == "Gaps: Feb 2019, Mar 2019 and Apr 2019."
    )


def test_no_row_and_an_empty_list_leave_the_empty_sentence_to_say():
    assert said("*{term}*", ROWS[:0]) is None
    assert said("Left out: {words}.", words=[]) is None
    assert said({True: "yes"}, by="sure", sure=[]) is None


@pytest.mark.parametrize(
    "missing", [[], [""], [None], pd.NaT, 0], ids=["no value", "no text", "none", "no day", "zero"]
)
def test_a_part_in_double_brackets_is_left_out_where_a_value_is_missing(missing):
    template = "*{term}* is used[[, next to *{near}*]][[ and on {first}]]."
    assert said(template, ROWS.head(1), near=["a", "b"], first=missing) == "*lamp* is used, next to *a* and *b*."


def test_a_long_text_is_cut_between_words():
    assert said("“{text|.21}”", {"text": "On 12 March the barrier broke."}) == "“On 12 March the…”"
    assert said("{text|.5}", {"text": "潮水冲垮了堤坝"}) == "潮水冲垮…"


def test_a_period_has_its_preposition():
    weeks = pd.DataFrame({"first": pd.period_range("2024-08-12", periods=1, freq="W")})
    assert said("Most {first|in}.", weeks) == "Most in the week of 12 Aug 2024."
    assert said("Most {first|in}.", {"first": "2024"}) == "Most in 2024."


def test_a_template_is_chosen_by_a_column():
    templates = {True: "*{term}* rises.", False: "*{term}* may rise."}
    assert said(templates, ROWS.assign(sure=[False, True]).head(1), by="sure") == "*lamp* may rise."
    with pytest.raises(SchemaError, match="no template for stories = 1, only 'new'"):
        said({"new": "x"}, ROWS.head(1), by="stories")


def test_a_field_without_a_value_names_near_ones():
    with pytest.raises(SchemaError, match=r"needs 'storys'; the row has term, n, .* Did you mean stories"):
        said("{storys}", ROWS)


def test_a_linked_number_stands_as_a_place():
    passages = pd.DataFrame({"term": "lamp", "doc_id": "a", "start": range(1204), "end": range(4, 1208)})
    text, counts = sentence("*{term}*: {n:time}, {n}.", ROWS.head(1), None, {"n": passages}, {})
    assert text == "*lamp*: \ue0000\ue001 times, \ue0000\ue001."
    assert counts == [("term:lamp", 1204)]


@given(st.text(max_size=30).filter(lambda word: word.split() == word.split(" ")))
def test_any_word_of_an_article_is_shown_as_text_and_never_filled(word):
    read = MarkdownIt("commonmark", {"html": False}).renderInline(said("x {outlet} y", outlet=word, n=5))
    assert "<" not in read
    assert html.unescape(read) == f"x {word} y".replace("\ue000", "").replace("\ue001", "").replace("\x00", "\ufffd")


@pytest.mark.parametrize(
    "word", ["{source}", "{n}", "R&D", "and/or", "*Star*", "<b>", "[a](b)", "a_b_c", "`x`", "\ue0000\ue001"]
)
def test_words_with_signs_of_templates_and_markup_stay_words(word):
    read = MarkdownIt("commonmark", {"html": False}).renderInline(said("*{term}* is used.", term=word))
    text = (
        word.replace("\ue000", "").replace("\ue001", "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    )
    assert read == f"<em>{text}</em> is used."
