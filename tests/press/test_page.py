"""An executed notebook read as a page: blocks in order, our items by kind, foreign outputs made harmless."""

import base64

import pytest
from nbformat.v4 import new_output

from broadsheet.press import page
from broadsheet.report import MIME

PICTURE = '<svg viewBox="0 0 9 9"><path d="M0 0"/></svg>'
TABLE = {
    "kind": "table",
    "name": "uses",
    "caption": "Uses.",
    "columns": [
        {"name": "term", "label": "term", "form": "", "meaning": "a word"},
        {"name": "n", "label": "uses", "form": ",", "meaning": "how often"},
    ],
    "rows": [["<b>sluice</b>", {"key": "term:sluice", "n": 1234}]],
}


def ours(item: dict, **further: str):
    return new_output("display_data", {MIME: item, "text/plain": "for terminals"} | further)


def takeaway(sentence: str):
    return ours({"kind": "takeaway", "sentence": sentence})


def foreign(kind: str, content: str):
    return new_output("display_data", {kind: content, "text/plain": "for terminals"})


def read(notebook) -> page.Page:
    return page.read(notebook, lambda cell: f'<a data-key="{cell["key"]}">', lambda row: "article.html")


def html(notebook) -> str:
    """Return all that the page would show besides the code."""
    made = read(notebook)
    return "\n".join([made.standfirst, *(block["html"] for block in made.blocks if block["kind"] != "code")])


def test_blocks_stand_in_reading_order(notebook):
    figure = ours({"kind": "figure", "name": "f", "caption": "c", "alt": "a"}, **{"image/svg+xml": PICTURE})
    value = ours({"kind": "value", "name": "articles", "value": 12, "text": "12"})
    made = read(
        notebook(
            "# Which word?\n\nWho asks.", [value, takeaway("One."), figure], "## Then", [takeaway("Two."), ours(TABLE)]
        )
    )
    assert made.title == "Which word?"
    assert [block["kind"] for block in made.blocks] == ["prose", "code", "figure", "prose", "code", "takeaway", "table"]
    assert [item["value"] for item in made.values] == [12]
    assert list(made.tables) == ["uses"]
    assert "<svg" in made.picture


def test_the_first_takeaway_is_the_standfirst_and_stands_nowhere_else(notebook):
    made = read(notebook("# Q?", [takeaway("*Sluice* leads.")], [takeaway("Then eels.")]))
    assert made.standfirst == "<em>Sluice</em> leads."
    assert [block["html"] for block in made.blocks if block["kind"] == "takeaway"] == ["Then eels."]


def test_the_first_heading_is_the_title_and_later_ones_stay(notebook):
    made = read(notebook("Before.", "# First?\n\nUnder it.", "# Second?"))
    assert made.title == "First?"
    assert "First?" not in html(notebook("Before.", "# First?\n\nUnder it.", "# Second?"))
    assert "Second?" in made.blocks[-1]["html"]


def test_prose_that_would_stand_over_nothing_is_left_out(notebook):
    """The section on trends has a table but no figure; that on pairs shows nothing at all."""
    value = ours({"kind": "value", "name": "n", "value": 1, "text": "1"})
    cells = ["# Q?\n\nWho asks.", [value], "## Trends", [], "A figure:", [], "A table:", [ours(TABLE)]]
    shown = html(notebook(*cells, "## Pairs\n\nRead them so.", [], "More.", [value], "## Methods", "Source."))
    for kept in ["Who asks.", "Trends", "A table:", "Methods", "Source."]:
        assert kept in shown
    for gone in ["A figure:", "Pairs", "More."]:
        assert gone not in shown


def test_computed_prose_is_prose(notebook, elements):
    made = read(notebook("# Q?", [ours({"kind": "prose", "text": "## How\n\nOf *gate* <b>5</b>."})]))
    assert [block["kind"] for block in made.blocks] == ["code", "prose"]
    assert [tag for tag, _ in elements(made.blocks[-1]["html"])] == ["h2", "p", "em"]


def test_an_empty_cell_leaves_no_block(notebook):
    empty = notebook([])
    empty.cells[0].source = " \n"
    assert read(empty).blocks == []


def test_numbers_of_a_table_are_linked_and_its_text_stays_text(notebook):
    shown = html(notebook([ours(TABLE)]))
    assert '<a data-key="term:sluice">1,234</a>' in shown
    assert "&lt;b&gt;sluice&lt;/b&gt;" in shown


@pytest.mark.parametrize(
    "cell", ["# Q?\n\n<script>x()</script> <b>bold</b>", [takeaway("<script>x()</script> <b>bold</b>")]]
)
def test_markup_in_prose_and_takeaways_stays_text(notebook, elements, cell):
    shown = html(notebook(cell))
    assert {tag for tag, _ in elements(shown)} <= {"p"}
    assert "&lt;script&gt;" in shown


def test_code_and_its_markup_are_shown_as_text(notebook, elements):
    made = notebook([])
    made.cells[0].source = 'print("<script>x()</script>")'
    block = read(made).blocks[0]
    assert {tag for tag, _ in elements(block["html"])} == {"span"}


@pytest.mark.parametrize("name", ["![x](http://example.org/x.png)", "[x](http://example.org/)"])
def test_a_name_from_the_corpus_brings_nothing_from_elsewhere(notebook, elements, name):
    assert elements(html(notebook([takeaway(f"{name} leads.")]))) == []


def test_what_is_printed_is_shown_and_what_is_warned_is_not(notebook):
    printed, warned = (new_output("stream", name=name, text=f"<i>{name}</i>\n") for name in ("stdout", "stderr"))
    assert html(notebook([printed, warned])).count("<pre>&lt;i&gt;stdout&lt;/i&gt;") == 1
    assert "stderr" not in html(notebook([printed, warned]))


@pytest.mark.parametrize(
    ("kind", "content", "picture"),
    [
        ("image/png", base64.b64encode(b"\x89PNG" * 30).decode() + "\n", b"\x89PNG" * 30),
        ("image/svg+xml", "<svg><script>x()</script></svg>", b"<svg><script>x()</script></svg>"),
    ],
)
def test_a_foreign_picture_stands_in_the_page_itself_where_it_cannot_run(notebook, elements, kind, content, picture):
    ((tag, given),) = elements(html(notebook([foreign(kind, content)])))
    assert tag == "img"
    assert given["src"].startswith(f"data:{kind};base64,")
    assert base64.b64decode(given["src"].partition(",")[2], validate=True) == picture


def test_foreign_html_is_cleaned_of_scripts_and_of_what_loads_from_elsewhere(notebook, elements):
    hostile = (
        "<style>@import 'http://example.org/a.css'</style><script>x()</script><iframe src='http://example.org'></iframe>"
        "<img src='http://example.org/x.png' onerror='x()'><table onclick='x()' style='background:url(http://example.org)'>"
        "<tr><th colspan='2'>gauge</th></tr></table><a href='javascript:x()'>go</a>"
    )
    found = elements(html(notebook([foreign("text/html", hostile)])))
    assert {"table", "th"} <= {tag for tag, _ in found}
    assert not {tag for tag, _ in found} & {"script", "style", "iframe", "img"}
    assert {name for _, given in found for name in given} <= {"colspan", "href", "rel"}
    assert "javascript" not in html(notebook([foreign("text/html", hostile)]))


def test_foreign_markdown_loads_nothing_from_elsewhere(notebook, elements):
    found = elements(html(notebook([foreign("text/markdown", "![x](http://example.org/x.png)")])))
    assert "img" not in {tag for tag, _ in found}


def test_plain_text_is_the_last_resort(notebook):
    assert "&lt;Gauge&gt;" in html(notebook([new_output("execute_result", {"text/plain": "<Gauge>"})]))
    assert html(notebook([new_output("display_data", {"application/x-unknown": "?"})])).strip() == ""
