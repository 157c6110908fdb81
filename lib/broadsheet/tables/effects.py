"""How far apart the uses of a term lie on two sides: the measures of keyness, over-use positive in each."""

import numpy as np
import pandas as pd
from scipy import special, stats

LEVEL = 0.95
HALF = 0.5  # added where a count of nought has no logarithm


def effects(a: np.ndarray, b: np.ndarray, words: tuple[int, int]) -> pd.DataFrame:
    """Return every measure of how much more a term is used on one side than on the other.

    a, b : uses of each term in the target and in the reference. words : all words of the target and of the reference.

    Returns one row per term: per_million_target, per_million_reference, g2, g2_4 (see `log_likelihood`), log_ratio
    (binary log of the ratio of the rates), diff (difference of the rates as a share of the reference's: 1 is twice as
    often), odds_ratio with odds_ratio_low and odds_ratio_high (see `odds_ratio`), log_odds_z (see `weighted_log_odds`),
    smoothed. All are finite: where a side does not use the term, `smoothed` says that log_ratio and diff have 0.5 added to
    both counts. Counts recur, so each pair of them is computed once.
    Source: Hardie (2014), Log Ratio; Gabrielatos & Marchi (2011), Keyness: matching metrics to definitions (%DIFF).
    """
    base = b.max(initial=0) + 1
    row, pairs = pd.factorize(a * base + b)
    a, b = pairs // base, pairs % base
    smoothed = (a == 0) | (b == 0)
    added = np.where(smoothed, HALF, 0)
    ratio = ((a + added) / words[0]) / ((b + added) / words[1])
    odds, low, high = odds_ratio(a, b, words)
    measures = pd.DataFrame(
        {
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
    )
    return measures.take(row).reset_index(drop=True)


def log_likelihood(a: np.ndarray, b: np.ndarray, words: tuple[int, int], cells: int = 2) -> np.ndarray:
    """Return the log-likelihood ratio G2 of each term, negative where the target under-uses it.

    G2 = 2 sum O ln(O / E), over 2 cells (the term on both sides, E = words of the side x all uses / all words) or
    4 (with all other words on both sides too, so that it is the likelihood ratio of the whole two-by-two table).
    Taken as a chi-square with 1 degree of freedom, it takes every word as independent of its neighbours.
    Source: 2 cells: Rayson & Garside (2000), Comparing corpora using frequency profiling; 4: Dunning (1993).
    """
    used, share = a + b, words[0] / sum(words)
    g2 = _part(a, used * share) + _part(b, used * (1 - share))
    if cells == 4:
        others = sum(words) - used
        g2 = g2 + _part(words[0] - a, others * share) + _part(words[1] - b, others * (1 - share))
    return np.copysign(np.maximum(2 * g2, 0), a * words[1] - b * words[0])


def _part(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return special.xlogy(observed, observed / np.where(expected > 0, expected, 1))


def odds_ratio(a: np.ndarray, b: np.ndarray, words: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the odds of each term in the target over its odds in the reference, with the ends of a 95 % interval.

    Odds are uses to all other words. The interval is Woolf's, exp(ln ratio -/+ 1.96 sqrt(sum of 1 / cell)): like G2 it
    takes every word as independent. A table with an empty cell has 0.5 added to all four.
    Source: Woolf (1955), Annals of Human Genetics 19; Haldane (1956) and Anscombe (1956) for the 0.5.
    """
    cells = np.array([a, words[0] - a, b, words[1] - b], dtype=float)
    cells += np.where((cells == 0).any(axis=0), HALF, 0)
    log = np.log(cells[0]) - np.log(cells[1]) - np.log(cells[2]) + np.log(cells[3])
    margin = stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt((1 / cells).sum(axis=0))
    return np.exp(log), np.exp(log - margin), np.exp(log + margin)


def weighted_log_odds(a: np.ndarray, b: np.ndarray, words: tuple[int, int], prior: float | None = None) -> np.ndarray:
    """Return the z-score of each term's log-odds ratio, with an informative Dirichlet prior.

    With n the words of both sides, alpha = prior x (a + b) / n and A = prior, the words that the prior is worth
    (None: n, the pooled counts as they are), z = d / sqrt(v), where
    d = ln[(a + alpha) / (words_target + A - a - alpha)] - ln[(b + alpha) / (words_reference + A - b - alpha)] and
    v = 1 / (a + alpha) + 1 / (b + alpha).
    Source: Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16(4), 372-403.
    """
    worth = sum(words) if prior is None else prior
    alpha = worth * (a + b) / sum(words)
    others = [np.maximum(side + worth - n - alpha, HALF) for n, side in ((a, words[0]), (b, words[1]))]
    difference = np.log(a + alpha) - np.log(others[0]) - np.log(b + alpha) + np.log(others[1])
    return difference / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))
