"""Measures: one function, one table. Give terms in any case; they return as printed. Too little data gives no row."""

from broadsheet.statistics import differences, null_distribution, rates, word_shift
from broadsheet.tables.changes import changes
from broadsheet.tables.collocations import collocations, cooccurrences, ngrams, phrases, set_phrases
from broadsheet.tables.comparison import authors, clearest, compared, groups, lines_by_group, marks, set_apart
from broadsheet.tables.dates import events, mentions, period_width, periods, presence, silences
from broadsheet.tables.distinctive import distinctive
from broadsheet.tables.frequency import content_terms, dispersion, frequency, url_terms, uses
from broadsheet.tables.keyness import contrasts, keyness
from broadsheet.tables.kwic import kwic, lines, stems, suggestions
from broadsheet.tables.tone import darkest, tone, tones
from broadsheet.tables.trends import trends
from broadsheet.tables.vocabulary import variety, variety_differences

__all__ = ["authors", "changes", "clearest", "collocations", "compared", "content_terms", "contrasts"]
__all__ += ["cooccurrences", "darkest", "differences", "dispersion", "distinctive", "events", "frequency", "groups"]
__all__ += [
    "keyness",
    "kwic",
    "lines",
    "lines_by_group",
    "marks",
    "mentions",
    "ngrams",
    "null_distribution",
    "period_width",
]
__all__ += ["periods", "phrases", "presence", "rates", "set_apart", "set_phrases", "silences", "stems"]
__all__ += ["suggestions", "tone", "tones", "trends", "url_terms", "uses", "variety", "variety_differences"]
__all__ += ["word_shift"]
