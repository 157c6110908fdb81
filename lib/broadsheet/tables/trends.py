"""Terms whose rate rises or falls from period to period."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.index import kernels
from broadsheet.tables.dates import periods
from broadsheet.tables.frequency import content_terms
from broadsheet.tables.rates import LEVEL, summed

FEWEST_USES, FEWEST_STORIES, FEWEST_HELD = 10, 5, 3  # evidence that a term needs; the last are periods that use it
FEWEST_PERIODS = 5  # or blocks of them; no order of four has p < .05
AT_ONCE = 4_000_000  # slopes in memory at a time
COLUMNS = ["n", "stories", "periods", "per_million", "direction", "slope", "tau", "p", "q", "sure", "disagrees"]

schema.declare(
    periods=("periods", ",", "periods in which the term is used"),
    direction=("direction", "", "rising or falling"),
    slope=("change per period", "+.2g", "uses per million words gained (+) or lost per period, the median (Theil-Sen)"),
    tau=("tau", "+.2f", "Kendall's tau-b of rate and time: 1 rises at every step, -1 falls at every step"),
    q=("q", ".1g", "p corrected for all rows after Benjamini and Hochberg: the false discovery rate up to this row"),
    disagrees=("disagrees", "", "true if the rate by days, or by months, goes the other way"),
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
    held = summed(counts, period)[0].getnnz(axis=0).astype(np.int64)
    when, words = _words(tokens.lengths, period)
    block = blocks(words)
    enough = (n >= FEWEST_USES) & (stories >= FEWEST_STORIES) & (held >= FEWEST_HELD)
    kept = np.flatnonzero(enough & (block.max(initial=0) + 1 >= FEWEST_PERIODS))
    counts, table = counts[:, kept], pd.DataFrame({"n": n[kept], "stories": stories[kept], "periods": held[kept]})
    of_article = pd.Series(np.append(block, -1)[when.get_indexer(period)]).where(dated)
    rates = _rates(counts, of_article, *_words(tokens.lengths, of_article))
    score, tau, p = mann_kendall(rates)
    table["per_million"] = table["n"] / max(words.sum(), 1) * 1e6
    table["direction"] = pd.Series(np.array(["falling", "", "rising"])[np.sign(score) + 1], dtype="str")
    q = stats.false_discovery_control(p) if len(p) else p
    table = table.assign(slope=np.nan, tau=tau, p=p, q=q, sure=p * len(p) < LEVEL, disagrees=False)
    found = np.flatnonzero(q < LEVEL)
    if len(found):
        table.loc[found, "slope"] = _slopes(rates[:, found], np.bincount(block, when.asi8) / np.bincount(block))
        other = periods(facts["published"], "month" if period.dtype == "period[D]" else "day")
        by_other = _rates(counts[:, found], other, *_words(tokens.lengths, other))
        table.loc[found, "disagrees"] = mann_kendall(by_other)[0] * score[found] < 0
    table = table[COLUMNS].set_axis(tokens.printed[column[kept]].rename("term"))
    return table.iloc[np.lexsort([-np.abs(tau), p])]


def blocks(words: np.ndarray) -> np.ndarray:
    """Join neighbouring periods until they have as many words as a large period, and number the blocks.

    words : of each period, above 0. Large is three quarters of the ninth decile; the remainder joins the last block.

    >>> blocks(np.array([2, 2, 4, 10, 3, 10])).tolist()
    [0, 0, 0, 1, 2, 2]
    """
    block, number, held = np.zeros(len(words), dtype=int), 0, 0
    large = 0.75 * np.quantile(words, 0.9) if len(words) else 0
    for period, here in enumerate(words):
        block[period], held = number, held + here
        if held >= large:
            number, held = number + 1, 0
    return np.minimum(block, max(number - 1, 0))


def mann_kendall(rates: sparse.csc_matrix) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compute Mann and Kendall's S, tau-b and two-sided p of each column: periods in order by terms, none below 0.

    >>> [part.round(3).tolist() for part in mann_kendall(sparse.csc_matrix([[1.0], [2.0], [4.0], [8.0], [9.0]]))]
    [[10], [1.0], [0.027]]
    """
    rates = sparse.csc_matrix(rates)
    rates.sort_indices()
    count = rates.shape[0]
    edges, when = rates.indptr.astype(np.int64), rates.indices.astype(np.int64)
    steps = int((np.diff(edges).astype(float) ** 2).sum())
    score, ties, equal = kernels.quick(kendall, steps)(edges, when, rates.data.astype(float), count)
    variance = (count * (count - 1) * (2 * count + 5) - ties) / 18
    pairs = count * (count - 1) / 2
    certain = variance > 0
    z = np.sign(score) * np.maximum(np.abs(score) - 1, 0) / np.sqrt(np.where(certain, variance, 1))
    tau = score / np.sqrt(np.where(certain, pairs * (pairs - equal), 1))
    return score, tau, 2 * stats.norm.sf(np.abs(z))


def _words(lengths: np.ndarray, period: pd.Series) -> tuple[pd.Index, np.ndarray]:
    """Return the periods that have words, in order, and how many."""
    words, when = summed(lengths[:, None], period)
    words = words.toarray().ravel()
    return when[words > 0], words[words > 0]


def _rates(counts: sparse.csr_matrix, period: pd.Series, when: pd.Index, words: np.ndarray) -> sparse.csc_matrix:
    """Return the uses per million words in each period (row) that has words."""
    sums, every = summed(counts, period)
    rates = sums[every.get_indexer(when)].tocoo()
    return sparse.csc_matrix((rates.data / words[rates.row] * 1e6, (rates.row, rates.col)), rates.shape)


def _slopes(rates: sparse.csc_matrix, when: np.ndarray) -> np.ndarray:
    """Return the median slope of each column over all pairs of rows, given the times of the rows."""
    periods, terms = rates.shape
    slopes, pairs = np.zeros(terms), periods * (periods - 1) // 2
    empty = periods - np.diff(rates.indptr)
    early, late = np.triu_indices(periods, 1)
    steep = np.flatnonzero(
        empty * (empty - 1) // 2 <= pairs / 2
    )  # if most pairs are two empty periods, the median is 0
    for some in np.array_split(steep, -(-len(steep) * pairs // AT_ONCE) or 1):
        rate = rates[:, some].toarray().T
        slopes[some] = np.median((rate[:, late] - rate[:, early]) / (when[late] - when[early]), axis=1)
    return slopes


def kendall(starts, when, value, periods):
    """Compare each value of a term with its later ones: those greater less those smaller. Compiled by numba.

    starts : the first value of each term, then the end. when, value : by term, periods in rising order and their value,
    above 0; all other of the `periods` have 0.

    Returns of each term: this score S; the sum of t (t - 1) (2 t + 5) over groups of t equal values; pairs of equals.
    """
    terms = len(starts) - 1
    score, ties, equal = np.zeros((3, terms), dtype=np.int64)
    for term in range(terms):
        first, last = starts[term], starts[term + 1]
        zeros = periods - (last - first)
        ties[term], equal[term] = zeros * (zeros - 1) * (2 * zeros + 5), zeros * (zeros - 1)
        for at in range(first, last):
            before, same = when[at] - (at - first), 0  # zeros before this value
            score[term] += 2 * before - zeros
            for other in range(first, last):
                same += other != at and value[other] == value[at]
                if other > at:
                    score[term] += int(value[other] > value[at]) - int(value[other] < value[at])
            ties[term] += same * (2 * same + 7)
            equal[term] += same
    return score, ties, equal // 2
