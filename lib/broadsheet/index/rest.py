"""The tokens that some passages leave: what is counted when repeats are not."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from broadsheet.index.table import Tokens
from broadsheet.text.words import terms_in


class Rest(Tokens):
    """The tokens of articles but for those that begin in some passages; all answers are those of what is left.

    Sentences stay as they are, and so do their numbers; no phrase is found across what was left out.

    passages : doc_id, start, end.
    """

    def __init__(self, whole: Tokens, passages: pd.DataFrame) -> None:
        self.doc_ids = whole.doc_ids
        self._whole, self._passages = whole, passages

    def of(self, articles: np.ndarray) -> "Rest":
        """Return what is left of some of the articles, given by their numbers in rising order."""
        return Rest(self._whole.of(articles), self._passages)

    @cached_property
    def left_out(self) -> np.ndarray:
        """The numbers, among all tokens, of those that are left out."""
        return self._out[0]

    @cached_property
    def _out(self) -> tuple[np.ndarray, np.ndarray]:
        return self._whole.within(self._passages)

    @cached_property
    def _stays(self) -> np.ndarray:
        stays = np.ones(len(self._whole), dtype=bool)
        stays[self.left_out] = False
        return stays

    @cached_property
    def _lost(self) -> sparse.csr_matrix:
        """How often each article uses each of all terms in what is left out."""
        number, document = self._out
        once, shape = np.ones(len(document), dtype=np.int64), (len(self.doc_ids), len(self._whole.vocabulary))
        return sparse.csr_matrix((once, (document, self._whole.terms_at(number))), shape)

    @cached_property
    def lengths(self) -> np.ndarray:
        """The number of words of each article that are left."""
        return self._whole.lengths - np.bincount(self._out[1], minlength=len(self.doc_ids))

    @cached_property
    def _used(self) -> np.ndarray:
        """The numbers, among all terms, of those that are used in what is left."""
        lost, every = self._lost.sum(axis=0).A1, self._whole.counts.sum(axis=0).A1
        return np.flatnonzero(every > lost)

    @cached_property
    def vocabulary(self) -> pd.Index:
        """The terms that are used in what is left, folded and sorted."""
        return self._whole.vocabulary[self._used]

    @cached_property
    def counts(self) -> sparse.csr_matrix:
        """How often each article (row) uses each term of the vocabulary (column) in what is left."""
        left = (self._whole.counts - self._lost)[:, self._used]
        left.eliminate_zeros()
        return left

    def _uses(self, term: str) -> np.ndarray:
        terms = terms_in(term)
        if len(terms) != 1:
            return np.bincount(self.find(term)["doc_id"].cat.codes, minlength=len(self.doc_ids))
        number = self._whole.vocabulary.get_indexer(terms)[0]
        return self._whole._uses(term) - (self._lost[:, [number]].toarray().ravel() if number >= 0 else 0)

    def find(self, phrase: str) -> pd.DataFrame:
        """Return where the articles use a term or phrase, as `Tokens.find` does, in what is left."""
        found = self._whole.find(phrase)
        found = found[~self._whole.begin_in(found, self._passages)]
        if self._whole.begin_in(self._passages, found).any():  # so a later word of a phrase may be left out
            first = self._whole.within(found.assign(end=found["start"] + 1))[0]
            stay = [self._stays[first + place] for place in range(len(terms_in(phrase)))]
            found = found[np.logical_and.reduce(stay)]
        return found.reset_index(drop=True)

    @cached_property
    def printed(self) -> pd.Index:
        """For each term of the vocabulary its most used printed form in what is left."""
        form, opens = self._whole._forms
        return self._whole._most_used(form[self._stays], opens[self._stays])

    @cached_property
    def term(self) -> np.ndarray:
        """Of each token that is left, the number of its term in the vocabulary."""
        numbers = np.full(len(self._whole.vocabulary), -1, dtype=np.int32)
        numbers[self._used] = np.arange(len(self._used), dtype=np.int32)
        return numbers[self._whole.term[self._stays]]

    def spread(self, values: Callable[[pa.Array], np.ndarray], kind: type) -> np.ndarray:
        """Return for each token that is left what `values` gives for its term."""
        return self._whole.spread(values, kind)[self._stays]

    @cached_property
    def follows(self) -> np.ndarray:
        """Of each token that is left, whether it follows the token before with nothing but white space between."""
        return (self._whole.follows & np.roll(self._stays, 1))[self._stays]

    @cached_property
    def sentence(self) -> np.ndarray:
        """Of each token that is left, the number of its sentence in the article, from 0."""
        return self._whole.sentence[self._stays]

    @cached_property
    def sentence_edges(self) -> np.ndarray:
        """The tokens left at which sentences begin, by number, and the end of the last, as `Tokens.sentence_edges`."""
        edges = self._whole.sentence_edges
        return edges - np.searchsorted(self.left_out, edges)

    @cached_property
    def start(self) -> np.ndarray:
        """Of each token that is left, the offset of its first character in the body of its article."""
        return self._whole.start[self._stays]

    @cached_property
    def end(self) -> np.ndarray:
        """Of each token that is left, the offset after its last character."""
        return self._whole.end[self._stays]

    def within(self, passages: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Return the tokens left that begin in one of these passages, as `Tokens.within` does."""
        number, document = self._whole.within(passages)
        stays = self._stays[number]
        return number[stays] - np.searchsorted(self.left_out, number[stays]), document[stays]

    def terms_at(self, numbers: np.ndarray) -> np.ndarray:
        """Return the terms of some tokens that are left, as `Tokens.terms_at` does."""
        return np.searchsorted(self._used, self._whole.terms_at(np.flatnonzero(self._stays)[numbers]))

    def sentences(self) -> pd.DataFrame:
        """Return all sentences of the articles, whether any of their words are left or not."""
        return self._whole.sentences()
