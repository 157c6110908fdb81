"""The catalogue: unchanged files are not read again, and the cached tables equal those of a fresh reading."""

import csv
import datetime
import gzip
import json
import os
import pathlib
import shutil
import time
import types

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import broadsheet
from broadsheet import readers, report, schema, store
from broadsheet.corpus import build
from broadsheet.corpus.catalogue import cached_catalogue, read_catalogue
from broadsheet.errors import CorpusError
from broadsheet.readers import files

SAMPLE = pathlib.Path(__file__).parents[2] / "data" / "sample"
WITHOUT_BODY = [name for name in schema.ARTICLES if name not in {"body", "story"}]
NEWS = {
    "a.txt": "date 2021-05-23\nThe mill burned.",
    "sub/b.txt": "The weir broke.",
    "c.jsonl": '{"text": "Rain.", "words": 1}\n{"text": "The mill burned.", "outlet": "Bee"}',
}


@pytest.fixture(autouse=True)
def articles_at_rest(monkeypatch):
    """Make all articles old: a file written a moment ago is never taken as unchanged."""
    monkeypatch.setattr(files, "time", types.SimpleNamespace(time_ns=lambda: time.time_ns() + 10**10))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Return the folder of a store that nobody has written to."""
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def place(tmp_path):
    return laid(tmp_path / "news", NEWS)


@pytest.fixture
def unread(monkeypatch):
    """Return a function after whose call no file may be read."""

    def refuse(*_):
        raise AssertionError("the files are read again")

    return lambda: monkeypatch.setattr(readers, "read_articles", refuse)


def laid(place: pathlib.Path, contents: dict[str, str | bytes]) -> pathlib.Path:
    for name, content in contents.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


def kept(place: pathlib.Path):
    return cached_catalogue(readers.list_folder(place))


def read(place: pathlib.Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return readers.read_articles(readers.list_folder(place))


def is_kept(place: pathlib.Path) -> bool:
    return kept(place) is not None


def check_kept(place: pathlib.Path) -> None:
    """Check that a cached catalogue equals a fresh reading, column by column."""
    articles, audit = read(place)
    keys = store.as_integers([store.key(body.encode()) for body in articles["body"]])
    expected = articles[[*WITHOUT_BODY, *(name for name in articles.columns if name not in schema.ARTICLES)]]
    for found in (read_catalogue(readers.list_folder(place), lambda body: None), kept(place)):
        pd.testing.assert_frame_equal(found.articles, expected, check_freq=False)
        pd.testing.assert_frame_equal(found.audit, audit)
        assert found.articles.dtypes.tolist() == expected.dtypes.tolist()
        assert found.articles.columns.tolist() == expected.columns.tolist()
        np.testing.assert_array_equal(found.keys, keys)


# What is read again


def test_an_unchanged_corpus_is_not_read_again(place, unread):
    first = broadsheet.load(place)
    assert report.glance(first)["stories"] == 3
    unread()
    again = broadsheet.load(place)
    assert (again.hash, report.glance(again), len(again)) == (first.hash, report.glance(first), 4)
    for table in ("sentences", "catalogue", "repeats", "stories", "taken"):
        pd.testing.assert_frame_equal(getattr(again, table), getattr(first, table))


def test_questions_that_compare_no_articles_need_no_body_once_the_words_are_in_the_store(place, unread):
    assert len(broadsheet.load(place).tokens) == 10
    unread()
    corpus = broadsheet.load(place)
    assert (len(corpus.tokens), len(corpus), corpus.period) == (10, 4, "23 May 2021")
    assert len(corpus.select(since="2021-05-23", outlet="")) == 1
    assert corpus.hash != corpus.select(outlet="Bee").hash
    with pytest.raises(AssertionError, match="read again"):
        _ = corpus.repeats


def test_a_build_does_not_compare_articles(place, unread):
    build(place, print)
    assert report.glance(broadsheet.load(place))["stories"] == 3
    unread()
    assert report.glance(broadsheet.load(place))["stories"] == 3


def test_an_unchanged_single_file_is_not_read_again(place, unread):
    assert len(broadsheet.load(place / "c.jsonl")) == 2
    unread()
    assert len(broadsheet.load(place / "c.jsonl")) == 2


def test_a_build_reads_no_unchanged_file(place, unread):
    build(place, print)
    unread()
    assert build(place, print).read == 0


CHANGES = {
    "changed": lambda place: (place / "a.txt").write_text("date 2021-05-23\nThe mill stands."),
    "changed, as long as before": lambda place: (place / "a.txt").write_text("date 2021-05-23\nThe mill turned."),
    "added": lambda place: (place / "d.txt").write_text("A third."),
    "removed": lambda place: (place / "sub" / "b.txt").unlink(),
    "renamed": lambda place: (place / "a.txt").rename(place / "z.txt"),
    "touched": lambda place: os.utime(place / "a.txt", (1_600_000_000, 1_600_000_000)),
    "settings": lambda place: (place / "corpus.toml").write_text('outlet = "Ant"'),
    "settings removed": lambda place: (place / "corpus.toml").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_a_changed_corpus_is_read_again(place, change):
    (place / "corpus.toml").write_text('title = "The mill"')
    broadsheet.load(place)
    assert is_kept(place)
    time.sleep(0.02)  # longer than the file system's clock takes to tick
    change(place)
    assert not is_kept(place)
    check_kept(place)
    pd.testing.assert_frame_equal(broadsheet.load(place).articles.drop(columns="story"), read(place)[0])


def test_a_file_that_changed_and_has_its_old_size_and_time_is_read_again(place):
    before = (place / "a.txt").stat()
    broadsheet.load(place)
    time.sleep(0.02)
    (place / "a.txt").write_text("date 2021-05-23\nThe mill turned.")
    os.utime(place / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "turned" in broadsheet.load(place).articles["body"][0]


def test_a_setting_changed_back_finds_the_former_catalogue(place):
    broadsheet.load(place)
    (place / "corpus.toml").write_text('outlet = "Ant"')
    assert (broadsheet.load(place).catalogue["outlet"] == "Ant").sum() == 3
    (place / "corpus.toml").unlink()
    assert is_kept(place)
    assert (broadsheet.load(place).catalogue["outlet"] == "Ant").sum() == 0


def test_files_changed_a_moment_ago_are_not_cached(place, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("BROADSHEET_STORE", str(place.parent / "store"))
    (place / "a.txt").write_text("date 2021-05-23\nThe mill burned.")
    assert len(broadsheet.load(place)) == 4
    assert not is_kept(place)


def test_files_that_change_while_they_are_read_are_not_cached(place):
    def take(body):
        (place / "new.txt").write_text(body)

    read_catalogue(readers.list_folder(place), take)
    assert not is_kept(place)
    assert len(broadsheet.load(place)) == 4  # the new one is a record seen before


def test_two_corpora_with_equal_files_have_catalogues_of_their_own(place, tmp_path):
    other = pathlib.Path(shutil.copytree(place, tmp_path / "other"))
    laid(other, {"a.txt": "date 2021-05-23\nThe mill turned."})
    broadsheet.load(place)
    assert not is_kept(other)
    assert broadsheet.load(other).hash != broadsheet.load(place).hash


def test_articles_are_read_anew_when_the_readers_have_changed(place, monkeypatch):
    broadsheet.load(place)
    assert is_kept(place)
    monkeypatch.setattr(store, "version_of", lambda *names: "changed")
    assert not is_kept(place)
    check_kept(place)


# The cached tables equal those read from files


@pytest.mark.parametrize("corpus", ["golden", "sample"])
def test_a_cached_catalogue_equals_a_fresh_one(corpus, golden):
    check_kept(golden if corpus == "golden" else SAMPLE)


@pytest.mark.parametrize("corpus", ["golden", "sample"])
def test_a_corpus_from_the_store_equals_one_read_from_files(corpus, golden):
    where = golden if corpus == "golden" else SAMPLE
    first, again = broadsheet.load(where), broadsheet.load(where)
    pd.testing.assert_frame_equal(again.articles, first.articles)
    pd.testing.assert_frame_equal(again.audit, first.audit)
    pd.testing.assert_frame_equal(again.timex, first.timex)
    assert again.hash == first.hash
    assert again.articles["body"].tolist() == read(where)[0]["body"].tolist()


def test_own_columns_with_gaps_dates_and_odd_names_are_cached_unchanged(tmp_path):
    """Numbers, truth values and texts, each with and without gaps; years beyond the range of nanoseconds; no date."""
    rows = [
        {"text": "One.", "date": "1650-01-01", "words": 1, "rate": 0.5, "free": True, "desk": "Coast", "big": 2**70},
        {
            "text": "Two.",
            "date": "2024-02-29",
            "words": 2,
            "rate": None,
            "free": None,
            "desk": None,
            "tags": ["a", "b"],
        },
        {"text": "Three.", "words": 3, "mixed": 1, "free": False, "far": 2**62 + 1, "rate": 2},
        {"text": "Four.", "words": 4, "mixed": "x", "empty": None, "deep": {"a": [1, {"b": 2}]}, "exact": 2**53 + 1},
        {"text": "Five.", "words": 5, "story": "own", "index": 1, "__index_level_0__": 7, "level_0": 1, "": 2, " ": 3},
    ]
    place = laid(tmp_path / "news", {"a.jsonl": "\n".join(map(json.dumps, rows))})
    check_kept(place)
    articles = kept(place).articles
    assert articles["words"].dtype == "int64"
    assert [articles[name].dtype.name for name in ("free", "far", "rate")] == ["boolean", "Int64", "float64"]
    assert articles["far"].tolist()[2] == 2**62 + 1
    assert articles["published"].dt.year.tolist()[:2] == [1650, 2024]
    assert articles["published"].isna().tolist() == [False, False, True, True, True]
    assert articles["published"].dtype == readers.DAY


def test_tables_of_several_formats_are_cached_unchanged(tmp_path):
    rows = pd.DataFrame({"text": ["Six.", "Seven."], "n": [1, 2], "when": pd.to_datetime(["2020-01-01", None])})
    rows.to_parquet(tmp_path / "rows.parquet")
    contents = NEWS | {
        "d.csv": "title;text;words;words\nMill;It burned;1;2\nWeir;;;\n",
        "e.tsv": "text\tn\nIt rained\t007\nIt snowed\t\n",
        "f.json": json.dumps([{"id": "x", "text": "Nine."}, {"id": "x", "text": "Ten."}]),
        "g.jsonl.gz": gzip.compress(b'{"text": "Eleven.", "free": true}'),
        "h.parquet": (tmp_path / "rows.parquet").read_bytes(),
        "i.png": b"\x89PNG",
        "j.txt": "",
    }
    check_kept(laid(tmp_path / "news", contents))


NAMES = st.sampled_from(
    ["text", "title", "date", "id", "outlet", "story", "source", "kept", "n", "N", "__index_level_0__", "index"]
)
NAMES |= st.text(max_size=6)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12), st.lists(st.text(max_size=3), max_size=2),
    st.sampled_from(["2021-05-23", "3 April 1650", "2999-01-01", "03/04/2024", "7", "1e999", "NaN", "true"]),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)  # fmt: skip
ROWS = st.lists(st.dictionaries(NAMES, VALUES, max_size=6) | st.fixed_dictionaries({"text": st.text(min_size=1, max_size=20)}, optional={"n": VALUES, "m": VALUES, "date": VALUES}), min_size=1, max_size=5)  # fmt: skip
PROPERTY = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PROPERTY
@given(rows=ROWS)
def test_any_json_lines_are_cached_unchanged(tmp_path_factory, rows):
    check_kept(laid(tmp_path_factory.mktemp("any"), {"a.jsonl": "\n".join(map(json.dumps, rows))}))


@PROPERTY
@given(
    names=st.lists(NAMES, min_size=1, max_size=5), rows=st.lists(st.lists(st.text(max_size=9), max_size=6), max_size=5)
)
def test_any_csv_is_cached_unchanged(tmp_path_factory, names, rows):
    place = tmp_path_factory.mktemp("any")
    with (place / "a.csv").open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        csv.writer(file).writerows([["text", *names], *rows])
    check_kept(place)


def test_a_day_that_is_too_far_ahead_is_read_again_tomorrow(tmp_path, monkeypatch):
    """A date is out of range until a year before it; then the catalogue of the day before is out of date."""
    today = datetime.date.today()
    ahead = today + datetime.timedelta(367)
    place = laid(tmp_path / "news", {"a.txt": f"date {ahead}\nThe mill will open.", "b.txt": "date 2021-05-23\nRain."})
    far = laid(tmp_path / "far", {"a.txt": f"date {today + datetime.timedelta(366)}\nThe mill will open."})
    assert broadsheet.load(place).catalogue["published"].isna().tolist() == [True, False]
    broadsheet.load(far)
    assert is_kept(place)

    class Tomorrow(datetime.date):
        @classmethod
        def today(cls):
            return today + datetime.timedelta(1)

    monkeypatch.setattr(datetime, "date", Tomorrow)
    assert not is_kept(place)
    assert broadsheet.load(place).catalogue["published"].tolist() == [pd.Timestamp(ahead), pd.Timestamp("2021-05-23")]
    assert is_kept(place)
    assert is_kept(far)


# Bodies that are read when they are asked for


def test_bodies_are_read_once_on_first_use(place, monkeypatch):
    assert report.glance(broadsheet.load(place))["words"] == 10
    corpus, asked, calls = broadsheet.load(place), readers.read_articles, []
    monkeypatch.setattr(readers, "read_articles", lambda *given: calls.append(given) or asked(*given))
    assert len(corpus.select(query="mill").tokens) == 6
    assert calls == []
    assert corpus.articles["body"].tolist() == ["The mill burned.", "Rain.", "The mill burned.", "The weir broke."]
    assert corpus.select(query="weir").articles["body"].tolist() == ["The weir broke."]
    assert corpus.text(corpus.sentences).tolist() == corpus.articles["body"].tolist()
    assert len(calls) == 1


@pytest.mark.parametrize("change", ["changed", "changed, as long as before", "removed", "renamed"])
def test_articles_that_changed_since_loading_are_an_error(place, change):
    """However often they are asked for; tables read before remain."""
    assert report.glance(broadsheet.load(place))["words"] == 10
    corpus = broadsheet.load(place)
    time.sleep(0.02)
    CHANGES[change](place)
    for _ in range(3):
        with pytest.raises(CorpusError, match=r"have changed since they were loaded\. Load them again"):
            _ = corpus.articles
        with pytest.raises(CorpusError, match="Load them again"):
            corpus.text(pd.DataFrame({"doc_id": corpus.catalogue["doc_id"], "start": 0, "end": 3}))
    assert (report.glance(corpus)["articles"], report.glance(corpus)["words"]) == (4, 10)
    assert len(broadsheet.load(place).articles) == {"removed": 3}.get(change, 4)


@pytest.mark.parametrize("change", ["changed", "removed"])
def test_articles_that_changed_since_loading_are_not_compared(place, folder, change):
    """Nor are their results put into the store."""
    assert len(broadsheet.load(place).tokens) == 10
    corpus = broadsheet.load(place)
    time.sleep(0.02)
    CHANGES[change](place)
    for ask in ("repeats", "stories", "taken", "catalogue"):
        with pytest.raises(CorpusError, match="Load them again"):
            getattr(corpus, ask)
    assert len(corpus.tokens) == 10
    assert list(folder.glob("duplicates-*/*.shard")) == []


def test_a_folder_that_vanished_since_loading_is_named(place):
    broadsheet.load(place)
    corpus = broadsheet.load(place)
    shutil.rmtree(place)
    with pytest.raises(CorpusError, match="news"):
        _ = corpus.articles
    assert len(corpus) == 4


@pytest.mark.parametrize("change", ["touched", "settings", "added"])
def test_unchanged_bodies_can_be_read_whatever_else_changed(place, change):
    broadsheet.load(place)
    corpus = broadsheet.load(place)
    before = broadsheet.load(place).articles["body"].tolist()
    CHANGES[change](place)
    assert corpus.articles["body"].tolist() == before


# Corpora that hold no article, and stores that do not serve


@pytest.mark.parametrize("contents", [{}, {"a.jpg": "x", "b.txt": ""}, {"a.csv": "title\nMill\n"}])
def test_a_corpus_without_an_article_gives_one_error_from_files_and_store(tmp_path, contents):
    (tmp_path / "none").mkdir()
    place, said = laid(tmp_path / "none", contents), []
    for _ in range(2):
        with pytest.raises(CorpusError) as refused:
            broadsheet.load(place)
        said.append(str(refused.value))
        with pytest.raises(CorpusError) as refused:
            build(place, print)
        said.append(str(refused.value))
    assert len(set(said)) == 1
    laid(place, {"c.txt": "The mill burned."})
    assert len(broadsheet.load(place)) == 1


@pytest.mark.filterwarnings("ignore:.*in the store is damaged")
def test_a_damaged_catalogue_is_read_anew(place, folder):
    """Damaged at forty places of the file."""
    expected = broadsheet.load(place).articles
    (path,) = folder.glob("catalogue-*/*.shard")
    for at in np.linspace(0, path.stat().st_size - 1, 40, dtype=int).tolist():
        data = bytearray(path.read_bytes())
        data[at] ^= 1 << at % 8
        path.write_bytes(data)
        pd.testing.assert_frame_equal(broadsheet.load(place).articles, expected)
        assert is_kept(place)


def test_a_catalogue_that_is_removed_while_it_is_in_use_does_no_harm(place, folder):
    broadsheet.load(place)
    kept = broadsheet.load(place)
    shutil.rmtree(folder)
    pd.testing.assert_frame_equal(kept.articles, broadsheet.load(place).articles)


def test_a_catalogue_that_cannot_be_written_is_no_error(place, folder):
    folder.write_text("A file.")
    assert len(broadsheet.load(place)) == 4
    assert not is_kept(place)
    assert broadsheet.load(place).articles["body"][0] == "The mill burned."
