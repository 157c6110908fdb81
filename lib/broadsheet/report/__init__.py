"""What a notebook says to its page: takeaway, prose, table, figure, count, value.

Each verb shows itself in the notebook and adds one JSON item, under our own MIME type, to the cell's
output. Under a bare run nothing is written to disk; the press collects the items afterwards.
"""

from broadsheet.report.concordance import clipped, concordance
from broadsheet.report.methods import counting, covered, left_out, width
from broadsheet.report.shown import estimate, quantity, term
from broadsheet.report.verbs import MIME, SIDE_FILE, Count, count, counts, figure, prose, table, takeaway, value
from broadsheet.schema import when

__all__ = [
    "MIME",
    "SIDE_FILE",
    "Count",
    "clipped",
    "concordance",
    "count",
    "counting",
    "counts",
    "covered",
    "estimate",
    "figure",
    "left_out",
    "prose",
    "quantity",
    "table",
    "takeaway",
    "term",
    "value",
    "when",
    "width",
]
