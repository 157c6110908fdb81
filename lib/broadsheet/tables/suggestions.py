"""Terms that are written much like one that never occurs."""

import difflib

import numpy as np
import pandas as pd

from broadsheet.index import Tokens
from broadsheet.text import terms_in

LIKE = 0.7  # difflib's ratio, of 1: two letters of seven wrong, or two changed places in four


def suggestions(tokens: Tokens, term: str, most: int = 3) -> pd.DataFrame:
    """Return the terms of the vocabulary that are written most like one that it lacks.

    term : one word, compared with those that share its first letter or its last two, and whose length differs from its
    own by a third at most, or by one. Several words are compared with the runs that stand in the texts and hold all of
    them but one in their places; where none is like it, the first word that the vocabulary lacks is looked for.

    Returns one row per near term or phrase, the most like it first, of equals the most used: likeness (difflib's ratio,
    from 0.7 to 1), n (uses), articles (that hold it); no row when the articles use `term`, or nothing is like it.
    Source: Ratcliff and Metzener (1988), Pattern Matching: The Gestalt Approach.
    """
    known, wanted = tokens.vocabulary, [] if tokens.uses(term).any() else terms_in(term)
    if len(wanted) > 1 and len(phrases := _phrases(tokens, wanted)):
        return phrases.head(most)
    word = next((word for word in wanted if word not in known), "")
    near = _candidates(known, word) if word else np.empty(0, dtype=np.int64)
    used = tokens.counts[:, near]
    return _ranked(word, known[near], used.sum(axis=0).A1, used.getnnz(axis=0)).head(most)


def _ranked(wanted: str, near: pd.Index, n: np.ndarray, articles: np.ndarray) -> pd.DataFrame:
    table = pd.DataFrame({"likeness": _likeness(wanted, near), "n": n, "articles": articles}, near.rename("term"))
    return table[table["likeness"] >= LIKE].sort_values(["likeness", "n"], ascending=False, kind="stable")


def _phrases(tokens: Tokens, wanted: list[str]) -> pd.DataFrame:
    """Return the runs of words in the texts of which all but one are as wanted, and that are like the whole."""
    length, numbers = len(wanted), tokens.vocabulary.get_indexer(wanted)
    places = max(len(tokens) - length + 1, 0)
    alike = np.zeros(places, dtype=np.int64)
    for place, number in enumerate(numbers):
        alike += tokens.term[place:][:places] == number
    first = np.flatnonzero(alike == length - 1)
    for place in range(1, length):
        first = first[tokens.follows[first + place]]
    runs, number = np.unique(tokens.term[first[:, None] + np.arange(length)], axis=0, return_inverse=True)
    held = pd.Series(tokens.document[first]).groupby(number.ravel())
    near = pd.Index([" ".join(tokens.vocabulary[run]) for run in runs], dtype="str")
    return _ranked(" ".join(wanted), near, held.size().to_numpy(), held.nunique().to_numpy())


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
