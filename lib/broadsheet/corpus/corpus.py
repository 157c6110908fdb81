"""The corpus: articles, what was set aside, and the tables read from their bodies."""

import dataclasses
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from broadsheet import index, readers, schema, sentiment, text, timex
from broadsheet.corpus import archive, selection
from broadsheet.errors import CorpusError, ParameterError, did_you_mean

LEDGERS = ("publications", "stories")
_NUMBERS = {"sentence", "start", "end", "paragraph"}  # the other columns read from bodies are texts


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles and what can be read from them; each table is computed when first asked for.

    `load` returns a corpus as printed. `select` filters its articles; `counted` leaves repeats and boilerplate out of
    `tokens`, `sentences`, `timex` and `tone`, and keeps one article per story if asked.

    ledger : `publications` or `stories`, as given to `counted`.
    marked : whether passages listed in `repeats` are counted.
    """

    path: Path
    _whole: archive.Ledgers
    _rows: np.ndarray  # those of the catalogue that belong to this corpus
    ledger: str = "publications"
    marked: bool = True

    @cached_property
    def _facts(self) -> pd.DataFrame:
        """The catalogue without `story`, for which all articles must be compared."""
        return self._whole.held.articles.iloc[self._rows].reset_index(drop=True)

    @cached_property
    def catalogue(self) -> pd.DataFrame:
        """The articles without their bodies, in reading order: what need not be read again while the files stay as they are."""
        table = self._facts.copy()
        table.insert(list(schema.ARTICLES).index("story") - 1, "story", self.stories["story"])
        return table

    @cached_property
    def articles(self) -> pd.DataFrame:
        """One row per article in reading order; columns as in `schema.ARTICLES`, then the user's own."""
        articles = self.catalogue.copy()
        articles.insert(list(schema.ARTICLES).index("body"), "body", pd.Series(self._texts, dtype="str"))
        return articles

    @property
    def audit(self) -> pd.DataFrame:
        """One row per record seen, kept or set aside; columns as in `schema.AUDIT`."""
        return self._whole.held.audit

    @property
    def title(self) -> str:
        """What to call the corpus: as its corpus.toml says, else its folder's name."""
        return readers.title(self.path)

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def repeats(self) -> pd.DataFrame:
        """One row per passage that is said twice or is not the article's own text; columns as in `schema.REPEATS`."""
        return self._own(self._whole.marks)[list(schema.REPEATS)]

    @cached_property
    def stories(self) -> pd.DataFrame:
        """One row per article, in reading order: which story it tells, and what it took over; as in `schema.STORIES`."""
        found, doc_ids = self._whole.stories.iloc[self._rows].reset_index(drop=True), self._whole.words.doc_ids
        of = pd.Series(doc_ids[found["of"]], dtype="str").where(found["of"] >= 0, "")
        return pd.DataFrame({"doc_id": self._facts["doc_id"], "story": doc_ids[found["story"]]}).assign(
            role=found["role"], of=of, shared=found["shared"]
        )

    @cached_property
    def taken(self) -> pd.DataFrame:
        """One row per passage that a reprint or version took over from the article that `stories` names: as in `schema.SPANS`."""
        return self._own(self._whole.taken)[list(schema.SPANS)]

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence, in reading order; columns as in `schema.SENTENCES`."""
        sentences = self._printed.sentences()
        article = self._rows[self._printed.numbers_of(sentences["doc_id"])]
        sentences["repeat"] = archive.repeat(sentences.assign(article=article), self._whole.marks)
        return sentences if self.marked else sentences[sentences["repeat"] == archive.NONE].reset_index(drop=True)

    @cached_property
    def tokens(self) -> index.Tokens:
        """The words of the articles, as integer arrays with a vocabulary."""
        return self._printed if self.marked else self._printed.masked(self.repeats)

    @cached_property
    def _printed(self) -> "index.Tokens":
        """The words of the articles, whether they are counted or not."""
        every = self._whole.words
        return every if len(self) == len(every.doc_ids) else every.of(self._rows)

    @cached_property
    def _texts(self) -> list[str]:
        texts = self._whole.texts
        return [texts[row] for row in self._rows]

    def _own(self, passages: pd.DataFrame) -> pd.DataFrame:
        """Filter passages of the whole corpus to these articles and add `doc_id`."""
        ours = np.zeros(len(self._whole.words.doc_ids), dtype=bool)
        ours[self._rows] = True
        passages = passages[ours[passages["article"]]].reset_index(drop=True)
        return passages.assign(doc_id=self._whole.words.doc_ids[passages["article"]])

    @cached_property
    def timex(self) -> pd.DataFrame:
        """One row per time expression, in reading order; columns as in `schema.TIMEX`."""
        found = zip(self._texts, self._facts["published"], strict=True)
        frame = self._stacked([timex.expressions(body, published) for body, published in found], timex.COLUMNS)
        frame = frame.join(timex.covered(frame["value"])).assign(anchor="text")
        return frame if self.marked else self._outside(frame)

    @cached_property
    def tone(self) -> pd.DataFrame:
        """One row per counted sentence, in reading order, with its VADER scores; columns as in `schema.TONE`."""
        scores = sentiment.score(self.text(self.sentences).tolist())
        return self.sentences[["doc_id", "sentence", "start", "end"]].join(scores)

    def _outside(self, passages: pd.DataFrame) -> pd.DataFrame:
        """Return those of some passages that do not begin in what `repeats` marks."""
        return passages[~self._printed.begin_in(passages, self.repeats)].reset_index(drop=True)

    @cached_property
    def hash(self) -> str:
        """A short digest of what the articles say and who published it when."""
        fields = self._facts[["doc_id", "published", "outlet", "headline"]].astype("str").fillna("")
        digest = hashlib.blake2b(self._whole.held.keys[self._rows].tobytes(), digest_size=8)
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
        return pd.Series(
            [self._texts[row][start:end] for row, start, end in spans], index=passages.index, dtype="str", name="text"
        )

    def glance(self) -> dict[str, int | str]:
        """Return the figures that open every report: what is here, and what is not."""
        undated = int(self._facts["published"].isna().sum())
        named = self._facts.loc[self._facts["outlet"] != "", "outlet"]
        figures = {
            "articles": len(self),
            "stories": self.stories["story"].nunique(),
            "words": len(self.tokens),
        }
        if not self.marked:
            figures["words left out"] = len(self._printed) - len(self.tokens)
        figures |= {"period": self.period, "outlets": named.nunique() or "not named"}
        if len(self) == self.audit["kept"].sum():
            figures["set aside"] = int((~self.audit["kept"]).sum())
        return figures | ({"without a date": undated} if undated else {})

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
        query : words that the article must contain, all of them, in any order and case, outside marked passages.

        Raises CorpusError when no article is from the outlet, ParameterError when a day is not a date or since is
        after until.
        """
        if moved:
            raise ParameterError(selection.moved(moved))
        if since and until and since > until:
            raise ParameterError(f"since ({since}) is after until ({until}). Exchange them.")
        fits = np.ones(len(self), dtype=bool)
        if outlet:
            fits &= self._from(outlet)
        if since:
            fits &= (self._facts["published"] >= selection.day("since", since)).to_numpy()
        if until:
            fits &= (self._facts["published"] <= selection.day("until", until)).to_numpy()
        part = self._part(fits)
        return part._part(part._containing(query)) if query else part

    def counted(self, ledger: str = "publications", marked: bool = False) -> "Corpus":
        """Return what counts: the articles without repeats and boilerplate, each story once if asked.

        ledger : `publications` keeps every article, `stories` one article per story: the original, else the first.
        marked : whether passages listed in `repeats` count too.

        Raises ParameterError for another ledger.
        """
        if ledger not in LEDGERS:
            raise ParameterError(
                f"A ledger is one of {', '.join(LEDGERS)}, not {ledger!r}.{did_you_mean(str(ledger), LEDGERS)}"
            )
        once = self._part(self._first_of_story()) if ledger == "stories" else self
        return dataclasses.replace(once, marked=marked, ledger="stories" if ledger == "stories" else self.ledger)

    def _part(self, fits: np.ndarray) -> "Corpus":
        return dataclasses.replace(self, _rows=self._rows[fits])

    def _from(self, outlet: str) -> np.ndarray:
        """Return which articles are from an outlet."""
        known = [name for name in self._facts["outlet"].unique() if name]
        if outlet not in known:
            there = f"Outlets: {', '.join(known[:12])}." if known else "No article names its outlet."
            raise CorpusError(f"No article is from {outlet!r}.{did_you_mean(outlet, known) or ' ' + there}")
        return (self._facts["outlet"] == outlet).to_numpy()

    def _containing(self, query: str) -> np.ndarray:
        """Return which articles contain all words of a query outside marked passages."""
        tokens = self.counted().tokens
        uses = [tokens.uses(query[start:end]).to_numpy() > 0 for start, end in text.words(query)]
        return np.logical_and.reduce(uses) if uses else np.zeros(len(self), dtype=bool)

    def _first_of_story(self) -> np.ndarray:
        """Return the rows, in order, of one article per story: the original if it is here, else the first published."""
        order = np.lexsort([self._facts["published"], self.stories["role"] != "original"])
        return np.sort(self.stories["story"].iloc[order].drop_duplicates().index)

    def _stacked(self, per_article: list[list[tuple]], columns: list[str]) -> pd.DataFrame:
        """Stack each article's rows into one table with its doc_id in front."""
        doc_ids = self._facts["doc_id"].repeat(list(map(len, per_article))).reset_index(drop=True)
        frame = pd.DataFrame([row for rows in per_article for row in rows], columns=columns)
        frame = frame.astype({name: "int64" if name in _NUMBERS else "str" for name in columns})
        frame.insert(0, "doc_id", doc_ids.astype("str"))
        return frame
