"""What the tests of the engine share: texts that hit its rules, and bodies read through a store of their own."""

import itertools

import pytest
from hypothesis import strategies as st

from broadsheet import store
from broadsheet.index import Keeper, Tokens, collection, kept
from broadsheet.store import find

LONG = " " * 130  # more than a gap's byte can tell
PIECES = [
    "The", "the", "word", "Holm", "café", "e\u0301", "\u0345", "É", "Mr.", "Inc.", "p.m.", "U.K.", "a.m.", "R-N.Y.", "A.", "B", "I", "I.",
    "No.", "5", "3.5", "£576", "40,000", "12%", "9-year-old", "Jan.", "https://a.b", "www", "@a_b", "#", "_", "-", "½", "٣", "°", "%", ":",
    "'", "’", "‘", "“", "”", '"', '"', "«", "»", "(", ")", "[", "]", ".", ".", ".", "!", "?", "...", "…", ",", "<b>", "</b>", "&amp;",
    " ", " ", " ", " ", "  ", LONG, "\n", "\n\n", "\n \n", "\t", "\r", "\x00", "\x1c", "\x85", "\u00a0", "\u00ad", "\u200b", "\u2028",
    "—", "•", "1.", "a)", "İ", "ß", "ǅ", "ŉ", "Ⅷ", "ⓐ", "😀", "👩‍🚒", "日本。", "नमस्ते", "שלום", "سلام.", "𝐀", "𐐨", "\U000e0100",
]  # fmt: skip


@pytest.fixture(scope="session")
def pieces() -> list[str]:
    """Return what the rules know, and characters of every kind."""
    return PIECES


@pytest.fixture(scope="session")
def texts() -> st.SearchStrategy[str]:
    """Return a strategy: texts of any characters, and of pieces that the rules know."""
    return st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=40)


@pytest.fixture(scope="session")
def read(tmp_path_factory):
    """Return a function that reads bodies into an empty store, and returns the Tokens of all or of `chosen` ones.

    shard : bytes of text that fill a shard; 1 gives each body its own. many : so many small shards are left as they are.
    """
    folder, numbers = tmp_path_factory.mktemp("stores"), itertools.count()

    def made(bodies, chosen=None, doc_ids=None, shard=kept.SHARD, many=1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BROADSHEET_STORE", str(folder / str(next(numbers))))
            patch.setattr(kept, "SHARD", shard)
            patch.setattr(kept, "MANY", many)
            into = collection()
            with Keeper(into, say=lambda line: None) as keeper:
                keys = [keeper.take(body) for body in bodies]
        chosen = range(len(bodies)) if chosen is None else chosen
        wanted = store.as_integers([keys[number] for number in chosen])
        return Tokens(doc_ids or [f"d{row}" for row in range(len(wanted))], lambda: find(wanted, into.shards()))

    return made
