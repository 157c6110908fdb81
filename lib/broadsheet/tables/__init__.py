"""Tables that pandas cannot say in three lines: one function, one table."""

from broadsheet.tables.events import events
from broadsheet.tables.ngrams import ngrams
from broadsheet.tables.periods import periods
from broadsheet.tables.ratios import intervals, ratios

__all__ = ["events", "intervals", "ngrams", "periods", "ratios"]
