"""Tables that pandas cannot say in three lines: one function, one table."""

from broadsheet.tables.changes import changes
from broadsheet.tables.cooccurrences import cooccurrences
from broadsheet.tables.events import events
from broadsheet.tables.kwic import kwic
from broadsheet.tables.ngrams import ngrams
from broadsheet.tables.periods import periods
from broadsheet.tables.rates import rates
from broadsheet.tables.ratios import intervals, ratios

__all__ = ["changes", "cooccurrences", "events", "intervals", "kwic", "ngrams", "periods", "rates", "ratios"]
