"""Tables as JSON items and as HTML: which columns, in what form, and where a cell leads."""

import html as _html
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from broadsheet import schema
from broadsheet.report.evidence import Count
from broadsheet.report.numbers import interval, number

Link = Callable[[dict[str, Any]], str]

escape = _html.escape
LONGEST_PASSAGE = 400  # characters of a passage shown in a table; the CSV file has all of them
SIGN, SIGNED = "†", {"log_ratio": "smoothed"}  # a sign beside a number that another column qualifies
_CONCORDANCE = {"left": "right", "node": "left", "right": "left"}  # text of a concordance meets at the keyword


def described(
    frame: pd.DataFrame, shown: list[str] | None = None, declared: Mapping[str, tuple[str, str, str]] | None = None
) -> list[dict[str, Any]]:
    """Describe the columns of a table as JSON: name, label, form, meaning, and only_csv where the page leaves one out."""
    shown = list(map(str, frame.columns)) if shown is None else shown
    own = {name: schema.Column(*column) for name, column in (declared or {}).items()}
    columns = []
    for name in [*shown, *(str(name) for name in frame.columns if name not in shown)]:
        column = own.get(name) or schema.column(name, frame[name])
        columns.append({"name": name, **column._asdict()} | ({} if name in shown else {"only_csv": True}))
    return columns


def plain(cell: Any) -> Any:
    """Return a cell as JSON knows it: a count with its key, a day as text, a missing value as None."""
    if isinstance(cell, Count):
        return cell._asdict()
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    if isinstance(cell, pd.Period):
        return str(cell)
    if not isinstance(cell, str) and pd.api.types.is_scalar(cell) and pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def html(table: dict[str, Any], count_link: Link | None = None, passage_link: Link | None = None) -> str:
    """Return a table item as HTML.

    count_link : gives the opening `<a ...>` of a linked number from its {key, n}.
    passage_link : gives the address of a row's passage from its {doc_id, start, end}.
    """
    names, rows = [column["name"] for column in table["columns"]], table["rows"]
    passages = passage_link and {"doc_id", "start", "end"} <= set(names)
    ends = {n for n in names if n.removesuffix("_low").removesuffix("_high") in set(names) - {n}}
    hidden = ends | {"doc_id", "start", "end"} | {c["name"] for c in table["columns"] if c.get("only_csv")}
    hidden |= {
        name
        for name, cells in zip(names, zip(*rows, strict=True), strict=False)
        if all(cell is None or cell is False or cell == "" for cell in cells)
    }
    ranged = {name for row in rows for name, cell in zip(names, row, strict=True) if cell is not None}
    columns = [c | {"ranged": f"{c['name']}_low" in ranged} for c in table["columns"] if c["name"] not in hidden]
    head = "".join(
        f'<th scope="col"{_class(c)} title="{escape(c["meaning"])}">{escape(c["label"])}</th>' for c in columns
    )
    body = []
    for values in rows:
        row = dict(zip(names, values, strict=True))
        href = passage_link(row) if passages else ""
        body.append("<tr>" + "".join(_cell(column, row, count_link, href) for column in columns) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _cell(column: dict[str, Any], row: dict[str, Any], count_link: Link | None, href: str) -> str:
    cell, name, form = row[column["name"]], column["name"], column["form"]
    if isinstance(cell, dict):
        text = format(cell["n"], ",")
        return f"<td{_class(column)}>{count_link(cell) + text + '</a>' if count_link and cell['n'] else text}</td>"
    text = number(cell, form)
    text = escape(text if len(text) <= LONGEST_PASSAGE else text[:LONGEST_PASSAGE] + "…")
    text += f" {SIGN}" if row.get(SIGNED.get(name, "")) else ""
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if low is not None and high is not None:
        text += f' <span class="interval">({interval(low, high, form)})</span>'
    elif column["ranged"] and cell is not None:
        text += ' <span class="interval"></span>'  # keeps the numbers of the column below one another
    if href and name in {"text", "node"}:
        text = f'<a class="passage" href="{escape(href)}"><bdi>{text}</bdi></a>'
    return f"<td{_class(column)}>{text}</td>"


def _class(column: dict[str, Any]) -> str:
    if column["name"] in _CONCORDANCE:
        return f' class="{column["name"]}" style="text-align: {_CONCORDANCE[column["name"]]}"'
    if column["form"] in ("", "when"):
        return ' class="when" style="text-align: left"' if column["form"] else ' style="text-align: left"'
    return ' class="number"'
