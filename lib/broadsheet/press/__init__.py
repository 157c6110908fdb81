"""Run notebooks headlessly and publish their findings as a small website.

`run` makes an edition, `recount` checks one; `plan` reads reports.toml.
"""

from broadsheet.press.edition import run
from broadsheet.press.plan import plan
from broadsheet.press.recount import recount
