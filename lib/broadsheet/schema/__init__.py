"""The shapes of tables and the codebook: the heading, format and meaning of each column."""

import tomllib
from importlib import resources
from typing import Any, NamedTuple

import pandas as pd

from broadsheet.errors import SchemaError


def _toml(name: str) -> dict[str, Any]:
    """Read a TOML file of this room."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


_tables = _toml("tables.toml")
ARTICLES, AUDIT, SENTENCES, TOKENS = (_tables[name] for name in ("articles", "audit", "sentences", "tokens"))
TIMEX, EVENTS, TONE = (_tables[name] for name in ("timex", "events", "tone"))
SPANS, REPEATS, STORIES, EVIDENCE = (_tables[name] for name in ("spans", "repeats", "stories", "evidence"))


class Column(NamedTuple):
    """One column of a table: its heading, the format of its values, and their meaning and unit.

    form : a format specification such as `,.0f`; "" for text, `when` for days and periods.
    """

    label: str
    form: str
    meaning: str


CODEBOOK: dict[str, Column] = {}
"""Every declared column by name; those of columns.toml are shared by several measures."""

_ENDS = {
    "_low": Column("low", "", "lower end of the 95 % interval of {}, by story"),
    "_high": Column("high", "", "upper end of the 95 % interval of {}, by story"),
    "_lower": Column("lower", "", "{} of the lower of the two groups"),
    "_higher": Column("higher", "", "{} of the higher of the two groups"),
}


def declare(**columns: tuple[str, str, str]) -> dict[str, Column]:
    """Add columns to the codebook, each as (label, form, meaning), and return them.

    The ends of an interval, `x_low` and `x_high`, and the rates of two groups, `x_lower` and `x_higher`, follow from `x`
    and need no declaration.

    Raises SchemaError when a column is already declared with other content.
    """
    for name, given in columns.items():
        column = Column(*given)
        known = CODEBOOK.setdefault(name, column)
        if known != column:
            raise SchemaError(f"Column {name!r} is declared twice: {known} and {column}. Rename one of them.")
    return {name: CODEBOOK[name] for name in columns}


def column(name: str, values: pd.Series) -> Column:
    """Look up how to show a column; the format of an undeclared one follows the type of its values.

    Its meaning is that of the corpus table that has such a column, if there is one.

    >>> column("byline", pd.Series(dtype="str")).meaning
    'who wrote it; empty when unknown'
    """
    if name in CODEBOOK:
        return CODEBOOK[name]
    for ending, end in _ENDS.items():
        if name.endswith(ending) and (of := CODEBOOK.get(name.removesuffix(ending))):
            return Column(end.label, of.form, end.meaning.format(of.label))
    form = {"i": ",", "u": ",", "f": ",.3g", "M": "when"}.get(values.dtype.kind, "")
    label = name.replace("_", " ")
    known = [table[name] for table in (ARTICLES, AUDIT, SENTENCES, TONE) if name in table]
    return Column(label, form, known[0] if known else f"{label}, computed in the notebook")


def when(day_or_period: Any) -> str:
    """Write a day, week, month or year as people do.

    >>> when("2024-08-18"), when("2024-08"), when("2024"), when(pd.Period("2024-08-18", "W"))
    ('18 Aug 2024', 'Aug 2024', '2024', 'week of 12 Aug 2024')
    """
    first, _, last = str(day_or_period)[:21].partition("/")
    if len(first) == len("2024"):
        return first
    day = pd.Timestamp(first[:10])
    if len(first) == len("2024-08"):
        return f"{day:%b %Y}"
    return f"{'week of ' if last else ''}{day.day} {day:%b %Y}"


def require(frame: pd.DataFrame, columns: dict[str, str], table: str) -> pd.DataFrame:
    """Return `frame` if it has every column of `columns`; raise SchemaError naming the missing ones otherwise."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        needed, has = ", ".join(columns), ", ".join(map(str, frame.columns))
        raise SchemaError(f"{table} needs the columns {needed}; it lacks {', '.join(missing)} and has {has}.")
    return frame


declare(**_toml("columns.toml"))
