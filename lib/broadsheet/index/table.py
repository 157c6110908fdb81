"""Many articles as one table of integers: which word stands where, read from the store as it is asked for."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from broadsheet.index import shelf
from broadsheet.index.arrays import counts_of, printed_words_of
from broadsheet.index.shelf import POSTINGS, SPANS, Part, Shelf, found_in, in_order, postings_of, starts_of
from broadsheet.store import Places, runs
from broadsheet.text.automaton import FOLLOWS
from broadsheet.text.words import terms_in

LONGEST = 1 << 32  # characters of a body, and more than any has: document * LONGEST + offset sorts places
AT_ONCE = 4096  # bodies of which the tokens' places are held at once


class Tokens:
    """The words of articles, in reading order; each array is read from the store when it is first asked for.

    doc_ids : of the articles, one entry each.
    locate : tells where their bodies stand in the store, having read what it lacked; asked once, and again when
        a shard turns out to be damaged.
    """

    def __init__(self, doc_ids: Sequence[str], locate: Callable[[], Places]) -> None:
        self.doc_ids = pd.Index(doc_ids, dtype="str")
        self._shelf = Shelf(locate)

    def of(self, articles: np.ndarray) -> "Tokens":
        """Return the tokens of some of the articles, given by their numbers in rising order."""
        some = Tokens(self.doc_ids[articles], self._shelf.of(articles))
        some._shelf.by_word = self._shelf.by_word
        return some

    @cached_property
    def article_type(self) -> pd.CategoricalDtype:
        """The type of a column that names articles: their doc_ids in reading order, by which such a column sorts."""
        return pd.CategoricalDtype(self.doc_ids, ordered=True)

    def numbers_of(self, doc_id: pd.Series) -> np.ndarray:
        """Return the number of the article that each entry of a column names, -1 where it is none of these."""
        named = doc_id.astype("category").cat
        numbers = named.codes.to_numpy()
        if named.categories is self.doc_ids:
            return numbers
        return np.append(self.doc_ids.get_indexer(named.categories), -1)[numbers]

    def __len__(self) -> int:
        return int(self.lengths.sum())

    def __repr__(self) -> str:
        return f"<Tokens: {len(self):,} words of {len(self.doc_ids):,} articles>"

    @cached_property
    def lengths(self) -> np.ndarray:
        """The number of words of each article."""
        lengths = np.zeros(len(self.doc_ids), dtype=np.int64)
        for part in self._shelf.parts("tokens"):
            lengths[part.documents] = np.diff(part.shard["tokens"])[part.places]
        return lengths

    @property
    def vocabulary(self) -> pd.Index:
        """The terms that the articles use, folded and sorted."""
        return self._shelf.numbering[0]

    @cached_property
    def counts(self) -> sparse.csr_matrix:
        """How often each article (row) uses each term of the vocabulary (column)."""
        stacked, documents = [], []
        for part in self._shelf.parts(*POSTINGS, "tokens", "keys"):
            vocabulary, numbers = self._shelf.numbering
            matrix = counts_of(part.shard, numbers[part.number], len(vocabulary))
            stacked.append(matrix if part.is_whole else matrix[part.places])
            documents.append(part.documents)
        if not stacked:
            return sparse.csr_matrix((0, 0), dtype=np.int64)
        matrix, order = sparse.vstack(stacked, format="csr") if stacked[1:] else stacked[0], np.concatenate(documents)
        return matrix if in_order(order, len(order)) else matrix[np.argsort(order)]

    @cached_property
    def printed(self) -> pd.Index:
        """For each term of the vocabulary its most used printed form, as an index in the same order.

        Uses that open a sentence are left aside unless there are no others; ties go to the form that sorts first.
        """
        return self._most_used(*self._forms)

    def _most_used(self, form: np.ndarray, opens: np.ndarray) -> pd.Index:
        """Return the most used printed form of each term that is used, for tokens as `_forms` describes them."""
        forms, numbers = [np.empty(0, dtype=object)], [np.empty(0, dtype=np.int64)]
        for part in self._shelf.parts("printed", *POSTINGS, "tokens", "term"):
            forms.append(printed_words_of(part.shard).to_numpy(zero_copy_only=False))
            numbers.append(self._shelf.numbering[1][part.number][part.shard["term"]])
        table = pd.DataFrame({"term": np.concatenate(numbers), "form": np.concatenate(forms)})
        table["n"] = np.bincount(form, minlength=len(table))
        table["inside"] = np.bincount(form[~opens], minlength=len(table))
        table = table[table["n"] > 0].groupby(["term", "form"], as_index=False).sum()
        table["n"] = table["inside"].where(table.groupby("term")["inside"].transform("max") > 0, table["n"])
        table = table.sort_values(["term", "n"], ascending=[True, False], kind="stable").drop_duplicates("term")
        return pd.Index(table["form"], dtype="str", name="term")

    @property
    def _forms(self) -> tuple[np.ndarray, np.ndarray]:
        """Of each token, the number of its printed form among those of all shards, and whether it opens a sentence."""
        edges = np.cumsum([0] + [len(part.shard["term"]) for part in self._shelf.parts("term")])

        def of_part(part: Part, tokens: np.ndarray | slice) -> np.ndarray:
            return part.shard["word"][tokens] + edges[part.number]

        def opens(part: Part, tokens: np.ndarray | slice) -> np.ndarray:
            mask = np.zeros(part.shard["tokens"][-1] + 1, dtype=bool)
            mask[part.shard["spans"][2]] = True
            return mask[tokens]

        return self._shelf.of_tokens(np.int64, of_part, "word"), self._shelf.of_tokens(np.bool_, opens, "spans")

    def masked(self, passages: pd.DataFrame) -> "Tokens":
        """Return the tokens without those that begin in some passages (doc_id, start, end)."""
        from broadsheet.index.rest import Rest

        return Rest(self, passages)

    def uses(self, term: str) -> pd.Series:
        """Return how often each article uses a term, or a phrase as `find` has it, by doc_id."""
        return pd.Series(self._uses(term), self.doc_ids.rename("doc_id"), name=term)

    def _uses(self, term: str) -> np.ndarray:
        terms, uses = terms_in(term), np.zeros(len(self.doc_ids), dtype=np.int64)
        if len(terms) > 1:
            return np.bincount(self.find(term)["doc_id"].cat.codes, minlength=len(uses))
        for part in self._shelf.parts(*POSTINGS, "tokens") if terms else ():
            postings = postings_of(part.shard, terms[0])
            in_shard = np.zeros(len(part.shard["tokens"]) - 1, dtype=np.int64)
            in_shard[part.shard["posting_articles"][postings]] = part.shard["posting_counts"][postings]
            uses[part.documents] = in_shard[part.places]
        return uses

    def find(self, phrase: str) -> pd.DataFrame:
        """Return where the articles use a term, or several that follow one another in a sentence, parted by blanks alone.

        Case and the form of apostrophes do not matter; `gate` is not found in `gate's`.

        Returns one row per use, in reading order: doc_id, start, end; none for a phrase without a word.
        Raises ParameterError when other marks than blanks stand between the phrase's words.
        """
        terms = terms_in(phrase)
        found = [found_in(part, terms) for part in self._shelf.parts(*SPANS, *POSTINGS)] if terms else []
        document, start, end = np.concatenate([np.empty((3, 0), dtype=np.int64), *found], axis=1)
        if len(found) > 1:
            order = np.argsort(document, kind="stable")
            document, start, end = document[order], start[order], end[order]
        return pd.DataFrame(
            {"doc_id": pd.Categorical.from_codes(document, dtype=self.article_type), "start": start, "end": end}
        )

    @cached_property
    def term(self) -> np.ndarray:
        """Of each token, the number of its term in the vocabulary."""

        def of_part(part: Part, tokens: np.ndarray | slice) -> np.ndarray:
            numbers = self._shelf.numbering[1][part.number]
            return numbers[part.shard["term"]].take(part.shard["word"][tokens])

        return self._shelf.of_tokens(np.int32, of_part, "word", "term", *POSTINGS)

    def spread(self, values: Callable[[pa.Array], np.ndarray], kind: type) -> np.ndarray:
        """Return for each token what `values` gives, as numbers of a kind, for its term."""
        return self._shelf.spread(values, kind)

    @cached_property
    def follows(self) -> np.ndarray:
        """Of each token, whether it stands in the sentence of the token before, parted from it by white space alone."""
        return self._shelf.of_tokens(np.bool_, lambda part, tokens: part.shard["gap"][tokens] & FOLLOWS > 0, "gap")

    @property
    def document(self) -> np.ndarray:
        """Of each token, the number of its article."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths)

    @cached_property
    def sentence(self) -> np.ndarray:
        """Of each token, the number of its sentence in the article, from 0."""

        def of_part(part: Part, tokens: np.ndarray | slice) -> np.ndarray:
            edges, heads = part.shard["tokens"], part.shard["spans"][2]
            begun = np.bincount(heads, minlength=edges[-1] + 1)[: edges[-1]].cumsum() - 1
            return begun[tokens] - np.repeat(part.shard["sentences"][part.places], np.diff(edges)[part.places])

        return self._shelf.of_tokens(np.int32, of_part, "spans", "sentences")

    @cached_property
    def sentence_edges(self) -> np.ndarray:
        """The tokens at which sentences begin, by number, and the end of the last; a wordless one has that of the next."""
        before, found = self.lengths.cumsum() - self.lengths, [np.array([0, len(self)])]
        for part in self._shelf.parts("spans", "sentences", "tokens"):
            counts = np.diff(part.shard["sentences"])[part.places]
            heads = part.shard["spans"][2, runs(part.shard["sentences"][part.places], counts)]
            found.append(heads + np.repeat(before[part.documents] - part.shard["tokens"][part.places], counts))
        return np.sort(np.concatenate(found), kind="stable")

    @cached_property
    def start(self) -> np.ndarray:
        """Of each token, the offset of its first character in the body of its article."""

        def of_part(part: Part, tokens: np.ndarray | slice) -> np.ndarray:
            return starts_of(part.shard, tokens, np.diff(part.shard["tokens"])[part.places])

        return self._shelf.of_tokens(np.int64, of_part, *SPANS)

    @cached_property
    def end(self) -> np.ndarray:
        """Of each token, the offset after its last character."""
        lengths = self._shelf.of_tokens(
            np.int64, lambda part, tokens: part.shard["lengths"][part.shard["word"][tokens]], "word", "lengths"
        )
        return self.start + lengths

    def begin_in(self, some: pd.DataFrame, passages: pd.DataFrame) -> np.ndarray:
        """Return which of some passages (doc_id, start) begin in one of these (doc_id, start, end)."""
        return shelf.lie_in(self._places_of(some, "start"), *self._edges(passages))

    def _places_of(self, passages: pd.DataFrame, side: str) -> np.ndarray:
        return self.numbers_of(passages["doc_id"]) * np.int64(LONGEST) + passages[side].to_numpy(dtype=np.int64)

    def _edges(self, passages: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Return where passages start, in order, and up to where the text from there is in any of them."""
        starts, ends = (self._places_of(passages, side) for side in ("start", "end"))
        order = np.argsort(starts, kind="stable")
        return starts[order], np.maximum.accumulate(ends[order])

    def within(self, passages: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Return the tokens that begin in one of these passages (doc_id, start, end), in order: their numbers, those of
        their articles."""
        starts, ends = self._edges(passages)
        before, found = self.lengths.cumsum() - self.lengths, [np.empty((2, 0), dtype=np.int64)]
        for part in self._shelf.parts(*SPANS) if len(starts) else ():
            held = np.flatnonzero(np.isin(part.documents, starts // LONGEST))
            for some in np.array_split(held, -(-len(held) // AT_ONCE) or 1):
                some = part._replace(documents=part.documents[some], places=part.places[some])
                counts = np.diff(part.shard["tokens"])[some.places]
                of = np.repeat(some.documents, counts)
                inside = shelf.between(starts, ends, starts_of(part.shard, some.tokens, counts) + of * LONGEST)
                of, first = of[inside], counts.cumsum() - counts
                found.append(np.stack([inside + np.repeat(before[some.documents] - first, counts)[inside], of]))
        number, document = np.concatenate(found, axis=1)
        order = np.argsort(number, kind="stable")
        return number[order], document[order]

    def terms_at(self, numbers: np.ndarray) -> np.ndarray:
        """Return the terms of some tokens, given by their numbers, as numbers in the vocabulary."""
        document = self.documents_at(numbers)
        return self._shelf.terms_at(document, numbers - (self.lengths.cumsum() - self.lengths)[document])

    def documents_at(self, numbers: np.ndarray) -> np.ndarray:
        """Return the numbers of the articles in which some tokens stand, given by theirs."""
        return np.searchsorted(self.lengths.cumsum(), numbers, side="right")

    def frame(self, rows: np.ndarray | slice = slice(None)) -> pd.DataFrame:
        """Return the tokens, or some of them, as a table for people; columns as in `schema.TOKENS`."""
        return pd.DataFrame(
            {
                "doc_id": pd.Categorical.from_codes(self.document[rows], dtype=self.article_type),
                "sentence": self.sentence[rows],
                "start": self.start[rows],
                "end": self.end[rows],
                "term": pd.Categorical.from_codes(self.term[rows], self.vocabulary),
            }
        )

    def sentences(self) -> pd.DataFrame:
        """Return the sentences of the articles: doc_id, sentence, start, end, paragraph; as in `schema.SENTENCES`."""
        rows = [np.empty((5, 0), dtype=np.int64)]
        for part in self._shelf.parts("spans", "sentences", "tokens"):
            edges = part.shard["sentences"]
            counts = np.diff(edges)[part.places]
            begin, end, _, opens = part.shard["spans"][:, runs(edges[part.places], counts)]
            first = np.repeat(counts.cumsum() - counts, counts)
            document, sentence, paragraph = np.repeat(part.documents, counts), np.arange(len(first)), opens.cumsum()
            rows.append([document, sentence - first, begin, end, paragraph - paragraph[first]])
        document, *columns = np.concatenate(rows, axis=1)
        order = np.argsort(document, kind="stable")
        named = zip(("sentence", "start", "end", "paragraph"), columns, strict=True)
        return pd.DataFrame({"doc_id": self.doc_ids[document[order]]} | {name: column[order] for name, column in named})
