"""The corpus: articles loaded from a folder, what was set aside, and the tables read from their bodies."""

import dataclasses
import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet import catalogue, readers, schema, store, timex, tokens
from broadsheet.errors import CorpusError, ParameterError, ResourceError, did_you_mean
from broadsheet.places import find
from broadsheet.readers.refusal import no_article

_TRIES = 4  # to find in the store what was just written: others may remove or replace it meanwhile
_NUMBERS = {"sentence", "start", "end", "paragraph"}  # the other columns read from bodies are texts


def load(path: str | Path) -> "Corpus":
    """Load the articles of a folder or file.

    path : looked for in the working folder, then from the project's root (the nearest folder
        upwards that holds a reports.toml), then in the root's `data/`.

    Raises CorpusError when nothing is there, or nothing in it can be read as an article.
    """
    place = find(path)
    bodies = catalogue.Bodies(place)
    held = catalogue.kept(place) or catalogue.read(place, bodies.take)
    if held.articles.empty:
        raise CorpusError(no_article(place, held.audit))
    return Corpus(place, held, np.arange(len(held.articles)), bodies, tokens.collection())


class Built(NamedTuple):
    """What `build` did."""

    corpus: "Corpus"
    read: int  # distinct texts whose words were read, as the store lacked them
    read_bytes: int  # of their text
    freed: int  # bytes of results that nobody used for thirty days


def build(path: str | Path, say: Callable[[str], object] = print) -> Built:
    """Bring the store up to date with the articles of a folder or file, holding few of them in memory at a time.

    say : is told what takes long. Raises CorpusError as `load` does, ResourceError when the store cannot be written.
    """
    place, kept = find(path), tokens.collection()
    kept.check()
    with tokens.Keeper(kept, say, strict=True) as keeper:
        held = catalogue.kept(place)
        if held is None or (tokens.find(held.keys, kept.shards()).shard < 0).any():
            held = catalogue.read(place, keeper.take)
    if held.articles.empty:
        raise CorpusError(no_article(place, held.audit))
    corpus = Corpus(place, held, np.arange(len(held.articles)), catalogue.Bodies(place), kept)
    return Built(corpus, keeper.read_bodies, keeper.read_bytes, store.sweep())


def audit(path: str | Path) -> pd.DataFrame:
    """Return the audit of `path` alone: every record seen, kept or set aside; columns as in `schema.AUDIT`."""
    return readers.read(find(path))[1]


def doubtful(audit: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of an audit that a reader should know of: set aside, or kept with something in doubt."""
    return audit[~audit["kept"] | (audit["notes"] != "")]


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles and what can be read from them; each table is computed when first asked for.

    Only `articles`, `text` and `timex` need the bodies; the rest comes from the catalogue and the store.
    """

    path: Path
    _held: catalogue.Catalogue
    _rows: np.ndarray  # those of the catalogue that belong to this corpus
    _bodies: catalogue.Bodies
    _kept: store.Collection
    _loose: list[store.Loose] = dataclasses.field(default_factory=list)  # tokens that the store could not take

    @cached_property
    def catalogue(self) -> pd.DataFrame:
        """The articles without their bodies, in reading order: what need not be read again while the files stay as they are."""
        return self._held.articles.iloc[self._rows].reset_index(drop=True)

    @cached_property
    def articles(self) -> pd.DataFrame:
        """One row per article in reading order; columns as in `schema.ARTICLES`, then the user's own."""
        articles = self.catalogue.copy()
        articles.insert(list(schema.ARTICLES).index("body"), "body", pd.Series(self._texts, dtype="str"))
        return articles

    @property
    def audit(self) -> pd.DataFrame:
        """One row per record seen, kept or set aside; columns as in `schema.AUDIT`."""
        return self._held.audit

    @property
    def title(self) -> str:
        """What to call the corpus: as its corpus.toml says, else its folder's name."""
        return readers.title(self.path)

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence, in reading order; columns as in `schema.SENTENCES`."""
        return self.tokens.sentences()

    @cached_property
    def tokens(self) -> tokens.Tokens:
        """Every word of the articles, as integer arrays with a vocabulary."""
        return tokens.Tokens(self.catalogue["doc_id"].tolist(), self._places)

    @cached_property
    def _texts(self) -> list[str]:
        texts = self._bodies.texts(self._held.keys)
        return [texts[row] for row in self._rows]

    def _places(self) -> "tokens.Places":
        """Return where the bodies stand in the store, reading those that it lacks."""
        keys = self._held.keys[self._rows]
        for _ in range(_TRIES):
            places = tokens.find(keys, [*self._loose, *self._kept.shards()])
            missing = np.flatnonzero(places.shard < 0)
            if not missing.size:
                return places
            with tokens.Keeper(self._kept, strict=False) as keeper:
                for row in missing:
                    keeper.take(self._texts[row])
            self._loose.extend(keeper.loose)
        raise ResourceError(f"What is written to {self._kept.folder} does not stay there. Is something emptying it?")

    @cached_property
    def timex(self) -> pd.DataFrame:
        """One row per time expression, in reading order; columns as in `schema.TIMEX`."""
        found = zip(self._texts, self.catalogue["published"], strict=True)
        frame = self._stacked([timex.expressions(body, published) for body, published in found], timex.COLUMNS)
        return frame.join(timex.covered(frame["value"])).assign(anchor="text")

    @cached_property
    def hash(self) -> str:
        """A short digest of what the articles say and who published it when."""
        fields = self.catalogue[["doc_id", "published", "outlet", "headline"]].astype("str").fillna("")
        digest = hashlib.blake2b(self._held.keys[self._rows].tobytes(), digest_size=8)
        for row in fields.itertuples(index=False):
            digest.update("\x1f".join(row).encode() + b"\x1e")
        return digest.hexdigest()

    def text(self, passages: pd.DataFrame) -> pd.Series:
        """Return body[start:end] for each row of `passages` (doc_id, start, end)."""
        rows = self.tokens.numbers_of(passages["doc_id"])
        if (rows < 0).any():
            unknown = passages["doc_id"][rows < 0].iloc[0]
            raise CorpusError(f"No article has the doc_id {unknown!r}; `catalogue` lists them.")
        spans = zip(rows.tolist(), passages["start"].tolist(), passages["end"].tolist(), strict=True)
        read = (self._texts[row][start:end] for row, start, end in spans)
        return pd.Series(list(read), index=passages.index, dtype="str", name="text")

    def glance(self) -> dict[str, int | str]:
        """Return the figures that open every report: what is here, and what is not."""
        undated = int(self.catalogue["published"].isna().sum())
        named = self.catalogue.loc[self.catalogue["outlet"] != "", "outlet"]
        figures = {
            "articles": len(self),
            "stories": self.catalogue["story"].nunique(),
            "words": len(self.tokens),
            "period": self.period,
            "outlets": named.nunique() or "not named",
        }
        if len(self) == self.audit["kept"].sum():
            figures["set aside"] = int((~self.audit["kept"]).sum())
        return figures | ({"without a date": undated} if undated else {})

    def __repr__(self) -> str:
        return f"<Corpus {self.title}: {len(self):,} articles, {self.period}>"

    @property
    def period(self) -> str:
        """First and last day of publication, as people write them."""
        days = self.catalogue["published"].dropna()
        if days.empty:
            return "undated"
        first, last = (schema.when(day) for day in (days.min(), days.max()))
        return first if first == last else f"{first} – {last}"

    def select(self, since: str = "", until: str = "", outlet: str = "", query: str = "") -> "Corpus":
        """Return the corpus of those articles that fit every condition, perhaps none; "" sets no condition.

        since, until : first and last day of publication (YYYY-MM-DD); an undated article fits neither.
        outlet : the outlet's name.
        query : words that the article must hold, all of them, in any order and case.

        Raises CorpusError when no article is from the outlet, ParameterError when a day is none or since is after until.
        """
        chosen = self.catalogue
        if since and until and since > until:
            raise ParameterError(f"since ({since}) is after until ({until}). Exchange them.")
        if outlet:
            known = [name for name in chosen["outlet"].unique() if name]
            if outlet not in known:
                there = f"Outlets: {', '.join(known[:12])}." if known else "No article names its outlet."
                raise CorpusError(f"No article is from {outlet!r}.{did_you_mean(outlet, known) or ' ' + there}")
            chosen = chosen[chosen["outlet"] == outlet]
        if since:
            chosen = chosen[chosen["published"] >= _day("since", since)]
        if until:
            chosen = chosen[chosen["published"] <= _day("until", until)]
        part = self if chosen is self.catalogue else self._with(chosen)
        return part._holding(query) if query else part

    def _holding(self, query: str) -> "Corpus":
        held = [self.tokens.uses(query[start:end]) > 0 for start, end in tokens.words(query)]
        return self._with(self.catalogue[np.logical_and.reduce(held)]) if held else self._with(self.catalogue[:0])

    def _with(self, chosen: pd.DataFrame) -> "Corpus":
        return dataclasses.replace(self, _rows=self._rows[chosen.index])

    def _stacked(self, per_article: list[list[tuple]], columns: list[str]) -> pd.DataFrame:
        """Stack each article's rows into one table with its doc_id in front."""
        doc_ids = self.catalogue["doc_id"].repeat([len(rows) for rows in per_article]).reset_index(drop=True)
        frame = pd.DataFrame([row for rows in per_article for row in rows], columns=columns)
        frame = frame.astype({name: "int64" if name in _NUMBERS else "str" for name in columns})
        frame.insert(0, "doc_id", doc_ids.astype("str"))
        return frame


def _day(name: str, written: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(datetime.date.fromisoformat(written))
    except ValueError:
        raise ParameterError(f"{name} must be a day as YYYY-MM-DD, got {written!r}.") from None
