"""What of a corpus counts, and how often: passages that are marked, and articles that tell one story; found on first use."""

import contextlib
import dataclasses
import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from broadsheet import duplicates, index, store
from broadsheet.corpus.catalogue import Bodies, Catalogue
from broadsheet.errors import ResourceError

VERSION = "1"
PULL_QUOTE, BOILERPLATE, NONE = "pull quote", "boilerplate", "none"


@dataclass
class Ledgers:
    """All articles of a corpus, with what is read from several of them at once; every selection of them shares it.

    held : the articles without their bodies. kept : where their tokens are kept.
    """

    held: Catalogue
    _bodies: Bodies
    kept: store.Collection
    _loose: list[store.Loose] = dataclasses.field(default_factory=list)  # tokens that the store could not take

    @property
    def texts(self) -> list[str]:
        """The bodies, in reading order."""
        return self._bodies.texts(self.held.keys)

    @cached_property
    def words(self) -> index.Tokens:
        """Every word of the articles, as printed."""

        def locate() -> store.Places:
            return index.places(self.held.keys, self.kept, self._loose, lambda number: self.texts[number])

        return index.Tokens(self.held.articles["doc_id"].tolist(), locate)

    @property
    def marks(self) -> pd.DataFrame:
        """The marked passages, in reading order: article (its number), start, end, reason; see `duplicates.boilerplate`."""
        return self._found["marks"]

    @property
    def stories(self) -> pd.DataFrame:
        """One row per article: story, role, of, shared; see `duplicates.derived`."""
        return self._found["stories"]

    @property
    def taken(self) -> pd.DataFrame:
        """The passages that reprints and versions took over: article (its number), start, end."""
        return self._found["taken"]

    @cached_property
    def _found(self) -> dict[str, pd.DataFrame]:
        collection = store.Collection("duplicates", f"{VERSION}.{duplicates.VERSION}.{index.VERSION}")
        with contextlib.suppress(store.DamagedError):  # it is found anew
            if held := collection.get(self._name):
                return {kind: store.frame(held[kind]) for kind in ("marks", "stories", "taken")}
        found = self._find()
        with contextlib.suppress(ResourceError):  # keeping it saves time alone
            collection.add(self._name, {kind: store.packed(table) for kind, table in found.items()})
        return found

    def _find(self) -> dict[str, pd.DataFrame]:
        articles, keys = self.held.articles, self.held.keys
        found = duplicates.read(self.words, lambda take: self._bodies.give(take, keys))
        marks = duplicates.marked(found.lines, articles)
        stories, taken = duplicates.derived(self.words, found, marks, articles, keys)
        return {"marks": marks[["article", "start", "end", "reason"]], "stories": stories, "taken": taken}

    @property
    def _name(self) -> str:
        """What the articles say, and who published it when: on this all depends that is found."""
        digest = hashlib.blake2b(self.held.keys.tobytes(), digest_size=16)
        facts = self.held.articles[["published", "outlet", "headline"]]
        digest.update(pd.util.hash_pandas_object(facts, index=False).to_numpy().tobytes())
        return digest.hexdigest()


def repeat(sentences: pd.DataFrame, marks: pd.DataFrame) -> pd.Series:
    """Return of each sentence whether it is a `pull quote`, `boilerplate` or `none`: what half of it or more is marked for.

    sentences : article (its number), start, end; in order. marks : the same, and reason.
    """
    begins, ends = (sentences["article"] * index.LONGEST + sentences[side] for side in ("start", "end"))
    marked_from, marked_to = (marks["article"] * index.LONGEST + marks[side] for side in ("start", "end"))
    first = np.searchsorted(ends, marked_from, side="right")
    counts = np.maximum(np.searchsorted(begins, marked_to, side="left") - first, 0)
    touched, mark = store.runs(first, counts), np.repeat(np.arange(len(marks)), counts)
    common = np.minimum(ends.to_numpy()[touched], marked_to.to_numpy()[mark])
    common = common - np.maximum(begins.to_numpy()[touched], marked_from.to_numpy()[mark])
    quoted = (marks["reason"] == PULL_QUOTE).to_numpy()[mark]
    half = (ends - begins).to_numpy() / 2
    by_quote, by_any = (np.bincount(touched, common * part, len(sentences)) for part in (quoted, np.ones(len(mark))))
    kinds = np.where(by_any < half, NONE, np.where(by_quote >= half, PULL_QUOTE, BOILERPLATE))
    return pd.Series(kinds, index=sentences.index, dtype="str", name="repeat")
