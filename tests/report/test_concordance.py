"""Lines of a keyword in context as HTML."""

import pandas as pd

from broadsheet.report.concordance import clipped, concordance

LINES = pd.DataFrame(
    {"doc_id": ["a"], "start": [4], "end": [8], "left": ["the <b> "], "node": ["lamp"], "right": [" & oil"]}
)


def test_a_line_has_three_cells_and_its_marks_are_text():
    page = concordance(LINES)
    assert page.count("<tr>") == 2
    assert "<bdi>the &lt;b&gt; </bdi></td>" in page
    assert "<strong><bdi>lamp</bdi></strong>" in page
    assert "<bdi> &amp; oil</bdi>" in page


def test_the_keyword_leads_to_its_place():
    page = concordance(LINES, lambda line: f"{line.doc_id}.html?x&#{line.start}")
    assert '<a class="passage" href="a.html?x&amp;#4"><bdi>lamp</bdi></a>' in page


def test_without_lines_the_table_is_empty():
    assert concordance(LINES[:0]).count("<tr>") == 1


def test_context_is_cut_between_words_with_a_sign_where_it_goes_on():
    """Ten characters on either side of eleven: `ld keeper's` begins within a word, ` is out of o` ends within one."""
    lines = LINES.assign(left=["ld keeper's"], right=[" is out of o"])
    assert clipped(lines, 10)[["left", "right"]].values.tolist() == [["… keeper's", " is out of …"]]


def test_context_that_ends_with_the_article_is_shown_whole():
    assert clipped(LINES, 8).equals(LINES)


def test_a_word_longer_than_the_context_is_cut():
    lines = LINES.assign(left=["abcdefghi "], right=[" abcdefghi"])
    assert clipped(lines, 5)[["left", "right"]].values.tolist() == [["… fghi ", " abcd …"]]


def test_a_word_that_the_context_just_holds_is_kept():
    lines = LINES.assign(left=["x the old "], right=[" is out ofx"])
    assert clipped(lines, 9)[["left", "right"]].values.tolist() == [["… the old ", " is out …"]]
