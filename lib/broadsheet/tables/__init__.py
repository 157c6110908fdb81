"""Measures: one function, one table. Terms go in in any case and come out as printed; too little data gives no row."""

from broadsheet.tables.changes import changes
from broadsheet.tables.collocations import association, collocations, cooccurrences, ngrams, phrases, set_phrases
from broadsheet.tables.comparison import (
    authors,
    clearest,
    compared,
    darkest,
    lines_by_group,
    marks,
    set_apart,
    tone,
    tones,
)
from broadsheet.tables.dates import events, mentions, period_width, periods, presence, silences
from broadsheet.tables.distinctive import distinctive
from broadsheet.tables.effect_sizes import effects, log_likelihood, odds_ratio, weighted_log_odds, word_shift
from broadsheet.tables.frequency import content_terms, dispersion, frequency, url_terms, uses
from broadsheet.tables.keyness import contrasts, keyness
from broadsheet.tables.kwic import kwic, lines, stems, suggestions
from broadsheet.tables.permutation import null_distribution
from broadsheet.tables.rates import differences, groups, rates, summed
from broadsheet.tables.trends import trends
from broadsheet.tables.vocabulary import bootstrap, variety, variety_differences

__all__ = ["association", "authors", "bootstrap", "changes", "clearest", "collocations", "compared", "content_terms"]
__all__ += ["contrasts", "cooccurrences", "darkest", "differences", "dispersion", "distinctive", "effects", "events"]
__all__ += ["frequency", "groups", "keyness", "kwic", "lines", "lines_by_group", "log_likelihood", "marks"]
__all__ += [
    "mentions",
    "ngrams",
    "null_distribution",
    "odds_ratio",
    "period_width",
    "periods",
    "phrases",
    "presence",
    "rates",
]
__all__ += ["set_apart", "set_phrases", "silences", "stems", "suggestions", "summed", "tone", "tones", "trends"]
__all__ += ["url_terms", "uses", "variety", "variety_differences", "weighted_log_odds", "word_shift"]
