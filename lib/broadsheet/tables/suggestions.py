"""Terms that are written much like one that never occurs."""

import difflib

import numpy as np
import pandas as pd

from broadsheet.tokens import Tokens, terms_in

LIKE = 0.7  # difflib's ratio, of 1: two letters of seven wrong, or two changed places in four


def suggestions(tokens: Tokens, term: str, most: int = 3) -> pd.DataFrame:
    """Return the terms of the vocabulary that are written most like one that it lacks.

    term : one word, or several, of which the first that the vocabulary lacks is looked for. Compared are terms that
    share its first letter or its last two, and whose length differs from its own by a third at most, or by one.

    Returns one row per near term, the most like it first, of equals the most used: likeness (difflib's ratio, from
    0.7 to 1), n (uses), articles (that hold it); no row when the vocabulary holds every word of `term`.
    Source: Ratcliff and Metzener (1988), Pattern Matching: The Gestalt Approach.
    """
    known = tokens.vocabulary
    word = next((word for word in terms_in(term) if word not in known), "")
    near = _candidates(known, word) if word else np.empty(0, dtype=np.int64)
    used = tokens.counts[:, near]
    table = pd.DataFrame(
        {"likeness": _likeness(word, known[near]), "n": used.sum(axis=0).A1, "articles": used.getnnz(axis=0)},
        index=known[near].rename("term"),
    )
    table = table[table["likeness"] >= LIKE]
    return table.sort_values(["likeness", "n"], ascending=False, kind="stable").head(most)


def _candidates(known: pd.Index, word: str) -> np.ndarray:
    """Return the numbers of those terms that could be like `word`."""
    alike = (known.str.len() - len(word)).to_numpy(dtype=np.int64)
    near = np.abs(alike) <= max(len(word) // 3, 1)
    near &= np.asarray(known.str.startswith(word[0])) | np.asarray(known.str.endswith(word[-2:]))
    return np.flatnonzero(near)


def _likeness(word: str, others: pd.Index) -> np.ndarray:
    """Return how like `word` each other is; 0 where letters alone show that it is not very."""
    matcher = difflib.SequenceMatcher(b=word, autojunk=False)

    def ratio(other: str) -> float:
        matcher.set_seq1(other)
        return matcher.ratio() if matcher.quick_ratio() >= LIKE else 0.0

    return np.array([ratio(other) for other in others], dtype=float)
