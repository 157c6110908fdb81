"""The golden corpus, loaded, and corpora typed into a test."""

import itertools

import pandas as pd
import pytest

from broadsheet import load, store
from broadsheet.index import Builder, Tokens, collection
from broadsheet.store import find


@pytest.fixture(scope="module")
def corpus(golden):
    """Return the golden corpus."""
    return load(golden)


@pytest.fixture(scope="session")
def read(tmp_path_factory):
    """Return a function: bodies in, their Tokens out, from a store of their own."""
    folder, numbers = tmp_path_factory.mktemp("stores"), itertools.count()

    def made(bodies):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BROADSHEET_STORE", str(folder / str(next(numbers))))
            kept = collection()
        with Builder(kept, say=lambda line: None) as keeper:
            keys = store.as_integers([keeper.take(body) for body in bodies])
        return Tokens([f"d{row}" for row in range(len(bodies))], lambda: find(keys, kept.shards()))

    return made


class Typed:
    """What measures ask of a corpus: tokens, catalogue, articles; days and stories are as the test says."""

    def __init__(self, tokens, bodies, days, stories):
        days = pd.Series(pd.to_datetime(pd.Series(list(days), dtype=object)), dtype="datetime64[s]")
        stories = pd.Series([f"s{story}" for story in stories], dtype="str")
        facts = {"doc_id": pd.Series(tokens.doc_ids), "published": days, "story": stories}
        self.tokens, self.catalogue = tokens, pd.DataFrame(facts)
        self.articles = self.catalogue.assign(body=pd.Series(bodies, dtype="str"))

    def __len__(self):
        return len(self.catalogue)

    def text(self, passages):
        bodies = self.articles.set_index("doc_id")["body"]
        spans = passages[["doc_id", "start", "end"]].itertuples(index=False)
        return pd.Series([bodies[doc_id][start:end] for doc_id, start, end in spans], passages.index, dtype="str")


@pytest.fixture(scope="session")
def typed(read):
    """Return a function: bodies, with their days and stories, in; what measures ask of a corpus out."""

    def made(bodies, days=None, stories=None):
        number = len(bodies)
        days, stories = ([None] * number if days is None else days), (range(number) if stories is None else stories)
        return Typed(read(bodies), bodies, days, stories)

    return made
