"""The compiled loop and the plain rules read any text alike."""

import os
import pathlib
import random
import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import load
from broadsheet.index import Builder, Tokens, collection
from broadsheet.store import find
from broadsheet.text import loop, passes, words
from broadsheet.text.batch import Batch
from broadsheet.text.passes import by_loop, by_reference
from broadsheet.text.sentences import KNOWN

SAMPLE = pathlib.Path(__file__).parents[2] / "data" / "sample"
ARTICLES = os.environ.get("BROADSHEET_ARTICLES", "")
PART = 20_000_000  # bytes of articles compared at a time


def assert_read_alike(bodies: list[str]) -> None:
    """Assert that each field of a pass is the same by the loop and by the reference."""
    texts = [body.encode() for body in bodies]
    fast, plain = by_loop(Batch.of(texts)), by_reference(Batch.of(texts))
    for name in passes.Pass._fields:
        found, expected = getattr(fast, name), getattr(plain, name)
        if name == "printed":
            assert found == expected
        else:
            assert found.dtype == expected.dtype, name
            np.testing.assert_array_equal(found, expected, err_msg=name)


def spelled(number: int) -> str:
    """Return a word of letters that no other number has."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


@settings(deadline=None, max_examples=500)
@given(st.data())
def test_any_text_is_read_alike(texts, data):
    assert_read_alike([data.draw(texts)])


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_several_articles_are_read_alike(texts, data):
    bodies = st.lists(texts | st.sampled_from(["", " ", "\n\n", "\u2028 "]), min_size=1, max_size=6)
    assert_read_alike(data.draw(bodies))


@settings(deadline=None, max_examples=200)
@given(st.lists(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).map("".join), st.data())
def test_characters_of_every_plane_between_words_and_stops_are_read_alike(strange, data):
    parts = ["The", "word", ".", " ", "\n", "“", "”", '"', "U.K.", *strange]
    assert_read_alike(["".join(data.draw(st.lists(st.sampled_from(parts), max_size=20)))])


@pytest.mark.parametrize(
    "bodies",
    [
        [""],
        ["", "", ""],
        [" \n\n\t"],
        ["light", "house"],
        ["light-", "-house"],
        ["U.", "K."],
        ["U.K.", "U.K."],
        ["", "It rained. ", " \n\n ", "Then it froze", "", "."],
        ["“It rained. It", "froze.” He left."],
        ["e", "\u0301"],
        ["no word…", "no", "…word"],
        ["\ufeffIt rained.", "It\x00rained.", "\x85It\x1crained.\u2028It\u2029froze."],
    ],
    ids=repr,
)
def test_nothing_runs_from_one_article_into_the_next(bodies):
    assert_read_alike(bodies)
    alone = [by_loop(Batch.of([body.encode()])) for body in bodies]
    together = by_loop(Batch.of(body.encode() for body in bodies))
    assert np.diff(together.tokens).tolist() == [len(one.word) for one in alone]
    assert np.diff(together.sentences).tolist() == [one.spans.shape[1] for one in alone]


@pytest.mark.parametrize("strange", ["\0", "\x1f", "\x7f", "\ufeff", "\ufffd", "\uffff", "\U0010ffff"], ids=ascii)
def test_a_character_outside_text_ends_and_joins_nothing(strange):
    assert_read_alike([f"It rained. It froze.{strange} The", f"It.{strange}The{strange} “It. It{strange}” {strange}"])


@pytest.mark.parametrize("size", [1, 2, 125, 126, 127, 128, 129, 255, 256, 1000, 70_000])
@pytest.mark.parametrize("blank", [" ", "—", "\u2028", "😀", " .", "\n"])
def test_gaps_of_any_length_are_read_alike(size, blank):
    gap = (blank * size)[:size]
    assert_read_alike([f"It{gap}rained", f"{gap}It{gap}rained.{gap}", gap])


@pytest.mark.parametrize("size", [1, 7, 8, 9, 15, 16, 17, 24, 1000])
def test_words_of_any_length_are_read_alike(size):
    forms = ["a" * size, "a" * (size - 1) + "b", "b" + "a" * (size - 1), "é" * size, "a" * size + "é", "A" * size]
    assert_read_alike([" ".join(forms), " ".join(f"{form}-{form}" for form in forms), " ".join(reversed(forms))])


def test_a_stop_after_a_word_that_the_rule_knows_is_read_alike():
    after = [
        f"{gap}{word}" for gap in (". ", ".” ", ".", ".. ", "! ") for word in ("The", "Boats", "boats", "5", "www")
    ]
    assert_read_alike([f"They saw {word}{rest} left. {word}" for word in KNOWN for rest in after])
    assert_read_alike([f"{before}. {word}. It" for word in KNOWN for before in ("It", "No", "Inc", "A", "U.K", "Mr")])


def test_thousands_of_words_have_thousands_of_numbers():
    several = random.Random(0)
    letters = ["abcdefghij", "abcdefghijklmnopqrstuvwxyzABCDEFG", "aé日b𐐨"]
    made = {"".join(several.choices(several.choice(letters), k=several.randint(1, 30))) for _ in range(60_000)}
    every = sorted(word for word in made - KNOWN.keys() if words(word) == [(0, len(word))])
    assert len(every) > 40_000
    found = by_loop(Batch.of([" ".join(every).encode(), " ".join(reversed(every)).encode()]))
    assert found.printed.splitlines() == [*KNOWN, *every]
    assert found.word.tolist() == [*range(len(KNOWN), len(KNOWN) + len(every)), *reversed(found.word[: len(every)])]


def as_integers(words: np.ndarray) -> np.ndarray:
    """Return words of eight bytes, one per row, as the loop reads them."""
    return np.ascontiguousarray(words).view("<u8").ravel()


def assert_told_apart(words: set[bytes]) -> None:
    numbers = by_loop(Batch.of([b" ".join(sorted(words))])).word.tolist()
    assert numbers == list(range(len(KNOWN), len(KNOWN) + len(words)))


def test_words_with_the_same_hash_are_distinguished():
    """Of sixteen letters, the last eight can undo what the first eight did to the hash: now and then they are letters."""
    letters = np.frombuffer(string.ascii_letters.encode(), np.uint8)
    begun = np.random.default_rng(0).choice(letters, (1_000_000, 8))
    first, last = as_integers(np.frombuffer(b"smallestlighters", np.uint8)).reshape(2, 1)  # arrays overflow in silence
    ended = first * loop.MIX ^ last ^ as_integers(begun) * loop.MIX
    ended = ended.astype("<u8").view(np.uint8).reshape(-1, 8)
    same = {row.tobytes() for row in np.hstack([begun, ended])[np.isin(ended, letters).all(axis=1)]}
    assert len(same) > 1
    assert_told_apart(same | {b"smallestlighters"})


def test_a_word_of_eight_letters_differs_from_a_shorter_one_with_the_same_hash():
    short, long = b"UnIGCoE", b"AyRzzgKL"
    assert int.from_bytes(short, "little") == int.from_bytes(long, "little") * int(loop.MIX) % (1 << 64)
    assert_told_apart({short, long})


def test_the_golden_corpus_is_read_alike(golden):
    assert_read_alike(load(golden).articles["body"].tolist())


def test_the_sample_is_read_alike():
    assert_read_alike(load(SAMPLE).articles["body"].tolist())


def test_a_pass_stops_before_the_article_whose_words_may_not_fit(monkeypatch):
    monkeypatch.setattr(passes, "MOST_WORDS", 100)
    texts = [" ".join(spelled(number) for number in range(n, n + 300)).encode() for n in range(0, 12_000, 300)]
    found, done = by_loop(Batch.of(texts)), len(by_loop(Batch.of(texts)).tokens) - 1
    assert 1 <= done < len(texts)
    expected = by_reference(Batch.of(texts[:done]))
    np.testing.assert_array_equal(found.word, expected.word)
    assert found.printed == expected.printed


def test_an_article_with_more_words_than_fit_in_a_pass_is_read_whole(monkeypatch):
    monkeypatch.setattr(passes, "MOST_WORDS", 100)
    assert_read_alike([" ".join(spelled(number) for number in range(5_000))])


def test_the_builder_continues_where_a_pass_stopped(monkeypatch, tmp_path):
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path))
    monkeypatch.setattr(passes, "MOST_WORDS", 100)
    monkeypatch.setattr(passes, "read_batch", lambda bodies, say: by_loop(bodies))
    bodies = [" ".join(spelled(number) for number in range(n, n + 300)) for n in range(0, 12_000, 300)]
    with Builder(collection(), say=lambda line: None) as keeper:
        for body in bodies:
            keeper.take(body)
    assert keeper.read_bodies == len(bodies)
    assert keeper.read_bytes == sum(map(len, bodies))
    assert len(collection().shards()) > 1
    places = find(np.concatenate([shard["keys"] for shard in collection().shards()]), collection().shards())
    assert sorted(Tokens(range(len(bodies)), lambda: places).vocabulary) == sorted(map(spelled, range(12_000)))


@pytest.mark.skipif(
    not ARTICLES, reason="set BROADSHEET_ARTICLES to a folder or file of articles to read them all both ways"
)
def test_real_articles_are_read_alike():
    part, size = [], 0
    for body in [*load(ARTICLES).articles["body"], None]:
        if part and (body is None or size > PART):
            assert_read_alike(part)
            part, size = [], 0
        if body is not None:
            part.append(body)
            size += len(body)
