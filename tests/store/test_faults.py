"""Words in the store: read once per body, and right whatever happens to the builds and the files."""

import itertools
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time
import types
import warnings

import numpy as np
import pytest

import broadsheet
from broadsheet import errors, index, store
from broadsheet.corpus import Built, build
from broadsheet.errors import ResourceError
from broadsheet.readers import files

pytestmark = pytest.mark.faults

WORDS = "The the mill’s weir don't £576 40,000 U.K. Mr. Roe said Rain COVID-19 über eel “lamp” – !"


def texts_of(number: int, seed: int) -> list[str]:
    """Invent bodies: one without a word, one with a single word, one with a long gap between words."""
    chance = random.Random(seed)
    made = ["!", "Rain", f"The end. {' ' * 200} The {seed}."]
    while len(made) < number:
        words = [" ".join(chance.choices(WORDS.split(), k=chance.randint(1, 16))) for _ in range(chance.randint(1, 4))]
        made.append(f"{seed} {len(made)} " + ".\n\n".join(words))
    return made


def written(folder: pathlib.Path, texts: list[str]) -> pathlib.Path:
    """Write a corpus: one article per text, and a second one with the first text."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{"outlet": f"Bee {number}", "text": text} for number, text in enumerate([*texts, texts[0]])]
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder


def answers(tokens: index.Tokens) -> list:
    """Ask tokens for everything they know."""
    uses = {term: tokens.uses(term).tolist() for term in ("the", "Mr", "submarine")}
    found = [tokens.find(phrase).to_dict("list") for phrase in ("Rain", "roe said", "the mill's")]
    tables = [tokens.frame().to_dict("list"), tokens.sentences().to_dict("list")]
    return [tables, tokens.vocabulary.tolist(), tokens.counts.toarray().tolist(), uses, found]


def told(place: pathlib.Path) -> list:
    return answers(broadsheet.load(place).tokens)


def quietly(place: pathlib.Path) -> list:
    """Load and ask; a warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        return told(place)


def built(place: pathlib.Path) -> Built:
    return build(place, lambda line: None)


def error_of_build(place: pathlib.Path) -> str:
    try:
        built(place)
    except ResourceError as error:
        return str(error)
    return ""


@pytest.fixture(autouse=True)
def articles_at_rest(monkeypatch):
    monkeypatch.setattr(files, "time", types.SimpleNamespace(time_ns=lambda: time.time_ns() + 10**10))


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Return a corpus of nineteen texts, one of them in two articles."""
    return written(tmp_path_factory.mktemp("few"), texts_of(19, seed=2))


@pytest.fixture(scope="module")
def right(few, tmp_path_factory):
    """Return the answers for the few articles, read in one piece into a store of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROADSHEET_STORE", str(tmp_path_factory.mktemp("right")))
        return told(few)


@pytest.fixture
def in_shards(monkeypatch):
    """Return a function that sets about how many shards the few articles need, and how many small ones may stay."""

    def set_to(number: int, many: int = 1000) -> None:
        monkeypatch.setattr(index.builder, "SHARD", 1900 // number)
        monkeypatch.setattr(index.builder, "MANY", many)

    return set_to


@pytest.fixture
def shards(few, folder, in_shards):
    """Return the four files with the words of the few articles."""
    in_shards(4)
    built(few)
    found = sorted(index.collection().folder.glob("*.shard"))
    assert len(found) == 4
    return found


# Builds that are killed, that find the disk full, or that run side by side


@pytest.fixture(scope="module")
def builder():
    """Return a function that builds corpora at once in processes of their own, and returns their exit codes."""
    if not hasattr(os, "fork"):
        pytest.skip("needs processes that fork")
    process = subprocess.Popen(
        [sys.executable, pathlib.Path(__file__).with_name("builder.py")],
        env=os.environ | {"PYTHONPATH": str(pathlib.Path(broadsheet.__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def run(*places: pathlib.Path, dies_at: int = -1) -> list[int]:
        asked = {
            "store": str(store.location()),
            "shard": index.builder.SHARD,
            "many": index.builder.MANY,
            "dies_at": -1,
        }
        builds = [asked | {"corpus": str(place)} for place in places]
        builds[0]["dies_at"] = dies_at
        process.stdin.write(json.dumps(builds) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield run
    process.stdin.close()
    process.wait()


@pytest.mark.parametrize("many", [2, 1000], ids=["merged", "not merged"])
def test_a_build_killed_at_a_step_of_writing_leaves_a_sound_store(
    builder, few, right, tmp_path, monkeypatch, full_at, in_shards, many
):
    in_shards(4, many)
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "store"))
    with full_at(-1) as steps:
        built(few)
    for number in np.linspace(0, len(steps) - 1, 12, dtype=int).tolist():
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.setenv("BROADSHEET_STORE", str(folder / "store"))
        assert builder(few, dies_at=number) == [-signal.SIGKILL]
        shutil.copytree(folder, tmp_path / f"{number} copied")
        assert quietly(few) == right
        monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / f"{number} copied" / "store"))
        built(few)
        assert built(few).read == 0
        assert quietly(few) == right


@pytest.mark.parametrize("dies_at", [-1, 20])
def test_two_builds_at_once_leave_a_sound_store(builder, few, right, folder, in_shards, tmp_path, dies_at):
    in_shards(4)
    other = written(tmp_path / "other", texts_of(19, seed=2)[9:] + texts_of(9, seed=3))
    assert builder(few, other, dies_at=dies_at) == [0 if dies_at < 0 else -signal.SIGKILL, 0]
    assert built(other).read == 0
    built(few)
    assert built(few).read == 0
    assert quietly(few) == right


def test_a_full_disk_costs_a_build_an_error_and_a_load_a_warning_but_no_answer(
    few, right, tmp_path, monkeypatch, full_at, in_shards
):
    in_shards(2, many=1)
    failed, warned = 0, 0
    for number in itertools.count():
        monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / str(number) / "built"))
        with full_at(number) as steps:
            failed += "BROADSHEET_STORE" in error_of_build(few)
        assert quietly(few) == right
        if number >= len(steps):
            break
        monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / str(number) / "loaded"))
        with full_at(number), warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always", UserWarning)
            assert told(few) == right
        assert not any("damaged" in str(one.message) for one in said)
        warned += any("No space left on device" in str(one.message) for one in said)
        assert list((tmp_path / str(number)).rglob(".*")) == []
    assert failed > 15
    assert warned > 15


def test_a_build_that_is_interrupted_leaves_no_file(folder):
    def interrupted():
        with index.Builder(index.collection()) as builder:
            builder.take("The mill burned.")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(folder.rglob("*.shard*")) == []


# Files that are damaged or removed


def middles(path: pathlib.Path) -> dict[str, int]:
    """Return the place of the middle of each array in the file of a shard, and of its header."""
    data = path.read_bytes()
    length = int.from_bytes(data[19:27], "little")
    described = json.loads(data[35 : 35 + length])["arrays"]
    sizes = {name: int(np.prod(shape)) * np.dtype(kind).itemsize for name, (kind, shape, _, _) in described.items()}
    return {"header": 35 + length // 2} | {name: described[name][2] + size // 2 for name, size in sizes.items() if size}


def test_a_flipped_bit_in_any_array_is_noticed_and_the_words_are_read_again(few, right, shards, flip):
    for at in middles(shards[1]).values():
        flip(shards[1], at)
        with pytest.warns(store.StoreWarning, match=rf"{shards[1].name} in the store is damaged"):
            assert [told(few), list(broadsheet.load(few).tokens.printed)][0] == right
    assert quietly(few) == right


@pytest.mark.parametrize("asked", ["nothing", "lengths", "vocabulary", "term"])
def test_damage_of_every_file_while_words_are_in_use_costs_no_answer(few, right, shards, flip, asked):
    corpus = broadsheet.load(few)
    getattr(corpus.tokens, asked, None)
    for path in shards:
        flip(path, middles(path)["spans"])
    with pytest.warns(store.StoreWarning, match="is damaged"):
        assert answers(corpus.tokens) == right
    assert quietly(few) == right


@pytest.mark.parametrize("happens", [lambda path: os.truncate(path, path.stat().st_size - 100), pathlib.Path.unlink])
def test_a_file_that_is_cut_or_removed_while_words_are_in_use_costs_no_answer(few, right, shards, happens):
    corpus = broadsheet.load(few)
    assert len(corpus.tokens.vocabulary)
    for path in shards[:2]:
        happens(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert answers(corpus.tokens) == right
        assert told(few) == right
    assert quietly(few) == right


# A store that cannot be written


def test_a_store_that_cannot_be_written_costs_one_warning_and_no_answer(few, right, folder):
    folder.write_text("A file.")
    corpus = broadsheet.load(few)
    with pytest.warns(store.StoreWarning, match=r"cannot be written.*BROADSHEET_STORE.*kept in memory"):
        assert answers(corpus.tokens) == right
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        assert answers(corpus.tokens) == right


# Once per body


def test_only_new_bodies_are_read(few, right, tmp_path, folder):
    assert (built(few).read, built(few).read) == (19, 0)
    more = ["New: the weir broke.", *texts_of(19, seed=2), "New: it holds – again."]
    grown = built(written(tmp_path / "more", more))
    assert (grown.read, grown.read_bytes) == (2, len("New: the weir broke.New: it holds – again.".encode()))
    assert built(few).read == 0
    assert quietly(few) == right


def test_a_load_reads_no_body_that_is_in_the_store_and_keeps_those_it_reads(few, folder, monkeypatch):
    assert len(broadsheet.load(few).tokens) > 0
    monkeypatch.setattr(index.Builder, "take", lambda *_: pytest.fail("a body is read again"))
    corpus = broadsheet.load(few)
    assert len(corpus.select(outlet="Bee 5").tokens) < len(corpus.tokens)


def test_another_version_or_store_reads_anew(few, folder, tmp_path, monkeypatch):
    built(few)
    with monkeypatch.context() as patch:
        patch.setattr(index.builder, "VERSION", "next")
        assert (built(few).read, built(few).read) == (19, 0)
    assert built(few).read == 0
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "another"))
    assert built(few).read == 19


@pytest.mark.parametrize("many", [0, 2, 1000])
@pytest.mark.parametrize("number", [1, 3, 1600])
@pytest.mark.parametrize("workers", [1, 4])
def test_shards_and_workers_change_no_answer(few, right, folder, in_shards, monkeypatch, many, number, workers):
    in_shards(number, many)
    monkeypatch.setattr(errors, "processors", lambda: workers)
    built(few)
    assert len(index.collection().shards()) <= max(many, 1)
    assert quietly(few) == right
