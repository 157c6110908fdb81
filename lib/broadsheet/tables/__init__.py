"""Tables that pandas cannot say in three lines: one function, one table."""

from broadsheet.tables.changes import changes
from broadsheet.tables.cooccurrences import cooccurrences
from broadsheet.tables.events import events
from broadsheet.tables.keyness import contrasts, keyness
from broadsheet.tables.kwic import kwic
from broadsheet.tables.ngrams import ngrams
from broadsheet.tables.periods import periods
from broadsheet.tables.rates import rates
from broadsheet.tables.ratios import intervals, ratios
from broadsheet.tables.word_shift import word_shift

__all__ = [
    "changes",
    "contrasts",
    "cooccurrences",
    "events",
    "intervals",
    "keyness",
    "kwic",
    "ngrams",
    "periods",
    "rates",
    "ratios",
    "word_shift",
]
