"""Texts to read, and a store of its own for each reading."""

import itertools

import pytest
from hypothesis import strategies as st

from broadsheet import store
from broadsheet.index import Builder, Tokens, builder, collection
from broadsheet.store import find

PIECES = [
    "The",
    "the",
    "café",
    "É",
    "It’s",
    "U.K.",
    "a.m.",
    "5",
    "£576",
    ".",
    "!",
    "…",
    ",",
    "“",
    "”",
    " ",
    " ",
    "\n\n",
    "—",
    "日本。",
    "𝐀",
]


@pytest.fixture(scope="session")
def texts() -> st.SearchStrategy[str]:
    """Return a strategy: texts of any characters, and of words and marks."""
    return st.lists(st.sampled_from([*PIECES, " " * 130]), max_size=30).map("".join) | st.text(max_size=40)


@pytest.fixture(scope="session")
def read(tmp_path_factory):
    """Return a function that reads bodies into an empty store, and returns the Tokens of all or of `chosen` ones.

    shard : bytes of text that fill a shard; 1 gives each body its own. many : so many small shards are left as they are.
    """
    folder, numbers = tmp_path_factory.mktemp("stores"), itertools.count()

    def made(bodies, chosen=None, doc_ids=None, shard=builder.SHARD, many=1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BROADSHEET_STORE", str(folder / str(next(numbers))))
            patch.setattr(builder, "SHARD", shard)
            patch.setattr(builder, "MANY", many)
            into = collection()
            with Builder(into, say=lambda line: None) as reading:
                keys = [reading.take(body) for body in bodies]
        chosen = range(len(bodies)) if chosen is None else chosen
        wanted = store.as_integers([keys[number] for number in chosen])
        return Tokens(doc_ids or [f"d{row}" for row in range(len(wanted))], lambda: find(wanted, into.shards()))

    return made
