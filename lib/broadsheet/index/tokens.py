"""The words of many articles as one table of integers, read from the store on demand."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from broadsheet.index.look_ups import POSTINGS, counts_in, find_in, forms_in, uses_in
from broadsheet.index.part import LONGEST, SPANS, Part, Passages, in_order
from broadsheet.index.shard_reader import ShardReader
from broadsheet.store import Places, runs
from broadsheet.text.words import terms_in


class Tokens:
    """The words of articles, in reading order. Each array is read from the store when it is first asked for.

    doc_ids : one per article. locate : says where their bodies are in the store, having read those that it lacked;
    asked once, and again when a shard turns out to be damaged.
    """

    def __init__(self, doc_ids: Sequence[str], locate: Callable[[], Places]) -> None:
        self.doc_ids = pd.Index(doc_ids, dtype="str")
        self._reader = ShardReader(locate)
        self._masks: tuple[pd.DataFrame, ...] = ()

    def of(self, articles: np.ndarray) -> "Tokens":
        """Return the tokens of some of the articles, given by their numbers in rising order."""
        return self._view(articles, self._masks)

    def masked(self, passages: pd.DataFrame) -> "Tokens":
        """Return the tokens without those that begin in passages (doc_id, start, end).

        Sentences stay as they are. A phrase is not found across a word that is left out.
        """
        return self._view(slice(None), (*self._masks, passages))

    def _view(self, articles: np.ndarray | slice, masks: tuple[pd.DataFrame, ...]) -> "Tokens":
        view = Tokens.__new__(Tokens)
        view.doc_ids, view._masks = self.doc_ids[articles], masks
        view._reader = self._reader.of(articles, view._passages(pd.concat(masks)) if masks else None)
        return view

    @cached_property
    def article_type(self) -> pd.CategoricalDtype:
        """The type of a column that names articles: it sorts by reading order."""
        return pd.CategoricalDtype(self.doc_ids, ordered=True)

    def numbers_of(self, doc_id: pd.Series) -> np.ndarray:
        """Return the number of the article that each entry of a column names, -1 if it is none of these."""
        named = doc_id.astype("category").cat
        return np.append(self.doc_ids.get_indexer(named.categories), -1)[named.codes]

    def __len__(self) -> int:
        return int(self.lengths.sum())

    def __repr__(self) -> str:
        return f"<Tokens: {len(self):,} words of {len(self.doc_ids):,} articles>"

    @cached_property
    def lengths(self) -> np.ndarray:
        """The number of words of each article."""
        lengths = np.zeros(len(self.doc_ids), dtype=np.int64)
        for part in self._reader.parts("tokens"):
            lengths[part.documents] = part.lengths
        return lengths

    @property
    def vocabulary(self) -> pd.Index:
        """The terms that the articles use, folded and sorted."""
        return self._reader.numbering[0]

    @cached_property
    def printed(self) -> pd.Index:
        """The most used printed form of each term, in the order of the vocabulary.

        Uses that open a sentence count only if there are no others. Of forms used equally often the first in order is taken.
        """
        parts = self._reader.parts("printed", "spans", "sentences", *SPANS, *POSTINGS)
        counted = [forms_in(part, self._reader.numbering[1][part.number]) for part in parts]
        if not counted:
            return self.vocabulary
        forms = pd.concat(counted).groupby(["term", "form"], as_index=False).sum()
        forms["n"] = forms["inside"].where(forms.groupby("term")["inside"].transform("max") > 0, forms["n"])
        forms = forms.sort_values(["term", "n"], ascending=[True, False], kind="stable").drop_duplicates("term")
        return pd.Index(forms["form"], dtype="str", name="term")

    @cached_property
    def counts(self) -> sparse.csr_matrix:
        """How often each article (row) uses each term of the vocabulary (column)."""
        stacked, documents = [], []
        for part in self._reader.parts(*POSTINGS, "tokens", "keys"):
            vocabulary, numbers = self._reader.numbering
            stacked.append(counts_in(part, numbers[part.number], len(vocabulary)))
            documents.append(part.documents)
        if not stacked:
            return sparse.csr_matrix((0, 0), dtype=np.int64)
        matrix, order = sparse.vstack(stacked, format="csr") if stacked[1:] else stacked[0], np.concatenate(documents)
        return matrix if in_order(order, len(order)) else matrix[np.argsort(order)]

    def uses(self, term: str) -> pd.Series:
        """Count the uses of a term, or of a phrase as in `find`, by doc_id."""
        terms, uses = terms_in(term), np.zeros(len(self.doc_ids), dtype=np.int64)
        if len(terms) > 1:
            uses += np.bincount(self.find(term)["doc_id"].cat.codes, minlength=len(uses))
        for part in self._reader.parts(*POSTINGS, "tokens") if len(terms) == 1 else ():
            uses[part.documents] = uses_in(part, terms[0])
        return pd.Series(uses, self.doc_ids.rename("doc_id"), name=term)

    def find(self, phrase: str) -> pd.DataFrame:
        """Find a term, or a phrase: terms that follow one another in a sentence with only white space between them.

        Case and the form of apostrophes do not matter; `gate` is not found in `gate's`.

        Returns one row per use, in reading order: doc_id, start, end; none for a phrase without a word.
        Raises ParameterError when there are other marks than white space between the phrase's words.
        """
        terms = terms_in(phrase)
        found = [find_in(part, terms) for part in self._reader.parts(*SPANS, *POSTINGS)] if terms else []
        uses = np.concatenate([np.empty((3, 0), dtype=np.int64), *found], axis=1)
        document, start, end = uses[:, np.argsort(uses[0], kind="stable")] if len(found) > 1 else uses
        doc_id = pd.Categorical.from_codes(document, dtype=self.article_type)
        return pd.DataFrame({"doc_id": doc_id, "start": start, "end": end})

    @cached_property
    def term(self) -> np.ndarray:
        """The number of each token's term in the vocabulary."""

        def of_part(part: Part) -> np.ndarray:
            numbers = self._reader.numbering[1][part.number]
            return numbers[part.shard["term"]].take(part.shard["word"][part.tokens])

        return self._reader.of_tokens(np.int32, of_part, "word", "term", *POSTINGS)

    def spread(self, values: Callable[[pa.Array], np.ndarray], kind: type) -> np.ndarray:
        """Return for each token what `values` gives, as numbers of a kind, for its term."""
        return self._reader.spread(values, kind)

    @cached_property
    def follows(self) -> np.ndarray:
        """Whether each token is in the sentence of the token before, with only white space between them."""
        return self._reader.of_tokens(np.bool_, Part.follows, "gap")

    @property
    def document(self) -> np.ndarray:
        """The number of each token's article."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths)

    @cached_property
    def sentence(self) -> np.ndarray:
        """The number of each token's sentence in the article, from 0."""

        def of_part(part: Part) -> np.ndarray:
            edges, heads = part.shard["tokens"], part.shard["spans"][2]
            begun = np.bincount(heads, minlength=edges[-1] + 1)[: edges[-1]].cumsum() - 1
            return begun[part.tokens] - np.repeat(part.shard["sentences"][part.places], np.diff(part.edges))

        return self._reader.of_tokens(np.int32, of_part, "spans", "sentences")

    @cached_property
    def sentence_edges(self) -> np.ndarray:
        """The number of each sentence's first token (for a wordless one the next sentence's), and the number of tokens."""
        first, found = self.lengths.cumsum() - self.lengths, [np.array([0, len(self)])]
        for part in self._reader.parts("spans", "sentences", "tokens"):
            article, rows = part.heads()
            found.append(part.renumbered(rows) + (first[part.documents] - part.renumbered(part.edges)[:-1])[article])
        return np.sort(np.concatenate(found), kind="stable")

    @cached_property
    def start(self) -> np.ndarray:
        """The offset of each token's first character in the body of its article."""
        return self._reader.of_tokens(np.int64, Part.starts, *SPANS)

    @cached_property
    def end(self) -> np.ndarray:
        """The offset after each token's last character."""
        return self.start + self._reader.of_tokens(np.int64, Part.word_lengths, "word", "lengths")

    def begin_in(self, some: pd.DataFrame, passages: pd.DataFrame) -> np.ndarray:
        """Return whether each of some passages (doc_id, start) begins in one of `passages` (doc_id, start, end)."""
        return self._passages(passages).cover(self._places_of(some, "start"))

    def _passages(self, passages: pd.DataFrame) -> Passages:
        return Passages.of(self._places_of(passages, "start"), self._places_of(passages, "end"))

    def _places_of(self, passages: pd.DataFrame, side: str) -> np.ndarray:
        return self.numbers_of(passages["doc_id"]) * np.int64(LONGEST) + passages[side].to_numpy(dtype=np.int64)

    def within(self, passages: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Return the numbers of the tokens that begin in passages (doc_id, start, end), and of their articles; in order."""
        numbers = self._passages(passages).covered(self.document * np.int64(LONGEST) + self.start)
        return numbers, self.documents_at(numbers)

    def documents_at(self, numbers: np.ndarray) -> np.ndarray:
        """Return the numbers of the articles that contain some tokens, given by their numbers."""
        return np.searchsorted(self.lengths.cumsum(), numbers, side="right")

    def frame(self, rows: np.ndarray | slice = slice(None)) -> pd.DataFrame:
        """Return all or some tokens as a readable table; columns as in `schema.TOKENS`."""
        doc_id = pd.Categorical.from_codes(self.document[rows], dtype=self.article_type)
        columns = {name: getattr(self, name)[rows] for name in ("sentence", "start", "end")}
        term = pd.Categorical.from_codes(self.term[rows], self.vocabulary)
        return pd.DataFrame({"doc_id": doc_id, **columns, "term": term})

    def sentences(self) -> pd.DataFrame:
        """Return all sentences of the articles: doc_id, sentence, start, end, paragraph; as in `schema.SENTENCES`."""
        rows = [np.empty((5, 0), dtype=np.int64)]
        for part in self._reader.parts("spans", "sentences", "tokens"):
            edges = part.shard["sentences"]
            counts = np.diff(edges)[part.places]
            begin, end, _, opens = part.shard["spans"][:, runs(edges[part.places], counts)]
            first, paragraph = np.repeat(counts.cumsum() - counts, counts), opens.cumsum()
            sentence = np.arange(len(first)) - first
            rows.append([np.repeat(part.documents, counts), sentence, begin, end, paragraph - paragraph[first]])
        document, *columns = np.concatenate(rows, axis=1)
        order = np.argsort(document, kind="stable")
        named = dict(zip(("sentence", "start", "end", "paragraph"), columns, strict=True))
        return pd.DataFrame({"doc_id": self.doc_ids[document]} | named).iloc[order].reset_index(drop=True)
