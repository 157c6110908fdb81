"""ENGINE: rates, tests and effect sizes of counts in articles, with stories as observations; arrays in, numbers out."""

from broadsheet.statistics.bootstrap import bootstrap
from broadsheet.statistics.effect_sizes import (
    association,
    effects,
    log_likelihood,
    weighted_log_odds,
    word_shift,
)
from broadsheet.statistics.permutation import null_distribution
from broadsheet.statistics.rates import differences, rates, summed
