"""The shapes of tables and the codebook of their columns."""

from broadsheet.schema.columns import CODEBOOK, Column, column, declare, when
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
    TONE,
    require,
)

__all__ = [
    "ARTICLES",
    "AUDIT",
    "CODEBOOK",
    "EVENTS",
    "EVIDENCE",
    "REPEATS",
    "SENTENCES",
    "SPANS",
    "STORIES",
    "TIMEX",
    "TOKENS",
    "TONE",
    "Column",
    "column",
    "declare",
    "require",
    "when",
]
