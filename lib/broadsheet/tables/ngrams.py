"""Runs of neighbouring words."""

import numpy as np
import pandas as pd

from broadsheet import schema
from broadsheet.index import Tokens


def ngrams(tokens: Tokens, n: int, skip: frozenset[str] = frozenset()) -> pd.DataFrame:
    """Return every run of `n` words of one sentence that only white space parts, as a table of the tokens' own shape.

    skip : no run begins or ends with one of these terms.

    Returns one row per run, in reading order: doc_id, sentence, start, end, term (the folded words
    joined by blanks). Overlapping runs each have a row.
    """
    length = max(len(tokens) - n + 1, 0)
    wanted = ~tokens.vocabulary.isin(list(skip))[tokens.term]
    kept = wanted[:length] & wanted[n - 1 :][:length]
    for i in range(1, n):
        kept &= tokens.follows[i:][:length]
    first = np.flatnonzero(kept)
    number, runs = _number(np.column_stack([tokens.term[first + i] for i in range(n)]), len(tokens.vocabulary))
    words = tokens.vocabulary.to_numpy()
    joined = [" ".join(run) for run in words[runs]]
    return pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(tokens.document[first], dtype=tokens.article_type),
            "sentence": tokens.sentence[first],
            "start": tokens.start[first],
            "end": tokens.end[first + n - 1],
            "term": pd.Categorical.from_codes(number, pd.Index(joined, dtype="str")),
        }
    )[list(schema.TOKENS)]


def _number(runs: np.ndarray, base: int) -> tuple[np.ndarray, np.ndarray]:
    """Number the distinct rows of `runs`; return each row's number and the distinct rows."""
    code = np.zeros(len(runs), dtype=np.int64)
    for column in runs.T:
        # Numbering afresh after each word keeps the code below (rows seen) x (vocabulary): no overflow.
        code = pd.factorize(code * base + column)[0]
    _, representative = np.unique(code, return_index=True)
    return code, runs[representative]
