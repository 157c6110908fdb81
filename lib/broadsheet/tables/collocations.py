"""How firmly words keep company with a word."""

import numpy as np
import pandas as pd
from scipy.special import xlogy

from broadsheet.index import Tokens
from broadsheet.tables.cooccurrences import near

COLUMNS = ("n", "expected", "n_term", "articles", "stories", "pmi", "mi3", "log_dice", "g2", "t")


def collocations(
    tokens: Tokens,
    node: str,
    story: pd.Series,
    span: int = 5,
    within: str = "sentence",
    fewest: int = 3,
    skip: frozenset[str] = frozenset(),
) -> pd.DataFrame:
    """Return the words that stand near a node, by how much oftener than chance they do.

    node : one word. span, within : which words are near; see `cooccurrences`, which gives the passages behind n.
    story : of each article of `tokens`, in their order. fewest : least number of times that a word must stand
    near the node. skip : terms that get no row, such as function words; as words they count all the same.

    Returns one row per word, the surest first: n (its uses near the node), expected (by chance), n_term (its uses
    anywhere), articles, stories (in which it stands near the node); pmi (log2 of n / expected), mi3 (log2 of n³ / expected), log_dice (14 and
    less), g2 (log-likelihood, four cells, negative where n is below expected; above 10.8 is p < .001 for one word), t.
    All rest on one table of every token but the node's own: near the node or not, this word or another. So expected =
    tokens near the node x n_term / tokens that are not the node: it is corrected for the window, as cut off by the ends
    of sentences, and each token counts once however many nodes are near. Programs that put the node's own
    frequency in its place (AntConc, Sketch Engine) print a pmi higher by log2 of the window, and another log_dice.
    Raises ParameterError when `node` is not one word, or `within` is neither a sentence nor an article.
    Source: Church and Hanks (1990), Computational Linguistics 16(1); Dunning (1993), ibid. 19(1); Evert (2008), Corpora
    and Collocations; Oakes (1998), Statistics for Corpus Linguistics (MI3); Rychlý (2008), RASLAN, 6-9 (logDice).
    """
    found = near(tokens, node, span, within)
    size = len(tokens.vocabulary)
    term = tokens.term[found].astype(np.int64)
    document = tokens.documents_at(found)
    n = np.bincount(term, minlength=size)
    row = np.flatnonzero(n >= max(fewest, 1))
    row = row[~tokens.vocabulary[row].isin(list(skip))]
    every = tokens.counts.sum(axis=0).A1 if len(row) else np.zeros(size, dtype=np.int64)
    holding = {
        "articles": _different(term, document, len(tokens.doc_ids), size),
        "stories": _different(term, pd.factorize(story)[0][document], len(tokens.doc_ids), size),
    }
    others = len(tokens) - (tokens.uses(node).sum() if len(row) else 0)
    table = pd.DataFrame(
        {"n": n[row], "n_term": every[row]} | {name: held[row] for name, held in holding.items()}
    ).assign(**association(n[row], len(found), every[row], others))
    table.index = tokens.vocabulary[row].rename("term")
    return table.sort_values(["g2", "n"], ascending=False, kind="stable")[list(COLUMNS)]


def association(n: np.ndarray, first: int | np.ndarray, second: np.ndarray, total: int) -> dict[str, np.ndarray]:
    """Return measures of how much oftener two things coincide than chance would have it: of pairs, or near a node.

    n : of both, 1 or more. first, second : of each, whether with the other or not. total : of all that could be either.

    Returns expected, pmi, mi3, log_dice, g2 (signed), t; see `collocations`.
    """
    n, second, first = (np.asarray(part, dtype=float) for part in (n, second, first))
    expected = first * second / max(total, 1)
    cells = [n, first - n, second - n, total - first - second + n]
    sides = [(first, second), (first, total - second), (total - first, second), (total - first, total - second)]
    by_chance = [one * other / max(total, 1) for one, other in sides]
    pairs = zip(cells, by_chance, strict=True)
    g2 = 2 * sum(xlogy(cell, cell / np.where(chance > 0, chance, 1)) for cell, chance in pairs)
    return {
        "expected": expected,
        "pmi": np.log2(n / expected),
        "mi3": np.log2(n**3 / expected),
        "log_dice": 14 + np.log2(2 * n / (first + second)),
        "g2": np.where(n < expected, -1, 1) * np.maximum(g2, 0),
        "t": (n - expected) / np.sqrt(n),
    }


def _different(term: np.ndarray, holder: np.ndarray, holders: int, size: int) -> np.ndarray:
    """Return of each of `size` terms how many different holders it has."""
    return np.bincount(pd.unique(term * max(holders, 1) + holder) // max(holders, 1), minlength=size)
