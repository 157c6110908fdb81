"""Articles parted into a target and a reference, and the observations that they make; what is asked is checked here."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet.errors import CorpusError, ParameterError, did_you_mean
from broadsheet.tokens import Tokens


class Counted(NamedTuple):
    """What is compared: counts (articles x terms), by_term (the same, terms x articles, in single precision), the terms
    and the words of each article."""

    counts: sparse.csr_matrix
    by_term: sparse.csr_matrix
    terms: pd.Index
    lengths: np.ndarray


class Sides(NamedTuple):
    """Two sides of articles; an observation is what one story says on one side.

    parts : uses, observations x terms. lengths : words of each observation. target : whether it is of the target.
    observation : of each article, the number of its own.
    """

    parts: sparse.csr_matrix
    lengths: np.ndarray
    target: np.ndarray
    observation: np.ndarray


def sides(counted: Counted, target: np.ndarray, story: np.ndarray) -> Sides:
    """Part articles into two sides; the articles of a side that tell one story are one observation.

    So a story that both sides tell is two. Its two versions are alike, which makes the sides more alike than chance
    would: the test errs towards silence. Observations are in the order of the stories' names, whatever that of the
    articles.
    """
    codes = np.unique(story, return_inverse=True)[1] * 2 + target
    names, observation = np.unique(codes, return_inverse=True)
    once = np.ones(len(target), dtype=np.int64)
    member = sparse.csr_matrix((once, (observation, np.arange(len(target)))), (len(names), len(target)))
    return Sides(member @ counted.counts, member @ counted.lengths, names % 2 == 1, observation)


def told(tokens: Tokens, side: np.ndarray, story: np.ndarray) -> int:
    """Return how many stories the articles of a side tell, but for those without a word."""
    return len(pd.unique(story[side & (tokens.lengths > 0)]))


def compared(tokens: Tokens, terms: pd.Index | None, articles: np.ndarray) -> Counted:
    """Return what is compared: those of the terms that these articles use; None means all terms.

    Raises CorpusError when none is left, ParameterError when one is not in the vocabulary.
    """
    named = tokens.vocabulary if terms is None else pd.Index(terms).unique()
    numbers = tokens.vocabulary.get_indexer(named)
    if (numbers < 0).any():
        unknown = named[numbers < 0][0]
        raise ParameterError(
            f"Terms are those of the tokens' vocabulary, which lacks {(numbers < 0).sum():,} of the {len(named):,} given, "
            f"first {unknown!r}.{did_you_mean(str(unknown), tokens.vocabulary)}"
        )
    counts = tokens.counts[articles]
    used = np.zeros(counts.shape[1], dtype=bool)
    used[numbers] = counts.getnnz(axis=0)[numbers] > 0
    if not used.any():
        raise CorpusError(
            f"A comparison needs a term that the articles use; of {len(named):,} terms given, {articles.sum():,} articles "
            "use none. Stop fewer words, or choose more articles."
        )
    counts = counts if used.all() else counts[:, np.flatnonzero(used)]
    by_term = counts.T.tocsr().astype(np.float32)
    return Counted(counts, by_term, tokens.vocabulary[used].rename("term"), tokens.lengths[articles])


def per_article(tokens: Tokens, name: str, values: pd.Series | np.ndarray) -> np.ndarray:
    """Return a column that has one entry per article as an array; raise ParameterError when it has not."""
    if len(values) != len(tokens.doc_ids):
        raise ParameterError(
            f"{name} needs one entry per article of the tokens: {len(tokens.doc_ids):,}, found {len(values):,}. "
            "Take it from the catalogue of the same corpus."
        )
    if missing := pd.isna(values).sum():
        raise ParameterError(f"{name} needs an entry for every article, {missing:,} are missing. Fill them in.")
    return values.to_numpy() if isinstance(values, pd.Series) else np.asarray(values)
