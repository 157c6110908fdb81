"""Measures: one function, one table. Terms go in in any case and come out as printed; too little data gives no row."""

from broadsheet.tables.changes import changes
from broadsheet.tables.collocations import association, collocations, cooccurrences, ngrams, phrases, set_phrases
from broadsheet.tables.dates import events, mentions, period_width, periods, presence, silences
from broadsheet.tables.distinctive import distinctive
from broadsheet.tables.effect_sizes import effects, log_likelihood, odds_ratio, weighted_log_odds, word_shift
from broadsheet.tables.frequency import content_terms, dispersion, frequency, lines, url_terms, uses
from broadsheet.tables.keyness import contrasts, keyness
from broadsheet.tables.kwic import kwic, stems, suggestions
from broadsheet.tables.permutation import null_distribution
from broadsheet.tables.rates import differences, groups, rates, summed
from broadsheet.tables.trends import trends
from broadsheet.tables.vocabulary import bootstrap, variety

__all__ = ["association", "bootstrap", "changes", "collocations", "content_terms", "contrasts", "cooccurrences"]
__all__ += [
    "differences",
    "dispersion",
    "distinctive",
    "effects",
    "events",
    "frequency",
    "groups",
    "keyness",
    "kwic",
    "lines",
]
__all__ += ["log_likelihood", "mentions", "ngrams", "null_distribution", "odds_ratio", "period_width", "periods"]
__all__ += [
    "phrases",
    "presence",
    "rates",
    "set_phrases",
    "silences",
    "stems",
    "suggestions",
    "summed",
    "trends",
    "url_terms",
    "uses",
]
__all__ += ["variety", "weighted_log_odds", "word_shift"]
