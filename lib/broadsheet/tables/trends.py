"""Terms whose rate rises or falls from period to period."""

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet.index import Tokens, kernels
from broadsheet.tables.periods import periods
from broadsheet.tables.sums import summed, uses

FEWEST_USES, FEWEST_STORIES, FEWEST_HELD = 10, 5, 3  # the evidence that a term needs: the last are periods that hold it
FEWEST_PERIODS = 5  # or blocks of them; of four no order at all has p < .05
LEVEL = 0.05
AT_ONCE = 4_000_000  # slopes held at a time
COLUMNS = ("n", "stories", "periods", "per_million", "direction", "slope", "tau", "p", "q", "sure", "disagrees")


def trends(
    tokens: Tokens,
    published: pd.Series,
    story: pd.Series,
    by: str = "month",
    terms: pd.Index | list[str] | None = None,
) -> pd.DataFrame:
    """Return whether the rate of each term rises or falls from period to period, and whether that may be chance.

    published, story : of each article of `tokens`, in their order; an article without a day is left out.
    by : day, week, month, or "" as `periods` has it. terms : words or phrases; None for the whole vocabulary. Of these
    the ones that are used ten times, by five stories, in three periods. A period without words is a gap, not a rate of 0.

    Returns one row per term, the surest first: n, stories, periods (that hold it), per_million, direction (rising,
    falling, or none), slope (per million words and period; Theil-Sen's median; NaN where q is .05 or above), tau (Kendall's
    tau-b of rate and time, -1 to 1), p (Mann-Kendall, two-sided, ties and continuity corrected), q (p after Benjamini and
    Hochberg, for all rows), sure (p < .05 after Bonferroni), disagrees (q is below .05, but by day, or where `by` is day by
    month, the rate goes the other way: say neither). No row when there are fewer than five blocks.
    Neighbouring periods are joined into blocks that hold about as many words as a large period does (see `blocks`), and tau,
    p and slope rest on these: in a corpus that grows, the earlier rates of a rare word are mostly 0, which looks like a rise.
    Periods are taken as independent; where one affair fills several, p is too small. The smallest p that so few periods
    can give bounds what can be sure: ten periods in perfect order have p = 8e-5, too much for a thousand terms.
    Raises ParameterError when `by` is no period, or no article uses a term.
    Source: Mann (1945), Econometrica 13(3), 245-259; Kendall (1975), Rank Correlation Methods; Sen (1968), JASA 63, 1379-1389.
    """
    counts, names = uses(tokens, terms)
    period = periods(published, by)
    dated = period.notna().to_numpy()
    held = summed(counts[dated], story[dated])[0] if dated.any() else counts[dated]
    stories, n = held.getnnz(axis=0), held.sum(axis=0).A1
    enough = np.flatnonzero((n >= FEWEST_USES) & (stories >= FEWEST_STORIES))
    counts = counts[:, enough]
    when, words = _words(tokens.lengths, period)
    held = summed(counts, period)[0].getnnz(axis=0).astype(np.int64)
    kept, block = np.flatnonzero(held >= FEWEST_HELD), blocks(words)
    if not len(kept) or block[-1] + 1 < FEWEST_PERIODS:
        return _none()
    enough, counts, held = enough[kept], counts[:, kept], held[kept]
    of_article = pd.Series(np.append(block, -1)[when.get_indexer(period)]).where(period.notna().to_numpy())
    rates = _rates(counts, of_article, *_words(tokens.lengths, of_article))
    score, tau, p = mann_kendall(rates)
    table = pd.DataFrame({"n": n[enough], "stories": stories[enough], "periods": held}, names[enough].rename("term"))
    table["per_million"] = table["n"] / words.sum() * 1e6
    table["direction"] = pd.Series(np.array(["falling", "", "rising"])[np.sign(score) + 1], table.index, dtype="str")
    table = table.assign(tau=tau, p=p, q=stats.false_discovery_control(p), sure=p * len(p) < LEVEL)
    found = np.flatnonzero(table["q"] < LEVEL)
    slope, disagrees = np.full(len(table), np.nan), np.zeros(len(table), dtype=bool)
    slope[found] = _slopes(rates[:, found], np.bincount(block, when.asi8) / np.bincount(block))
    other = periods(published, "month" if period.dtype == "period[D]" else "day")
    by_other = _rates(counts[:, found], other, *_words(tokens.lengths, other))
    disagrees[found] = mann_kendall(by_other)[0] * score[found] < 0
    table = table.assign(slope=slope, disagrees=disagrees)[list(COLUMNS)]
    return table.iloc[np.lexsort([-np.abs(tau), p])]


def blocks(words: np.ndarray) -> np.ndarray:
    """Return the block that each period belongs to, from 0: neighbours joined until they hold as many words as a large period.

    words : of each period, above 0. A large period is one of three quarters of the ninth decile; what is left at the end
    belongs to the last block.
    """
    block, number, held = np.zeros(len(words), dtype=int), 0, 0
    large = 0.75 * np.quantile(words, 0.9) if len(words) else 0
    for period, here in enumerate(words):
        block[period], held = number, held + here
        if held >= large:
            number, held = number + 1, 0
    return np.minimum(block, max(number - 1, 0))


def mann_kendall(rates: sparse.csc_matrix) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return Mann and Kendall's S, tau-b and p of each column of `rates`: periods in order by terms, nothing below 0."""
    rates = sparse.csc_matrix(rates)
    rates.sort_indices()
    count = rates.shape[0]
    kernel = kernels.quick(kernels.kendall, 8 * rates.nnz)
    score, ties, equal = kernel(
        *(part.astype(np.int64) for part in (rates.indptr, rates.indices)), rates.data.astype(float), count
    )
    variance = (count * (count - 1) * (2 * count + 5) - ties) / 18
    pairs = count * (count - 1) / 2
    certain = variance > 0
    z = np.sign(score) * np.maximum(np.abs(score) - 1, 0) / np.sqrt(np.where(certain, variance, 1))
    tau = score / np.sqrt(np.where(certain, pairs * (pairs - equal), 1))
    return score, tau, 2 * stats.norm.sf(np.abs(z))


def _words(lengths: np.ndarray, period: pd.Series) -> tuple[pd.Index, np.ndarray]:
    """Return the periods that hold words, in order, and how many."""
    words, when = summed(lengths[:, None], period)
    words = words.toarray().ravel()
    return when[words > 0], words[words > 0]


def _rates(counts: sparse.csr_matrix, period: pd.Series, when: pd.Index, words: np.ndarray) -> sparse.csc_matrix:
    """Return the uses per million words in each period (row) that holds words."""
    sums, every = summed(counts, period)
    rates = sums[every.get_indexer(when)].tocoo()
    return sparse.csc_matrix((rates.data / words[rates.row] * 1e6, (rates.row, rates.col)), rates.shape)


def _slopes(rates: sparse.csc_matrix, when: np.ndarray) -> np.ndarray:
    """Return the median slope of each column over all pairs of rows, which stand at these times."""
    periods, terms = rates.shape
    slopes, pairs = np.zeros(terms), periods * (periods - 1) // 2
    empty = periods - np.diff(rates.indptr)
    early, late = np.triu_indices(periods, 1)
    between = when[late] - when[early]
    # Where most pairs are of two empty periods the median is 0.
    open_ = np.flatnonzero(empty * (empty - 1) // 2 <= pairs / 2)
    for some in np.array_split(open_, -(-len(open_) * pairs // AT_ONCE) or 1):
        rate = rates[:, some].toarray().T
        slopes[some] = np.median((rate[:, late] - rate[:, early]) / between, axis=1)
    return slopes


def _none() -> pd.DataFrame:
    types = {"n": int, "stories": int, "periods": int, "direction": "str", "sure": bool, "disagrees": bool}
    index = pd.Index([], name="term", dtype="str")
    return pd.DataFrame({name: pd.Series(dtype=types.get(name, float)) for name in COLUMNS}).set_axis(index)
