"""Tables that pandas cannot say in three lines: one function, one table."""

from broadsheet.tables.addresses import addresses
from broadsheet.tables.bootstrap import bootstrap
from broadsheet.tables.by_chance import by_chance
from broadsheet.tables.changes import changes
from broadsheet.tables.collocations import association, collocations
from broadsheet.tables.cooccurrences import cooccurrences
from broadsheet.tables.dispersion import dispersion
from broadsheet.tables.diversity import diversity
from broadsheet.tables.events import events
from broadsheet.tables.groups import groups
from broadsheet.tables.keyness import contrasts, keyness
from broadsheet.tables.kwic import kwic
from broadsheet.tables.ngrams import ngrams
from broadsheet.tables.occurrences import occurrences
from broadsheet.tables.periods import periods
from broadsheet.tables.rates import rates
from broadsheet.tables.ratios import intervals, ratios
from broadsheet.tables.set_phrases import set_phrases
from broadsheet.tables.stems import stems
from broadsheet.tables.suggestions import suggestions
from broadsheet.tables.sums import summed, uses
from broadsheet.tables.trends import trends
from broadsheet.tables.turnover import turnover
from broadsheet.tables.word_shift import word_shift

__all__ = [
    "addresses",
    "association",
    "bootstrap",
    "by_chance",
    "changes",
    "collocations",
    "contrasts",
    "cooccurrences",
    "dispersion",
    "diversity",
    "events",
    "groups",
    "intervals",
    "keyness",
    "kwic",
    "ngrams",
    "occurrences",
    "periods",
    "rates",
    "ratios",
    "set_phrases",
    "stems",
    "suggestions",
    "summed",
    "trends",
    "turnover",
    "uses",
    "word_shift",
]
