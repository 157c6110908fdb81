"""Articles parted into a target and a reference, and the observations that they make; what is asked is checked here."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet.errors import CorpusError, ParameterError, did_you_mean
from broadsheet.index import Tokens


class Sums(NamedTuple):
    """Rows of counts, summed for each term: its uses, the rows that use it, and the squares of its uses in each."""

    n: np.ndarray
    rows: np.ndarray
    squares: np.ndarray


class Counted(NamedTuple):
    """What is compared: counts (articles x terms) and their sums, the terms, and the words of each article."""

    counts: sparse.csr_matrix
    sums: Sums
    terms: pd.Index
    lengths: np.ndarray


class Sides(NamedTuple):
    """Two sides of articles; an observation is what one story says on one side.

    observation : of each article, the number of its own. lengths : words of each observation. target : whether it is of
    the target.
    """

    observation: np.ndarray
    lengths: np.ndarray
    target: np.ndarray


def sides(lengths: np.ndarray, target: np.ndarray, story: np.ndarray) -> Sides:
    """Part articles into two sides; the articles of a side that tell one story are one observation.

    lengths, target, story : of each article its words, whether it is of the target, and the number of its story.

    So a story that both sides tell is two. Its two versions are alike, which makes the sides more alike than chance
    would: the test errs towards silence. Observations are in the order of the stories, whatever that of the articles.
    """
    names, observation = np.unique(story * 2 + target, return_inverse=True)
    return Sides(observation, np.bincount(observation, lengths).astype(np.int64), names % 2 == 1)


def sums_of(counts: sparse.csr_matrix) -> Sums:
    """Return the sums of rows of counts."""
    squared = sparse.csr_matrix((counts.data**2, counts.indices, counts.indptr), counts.shape)  # `power` would sort it
    return Sums(counts.sum(axis=0).A1, counts.getnnz(axis=0), squared.sum(axis=0).A1)


def told(tokens: Tokens, side: np.ndarray, story: np.ndarray) -> int:
    """Return how many stories the articles of a side tell, but for those without a word."""
    return len(pd.unique(story[side & (tokens.lengths > 0)]))


def compared(tokens: Tokens, terms: pd.Index | None, articles: np.ndarray) -> Counted:
    """Return what is compared: those of the terms that these articles use; None means all terms.

    Raises CorpusError when none is left, ParameterError when one is not in the vocabulary.
    """
    counts = tokens.counts if articles.all() else tokens.counts[articles]
    sums, named = sums_of(counts), np.full(len(tokens.vocabulary), terms is None)
    if terms is not None:
        named[_numbers(tokens, pd.Index(terms))] = True
    used = named & (sums.rows > 0)
    if not used.any():
        raise CorpusError(
            f"A comparison needs a term that the articles use; of {named.sum():,} terms given, {articles.sum():,} articles "
            "use none. Stop fewer words, or choose more articles."
        )
    counts = counts if used.all() else counts[:, np.flatnonzero(used)]
    sums = Sums(*(each[used] for each in sums))
    return Counted(counts, sums, tokens.vocabulary[used].rename("term"), tokens.lengths[articles])


def _numbers(tokens: Tokens, terms: pd.Index) -> np.ndarray:
    """Return the numbers of some terms in the vocabulary; raise ParameterError when one is not there."""
    numbers = tokens.vocabulary.get_indexer(terms)
    if len(unknown := terms[numbers < 0].unique()):
        raise ParameterError(
            f"Terms are those of the tokens' vocabulary, which lacks {len(unknown):,} of the {terms.nunique():,} given, "
            f"first {unknown[0]!r}.{did_you_mean(str(unknown[0]), tokens.vocabulary)}"
        )
    return numbers


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
