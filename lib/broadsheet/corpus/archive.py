"""All articles of a folder, with the tables that come from comparing them: marked passages and stories."""

import dataclasses
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from broadsheet import duplicates, index, readers, store
from broadsheet.corpus.catalogue import Catalogue, read_catalogue
from broadsheet.errors import CorpusError

VERSION = "1"


@dataclass
class Archive:
    """All articles of a folder; every corpus selected from it shares one archive.

    bodies : the articles' texts if they have been read, else an empty list.
    """

    folder: readers.Folder
    catalogue: Catalogue
    bodies: list[str]
    kept: store.Collection = dataclasses.field(default_factory=index.collection)
    _loose: list[store.Loose] = dataclasses.field(default_factory=list)  # tokens that the store could not take

    @property
    def texts(self) -> list[str]:
        """The bodies, in reading order; the files are read again if necessary."""
        if len(self.bodies) != len(self.catalogue.keys):
            bodies: list[str] = []
            self.give(bodies.append)
            self.bodies = bodies
        return self.bodies

    def give(self, take: Callable[[str], object]) -> None:
        """Pass every body to `take`, one by one; bodies that must be read again are not kept.

        Raises CorpusError when the articles have changed since they were loaded.
        """
        if len(self.bodies) == len(self.catalogue.keys):
            for body in self.bodies:
                take(body)
        elif not np.array_equal(read_catalogue(self.folder, take, keep=False).keys, self.catalogue.keys):
            where = self.folder.path
            raise CorpusError(f"The articles in {where} have changed since they were loaded. Load them again.")

    @cached_property
    def words(self) -> index.Tokens:
        """Every word of the articles, as printed."""

        def locate() -> store.Places:
            return index.places(self.catalogue.keys, self.kept, self._loose, lambda number: self.texts[number])

        return index.Tokens(self.catalogue.articles["doc_id"].tolist(), locate)

    @cached_property
    def compared(self) -> dict[str, pd.DataFrame]:
        """The tables that come from comparing all articles, each by the number of the article, in reading order.

        marks : one row per marked passage: article, start, end, reason. stories : one row per article: story, role, of,
        shared; see `duplicates.story_roles`. taken : one row per passage that a reprint or version took over: article,
        start, end.
        """
        collection = store.Collection("duplicates", f"{VERSION}.{duplicates.VERSION}.{index.VERSION}")
        tables = collection.tables(self._name)
        if tables is None:
            tables = self._compare()
            collection.keep_tables(self._name, tables)
        return tables

    def _compare(self) -> dict[str, pd.DataFrame]:
        articles, keys = self.catalogue.articles, self.catalogue.keys
        prints = duplicates.fingerprint(self.words, self.give)
        marks = duplicates.marked_passages(prints.lines, articles)
        stories, taken = duplicates.story_roles(self.words, prints, marks, articles, keys)
        return {"marks": marks[["article", "start", "end", "reason"]], "stories": stories, "taken": taken}

    @property
    def _name(self) -> str:
        """A digest of all that marks and stories depend on: the texts, and who published them when."""
        digest = hashlib.blake2b(self.catalogue.keys.tobytes(), digest_size=16)
        facts = self.catalogue.articles[["published", "outlet", "headline"]]
        digest.update(pd.util.hash_pandas_object(facts, index=False).to_numpy().tobytes())
        return digest.hexdigest()
