"""The golden corpus, loaded, and the tokens of bodies typed into a test."""

import itertools

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
