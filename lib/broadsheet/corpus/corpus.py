"""The corpus: its articles, the audit, and the tables read from their bodies."""

import dataclasses
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from broadsheet import index, schema, timex
from broadsheet.corpus import body_tables, marks, selection
from broadsheet.corpus.archive import Archive
from broadsheet.errors import CorpusError, ParameterError, did_you_mean

LEDGERS = ("publications", "stories")


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles and the tables read from them, each computed on first use.

    `load` returns a corpus as printed. `select` filters its articles. `counted` leaves repeats and boilerplate out of
    `tokens`, `sentences`, `timex` and `tone`, and keeps one article per story if asked.

    ledger : `publications` or `stories`, as given to `counted`.
    marked : whether passages listed in `repeats` are counted.
    """

    path: Path
    _archive: Archive
    _rows: np.ndarray  # the archive's articles that are in this corpus
    ledger: str = "publications"
    marked: bool = True

    @cached_property
    def _facts(self) -> pd.DataFrame:
        """The catalogue without `story`, for which all articles must be compared."""
        return self._archive.catalogue.articles.iloc[self._rows].reset_index(drop=True)

    @cached_property
    def catalogue(self) -> pd.DataFrame:
        """One row per article, in reading order: the columns of `articles` without `body`."""
        table = self._facts.copy()
        table.insert(list(schema.ARTICLES).index("story") - 1, "story", self.stories["story"])
        return table

    @cached_property
    def articles(self) -> pd.DataFrame:
        """One row per article, in reading order; columns as in `schema.ARTICLES`, then the user's own."""
        articles = self.catalogue.copy()
        articles.insert(list(schema.ARTICLES).index("body"), "body", pd.Series(self._texts, dtype="str"))
        return articles

    @property
    def audit(self) -> pd.DataFrame:
        """One row per record, kept or set aside; columns as in `schema.AUDIT`."""
        return self._archive.catalogue.audit

    @property
    def title(self) -> str:
        """The corpus's name: from corpus.toml, else the folder's name."""
        return self._archive.folder.title

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def repeats(self) -> pd.DataFrame:
        """One row per passage that repeats text or is not the article's own; columns as in `schema.REPEATS`."""
        return self._own(self._archive.compared["marks"])[list(schema.REPEATS)]

    @cached_property
    def stories(self) -> pd.DataFrame:
        """One row per article, in reading order: its story, and what it took over; columns as in `schema.STORIES`."""
        roles, doc_ids = (
            self._archive.compared["stories"].iloc[self._rows].reset_index(drop=True),
            self._archive.words.doc_ids,
        )
        of = pd.Series(doc_ids[roles["of"]], dtype="str").where(roles["of"] >= 0, "")
        return roles.assign(doc_id=self._facts["doc_id"], story=doc_ids[roles["story"]], of=of)[list(schema.STORIES)]

    @cached_property
    def taken(self) -> pd.DataFrame:
        """One row per passage taken over from the article named in `stories`; columns as in `schema.SPANS`."""
        return self._own(self._archive.compared["taken"])[list(schema.SPANS)]

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per counted sentence, in reading order; columns as in `schema.SENTENCES`."""
        return self._unmarked(self._sentences)

    @cached_property
    def _sentences(self) -> pd.DataFrame:
        """One row per sentence, whether it is counted or not."""
        sentences = self._printed.sentences()
        article = self._rows[self._printed.numbers_of(sentences["doc_id"])]
        return sentences.assign(
            repeat=marks.repeat_of(sentences.assign(article=article), self._archive.compared["marks"])
        )

    def _unmarked(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Filter a table with one row per sentence to the sentences that are counted."""
        return rows if self.marked else rows[self._sentences["repeat"] == marks.NONE].reset_index(drop=True)

    @cached_property
    def tokens(self) -> index.Tokens:
        """The counted words, as integer arrays with a vocabulary."""
        return self._printed if self.marked else self._printed.masked(self.repeats)

    @cached_property
    def _printed(self) -> index.Tokens:
        """The words of the articles, whether they are counted or not."""
        every = self._archive.words
        return every if len(self) == len(every.doc_ids) else every.of(self._rows)

    @cached_property
    def _texts(self) -> list[str]:
        texts = self._archive.texts
        return [texts[row] for row in self._rows]

    def _own(self, passages: pd.DataFrame) -> pd.DataFrame:
        """Filter passages of the archive to these articles and add `doc_id`."""
        ours = np.zeros(len(self._archive.words.doc_ids), dtype=bool)
        ours[self._rows] = True
        passages = passages[ours[passages["article"]]].reset_index(drop=True)
        return passages.assign(doc_id=self._archive.words.doc_ids[passages["article"]])

    @cached_property
    def timex(self) -> pd.DataFrame:
        """One row per counted time expression, in reading order; columns as in `schema.TIMEX`."""
        rows = self._named(body_tables.time_expressions(self._keys, self._some_texts, self._facts["published"]))
        rows = rows.join(timex.covered(rows["value"])).assign(anchor="text")
        return rows if self.marked else rows[~self._printed.begin_in(rows, self.repeats)].reset_index(drop=True)

    @cached_property
    def tone(self) -> pd.DataFrame:
        """One row per counted sentence, in reading order, with its VADER scores; columns as in `schema.TONE`."""
        owner = self._printed.numbers_of(self._sentences["doc_id"])
        spans = self._sentences[["sentence", "start", "end"]]
        return self._unmarked(self._named(body_tables.sentence_scores(self._keys, self._some_texts, spans, owner)))

    @property
    def _keys(self) -> np.ndarray:
        """The key of each article's body."""
        return self._archive.catalogue.keys[self._rows]

    def _some_texts(self, numbers: np.ndarray) -> list[str]:
        return [self._texts[number] for number in numbers]

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Replace `body`, the number of the article, by its `doc_id`."""
        rows.insert(0, "doc_id", self._facts["doc_id"].iloc[rows.pop("body")].reset_index(drop=True))
        return rows

    @cached_property
    def hash(self) -> str:
        """A short digest of the texts, and of who published them when."""
        fields = self._facts[["doc_id", "published", "outlet", "headline"]].astype("str").fillna("")
        digest = hashlib.blake2b(self._keys.tobytes(), digest_size=8)
        for row in fields.itertuples(index=False):
            digest.update("\x1f".join(row).encode() + b"\x1e")
        return digest.hexdigest()

    def text(self, passages: pd.DataFrame) -> pd.Series:
        """Return body[start:end] for each row of `passages` (doc_id, start, end)."""
        rows = self._printed.numbers_of(passages["doc_id"])
        if (rows < 0).any():
            unknown = passages["doc_id"][rows < 0].iloc[0]
            raise CorpusError(f"No article has the doc_id {unknown!r}; `catalogue` lists them.")
        spans = zip(rows.tolist(), passages["start"].tolist(), passages["end"].tolist(), strict=True)
        texts = [self._texts[row][start:end] for row, start, end in spans]
        return pd.Series(texts, passages.index, dtype="str", name="text")

    def __repr__(self) -> str:
        return f"<Corpus {self.title}: {len(self):,} articles, {self.period}>"

    @property
    def period(self) -> str:
        """First and last day of publication, as people write them."""
        days = self._facts["published"].dropna()
        if days.empty:
            return "undated"
        first, last = (schema.when(day) for day in (days.min(), days.max()))
        return first if first == last else f"{first} – {last}"

    def select(self, since: str = "", until: str = "", outlet: str = "", query: str = "", **moved: object) -> "Corpus":
        """Return the articles that meet every condition, perhaps none; "" sets no condition.

        since, until : first and last day of publication (YYYY-MM-DD); an undated article meets neither.
        outlet : the outlet's name.
        query : words that the article must contain outside marked passages: all of them, in any order and case.

        Raises CorpusError when no article is from the outlet, ParameterError when a day is not a date, since is
        after until, or an argument is not among these.
        """
        if moved:
            raise ParameterError(selection.moved(moved))
        if since and until and since > until:
            raise ParameterError(f"since ({since}) is after until ({until}). Swap them.")
        published, fits = self._facts["published"], np.ones(len(self), dtype=bool)
        if outlet:
            fits &= selection.from_outlet(self._facts["outlet"], outlet)
        if since:
            fits &= (published >= selection.day("since", since)).to_numpy()
        if until:
            fits &= (published <= selection.day("until", until)).to_numpy()
        part = self._part(fits)
        return part._part(selection.containing(part.counted().tokens, query)) if query else part

    def counted(self, ledger: str = "publications", marked: bool = False) -> "Corpus":
        """Return the corpus that analyses count: without repeats and boilerplate, and each story once if asked.

        ledger : `publications` keeps every article; `stories` keeps one article per story, the original if it is
            here, else the first published.
        marked : whether passages listed in `repeats` are counted too.

        Raises ParameterError for another ledger.
        """
        if ledger not in LEDGERS:
            hint = did_you_mean(str(ledger), LEDGERS)
            raise ParameterError(f"ledger must be one of {', '.join(LEDGERS)}, got {ledger!r}.{hint}")
        if ledger == "publications":
            return dataclasses.replace(self, marked=marked)
        order = np.lexsort([self._facts["published"], self.stories["role"] != "original"])
        first = self.stories["story"].iloc[order].drop_duplicates().index
        return dataclasses.replace(self, _rows=self._rows[np.sort(first)], marked=marked, ledger=ledger)

    def _part(self, fits: np.ndarray) -> "Corpus":
        return dataclasses.replace(self, _rows=self._rows[fits])
