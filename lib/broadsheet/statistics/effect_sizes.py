"""Effect sizes: how much more one side uses a term than the other, over-use positive."""

import numpy as np
import pandas as pd
from scipy import special, stats

from broadsheet import schema
from broadsheet.errors import ParameterError
from broadsheet.statistics.rates import LEVEL

HALF = 0.5  # added where a count of 0 has no logarithm

schema.declare(
    per_million_target=("per million, target", ",.0f", "uses per million words of the target"),
    per_million_reference=("per million, reference", ",.0f", "uses per million words of the reference"),
    g2_4=("log-likelihood, 4 cells", ",.0f", "G2 of the two-by-two table, after Dunning"),
    log_ratio=("log ratio", "+.2f", "binary log of the target's rate divided by the reference's; +1 is double"),
    diff=("%DIFF", "+,.0%", "difference of the rates as a share of the reference's rate"),
    odds_ratio=("odds ratio", ",.2f", "odds of the term in the target divided by those in the reference"),
    odds_ratio_low=("low", ",.2f", "lower end of Woolf's 95 % interval, as if words were independent"),
    odds_ratio_high=("high", ",.2f", "upper end of Woolf's 95 % interval, as if words were independent"),
    log_odds_z=("weighted log-odds", "+.1f", "z-score of the log-odds ratio with all texts as prior"),
    smoothed=("smoothed", "", "true if one count is 0, so that log ratio and %DIFF have 0.5 added to both"),
    share_target=("share, target", ".3%", "share of the uses counted in the target"),
    share_reference=("share, reference", ".3%", "share of the uses counted in the reference"),
    proportion=("proportion shift", "+.3%", "share in the target minus share in the reference"),
    divergence=("divergence", ".5f", "contribution to the Jensen-Shannon divergence of the sides, in bits"),
)


def effects(a: np.ndarray, b: np.ndarray, words: tuple[int, int]) -> pd.DataFrame:
    """Compute every effect size of the use of terms in a target and a reference.

    a, b : uses of each term in target and reference. words : all words of target and reference.

    Returns one row per term: per_million_target, per_million_reference, g2, g2_4 (see `log_likelihood`), log_ratio,
    diff (1 is twice as often), odds_ratio with its ends, log_odds_z, smoothed (log_ratio and diff have 0.5 added to
    both counts, one being 0).
    Source: Hardie (2014), Log Ratio; Gabrielatos and Marchi (2011), Keyness: matching metrics to definitions (%DIFF).

    >>> effects(np.array([30]), np.array([10]), (1000, 1000))[["log_ratio", "diff"]].round(2).values.tolist()
    [[1.58, 2.0]]
    """
    base = b.max(initial=0) + 1
    row, pairs = pd.factorize(a * base + b)  # counts recur: each pair is computed once
    a, b = pairs // base, pairs % base
    smoothed = (a == 0) | (b == 0)
    added = np.where(smoothed, HALF, 0)
    ratio = ((a + added) / words[0]) / ((b + added) / words[1])
    odds, low, high = odds_ratio(a, b, words)
    measures = {
        "per_million_target": a * 1e6 / words[0],
        "per_million_reference": b * 1e6 / words[1],
        "g2": log_likelihood(a, b, words),
        "g2_4": log_likelihood(a, b, words, cells=4),
        "log_ratio": np.log2(ratio),
        "diff": ratio - 1,
        "odds_ratio": odds,
        "odds_ratio_low": low,
        "odds_ratio_high": high,
        "log_odds_z": weighted_log_odds(a, b, words),
        "smoothed": smoothed,
    }
    return pd.DataFrame(measures).take(row).reset_index(drop=True)


def log_likelihood(a: np.ndarray, b: np.ndarray, words: tuple[float, float], cells: int = 2) -> np.ndarray:
    """Compute the log-likelihood ratio G2 of each term, negative if the target under-uses it.

    G2 = 2 sum O ln(O / E) over 2 cells (the term on both sides, E = words of the side x all uses / all words) or 4
    (also all other words). As a chi-square with 1 degree of freedom it treats every word as independent of its
    neighbours.
    Source: 2 cells: Rayson and Garside (2000), Comparing corpora using frequency profiling; 4: Dunning (1993).

    >>> log_likelihood(np.array([52]), np.array([57]), (50_000, 75_000)).round(2).tolist()
    [2.65]
    """
    used, share = a + b, words[0] / sum(words)
    g2 = _cell(a, used * share) + _cell(b, used * (1 - share))
    if cells == 4:
        others = sum(words) - used
        g2 = g2 + _cell(words[0] - a, others * share) + _cell(words[1] - b, others * (1 - share))
    return np.copysign(np.maximum(2 * g2, 0), a * words[1] - b * words[0])


def _cell(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return special.xlogy(observed, observed / np.where(expected > 0, expected, 1))


def odds_ratio(a: np.ndarray, b: np.ndarray, words: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compute the odds of each term, uses to other words, in the target over the reference, and both ends of a 95 %
    interval.

    The interval is Woolf's; it treats every word as independent. A table with an empty cell has 0.5 added to all four.
    Source: Woolf (1955), Annals of Human Genetics 19; Haldane (1956) and Anscombe (1956) for the 0.5.

    >>> [end.round(2).tolist() for end in odds_ratio(np.array([30]), np.array([10]), (1000, 1000))]
    [[3.06], [1.49], [6.3]]
    """
    cells = np.array([a, words[0] - a, b, words[1] - b], dtype=float)
    cells += np.where((cells == 0).any(axis=0), HALF, 0)
    log = np.log(cells[0]) - np.log(cells[1]) - np.log(cells[2]) + np.log(cells[3])
    margin = stats.norm.ppf(1 - LEVEL / 2) * np.sqrt((1 / cells).sum(axis=0))
    return np.exp(log), np.exp(log - margin), np.exp(log + margin)


def weighted_log_odds(a: np.ndarray, b: np.ndarray, words: tuple[int, int]) -> np.ndarray:
    """Compute the z-score of each term's log-odds ratio, with an informative Dirichlet prior.

    The prior is all texts: with n all words and alpha = a + b, z = d / sqrt(v), v = 1 / (a + alpha) + 1 / (b + alpha),
    d = ln[(a + alpha) / (words_target + n - a - alpha)] - ln[(b + alpha) / (words_reference + n - b - alpha)].
    Source: Monroe, Colaresi and Quinn (2008), Fightin' Words, Political Analysis 16(4), 372-403.

    >>> weighted_log_odds(np.array([30]), np.array([10]), (1000, 1000)).round(2).tolist()
    [1.85]
    """
    alpha = a + b
    others = [np.maximum(side + sum(words) - n - alpha, HALF) for n, side in ((a, words[0]), (b, words[1]))]
    difference = np.log(a + alpha) - np.log(others[0]) - np.log(b + alpha) + np.log(others[1])
    return difference / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))


def word_shift(target: pd.Series, reference: pd.Series) -> pd.DataFrame:
    """Word shift: how much each term contributes to the difference of two sides.

    target, reference : uses by term (n_target and n_reference of `keyness`).

    Returns one row per term, the largest divergence first: share_target, share_reference (of the uses counted);
    proportion (their difference; sums to 0); divergence (in bits, never negative; sums to the Jensen-Shannon divergence: 0
    alike, 1 without a common term). No row if a side has no use.
    Raises ParameterError when counts are negative.
    Source: Gallagher et al. (2021), Generalized word shift graphs, EPJ Data Science 10:4.

    >>> shift = word_shift(pd.Series({"eel": 3, "oil": 1}), pd.Series({"eel": 1, "oil": 3}))
    >>> shift["proportion"].to_dict(), round(shift["divergence"].sum(), 3)
    ({'eel': 0.5, 'oil': -0.5}, np.float64(0.189))
    """
    sides = pd.DataFrame({"target": target, "reference": reference}).fillna(0)
    if (sides < 0).any(axis=None):
        raise ParameterError(f"Uses are counts of 0 or more, found {sides.min(axis=None):g}. Give n, not a difference.")
    sides = sides[sides["target"] + sides["reference"] > 0].rename_axis("term")
    sides = sides if sides.sum().all() else sides.iloc[:0]
    shares = sides / sides.sum()
    bits = [shares[side] * np.log2((shares[side] / shares.mean(axis=1)).where(shares[side] > 0, 1)) for side in shares]
    proportion = shares["target"] - shares["reference"]
    shift = shares.add_prefix("share_").assign(proportion=proportion, divergence=(bits[0] + bits[1]) / 2)
    return shift.iloc[np.argsort(-shift["divergence"], kind="stable")]


def association(n: np.ndarray, first: int | np.ndarray, second: np.ndarray, total: int) -> dict[str, np.ndarray]:
    """Measure how much more often two things coincide than by chance.

    n : times both occur, 1 or more. first, second : times each occurs. total : all occasions.

    Returns expected, pmi, mi3, log_dice, g2 (four cells, signed) and t; see `collocations`.

    >>> {name: round(float(value), 2) for name, value in association(8, 8, 8, 512).items()}
    {'expected': 0.12, 'pmi': 6.0, 'mi3': 12.0, 'log_dice': 14.0, 'g2': 82.42, 't': 2.78}
    """
    n, second, first, total = (np.asarray(part, dtype=float) for part in (n, second, first, max(total, 1)))
    expected = first * second / total
    cells = [n, first - n, second - n, total - first - second + n]
    sides = [(first, second), (first, total - second), (total - first, second), (total - first, total - second)]
    g2 = 2 * sum(_cell(cell, one * other / total) for cell, (one, other) in zip(cells, sides, strict=True))
    return {
        "expected": expected,
        "pmi": np.log2(n / expected),
        "mi3": np.log2(n**3 / expected),
        "log_dice": 14 + np.log2(2 * n / (first + second)),
        "g2": np.where(n < expected, -1, 1) * np.maximum(g2, 0),
        "t": (n - expected) / np.sqrt(n),
    }
