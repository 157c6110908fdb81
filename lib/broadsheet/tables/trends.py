"""Terms whose rate rises or falls from period to period."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.statistics.monotone_trend import blocks, mann_kendall, slopes
from broadsheet.statistics.rates import FEWEST_TESTED, LEVEL, summed
from broadsheet.tables.dates import periods
from broadsheet.tables.frequency import content_terms

FEWEST_USES, FEWEST_PERIODS = 10, 3  # that a term needs, besides stories
FEWEST_BLOCKS = 5  # no order of four has p < .05
COLUMNS = ["n", "stories", "periods", "per_million", "direction", "slope", "tau", "p", "q", "sure", "disagrees"]

schema.declare(
    periods=("periods", ",", "periods in which the term is used"),
    direction=("direction", "", "rising or falling"),
    slope=("change per period", "+.2g", "median change per period in uses per million words (Theil-Sen)"),
    tau=("tau", "+.2f", "Kendall's tau-b of rate and time: 1 if it rises at every step, -1 if it falls"),
    q=("q", ".1g", "p corrected for all rows (Benjamini-Hochberg): the false discovery rate down to this row"),
    disagrees=("disagrees", "", "true if the rate by days or by months moves the other way"),
)


def trends(news: Corpus, by: str = "month", leave_out: Iterable[str] = ()) -> pd.DataFrame:
    """Test whether the rate of each content term rises or falls from period to period.

    by : day, week, month, or "" as for `periods`. leave_out : words to leave out besides function words, in any case.
    Tests terms used ten times, by five stories, in three periods. A period without words is a gap, not a rate of 0.

    Returns one row per term as printed, the surest first: n, stories, periods, per_million, direction (rising, falling
    or ""), slope (per million words and period; NaN where q is .05 or more), tau, p (Mann-Kendall, two-sided, corrected
    for ties and continuity), q (Benjamini-Hochberg), sure (p < .05 after Bonferroni), disagrees (q < .05, but by day,
    or by month if `by` is day, the rate goes the other way). No row for fewer than five blocks.
    tau, p and slope rest on `blocks` of neighbouring periods: in a growing corpus the early rates of a rare word are
    mostly 0, which looks like a rise. Periods are taken as independent: if one affair fills several, p is too small.
    Few periods bound p: ten in perfect order give 8e-5, too much for a thousand terms.
    Raises ParameterError when `by` is no period.
    Source: Mann (1945), Econometrica 13(3); Kendall (1975), Rank Correlation Methods; Sen (1968), JASA 63, 1379-1389.

    >>> import broadsheet
    >>> trends(broadsheet.load("sample"))[["n", "direction"]].head(1).reset_index().values.tolist()
    [['chair', 15, 'rising']]
    """
    tokens, facts = news.tokens, news.catalogue
    period, column = periods(facts["published"], by), tokens.vocabulary.get_indexer(content_terms(news, leave_out))
    counts, dated = tokens.counts[:, column], period.notna().to_numpy()
    by_story = summed(counts[dated], facts["story"][dated])[0]
    stories, n = by_story.getnnz(axis=0).astype(np.int64), by_story.sum(axis=0).A1.astype(np.int64)
    used = summed(counts, period)[0].getnnz(axis=0).astype(np.int64)
    when, words = _words(tokens.lengths, period)
    block = blocks(words)
    enough = (n >= FEWEST_USES) & (stories >= FEWEST_TESTED) & (used >= FEWEST_PERIODS)
    kept = np.flatnonzero(enough & (block.max(initial=0) + 1 >= FEWEST_BLOCKS))
    counts, table = counts[:, kept], pd.DataFrame({"n": n[kept], "stories": stories[kept], "periods": used[kept]})
    of_article = pd.Series(np.append(block, -1)[when.get_indexer(period)]).where(dated)
    rates = _rates(counts, tokens.lengths, of_article)
    score, tau, p = mann_kendall(rates)
    table["per_million"] = table["n"] / max(words.sum(), 1) * 1e6
    table["direction"] = pd.Series(np.array(["falling", "", "rising"])[np.sign(score) + 1], dtype="str")
    q = stats.false_discovery_control(p) if len(p) else p
    table = table.assign(slope=np.nan, tau=tau, p=p, q=q, sure=p * len(p) < LEVEL, disagrees=False)
    moving = np.flatnonzero(q < LEVEL)
    if len(moving):
        table.loc[moving, "slope"] = slopes(rates[:, moving], np.bincount(block, when.asi8) / np.bincount(block))
        other = periods(facts["published"], "month" if period.dtype == "period[D]" else "day")
        by_other = _rates(counts[:, moving], tokens.lengths, other)
        table.loc[moving, "disagrees"] = mann_kendall(by_other)[0] * score[moving] < 0
    table = table[COLUMNS].set_axis(tokens.printed[column[kept]].rename("term"))
    return table.iloc[np.lexsort([-np.abs(tau), p])]


def _words(lengths: np.ndarray, period: pd.Series) -> tuple[pd.Index, np.ndarray]:
    """Return the periods that have words, in order, and how many."""
    words, when = summed(lengths[:, None], period)
    words = words.toarray().ravel()
    return when[words > 0], words[words > 0]


def _rates(counts: sparse.csr_matrix, lengths: np.ndarray, period: pd.Series) -> sparse.csc_matrix:
    """Return the uses per million words in each period (row) that has words."""
    (sums, every), (when, words) = summed(counts, period), _words(lengths, period)
    rates = sums[every.get_indexer(when)].tocoo()
    return sparse.csc_matrix((rates.data / words[rates.row] * 1e6, (rates.row, rates.col)), rates.shape)
