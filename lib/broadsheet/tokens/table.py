"""Many articles as one table of integers: which word stands where."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from broadsheet.tokens.rules import WORD, fold

_PARTS = re.compile(f"({WORD.pattern})", WORD.flags)


@dataclass(frozen=True, eq=False)
class Tokens:
    """One entry per word of the articles, in reading order.

    term     : index into `vocabulary`, the folded forms
    document : index into `doc_ids`
    sentence : number of the sentence in its document, from 0
    start, end : offsets into the document's body
    follows : whether nothing but white space stands between it and the word before
    """

    doc_ids: pd.Index
    vocabulary: pd.Index
    term: np.ndarray
    document: np.ndarray
    sentence: np.ndarray
    start: np.ndarray
    end: np.ndarray
    follows: np.ndarray

    def __len__(self) -> int:
        return len(self.term)

    def __repr__(self) -> str:
        return f"<Tokens: {len(self):,} words, {len(self.vocabulary):,} terms, {len(self.doc_ids):,} articles>"

    def frame(self) -> pd.DataFrame:
        """Return the tokens as a table for people: doc_id, sentence, start, end, term."""
        return pd.DataFrame(
            {
                "doc_id": pd.Categorical.from_codes(self.document, self.doc_ids),
                "sentence": self.sentence,
                "start": self.start,
                "end": self.end,
                "term": pd.Categorical.from_codes(self.term, self.vocabulary),
            }
        )


def tokenize(doc_ids: Sequence[str], bodies: Sequence[str], sentences: pd.DataFrame) -> Tokens:
    """Read every word of `bodies`.

    sentences : as the corpus holds them: one row per sentence, in reading order.
    """
    number: dict[str, int] = defaultdict()
    number.default_factory = number.__len__
    read = [np.empty((4, 0), dtype=np.int32)]
    for body in bodies:
        parts = _PARTS.split(body)  # gap, word, gap, word, ..., gap
        edges = np.fromiter(map(len, parts), dtype=np.int32, count=len(parts)).cumsum(dtype=np.int32)
        words = np.fromiter(map(number.__getitem__, parts[1::2]), dtype=np.int32, count=len(parts) // 2)
        blank = np.fromiter(map(str.isspace, parts[:-1:2]), dtype=np.int32, count=len(parts) // 2)
        read.append(np.stack([words, edges[:-1:2], edges[1::2], blank]))
    document = np.repeat(np.arange(len(bodies), dtype=np.int32), [words.shape[1] for words in read[1:]])
    word, start, end, follows = np.concatenate(read, axis=1)
    term_of_word, vocabulary = pd.factorize(np.array([fold(printed) for printed in number], dtype=object))
    return Tokens(
        doc_ids=pd.Index(doc_ids, dtype="str"),
        vocabulary=pd.Index(vocabulary, dtype="str"),
        term=term_of_word.astype(np.int32)[word],
        document=document,
        sentence=_sentence_of(document, start, doc_ids, sentences),
        start=start,
        end=end,
        follows=follows.astype(bool),
    )


def _sentence_of(
    document: np.ndarray, start: np.ndarray, doc_ids: Sequence[str], sentences: pd.DataFrame
) -> np.ndarray:
    """Return the number of the sentence that holds each token: the last that begins at or before it."""
    order = pd.Index(doc_ids).get_indexer(sentences["doc_id"]).astype(np.int64)
    longest = int(max(start.max(initial=0), sentences["start"].max() if len(sentences) else 0)) + 1
    begins = order * longest + sentences["start"].to_numpy()
    row = np.searchsorted(begins, document.astype(np.int64) * longest + start, side="right") - 1
    return sentences["sentence"].to_numpy(dtype=np.int32)[row]
