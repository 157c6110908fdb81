"""An executed notebook read as a page: its headline, its answer, its body."""

import base64
import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from broadsheet.errors import SchemaError
from broadsheet.press.svg import themed
from broadsheet.report import MIME, shown

Link = shown.Link
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_SENTENCE = MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "autolink"])


@dataclass
class Page:
    """What a notebook has to say, in reading order."""

    title: str = ""
    standfirst: str = ""
    values: list[dict[str, Any]] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    picture: str = ""


def read(notebook: nbformat.NotebookNode, count_link: Link, passage_link: Link) -> Page:
    """Return the page that an executed notebook makes; see `shown.html` for the two links."""
    page = Page()
    for cell in _worth_printing(notebook.cells):
        if cell.cell_type == "markdown":
            _prose(page, cell.source)
        elif cell.cell_type == "code" and cell.source.strip():
            page.blocks.append({"kind": "code", "html": _highlighted(cell.source)})
            for output in cell.outputs:
                _output(page, output, count_link, passage_link)
    return page


def inline(text: str) -> Markup:
    """Return one sentence of Markdown as HTML; links, pictures and markup within it stay text."""
    return Markup(_SENTENCE.renderInline(text))


def _worth_printing(cells: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Return the cells without the prose that would stand over nothing.

    A text cell that opens a section is about all cells up to the next heading, another about those up to the next text
    cell. Where code stands there and none of it shows anything below the page's head, the text is left out. The first
    text cell, which says who asks, stays, and so does a title.
    """
    kept, texts = [], [cell for cell in cells if cell.cell_type == "markdown"]
    for place, cell in enumerate(cells):
        about = (other.outputs for other in _about(cells[place:]) if other.cell_type == "code" and other.source.strip())
        stays = cell not in texts[1:] or cell.source.startswith("# ")
        outputs = [] if stays else list(about)
        if not outputs or any(_shows(output) for output in itertools.chain(*outputs)):
            kept.append(cell)
    return kept


def _about(cells: list[nbformat.NotebookNode]) -> Iterator[nbformat.NotebookNode]:
    """Yield the cells that the first of them, a text, is about."""
    section = cells[0].source.startswith("#")
    for cell in cells[1:]:
        if cell.cell_type == "markdown" and (not section or cell.source.startswith("#")):
            return
        yield cell


def _shows(output: nbformat.NotebookNode) -> bool:
    """Say whether an output stands in the body of the page; a value stands at its head, what is warned nowhere."""
    if output.output_type == "stream":
        return output.name == "stdout"
    return (output.get("data", {}).get(MIME) or {}).get("kind") != "value"


def _prose(page: Page, source: str) -> None:
    heading = re.match(r"# (.+)\n*", source)
    if heading and not page.title:
        page.title = heading[1].strip()
        source = source[heading.end() :]
    if source.strip():
        page.blocks.append({"kind": "prose", "html": Markup(_MARKDOWN.render(source))})


def _output(page: Page, output: nbformat.NotebookNode, count_link: Link, passage_link: Link) -> None:
    """Add one output of a cell to the page: an item of ours by its kind, anything else as well as it can be shown."""
    if output.output_type == "stream":
        if output.name == "stdout":
            page.blocks.append({"kind": "text", "html": Markup(f"<pre>{html.escape(output.text)}</pre>")})
        return
    data = output.get("data", {})
    item = data.get(MIME)
    if item is None:
        if shown_as := _foreign(data):
            page.blocks.append({"kind": "text", "html": shown_as})
    elif item["kind"] == "value":
        page.values.append(item)
    elif item["kind"] == "takeaway":
        sentence = inline(item["sentence"])
        if page.standfirst:
            page.blocks.append({"kind": "takeaway", "html": sentence})
        else:
            page.standfirst = sentence
    elif item["kind"] == "prose":
        _prose(page, item["text"])
    elif item["kind"] == "table":
        if item["name"] in page.tables or item["name"] == "codebook":
            raise SchemaError(
                f"Two tables are named {item['name']!r}, or one like the codebook; give one another name."
            )
        page.tables[item["name"]] = item
        page.blocks.append({**item, "html": Markup(shown.html(item, count_link, passage_link))})
    elif item["kind"] == "figure":
        picture = Markup(themed(data["image/svg+xml"], item["alt"]))
        page.picture = page.picture or picture
        page.blocks.append({**item, "html": picture})


def _foreign(data: dict[str, Any]) -> Markup:
    """Return an output that is not one of ours, made harmless: no script and nothing from elsewhere."""
    if "image/svg+xml" in data or "image/png" in data:
        kind = "image/svg+xml" if "image/svg+xml" in data else "image/png"
        raw = data[kind] if kind == "image/png" else base64.b64encode(data[kind].encode()).decode()
        return Markup(f'<img alt="" src="data:{kind};base64,{"".join(raw.split())}">')
    if "text/html" in data:
        return Markup(
            nh3.clean(
                data["text/html"],
                attributes={"*": {"class"}, "a": {"href"}, "td": {"colspan"}, "th": {"colspan", "scope"}},
                tags=nh3.ALLOWED_TAGS - {"img"},
            )
        )
    if "text/markdown" in data:
        return Markup(_MARKDOWN.render(data["text/markdown"]))
    return Markup(f"<pre>{html.escape(data['text/plain'])}</pre>") if "text/plain" in data else Markup()


def _highlighted(source: str) -> Markup:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))
