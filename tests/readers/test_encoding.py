"""Encodings are detected from the bytes; binary files are rejected."""

import codecs
import functools
import io

import pytest

from broadsheet.readers.encoding import detect
from broadsheet.readers.rejection import Rejected


def decode(data: bytes) -> tuple[str, str]:
    """Return a file's text, the same whole and by lines, and the note on its encoding."""
    found = detect(functools.partial(io.BytesIO, data))
    assert "".join(found.lines()) == found.whole()
    return found.whole(), found.note


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("café".encode(), "café", ""),
        ("cafe\u0301".encode(), "cafe\u0301", ""),
        (codecs.BOM_UTF8 + b"mill", "mill", ""),
        ("mill é".encode("utf-16"), "mill é", ""),
        (codecs.BOM_UTF16_BE + "mill".encode("utf-16-be"), "mill", ""),
        ("the mill’s café".encode("cp1252"), "the mill’s café", "cp1252"),
        (b"a\r\nb\rc\n", "a\nb\nc\n", ""),
    ],
)
def test_text_is_decoded_by_its_bytes(data, text, note):
    assert decode(data) == (text, note)


@pytest.mark.parametrize(
    "data", [b"mill\0", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x81 is undefined", b"\x01\x02\x03 a", b"\xff\xfe\x00"]
)
def test_binary_is_not_text(data):
    with pytest.raises(Rejected, match="not text"):
        decode(data)


def test_one_stray_control_character_does_not_make_a_text_binary():
    assert decode(b"The mill burned. " * 20 + b"\x0b\x08")[1] == ""


def test_cp1252_is_noted_after_the_date(one):
    articles, audit = one("a.txt", "The mill’s wheel turns.".encode("cp1252"))
    assert (articles.body[0], audit.notes[0]) == ("The mill’s wheel turns.", "no date; cp1252")
