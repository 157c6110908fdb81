"""Many articles as one table of integers: which word stands where."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from broadsheet.tokens.rules import WORD, fold


@dataclass(frozen=True, eq=False)
class Tokens:
    """One entry per word of the articles, in reading order.

    term     : index into `vocabulary`, the folded forms
    document : index into `doc_ids`
    sentence : number of the sentence in its document, from 0
    start, end : offsets into the document's body
    """

    doc_ids: pd.Index
    vocabulary: pd.Index
    term: np.ndarray
    document: np.ndarray
    sentence: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def __len__(self) -> int:
        return len(self.term)

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
    printed: dict[str, int] = defaultdict()
    printed.default_factory = printed.__len__
    word, start, end, per_body = array("i"), array("i"), array("i"), []
    for body in bodies:
        before = len(word)
        for match in WORD.finditer(body):
            word.append(printed[match.group()])
            start.append(match.start())
            end.append(match.end())
        per_body.append(len(word) - before)
    document = np.repeat(np.arange(len(per_body), dtype=np.int32), per_body)
    term_of_word, vocabulary = pd.factorize(np.array([fold(w) for w in printed], dtype=object))
    starts = np.asarray(start, dtype=np.int32)
    return Tokens(
        doc_ids=pd.Index(doc_ids, dtype="str"),
        vocabulary=pd.Index(vocabulary, dtype="str"),
        term=term_of_word.astype(np.int32)[np.asarray(word, dtype=np.int32)],
        document=document,
        sentence=_sentence_of(document, starts, doc_ids, sentences),
        start=starts,
        end=np.asarray(end, dtype=np.int32),
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
