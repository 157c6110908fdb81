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
        ("The mill burned.\n".encode("utf-16-le"), "The mill burned.\n", ""),
        ("The mill’s café.\n".encode("utf-16-be"), "The mill’s café.\n", ""),
        ("Мельница сгорела, и плотина тоже.".encode("utf-16-le"), "Мельница сгорела, и плотина тоже.", ""),
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


def body(one, content: bytes) -> tuple[str, str]:
    articles, audit = one("a.txt", b"2021-05-23\n" + content)
    return articles.body[0].partition("\n")[2], audit.notes[0].removeprefix("no date; ").removeprefix("no date")


@pytest.mark.parametrize(
    ("content", "text", "note"),
    [
        ("the café, the weir’s ".encode() + b"caf\xe9", "the café, the weir’s café", "cp1252"),
        ("the café, the weir’s ".encode() + b"\x93quay\x94", "the café, the weir’s “quay”", "cp1252"),
        ("the café, the weir’s end".encode() + b"\xe2\x80", "the café, the weir’s end\ufffd", "repaired"),
        ("the café, the weir’s ".encode() + b"caf\xc3", "the café, the weir’s caf\ufffd", "repaired"),
        ("the café, the weir’s".encode() + b"\x81 end", "the café, the weir’s\ufffd end", "repaired"),
        ("the café, the weir’s".encode() + b"\0 end", "the café, the weir’s end", "repaired"),
    ],
)
def test_a_bad_byte_in_utf8_is_its_windows_1252_character_or_lost(one, content, text, note):
    assert body(one, content) == (text, note)


def test_a_json_escape_for_nul_is_dropped_and_noted(one):
    articles, audit = one("a.json", '[{"title": "a\\u0000b", "text": "It bu\\u0000rned."}, {"text": "It broke."}]')
    assert (articles.headline[0], list(articles.body)) == ("ab", ["It burned.", "It broke."])
    assert list(audit.notes) == ["no date; repaired", "no date"]


def test_a_utf16_file_that_lost_its_last_byte_is_read(one):
    articles, audit = one("a.txt", ("The mill burned. " * 9).encode("utf-16")[:-1])
    assert articles.body[0] == ("The mill burned. " * 9)[:-1] + "\ufffd"
    assert audit.notes[0] == "no date; repaired"
