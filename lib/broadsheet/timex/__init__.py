"""ENGINE: the time expressions of a text. So far: dates that name their year, but not "last week"."""

from broadsheet.timex.dates import COLUMNS, covered, tag, tag_all
