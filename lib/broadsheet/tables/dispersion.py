"""How evenly the articles or stories share the uses of a term."""

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet.errors import CorpusError
from broadsheet.index import Tokens
from broadsheet.tables.sums import summed, uses

COLUMNS = ("n", "range", "range_share", "range_expected", "dp", "dp_norm", "juilland_d")


def dispersion(tokens: Tokens, part: pd.Series, terms: pd.Index | list[str] | None = None) -> pd.DataFrame:
    """Return how evenly the parts of the corpus share each term's uses.

    part : what each article of `tokens` belongs to, in their order: its story or its doc_id; missing for none. A part
    is as large as its words are many, and one without words is none.
    terms : words or phrases; None for the whole vocabulary.

    Returns one row per term, in the order given: n, range (parts that hold it), range_share (of all parts),
    range_expected (parts that would hold it were its uses strewn at random over all words), dp (deviation of
    proportions: the share of its uses that would have to move to other parts for all to use it alike; 0 even), dp_norm (dp
    so scaled that 1 is all uses in the smallest part), juilland_d (1 even, 0 all in one part; of the rates of the parts).
    A rare word is near dp = 1 of necessity: read range beside range_expected. Of hundreds of parts juilland_d is near
    1 for most words (Biber et al. 2016), so dp is to be preferred. A term that only articles without a part use has no row.
    Raises CorpusError when fewer than two parts hold words, ParameterError when no article uses a term.
    Source: Gries (2008), International Journal of Corpus Linguistics 13(4), 403-437; Lijffijt and Gries (2012), ibid.
    17(1), 147-149; Juilland and Chang-Rodríguez (1964), Frequency Dictionary of Spanish Words.
    """
    counts, names = uses(tokens, terms)
    index = names.rename("term")
    if not len(names):
        return pd.DataFrame(columns=pd.Index(COLUMNS), index=index, dtype=float)
    words = summed(tokens.lengths[:, None], part)[0].toarray().ravel()
    if (words > 0).sum() < 2:
        raise CorpusError(
            f"Dispersion compares parts, and {(words > 0).sum()} of {len(words)} holds words. Give two parts or more: "
            "stories or articles."
        )
    held = summed(counts, part)[0][words > 0].tocsc()
    table = pd.DataFrame(_measures(held, words[words > 0]), index=index)
    return table[table["n"] > 0]


def _measures(held: sparse.csc_matrix, words: np.ndarray) -> dict[str, np.ndarray]:
    """Return every measure of each column of `held` (parts by terms); `words` are the parts' sizes."""
    sizes, parts, terms = words / words.sum(), len(words), held.shape[1]
    holders = np.diff(held.indptr)
    term = np.repeat(np.arange(terms), holders)

    def over_parts(values: np.ndarray) -> np.ndarray:
        return np.bincount(term, values, terms)

    n = over_parts(held.data)
    safe = np.maximum(n, 1)
    dp = np.where(n > 0, 1 - over_parts(np.minimum(held.data / safe[term], sizes[held.indices])), 0).clip(0, 1)
    rate = held.data / words[held.indices]
    mean = over_parts(rate) / parts
    squares = over_parts((rate - mean[term]) ** 2) + (parts - holders) * mean**2
    variation = np.sqrt(squares / parts) / np.where(n > 0, mean, 1)
    return {
        "n": n.astype(np.int64),
        "range": holders.astype(np.int64),
        "range_share": holders / parts,
        "range_expected": _expected(n.astype(np.int64), sizes),
        "dp": dp,
        "dp_norm": (dp / (1 - sizes.min())).clip(0, 1),
        "juilland_d": (1 - variation / np.sqrt(parts - 1)).clip(0, 1),
    }


def _expected(n: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return how many parts would hold a term whose `n` uses fall on any word alike; sizes are shares below 1."""
    distinct, place = np.unique(n, return_inverse=True)
    size, times = np.unique(sizes, return_counts=True)
    return np.array([-np.expm1(one * np.log1p(-size)) @ times for one in distinct])[place]
