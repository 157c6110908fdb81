"""Texts that hit the rules of words and sentences."""

import pytest
from hypothesis import strategies as st

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
