"""The tables that Broadsheet hands out, declared once: their columns, what each holds, how it is written."""

from broadsheet.schema.columns import COLUMNS, Column, column, when
from broadsheet.schema.tables import (
    ARTICLES,
    AUDIT,
    EVENTS,
    EVIDENCE,
    REPEATS,
    SENTENCES,
    SPANS,
    STORIES,
    TIMEX,
    TOKENS,
    require,
)

__all__ = [
    "ARTICLES",
    "AUDIT",
    "COLUMNS",
    "EVENTS",
    "EVIDENCE",
    "REPEATS",
    "SENTENCES",
    "SPANS",
    "STORIES",
    "TIMEX",
    "TOKENS",
    "Column",
    "column",
    "require",
    "when",
]
