"""ENGINE: the time expressions of a text.

This first edition reads dates that name their own year; it knows nothing yet of "last week".
"""

from broadsheet.timex.dates import COLUMNS, covered, expressions, tag

__all__ = ["COLUMNS", "covered", "expressions", "tag"]
