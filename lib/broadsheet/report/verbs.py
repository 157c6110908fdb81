"""The verbs, and the count that opens to its passages."""

import functools
import io
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from broadsheet import schema
from broadsheet.errors import SchemaError
from broadsheet.report import shown as as_shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MIME = "application/vnd.broadsheet+json"
SIDE_FILE = "BROADSHEET_PASSAGES"
"""The environment variable by which the press names the file that counts write their passages to."""


@functools.total_ordering
class Count:
    """A whole number that can name the passages it counts; see `count`."""

    def __init__(self, key: str, passages: pd.DataFrame):
        self.key, self.passages = key, passages

    def __int__(self) -> int:
        return len(self.passages)

    __index__ = __int__

    def __eq__(self, other: object) -> bool:
        return int(self) == other

    def __lt__(self, other: Any) -> bool:
        return int(self) < int(other)

    def __hash__(self) -> int:
        return hash(int(self))

    def __format__(self, form: str) -> str:
        return format(int(self), form or ",")

    def __repr__(self) -> str:
        return format(self)


def count(key: str, passages: pd.DataFrame) -> Count:
    """Return the number of `passages`, linked to them in the report.

    key : names the number within its report; a term's key is `term:<term>`. The same key may be
        used twice only for the same passages.
    passages : one row per passage counted: doc_id, start, end; no row twice.
    """
    kept = schema.require(passages, schema.SPANS, f"count {key!r}")[list(schema.SPANS)]
    if kept.duplicated().any():
        raise SchemaError(f"count {key!r} holds a passage twice; drop the duplicates before counting.")
    if side_file := os.environ.get(SIDE_FILE):
        _append(Path(side_file), kept.assign(key=key, doc_id=kept["doc_id"].astype("str")))
    return Count(key, kept)


def counts(key: str, passages: pd.DataFrame, by: str | list[str], of: Iterable[Any]) -> list[Count]:
    """Return one `count` per entry of `of`: the passages whose column(s) `by` hold that entry, or none.

    key : a form such as `term:{}` that the entry fills, days and periods in words, and names the count.
    """
    groups = dict(iter(passages.groupby(by, observed=True, sort=False)))
    none = passages.iloc[:0]
    return [count(key.format(*_in_words(entry)), groups.get(entry, none)) for entry in of]


def _in_words(entry: Any) -> list[Any]:
    parts = entry if isinstance(entry, tuple) else (entry,)
    return [schema.when(part) if isinstance(part, pd.Period | pd.Timestamp) else part for part in parts]


def takeaway(sentence: str) -> None:
    """Say what the reader should remember; the first one of a notebook heads its page.

    sentence : plain words, computed; *asterisks* set a term in italics.
    """
    _show({"text/markdown": f"**{sentence}**", "text/plain": sentence}, {"kind": "takeaway", "sentence": sentence})


def prose(text: str) -> None:
    """Say what depends on the parameters or on what was found, as Markdown, where a text cell would be the same for all.

    text : computed; what comes from the articles goes through `term`.
    """
    _show({"text/markdown": text, "text/plain": text}, {"kind": "prose", "text": text})


def value(name: str, number: float | str) -> None:
    """State a headline number: it stands at the top of the page and, for other programs, in run.json."""
    plain = number if isinstance(number, str) else as_shown.plain(number)
    text = plain if isinstance(plain, str) else as_shown.number(plain, "," if isinstance(plain, int) else ".3g")
    item = {"kind": "value", "name": name, "value": plain, "text": text}
    _show({"text/markdown": f"{name}: **{text}**", "text/plain": f"{name}: {text}"}, item)


def table(
    frame: pd.DataFrame,
    name: str,
    caption: str,
    meanings: Mapping[str, str] = MappingProxyType({}),
    shown: list[str] | None = None,
    rows: int | None = None,
) -> None:
    """Show `frame` as a table; the page adds it as CSV, unrounded, with its codebook.

    frame : columns as named in `schema.COLUMNS` where one fits. `x_low` and `x_high` are shown as the
        interval of `x`; doc_id, start and end are shown as a link from `text` into the article.
    name : names the CSV file within its report.
    caption : what a row is, the unit, the base.
    meanings : of columns of counts whose names come from the articles, as in a matrix of outlets; for the codebook.
    shown : the columns that a reader needs, in order; the CSV file holds the others too. None for all.
    rows : how many rows, from the first, the page shows; the CSV file holds the others too. None for all.
    """
    _check_name(name)
    item = {"kind": "table", "name": name, "caption": caption} | as_shown.item(frame, meanings, shown, rows)
    page = as_shown.html(item) + f"<p>{as_shown.escape(caption)}</p>"
    _show({"text/html": page, "text/plain": frame.to_string(index=False)}, item)


def figure(fig: "Figure", name: str, caption: str, alt: str) -> None:
    """Show a matplotlib figure as SVG.

    name : names the picture within its report.
    caption : measure, unit, denominator; then source, n and period.
    alt : what the picture shows, in words, for who cannot see it.
    """
    import matplotlib as mpl

    _check_name(name)
    sink = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "broadsheet"}):  # text stays text, bytes repeat
        fig.savefig(sink, format="svg", metadata={"Date": None})
    svg = sink.getvalue()
    svg = svg[svg.index("<svg") :].replace("<svg", '<svg style="background: #fff"', 1)  # ink needs paper in a dark Lab
    _show(
        {"image/svg+xml": svg, "text/plain": f"{alt}\n{caption}"},
        {"kind": "figure", "name": name, "caption": caption, "alt": alt},
    )


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name):
        raise SchemaError(f"{name!r} cannot name a table or figure; use letters, digits, `_` and `-`.")


def _show(bundle: dict[str, str], item: dict[str, Any]) -> None:
    from IPython.display import display

    display(bundle | {MIME: item}, raw=True)


def _append(side_file: Path, passages: pd.DataFrame) -> None:
    """Append the passages as one complete Arrow stream; a reader takes stream after stream."""
    import pyarrow as pa

    batch = pa.Table.from_pandas(passages, preserve_index=False)
    with side_file.open("ab") as sink, pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_table(batch)
