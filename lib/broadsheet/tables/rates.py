"""How often a term is used, period by period."""

import numpy as np
import pandas as pd

from broadsheet.index import Tokens


def rates(tokens: Tokens, term: str, period: pd.Series) -> pd.DataFrame:
    """Return the rate of a term or phrase in each period, with its denominator.

    period : of each article of `tokens`, in their order; an article without one is left out.

    Returns one row per period that has articles, in order: n (uses), tokens (words of its articles),
    per_million (uses per million words). The passages behind n are those of `Tokens.find`. For intervals, see `ratios`.
    """
    codes, periods = pd.factorize(period, sort=True)
    dated = codes >= 0
    n, words = (
        np.bincount(codes[dated], counted[dated], len(periods)).astype(np.int64)
        for counted in (tokens.uses(term), tokens.lengths)
    )
    per_million = np.divide(n * 1e6, words, out=np.full(len(n), np.nan), where=words > 0)
    table = {"n": n, "tokens": words, "per_million": per_million}
    return pd.DataFrame(table, index=pd.Index(periods, name="period"))
