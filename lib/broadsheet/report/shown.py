"""How a table is shown: which columns, in what form, and where a cell leads."""

import html as _html
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from broadsheet import schema

Link = Callable[[dict[str, Any]], str]

escape = _html.escape
PROBABILITY = ".1g"  # the form of p and q in `schema.COLUMNS`
LONGEST = 400  # characters of a passage shown in a table; the CSV file holds all
SIGN, SIGNED = "†", {"log_ratio": "smoothed"}  # a sign beside a number of which another column says something


def item(
    frame: pd.DataFrame,
    meanings: Mapping[str, str] = MappingProxyType({}),
    shown: list[str] | None = None,
    first: int | None = None,
) -> dict[str, Any]:
    """Return `frame` as JSON: its columns (name, label, form, meaning) and its rows, unrounded.

    meanings : of columns of counts that `schema.COLUMNS` does not know.
    shown : the columns that the page shows, in this order and before the others; None for all.
    first : how many rows, from the first, the page shows; None for all.
    """
    if shown is not None:
        frame = schema.require(frame, dict.fromkeys(shown, ""), "The list of columns shown")
        frame = frame[[*shown, *frame.columns.drop(shown)]]
    columns = [{"name": name, **schema.column(name, frame[name])._asdict()} for name in map(str, frame.columns)]
    for column in columns:
        if column["name"] in meanings:
            column |= {"form": ",", "meaning": meanings[column["name"]]}
        if shown is not None and column["name"] not in shown:
            column["only_csv"] = True
    rows = [[plain(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]
    return {"columns": columns, "rows": rows} | ({} if first is None else {"first": first})


def plain(cell: Any) -> Any:
    """Return a cell as JSON knows it: a count by key and n, a day as text, a missing value as None."""
    if hasattr(cell, "key") and hasattr(cell, "passages"):
        return {"key": cell.key, "n": int(cell)}
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    if isinstance(cell, pd.Period):
        return str(cell)
    if not isinstance(cell, str) and pd.api.types.is_scalar(cell) and pd.isna(cell):
        return None
    return cell.item() if hasattr(cell, "item") else cell


def html(table: dict[str, Any], count_link: Link | None = None, passage_link: Link | None = None) -> str:
    """Return the table as HTML.

    count_link : gives the opening `<a ...>` of a linked number from its {key, n}.
    passage_link : gives the address of a row's passage from its {doc_id, start, end}.
    """
    names, rows = [column["name"] for column in table["columns"]], table["rows"][: table.get("first")]
    passages = passage_link and {"doc_id", "start", "end"} <= set(names)
    hidden = {
        n
        for n in names
        if n in {"doc_id", "start", "end"} or n.removesuffix("_low").removesuffix("_high") in set(names) - {n}
    }
    hidden |= {column["name"] for column in table["columns"] if column.get("only_csv")}
    hidden |= {name for name, cells in zip(names, zip(*rows, strict=True), strict=False) if not any(map(_says, cells))}
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


def number(cell: Any, form: str) -> str:
    """Return a cell in its column's form; a missing value is a dash, and a probability has no powers of ten.

    >>> number(1234, ","), number(None, ","), number(-0.25, "+.2f"), number("2024-08-18", "when"), number(3e-9, ".1g")
    ('1,234', '–', '−0.25', '18 Aug 2024', '<0.001')
    """
    if pd.isna(cell):
        return "–"
    if form == "when":
        return schema.when(cell)
    if isinstance(cell, bool):
        return "yes" if cell else ""
    if form == PROBABILITY and 0 <= cell < 0.001:
        return "<0.001"
    return format(cell, form).replace("-", "−") if form else str(cell)


def estimate(row: Any, form: str) -> str:
    """Return a value with its interval, of a row that holds value, low and high; without one, the value.

    >>> estimate(pd.Series({"value": -0.2, "low": -0.31, "high": 0.04}), "+.1f")
    '−0.2 (−0.3 to +0.0)'
    """
    said = number(row.value, form)
    return said if pd.isna(row.low) else f"{said} ({number(row.low, form)} to {number(row.high, form)})"


def term(word: str) -> str:
    """Return a word or name from the articles for use in a takeaway: in italics, whatever signs it holds.

    >>> term("war"), term("*Star*")
    ('*war*', '*\\\\*Star\\\\**')
    """
    return "*" + re.sub(r"([\\`*_{}\[\]<>()#+.!|~-])", r"\\\1", str(word)) + "*"


def quantity(n: int, what: str) -> str:
    """Return a number of things in words.

    >>> quantity(1, "article"), quantity(1200, "story"), quantity(2, "day")
    ('1 article', '1,200 stories', '2 days')
    """
    many = re.sub(r"(?<![aeiou])y$", "ie", what) + "s"
    return f"{n:,} {what if n == 1 else many}"


def _cell(column: dict[str, Any], row: dict[str, Any], count_link: Link | None, href: str) -> str:
    cell, name, form = row[column["name"]], column["name"], column["form"]
    if isinstance(cell, dict):
        text = format(cell["n"], ",")
        return f"<td{_class(column)}>{count_link(cell) + text + '</a>' if count_link and cell['n'] else text}</td>"
    text = number(cell, form)
    text = escape(text if len(text) <= LONGEST else text[:LONGEST] + "…")
    text += f" {SIGN}" if row.get(SIGNED.get(name, "")) else ""
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    if low is not None and high is not None:
        text += f' <span class="interval">({number(low, form)} to {number(high, form)})</span>'
    elif column["ranged"] and row[name] is not None:
        text += ' <span class="interval"></span>'  # so that the numbers stand below one another
    if href and name in {"text", "node"}:
        text = f'<a class="passage" href="{escape(href)}"><bdi>{text}</bdi></a>'
    return f"<td{_class(column)}>{text}</td>"


def _says(cell: Any) -> bool:
    """Say whether a cell shows anything; a column in which none does is not shown."""
    return cell not in (None, "") and cell is not False


def _class(column: dict[str, Any]) -> str:
    if column["name"] in {"left", "node", "right"}:  # of a concordance: what stands before ends at the keyword
        return f' class="{column["name"]}" style="text-align: {"right" if column["name"] == "left" else "left"}"'
    if column["form"] in ("", "when"):
        return ' class="when" style="text-align: left"' if column["form"] else ' style="text-align: left"'
    return ' class="number"'
