"""Lines of a keyword in context as HTML."""

import pandas as pd

from broadsheet.report.concordance import concordance

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
