"""Lines of a keyword in context as HTML, aligned on the keyword."""

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
