"""Sentences from templates: each field is a value of a row, in the codebook's format."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from broadsheet import schema
from broadsheet.errors import SchemaError, did_you_mean
from broadsheet.report.evidence import Count, claimed
from broadsheet.report.numbers import clipped, escaped, interval, listed, number, plural

Template = str | Mapping[Any, str]
Row = pd.DataFrame | pd.Series | Mapping[str, Any] | None
Evidence = Mapping[str, pd.DataFrame] | None

_FIELD = re.compile(
    r"(?P<open>\*?)\{(?P<name>\w+)(?P<plain>!?)(?::(?P<noun>[^{}]+)|\|(?P<form>[^{}]+))?\}(?P<close>\*?)"
)
_OPTIONAL = re.compile(r"\[\[(.+?)\]\]")


def sentence(
    template: Template, row: Row, by: str, evidence: Evidence, values: Mapping[str, Any]
) -> tuple[str, list[Count]] | None:
    """Fill a template; return the Markdown and its linked counts, or None where there is no row.

    Each count is in the sentence as \\ue000, its place among the counts, \\ue001. Values never pass through a
    format string and are escaped, so that whatever an article contains stays text. See `takeaway` for the fields.

    Raises SchemaError for a field without a value, and where a count and its evidence differ.
    """
    rows = _rows(row, values)
    if rows is None:
        return None
    if by:
        if not _values(by, rows):
            return None
        template = _chosen(template, by, rows)
    template = _OPTIONAL.sub(lambda part: part[1] if _is_known(part[1], rows) else "", template).strip()
    if any(not _values(field["name"], rows) for field in _FIELD.finditer(template)):
        return None
    counts = _counts(rows, evidence or {})
    return _FIELD.sub(lambda match: _written(match, rows, list(counts)), template), list(counts.values())


def plain_text(text: str, counts: list[Count]) -> str:
    """Return a sentence with its counts as plain numbers, for the notebook."""
    return re.sub("\ue000(\\d+)\ue001", lambda place: f"{counts[int(place[1])].n:,}", text)


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with its named index, or indexes, as columns."""
    return frame.reset_index() if any(name is not None for name in frame.index.names) else frame


def _rows(row: Row, values: Mapping[str, Any]) -> dict[str, list[Any]] | None:
    """Return the values of each field, one per row; None where the frame is empty."""
    if isinstance(row, pd.DataFrame):
        if row.empty:
            return None
        columns = {str(name): values.tolist() for name, values in labelled(row).items()}
    else:
        given = row.to_dict() if isinstance(row, pd.Series) else dict(row or {})
        columns = {str(name): [value] for name, value in given.items()}
        if isinstance(row, pd.Series) and isinstance(row.name, str):
            columns.setdefault("term", [row.name])
    is_list = pd.api.types.is_list_like
    return columns | {name: list(value) if is_list(value) else [value] for name, value in values.items()}


def _is_known(part: str, rows: dict[str, list[Any]]) -> bool:
    """Tell whether every field of a part of a template has a value other than zero and empty text."""
    values = [_values(field["name"], rows) for field in _FIELD.finditer(part)]
    return all(value and not any(pd.isna(cell) or not cell for cell in value) for value in values)


def _chosen(template: Template, by: str, rows: dict[str, list[Any]]) -> str:
    """Return the template for the row's value of the column `by`."""
    (value, *_) = _values(by, rows)
    if isinstance(template, str) or value not in template:
        known = "one template" if isinstance(template, str) else ", ".join(map(repr, template))
        raise SchemaError(f"There is no template for {by} = {value!r}, only {known}.")
    return template[value]


def _counts(rows: dict[str, list[Any]], evidence: Mapping[str, pd.DataFrame]) -> dict[str, Count]:
    if not evidence:
        return {}
    frame = pd.DataFrame({name: cells[:1] for name, cells in rows.items() if cells})
    told = ", ".join(map(str, frame.filter(["term", "outlet", "period"]).to_numpy().ravel()))
    claims = claimed(frame, evidence, f"the sentence on {told}" if told else "the sentence")
    return {column: counts[0] for column, counts in claims.items()}


def _values(name: str, rows: dict[str, list[Any]]) -> list[Any]:
    if name not in rows:
        raise SchemaError(f"The sentence needs {name!r}; the row has {', '.join(rows)}.{did_you_mean(name, rows)}")
    return rows[name]


def _written(match: re.Match[str], rows: dict[str, list[Any]], linked: list[str]) -> str:
    """Write one field: a single value, or a list of them, each within the field's asterisks."""
    name, values = match["name"], _values(match["name"], rows)
    column = schema.column(name, pd.Series(values))
    form = match["form"] or column.form
    if match["noun"]:
        return match["open"] + _counted(values[0], match["noun"], _place(name, linked)) + match["close"]
    if name in linked:
        return match["open"] + _place(name, linked) + match["close"]
    ends = [[]] if match["plain"] else [rows.get(f"{name}_low", []), rows.get(f"{name}_high", [])]
    ends = zip(*ends, strict=True) if all(ends) else [()] * len(values)
    texts = [_value(value, form, pair) for value, pair in zip(values, ends, strict=True)]
    return listed([match["open"] + text + match["close"] for text in texts])


def _place(name: str, linked: list[str]) -> str:
    return f"\ue000{linked.index(name)}\ue001" if name in linked else ""


def _counted(n: Any, noun: str, place: str) -> str:
    """Write a number with its noun, or with the wording for one or for several."""
    one, _, several = noun.partition("|")
    return f"{place or number(n, ',.0f')} {one if n == 1 else several or plural(one)}"


def _value(value: Any, form: str, ends: list[Any]) -> str:
    text = clipped(value, int(form[1:])) if isinstance(value, str) and form[:1] == "." else number(value, form)
    if isinstance(value, str) and form not in {"when", "in"}:
        return escaped(text)
    known = ends and not any(pd.isna(end) for end in ends)
    return f"{text} ({interval(*ends, form)})" if known else text
