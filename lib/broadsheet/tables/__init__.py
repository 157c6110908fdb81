"""Measures: one function, one table. Give terms in any case; they return as printed. Too little data gives no row."""

from broadsheet.statistics import differences, null_distribution, rates, word_shift
from broadsheet.tables.changes import changes
from broadsheet.tables.collocations import collocations, cooccurrences, phrases, set_phrases
from broadsheet.tables.comparison import authors, clearest, compared, groups, lines_by_group, marks, set_apart
from broadsheet.tables.dates import events, mentions, period_width, periods, presence, silences
from broadsheet.tables.distinctive import distinctive
from broadsheet.tables.frequency import content_terms, dispersion, frequency, url_terms, uses
from broadsheet.tables.keyness import contrasts, keyness
from broadsheet.tables.kwic import kwic, lines, stems, suggestions
from broadsheet.tables.tone import darkest, tone, tones
from broadsheet.tables.trends import trends
from broadsheet.tables.vocabulary import variety, variety_differences
