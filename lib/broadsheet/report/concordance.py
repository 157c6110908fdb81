"""Lines of a keyword in context as HTML, aligned on the keyword."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from broadsheet.report.shown import escape

_ROW = (
    '<tr><td style="text-align: right; white-space: pre">{left}</td>'
    '<td style="text-align: center; white-space: pre"><strong>{node}</strong></td>'
    '<td style="text-align: left; white-space: pre">{right}</td></tr>'
)


def concordance(lines: pd.DataFrame, link: Callable[[Any], str] | None = None) -> str:
    """Return the lines of `tables.kwic` as an HTML table, the keywords one below the other.

    lines : left, node, right; with doc_id, start, end where `link` asks for them.
    link : gives the address of a line's place in its article, from the line.
    """
    rows = []
    for line in lines.itertuples(index=False):
        left, node, right = (f"<bdi>{escape(part)}</bdi>" for part in (line.left, line.node, line.right))
        if link:
            node = f'<a class="passage" href="{escape(link(line))}">{node}</a>'
        rows.append(_ROW.format(left=left, node=node, right=right))
    head = "".join(f'<th scope="col">{side}</th>' for side in ("left", "keyword", "right"))
    return f'<table class="concordance"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def clipped(lines: pd.DataFrame, width: int) -> pd.DataFrame:
    """Return the lines of `tables.kwic` with a context of at most `width` characters, cut between words.

    lines : of `tables.kwic(..., width=width + 1)` or wider, so that what has more than `width` characters is known to
        go on. An ellipsis stands where it does; one word that is longer than that is cut all the same.
    """
    left = [text if len(text) <= width else "… " + _begun(text[-width - 1 :]) for text in lines["left"]]
    right = [text if len(text) <= width else _begun(text[width::-1])[::-1] + " …" for text in lines["right"]]
    return lines.assign(
        left=pd.Series(left, lines.index, dtype="str"), right=pd.Series(right, lines.index, dtype="str")
    )


def _begun(text: str) -> str:
    """Return a text from its first blank on; where only its end has one, without its first character."""
    return re.sub(r"^\S*\s+(?=\S)", "", text) if re.search(r"\s\S", text) else text[1:]
