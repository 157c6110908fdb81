"""An executed notebook read as a page: blocks in order, our items by kind, foreign outputs made harmless."""

import base64

import pytest
from nbformat.v4 import new_output

from broadsheet.errors import SchemaError
from broadsheet.press import page
from broadsheet.report import MIME

PICTURE = '<svg viewBox="0 0 9 9"><path d="M0 0"/></svg>'
COUNT = {"key": "term:sluice", "n": 1234}
TABLE = {
    "kind": "table",
    "name": "uses",
    "caption": "Uses.",
    "columns": [
        {"name": "term", "label": "term", "form": "", "meaning": "a word"},
        {"name": "n", "label": "uses", "form": ",", "meaning": "how often"},
    ],
    "rows": [["<b>sluice</b>", COUNT]],
    "total": 1,
}


def ours(item: dict, **further: str):
    return new_output("display_data", {MIME: item, "text/plain": "for terminals"} | further)


def takeaway(sentence: str, *counts: dict, kind: str = "takeaway"):
    return ours({"kind": kind, "sentence": sentence, "counts": list(counts)})


def figure(name: str):
    return ours({"kind": "figure", "name": name, "caption": "c", "alt": "a"}, **{"image/svg+xml": PICTURE})


def value(number: int):
    return ours({"kind": "value", "name": "articles", "value": number, "text": str(number)})


def foreign(kind: str, content: str):
    return new_output("display_data", {kind: content, "text/plain": "for terminals"})


def read(notebook) -> page.Page:
    return page.read(notebook, lambda cell: f'<a data-key="{cell["key"]}">', lambda row: "article.html")


def kinds(made: page.Page) -> dict[str, list[str]]:
    """Return the kinds of blocks below each heading, without the code."""
    return {
        section.heading: [block["kind"] for block in section.blocks if block["kind"] != "code"]
        for section in made.sections
    }


def html(notebook) -> str:
    """Return all that the page would show besides the code."""
    made = read(notebook)
    blocks = [block for section in made.sections for block in section.blocks if block["kind"] != "code"]
    headings = [section.heading for section in made.sections]
    return "\n".join([made.standfirst, *headings, *(block.get("html", "") for block in blocks)])


def test_blocks_are_in_reading_order_below_their_headings(notebook):
    cells = ["# Which word?\n\nWho asks.", [value(12), takeaway("One.")], "## Then", [takeaway("Two."), ours(TABLE)]]
    made = read(notebook(*cells, "More.\n\n## Last\n\nThis.", [takeaway("A note.", kind="note")]))
    assert made.title == "Which word?"
    assert kinds(made) == {"": ["prose"], "Then": ["takeaway", "table", "prose"], "Last": ["prose", "note"]}
    assert [item["value"] for item in made.values] == [12]
    assert list(made.tables) == ["uses"]


def test_the_first_takeaway_is_the_standfirst_and_is_nowhere_else(notebook):
    made = read(notebook("# Q?", [takeaway("*Sluice* leads.")], [takeaway("Then eels.")]))
    assert made.standfirst == "<em>Sluice</em> leads."
    assert "Sluice" not in "".join(block["html"] for block in made.sections[0].blocks)


def test_three_further_findings_are_in_brief_and_lead_to_their_sections(notebook):
    findings = [takeaway(f"{n}.") for n in ("Two", "Three", "Four", "Five")]
    made = read(notebook("# Q?", [takeaway("One."), findings[0]], "## On eels", findings[1:3], "## Late", findings[3:]))
    assert [(finding["html"], finding["section"]) for finding in made.brief] == [
        ("Two.", ""),
        ("Three.", "section-on-eels"),
        ("Four.", "section-on-eels"),
    ]
    assert kinds(made) == {"": ["takeaway"], "On eels": ["takeaway", "takeaway"], "Late": ["takeaway"]}


def test_the_first_figure_goes_to_the_top_and_leaves_a_pointer(notebook):
    made = read(notebook("# Q?", "## One", [figure("one")], "## Two", [figure("two")]))
    assert made.figure["name"] == "one"
    assert "<svg" in made.figure["html"]
    assert kinds(made) == {"": [], "One": ["pointer"], "Two": ["figure"]}


def test_each_heading_has_an_id_of_its_own(notebook, elements):
    made = read(notebook("# Q?", "## Eels & *weirs*\n\n### Why\n\n### Why", "## Eels *weirs*", "## 鰻", "## 鰻"))
    ids = [section.id for section in made.sections[1:]]
    ids += [given["id"] for tag, given in elements(made.sections[1].blocks[0]["html"]) if tag == "h3"]
    assert len(set(ids)) == 6
    assert made.sections[1].heading == "Eels & weirs"


def test_methods_and_references_go_to_the_end_and_long_ones_are_folded(notebook):
    methods = "## Methods and limits\n\n" + "word " * 99
    made = read(notebook("# Q?", methods, "## References\n\nA book.", "## Result", [ours(TABLE)]))
    assert [(section.heading, section.is_folded) for section in made.sections] == [
        ("", False),
        ("Result", False),
        ("Methods and limits", True),
        ("References", False),
    ]


def test_a_page_without_table_and_figure_has_neither_methods_nor_references(notebook):
    made = read(notebook("# Q?\n\nWho.", [takeaway("Too thin.")], "## Methods", "## References\n\nA book."))
    assert (made.standfirst, kinds(made)) == ("Too thin.", {"": ["prose"]})


def test_the_first_heading_is_the_title_and_later_ones_stay(notebook):
    made = read(notebook("Before.", "# First?\n\nUnder it.", "# Second?"))
    assert (made.title, [section.heading for section in made.sections]) == ("First?", ["", "Second?"])


def test_prose_about_nothing_is_left_out(notebook):
    """The section on trends has a table but no figure; that on pairs shows nothing at all."""
    cells = ["# Q?\n\nWho asks.", [value(1)], "## Trends", [], "A figure:", [], "A table:", [ours(TABLE)]]
    shown = html(notebook(*cells, "## Pairs\n\nRead them so.", [], "More.", [value(1)], "## Methods", "Source."))
    kept, gone = ["Who asks.", "Trends", "A table:", "Methods", "Source."], ["A figure:", "Pairs", "More."]
    assert [text for text in kept + gone if text in shown] == kept


def test_numbers_of_a_sentence_are_linked_where_they_are_counted(notebook):
    none = {"key": "term:eel", "n": 0}
    text = html(notebook([takeaway("*Sluice \ue0000\ue001*, eel \ue0001\ue001 times.", COUNT, none)]))
    assert text.strip() == '<em>Sluice <a data-key="term:sluice">1,234</a></em>, eel 0 times.'


def test_two_tables_of_one_name_are_refused(notebook):
    with pytest.raises(SchemaError, match=r"uses\.csv"):
        read(notebook([ours(TABLE), ours(TABLE)]))


def test_an_empty_cell_leaves_no_block(notebook):
    empty = notebook([])
    empty.cells[0].source = " \n"
    assert [section.blocks for section in read(empty).sections] == [[]]


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
    block = read(made).sections[0].blocks[0]
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
