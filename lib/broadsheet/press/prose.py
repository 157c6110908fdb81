"""A notebook's text as HTML: Markdown, sentences with counts, code, and other outputs."""

import base64
import html
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from broadsheet.report.shown import Link

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_SENTENCE = MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "autolink"])
_TAGS = nh3.ALLOWED_TAGS - {"img"}
_ATTRIBUTES = {"*": {"class"}, "a": {"href"}, "td": {"colspan"}, "th": {"colspan", "scope"}}
_COUNT = re.compile("\ue000(\\d+)\ue001")


def sentence(text: str, counts: list[dict[str, Any]], link: Link) -> Markup:
    """Return one sentence of Markdown as HTML, with a linked number at the place of each count.

    Links, pictures and markup in `text` stay text: it may contain words from the articles.
    """
    numbers = [f"{link(count)}{count['n']:,}</a>" if count["n"] else "0" for count in counts]
    return Markup(_COUNT.sub(lambda place: numbers[int(place[1])], _SENTENCE.renderInline(text)))


def sections(source: str, name: Callable[[str], str]) -> Iterator[tuple[str, Markup]]:
    """Split Markdown at its headings of the first two levels; yield each heading, or "", and the HTML below it.

    name : gives the id of a heading of a lower level.
    """
    tokens = _MARKDOWN.parse(source)
    headings = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    starts = [place for place in headings if tokens[place].tag in {"h1", "h2"}]
    for place in set(headings) - set(starts):
        tokens[place].attrSet("id", name(_plain(tokens[place + 1])))
    if before := tokens[: starts[0] if starts else None]:
        yield "", _rendered(before)
    for start, end in itertools.zip_longest(starts, starts[1:]):
        yield _plain(tokens[start + 1]), _rendered(tokens[start + 3 : end])


def _plain(heading: Token) -> str:
    return "".join(token.content for token in heading.children or [])


def _rendered(tokens: list[Token]) -> Markup:
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def foreign(data: dict[str, Any]) -> Markup:
    """Return an output that is not one of ours, made harmless: no script, and nothing loaded from elsewhere."""
    if "image/svg+xml" in data or "image/png" in data:
        kind = "image/svg+xml" if "image/svg+xml" in data else "image/png"
        raw = data[kind] if kind == "image/png" else base64.b64encode(data[kind].encode()).decode()
        return Markup(f'<img alt="" src="data:{kind};base64,{"".join(raw.split())}">')
    if "text/html" in data:
        return Markup(nh3.clean(data["text/html"], tags=_TAGS, attributes=_ATTRIBUTES))
    if "text/markdown" in data:
        return Markup(_MARKDOWN.render(data["text/markdown"]))
    return Markup(f"<pre>{html.escape(data['text/plain'])}</pre>") if "text/plain" in data else Markup()


def code(source: str) -> Markup:
    """Return Python code as HTML; only tokens that the stylesheet knows get a span."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    marked = highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))
    return Markup(re.sub(r'<span class="(?!(?:k|kn|ow|c1|s1|s2|sa|si)")\w+">([^<]*)</span>', r"\1", marked))
