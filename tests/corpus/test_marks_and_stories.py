"""Marked sentences and stories: worked out by hand, and kept in the store until the articles change."""

import pathlib
import time
import types

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import broadsheet
from broadsheet import duplicates, index, store
from broadsheet.corpus import archive
from broadsheet.corpus import marks as marking
from broadsheet.readers import files

FOOT = "Call the desk of the Bee with news."
WIRE = (
    "The weir at Marl broke on Monday and forty boats were lost in the flood below the mill, the harbour master said."
)
NEWS = {
    "corpus.toml": 'outlet = "folder"',
    "Bee/a.txt": f"date 2021-03-01\nThe mill burned down last night.\n\n{FOOT}",
    "Bee/b.txt": f"date 2021-04-01\nA ferry ran aground near the pier.\n\n{FOOT}",
    "Bee/c.txt": f"date 2021-05-01\nThe council will vote on the new lamp.\n\n{FOOT}",
    "Bee/d.txt": f"date 2021-05-26\n{WIRE}",
    "Owl/d.txt": f"date 2021-05-27\n{WIRE}",
}
FOUND = ("repeats", "stories", "taken")


def repeat_of(sentences, marks):
    """Classify sentences (article, start, end), given marks (article, start, end, reason)."""
    table = pd.DataFrame(sentences, columns=["article", "start", "end"]).astype("int64")
    marked = pd.DataFrame(marks, columns=["article", "start", "end", "reason"])
    marked = marked.astype({"article": "int64", "start": "int64", "end": "int64", "reason": "str"})
    return marking.repeat_of(table, marked).tolist()


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], ["none", "none", "none"]),
        ([(0, 0, 10, "sign-off")], ["boilerplate", "none", "none"]),
        ([(0, 0, 10, "pull quote")], ["pull quote", "none", "none"]),
        ([(0, 0, 5, "dateline")], ["boilerplate", "none", "none"]),  # half of it
        ([(0, 0, 4, "dateline")], ["none", "none", "none"]),  # less
        ([(0, 0, 2, "dateline"), (0, 7, 10, "credit")], ["boilerplate", "none", "none"]),  # half of it in two
        ([(0, 0, 5, "pull quote"), (0, 5, 10, "credit")], ["pull quote", "none", "none"]),
        ([(0, 0, 4, "pull quote"), (0, 4, 10, "credit")], ["boilerplate", "none", "none"]),
        ([(0, 5, 16, "note")], ["boilerplate", "boilerplate", "none"]),  # half of one and of the other
        ([(0, 10, 11, "note")], ["none", "none", "none"]),  # between two
        ([(0, 0, 99, "correction")], ["boilerplate", "boilerplate", "none"]),  # up to the article's end
        ([(1, 0, 10, "headline")], ["none", "none", "boilerplate"]),
        ([(0, 0, 10, "pull quote"), (1, 2, 9, "share")], ["pull quote", "none", "boilerplate"]),
        ([(2, 0, 10, "headline")], ["none", "none", "none"]),  # an article without sentences here
    ],
)
def test_a_sentence_is_classified_by_the_marks_on_half_of_it(marks, expected):
    assert repeat_of([(0, 0, 10), (0, 11, 21), (1, 0, 10)], marks) == expected


def test_no_sentences_and_no_marks_give_an_empty_answer():
    assert repeat_of([], []) == repeat_of([], [(0, 0, 9, "note")]) == []


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_sentences_are_classified_as_by_counting_characters(data):
    """Sentences and marks of three articles, neither overlapping another."""
    edges = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 20)), unique=True, max_size=14).map(sorted)
    spans = [
        [
            (one[0], one[1], other[1])
            for one, other in zip(drawn[::2], drawn[1::2], strict=False)
            if one[0] == other[0] and one[1] < other[1]
        ]
        for drawn in (data.draw(edges), data.draw(edges))
    ]
    marks = [(*span, data.draw(st.sampled_from(["pull quote", "note"]))) for span in spans[1]]
    expected = []
    for article, start, end in spans[0]:
        reasons = [
            reason
            for at in range(start, end)
            for number, begin, stop, reason in marks
            if number == article and begin <= at < stop
        ]
        half = (end - start) / 2
        kind = "pull quote" if reasons.count("pull quote") >= half else "boilerplate"
        expected.append("none" if len(reasons) < half else kind)
    assert repeat_of(spans[0], marks) == expected


# Marks and stories are kept in the store


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Return the folder of a store that nobody has written to; the articles were written a while ago."""
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(files, "time", types.SimpleNamespace(time_ns=lambda: time.time_ns() + 10**10))
    return tmp_path / "store"


@pytest.fixture
def found(monkeypatch):
    """Return a list that grows whenever articles are compared."""
    compared, find = [], archive.Archive._compare
    monkeypatch.setattr(archive.Archive, "_compare", lambda self: compared.append(1) or find(self))
    return compared


def test_marks_and_stories_worked_out_by_hand(news):
    """The Bee's foot is in three articles, of three months: of ten days, texts so short would be taken for versions of
    one. The Owl's flood is the Bee's of the day before."""
    corpus = news(NEWS)
    assert corpus.text(corpus.repeats).tolist() == [FOOT] * 3
    assert corpus.repeats["reason"].tolist() == ["sign-off"] * 3
    ids = corpus.stories["doc_id"].tolist()
    assert corpus.stories["role"].tolist() == ["original"] * 4 + ["reprint"]
    assert corpus.stories["story"].tolist() == [*ids[:4], ids[3]]
    assert corpus.stories["of"].tolist() == ["", "", "", "", ids[3]]
    assert corpus.stories["shared"].fillna(0).tolist() == [0, 0, 0, 0, 1]
    assert corpus.text(corpus.taken).tolist() == [WIRE[:-1]]  # from the first word to the last


def test_marks_and_stories_come_from_the_store_without_a_body_or_a_word(news, found, monkeypatch):
    first = news(NEWS)
    expected = [getattr(first, name) for name in FOUND]

    def refuse(*_):
        raise AssertionError("read again")

    for ask in ("texts", "give"):
        monkeypatch.setattr(archive.Archive, ask, refuse)
    again = broadsheet.load(first.path)
    for name, table in zip(FOUND, expected, strict=True):
        pd.testing.assert_frame_equal(getattr(again, name), table)
    assert len(found) == 1


def test_the_same_articles_in_another_folder_are_not_compared_again(news, found):
    assert len(news(NEWS).repeats) == len(news(NEWS).repeats) == 3
    assert len(found) == 1


def test_selections_share_marks_and_stories(news, found):
    corpus = news(NEWS)
    for part in (corpus.select(outlet="Bee"), corpus.counted("stories"), corpus.select(since="2021-05-27")):
        _ = part.stories, part.repeats, part.taken, part.catalogue
    assert len(found) == 1


CHANGES = {
    "a body": {"Bee/a.txt": NEWS["Bee/a.txt"].replace("mill", "barn")},
    "a day": {"Bee/d.txt": NEWS["Bee/d.txt"].replace("05-26", "05-28")},
    "no day": {"Bee/d.txt": NEWS["Bee/d.txt"].partition("\n")[2]},
    "an outlet": {"corpus.toml": 'outlet = "Ant"'},
    "a headline": {"Bee/a.txt": NEWS["Bee/a.txt"].replace("\n", "\nheadline The mill\n", 1)},
    "another article": {"Owl/e.txt": "date 2021-05-27\nRain."},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_other_articles_are_compared_anew(news, found, change):
    before = news(NEWS)
    assert len(before.stories) == 5
    after = news(NEWS | change)
    assert after.hash != before.hash
    assert len(after.stories) == len(after)
    assert len(found) == 2


@pytest.mark.parametrize("of", [archive, duplicates, index])
def test_another_version_compares_anew(news, found, monkeypatch, of):
    corpus = news(NEWS)
    assert len(corpus.repeats) == 3
    monkeypatch.setattr(of, "VERSION", "next")
    assert len(broadsheet.load(corpus.path).repeats) == 3
    assert len(found) == 2


@pytest.mark.filterwarnings("ignore:.*in the store is damaged")
def test_a_damaged_store_costs_no_result(news, folder):
    """Damaged at thirty places of the file."""
    corpus = news(NEWS)
    expected = [getattr(corpus, name) for name in FOUND]
    (path,) = folder.glob("duplicates-*/*.shard")
    whole = path.read_bytes()
    for at in np.linspace(0, len(whole) - 1, 30, dtype=int).tolist():
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        again = broadsheet.load(corpus.path)
        for name, table in zip(FOUND, expected, strict=True):
            pd.testing.assert_frame_equal(getattr(again, name), table)
        assert len(list(folder.glob("duplicates-*/*.shard"))) == 1


def test_a_store_that_cannot_be_written_costs_no_result(news, folder, monkeypatch, tmp_path):
    expected = [getattr(news(NEWS), name) for name in FOUND]
    pathlib.Path(tmp_path / "file").write_text("a file stands where the folder should")
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "file"))
    corpus = news(NEWS)
    with pytest.warns(store.StoreWarning, match="kept in memory"):
        found = [getattr(corpus, name) for name in FOUND]
    for one, table in zip(found, expected, strict=True):
        pd.testing.assert_frame_equal(one, table)
    assert corpus.counted().tokens.frame()["term"].tolist().count("desk") == 0


@pytest.mark.parametrize("body", ["* * *", "Rain.", "“Rain.”\n\n“Rain.”"])
def test_a_corpus_of_one_article_is_one_story(news, body):
    corpus = news({"a.txt": body})
    assert corpus.stories["story"].tolist() == corpus.stories["doc_id"].tolist()
    assert (corpus.stories["role"].tolist(), corpus.taken.empty) == (["original"], True)
    counted = corpus.counted("stories")
    assert len(counted) == 1
    assert len(counted.tokens) == len(counted.tokens.frame()) == counted.tokens.counts.sum()


def test_equal_articles_without_a_word_are_one_story(news):
    corpus = news({"corpus.toml": 'outlet = "folder"', "Bee/a.txt": "* * *", "Owl/a.txt": "* * *", "Owl/b.txt": "!"})
    story = dict(zip(corpus.catalogue["source"], corpus.stories["story"], strict=True))
    assert len(set(story.values())) == 2
    assert story["Bee/a.txt"] == story["Owl/a.txt"]
    assert corpus.stories["shared"].dropna().tolist() == [1.0]
    assert corpus.repeats.empty
