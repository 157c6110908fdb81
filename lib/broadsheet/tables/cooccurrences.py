"""Words that stand near a word."""

import numpy as np
import pandas as pd

from broadsheet.errors import ParameterError
from broadsheet.index import Tokens
from broadsheet.store import runs
from broadsheet.text import terms_in, words

WITHIN = ("sentence", "article")


def cooccurrences(tokens: Tokens, term: str, span: int = 5, within: str = "sentence") -> pd.DataFrame:
    """Return the words that stand near a term, as a table of the tokens' own shape.

    span : how many words on either side are near. within : a window ends with its sentence or its article.

    Returns one row per word, in reading order: doc_id, sentence, start, end, term. A word near two uses of the
    term is one row; the term itself is none. Counted by term, they are its collocates.
    Raises ParameterError when `term` is not one word, or `within` is neither.
    """
    return tokens.frame(near(tokens, term, span, within))


def near(tokens: Tokens, term: str, span: int, within: str) -> np.ndarray:
    """Return the numbers of the tokens that are the rows of `cooccurrences`; it need not read where they stand."""
    if within not in WITHIN:
        raise ParameterError(f"A window lies within one {' or one '.join(WITHIN)}, not within {within!r}.")
    if (number := len(words(term))) != 1:
        raise ParameterError(f"Words are counted near one word, and {term!r} holds {number}. Give one.")
    node = tokens.vocabulary.get_indexer(terms_in(term))[0]
    if node < 0:
        return np.empty(0, dtype=np.int64)
    edges = tokens.sentence_edges if within == "sentence" else np.append(0, tokens.lengths.cumsum())
    nodes = np.flatnonzero(tokens.term == node)
    after = np.searchsorted(edges, nodes, side="right")
    first = np.maximum(nodes - span, edges[after - 1])
    last = np.minimum(nodes + span + 1, edges[after])
    first = np.maximum(first, np.append(0, last)[:-1])  # what stands near two is told once
    found = runs(first, last - first)
    return found[tokens.term[found] != node]
