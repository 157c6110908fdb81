"""The functions with which a notebook writes its page."""

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from broadsheet import parameters, schema
from broadsheet.corpus import Corpus
from broadsheet.errors import SchemaError
from broadsheet.report import shown as as_shown
from broadsheet.report.evidence import claimed, side_folder
from broadsheet.report.head import Head, glance
from broadsheet.report.numbers import number
from broadsheet.report.sentences import Evidence, Row, Template, labelled, plain_text, sentence

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MIME = "application/vnd.broadsheet+json"
Columns = Mapping[str, tuple[str, str, str]] | None

_head = Head()


def about(news: Corpus) -> None:
    """State at the head of the page which articles it covers; every caption then ends with them.

    If there is no article, the page says so, and the verbs that follow show nothing.
    """
    global _head
    _head = Head(news)
    for name, figure in glance(news).items():
        value(name, figure)
    if _head.is_empty:
        _say("takeaway", "No article fits the parameters, so there is nothing to read.", [])


def takeaway(
    template: Template, row: Row = None, empty: str = "", by: str = "", evidence: Evidence = None, **values: Any
) -> None:
    """State a finding in bold; the first one of a notebook heads its page.

    template : a sentence in Markdown with fields, or several by the values of the row's column `by`.
        `{x}` writes the row's x as the codebook says, with its interval where x_low and x_high are known;
        `{x!}` leaves the interval out, `{x|.1f}` gives another form, `{n:time}` adds a noun in the right number,
        `{n:article tells|articles tell}` chooses between two wordings, `{text|.90}` cuts a text to 90 characters,
        `{period|in}` writes *in Aug 2024* or *on 18 Aug 2024*.
        A part in double brackets is left out where one of its fields is missing, empty or zero:
        `It is used {n:time}[[, first on {first}]].`
    row : a Series, a mapping or a frame. Of a frame of several rows, a field lists all values: *a, b and c*.
    empty : the sentence for a frame without a row; "" for none.
    evidence : by column, the passages that the number counts; see `table`.
    values : further fields.

    Raises SchemaError for a field without a value, and where a number and its evidence differ.
    """
    _speak("takeaway", template, row, empty, by, evidence, values)


def note(
    template: Template, row: Row = None, empty: str = "", by: str = "", evidence: Evidence = None, **values: Any
) -> None:
    """Write a sentence in plain type; it takes the arguments of `takeaway`."""
    _speak("note", template, row, empty, by, evidence, values)


def value(name: str, figure: float | str) -> None:
    """State a headline number at the head of the page and, for other programs, in run.json."""
    plain = figure if isinstance(figure, str) else as_shown.plain(figure)
    text = plain if isinstance(plain, str) else number(plain, "," if isinstance(plain, int) else ".3g")
    item = {"kind": "value", "name": name, "value": plain, "text": text}
    _show({"text/markdown": f"{name}: **{text}**", "text/plain": f"{name}: {text}"}, item)


def table(
    frame: pd.DataFrame,
    name: str,
    caption: str,
    evidence: Evidence = None,
    shown: list[str] | None = None,
    rows: int | None = 10,
    empty: str = "",
    columns: Columns = None,
) -> None:
    """Show the first rows of a table; its CSV file has every row and every column, unrounded.

    frame : a named index becomes a column. `x_low` and `x_high` are shown as the interval of `x`; doc_id, start and
        end are shown as a link from `text` or `node` into the article.
    name : names the CSV file within its report.
    caption : what a row is, the unit, the base; the page adds the articles and their period.
    evidence : by column, the passages behind its counts: doc_id, start, end, and the columns that tell the rows
        apart. They must cover the rows shown.
    shown : the columns on the page, in order; None for all.
    rows : how many rows the page shows; None for all.
    empty : the sentence in place of a table without rows.
    columns : (label, form, meaning) of columns that no measure declares.

    Raises SchemaError where a row's count and its evidence differ; the message names the row, the count and the passages.
    """
    _check_name(name)
    frame = labelled(frame)
    if frame.empty or _head.is_empty:
        return _speak("note", empty, None, "", "", None, {})
    visible = frame if rows is None else frame.head(rows)
    claims = claimed(visible, evidence or {}, name)
    schema.require(frame, dict.fromkeys(shown or [], ""), f"The columns shown of {name}")
    described = as_shown.described(frame, shown, columns)
    cells = [claims.get(column["name"], visible[column["name"]].tolist()) for column in described]
    item = {"kind": "table", "name": name, "caption": _head.caption(caption), "columns": described}
    item |= {"rows": [list(map(as_shown.plain, row)) for row in zip(*cells, strict=True)], "total": len(frame)}
    _write(frame[[column["name"] for column in described]], name)
    page = as_shown.html(item) + f"<p>{as_shown.escape(item['caption'])}</p>"
    return _show({"text/html": page, "text/plain": visible.to_string(index=False)}, item)


def figure(
    fig: "Figure | None",
    name: str,
    caption: str,
    alt: str,
    data: pd.DataFrame | None = None,
    evidence: Evidence = None,
    columns: Columns = None,
) -> None:
    """Show a matplotlib figure as SVG; None or a figure of an empty `data` shows nothing.

    name : names the picture, and the CSV file of its data, within its report.
    caption : measure, unit, denominator; the page adds the articles and their period.
    alt : what the picture shows, in words, for readers who cannot see it.
    data : the numbers drawn. evidence, columns : as for `table`, of `data`.
    """
    _check_name(name)
    data = None if data is None else labelled(data)
    if fig is None or _head.is_empty or (data is not None and data.empty):
        return
    claimed(pd.DataFrame() if data is None else data, evidence or {}, name)
    item = {"kind": "figure", "name": name, "caption": _head.caption(caption, data), "alt": alt}
    if data is not None:
        item["columns"] = as_shown.described(data, None, columns)
        _write(data, name)
    _show({"image/svg+xml": _svg(fig), "text/plain": f"{alt}\n{item['caption']}"}, item)


def settings() -> None:
    """Show the parameters in use, with their meaning, as a small table."""
    rows = [[name, as_shown.plain(given), meaning] for name, given, meaning in parameters.in_use()]
    frame = pd.DataFrame(rows, columns=["parameter", "value", "meaning"])
    bundle = {"text/html": frame.to_html(index=False), "text/plain": frame.to_string(index=False)}
    _show(bundle, {"kind": "settings", "rows": rows})


def _speak(
    kind: str, template: Template, row: Row, empty: str, by: str, evidence: Evidence, values: Mapping[str, Any]
) -> None:
    if _head.is_empty:
        return
    text, counts = sentence(template, row, by, evidence, values) or (empty, [])
    if text:
        _say(kind, text, counts)


def _say(kind: str, text: str, counts: list) -> None:
    read = plain_text(text, counts)
    item = {"kind": kind, "sentence": text, "counts": [count._asdict() for count in counts]}
    _show({"text/markdown": f"**{read}**" if kind == "takeaway" else read, "text/plain": read}, item)


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name):
        raise SchemaError(f"{name!r} cannot name a table or figure; use letters, digits, `_` and `-`.")


def _write(frame: pd.DataFrame, name: str) -> None:
    """Write a whole table to the side folder, with the mark by which spreadsheets know UTF-8."""
    if folder := side_folder():
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        days = {column: cells.dt.strftime("%Y-%m-%d") for column, cells in frame.select_dtypes("datetime").items()}
        frame.assign(**days).to_csv(folder / "tables" / f"{name}.csv", index=False, encoding="utf-8-sig")


def _svg(fig: "Figure") -> str:
    """Return a figure as SVG with text as text, the same bytes each time."""
    import matplotlib as mpl

    sink = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "broadsheet"}):
        fig.savefig(sink, format="svg", metadata={"Date": None})
    svg = sink.getvalue()
    return svg[svg.index("<svg") :].replace("<svg", '<svg style="background: #fff"', 1)  # ink needs paper in a dark Lab


def _show(bundle: dict[str, str], item: dict[str, Any]) -> None:
    from IPython.display import display

    display(bundle | {MIME: item}, raw=True)
