"""One theme and a handful of chart kinds; no analysis.

Colours name roles: the press replaces them with those of the light or the dark page.
"""

from broadsheet.figures.charts import coverage, named_dates, over_time, presence, ranked
from broadsheet.figures.theme import ACCENT, FAINT, GRID, INK, MUTED
