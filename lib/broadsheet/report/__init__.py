"""What a notebook writes to its page: about, takeaway, note, table, figure, value, settings.

Each verb shows itself in the notebook and adds one JSON item, under our own MIME type, to the cell's output. Under a
bare run nothing is written to disk; the press names a side folder for passages and full tables.
"""

from broadsheet.report.evidence import PASSAGES, SIDE, Count
from broadsheet.report.head import glance
from broadsheet.report.numbers import escaped, interval, listed, number, quantity
from broadsheet.report.verbs import MIME, about, figure, note, settings, table, takeaway, value
from broadsheet.schema import when
