"""An executed notebook read as a page: the first screen, then sections, then methods and references."""

import html
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import nbformat
from markupsafe import Markup

from broadsheet.errors import SchemaError
from broadsheet.press import prose
from broadsheet.press.addresses import slug
from broadsheet.press.svg import themed
from broadsheet.report import MIME, shown

BRIEF = 3  # findings on the first screen, besides the standfirst
UNFOLDED = 60  # words of methods or references that are shown unfolded
BACK_MATTER = re.compile(r"(methods?|limits|references|sources)\b", re.IGNORECASE)


@dataclass
class Section:
    """The blocks below one heading; before the first heading, `heading` is empty."""

    heading: str = ""
    id: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_back_matter(self) -> bool:
        """Whether the section belongs to the end of the page: methods, limits, references."""
        return BACK_MATTER.match(self.heading) is not None

    @property
    def is_folded(self) -> bool:
        """Whether the section is shown only on request: long back matter."""
        words = [Markup(block["html"]).striptags().split() for block in self.blocks if block["kind"] == "prose"]
        return self.is_back_matter and sum(map(len, words)) > UNFOLDED


@dataclass
class Page:
    """The content of one report's page.

    title : the notebook's first heading. standfirst : its first takeaway. brief : further takeaways, each with the id
    of its section. figure : the first figure, shown above the sections. tables : the items with a CSV file, by name.
    """

    title: str = ""
    standfirst: Markup = field(default_factory=Markup)
    values: list[dict[str, Any]] = field(default_factory=list)
    brief: list[dict[str, Any]] = field(default_factory=list)
    figure: dict[str, Any] | None = None
    sections: list[Section] = field(default_factory=lambda: [Section()])
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    ids: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, **block: Any) -> None:
        """Add a block to the last section."""
        self.sections[-1].blocks.append({"kind": kind, **block})

    def id(self, heading: str) -> str:
        """Return an id for a heading, numbered where another has the same text."""
        name = f"section-{slug(heading)}"
        self.ids[name] += 1
        return name if self.ids[name] == 1 else f"{name}_{self.ids[name]}"


def read(notebook: nbformat.NotebookNode, count_link: shown.Link, passage_link: shown.Link) -> Page:
    """Return the page that an executed notebook makes; see `shown.html` for the two links."""
    page = Page()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            _prose(page, cell.source)
        elif cell.cell_type == "code" and cell.source.strip():
            page.add("code", html=prose.code(cell.source))
            for output in cell.outputs:
                _output(page, output, count_link, passage_link)
    worth = _worth_printing(page.sections)
    has_result = page.figure or page.tables  # else there is nothing that methods could explain
    back = [section for section in worth if section.is_back_matter and has_result]
    page.sections = [section for section in worth if not section.is_back_matter] + back
    return page


def _worth_printing(sections: list[Section]) -> list[Section]:
    """Drop sections whose code shows nothing, and prose about code that shows nothing before the next prose.

    Their code is kept for readers who ask for it, and so is what comes before the first heading.
    """
    kept = sections[:1]
    for section in sections:
        blocks = section.blocks
        idle = [block["kind"] == "prose" and _is_idle(blocks[place + 1 :]) for place, block in enumerate(blocks)]
        section.blocks = [block for place, block in enumerate(blocks) if place == 0 or not idle[place]]
    for section in sections[1:]:
        code = [block for block in section.blocks if block["kind"] == "code"]
        if not code or any(block["kind"] not in {"prose", "code"} for block in section.blocks):
            kept.append(section)
        else:
            kept[-1].blocks += code
    return kept


def _is_idle(blocks: list[dict[str, Any]]) -> bool:
    """Tell whether the blocks before the next prose are code and nothing else."""
    kinds = [block["kind"] for block in itertools.takewhile(lambda block: block["kind"] != "prose", blocks)]
    return set(kinds) == {"code"}


def _prose(page: Page, source: str) -> None:
    heading = re.match(r"# (.+)\n*", source)
    if heading and not page.title:
        page.title = heading[1].strip()
        source = source[heading.end() :]
    for heading, text in prose.sections(source, page.id):
        if heading:
            page.sections.append(Section(heading, page.id(heading)))
        if text:
            page.add("prose", html=text)


def _output(page: Page, output: nbformat.NotebookNode, count_link: shown.Link, passage_link: shown.Link) -> None:
    """Add one output of a cell to the page: our own items by kind, anything else as well as possible."""
    if output.output_type == "stream":
        if output.name == "stdout":
            page.add("text", html=Markup(f"<pre>{html.escape(output.text)}</pre>"))
        return
    data = output.get("data", {})
    item = data.get(MIME)
    if item is None:
        if shown_as := prose.foreign(data):
            page.add("text", html=shown_as)
    elif item["kind"] == "value":
        page.values.append(item)
    elif item["kind"] in {"takeaway", "note"}:
        _sentence(page, item, count_link)
    elif item["kind"] == "table":
        _keep_table(page, item)
        page.add(**item, html=Markup(shown.html(item, count_link, passage_link)))
    elif item["kind"] == "figure":
        _figure(page, item, data["image/svg+xml"])
    elif item["kind"] == "settings" and item["rows"]:
        page.add("settings", rows=item["rows"])


def _sentence(page: Page, item: dict[str, Any], count_link: shown.Link) -> None:
    """Add a takeaway or a note: the first takeaway heads the page, the next are repeated on its first screen."""
    text = prose.sentence(item["sentence"], item["counts"], count_link)
    if item["kind"] == "takeaway" and not page.standfirst:
        page.standfirst = text
        return
    if item["kind"] == "takeaway" and len(page.brief) < BRIEF:
        page.brief.append({"html": text, "section": page.sections[-1].id})
    page.add(item["kind"], html=text)


def _figure(page: Page, item: dict[str, Any], svg: str) -> None:
    """Add a figure; the first one goes to the top of the page and leaves a pointer to it in its section."""
    if "columns" in item:
        _keep_table(page, item)
    picture = {**item, "html": Markup(themed(svg, item["alt"]))}
    if page.figure is None:
        page.figure = picture
        page.add("pointer", name=item["name"])
    else:
        page.add(**picture)


def _keep_table(page: Page, item: dict[str, Any]) -> None:
    if item["name"] in page.tables or item["name"] == "codebook":
        raise SchemaError(
            f"Two files would be named {item['name']}.csv. Rename one of the tables or figures with data."
        )
    page.tables[item["name"]] = item
