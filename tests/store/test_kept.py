"""Tokens in the store: read once per body, and never wrong, whatever becomes of the builds and of the files."""

import bisect
import collections
import contextlib
import errno
import io
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
from broadsheet import errors, index, store, text
from broadsheet.cli import main
from broadsheet.corpus import loading
from broadsheet.errors import ResourceError
from broadsheet.readers import files

WORDS = "The the mill’s weir don't £576 40,000 U.K. Mr. Roe said Rain COVID-19 über eel “lamp” – !"
USED, FOUND = ["the", "Mr", "submarine"], ["Rain", "roe said", "the mill's"]
SHARD = 5500  # bytes in a shard: some ten shards of four hundred articles


def bodies(number: int, seed: int) -> list[str]:
    """Invent bodies; one has no word, one has one, and one a gap between words that is longer than a byte can say."""
    chance = random.Random(seed)
    made = ["!", "Rain", f"The end. {' ' * 200} The {seed}."]
    while len(made) < number:
        words = [" ".join(chance.choices(WORDS.split(), k=chance.randint(1, 16))) for _ in range(chance.randint(1, 4))]
        made.append(f"{seed} {len(made)} " + ".\n\n".join(words))
    return made


def written(folder: pathlib.Path, texts: list[str]) -> pathlib.Path:
    """Write a corpus of JSON Lines: one article per text, and a second one with the first text."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{"outlet": f"Bee {number}", "text": text} for number, text in enumerate([*texts, texts[0]])]
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return folder


def truth(place: pathlib.Path) -> dict[str, object]:
    """Work out what Tokens must answer, article by article, from the rules alone."""
    rows = map(json.loads, (place / "news.jsonl").read_text().splitlines())
    table, spans, uses, found = [], [], [], []
    for document, body in enumerate(row["text"].strip() for row in rows):
        sentences = text.sentences(body)
        begins = [start for start, _, _ in sentences]
        spans += [(document, number, *span) for number, span in enumerate(sentences)]
        ours = [
            (document, bisect.bisect_right(begins, start) - 1, start, end, text.fold(body[start:end]))
            for start, end in text.words(body)
        ]
        table += ours
        joined = [one[1] == two[1] and body[one[3] : two[2]].isspace() for one, two in itertools.pairwise(ours)]
        uses += [(asked, document, [token[4] for token in ours].count(text.fold(asked))) for asked in USED]
        for asked in FOUND:
            terms = [text.fold(asked[slice(*span)]) for span in text.words(asked)]
            found += [
                (asked, document, ours[i][2], ours[i + len(terms) - 1][3])
                for i in range(len(ours) - len(terms) + 1)
                if [token[4] for token in ours[i : i + len(terms)]] == terms and all(joined[i : i + len(terms) - 1])
            ]
    return {
        "tokens": table,
        "sentences": spans,
        "vocabulary": sorted({token[4] for token in table}),
        "printed": sorted({token[4] for token in table}),
        "counts": collections.Counter((token[0], token[4]) for token in table),
        "uses": sorted(uses),
        "found": sorted(found),
    }


def answers(corpus: broadsheet.Corpus) -> dict[str, object]:
    """Ask a corpus's tokens for all that they know."""
    kept = corpus.tokens
    number = {doc_id: document for document, doc_id in enumerate(kept.doc_ids)}
    vocabulary, counts = kept.vocabulary.tolist(), kept.counts.tocoo()
    uses = [(asked, document, n) for asked in USED for document, n in enumerate(kept.uses(asked).tolist())]
    found = [
        (asked, number[doc_id], *span) for asked in FOUND for doc_id, *span in kept.find(asked).itertuples(index=False)
    ]
    return {
        "tokens": [(number[row[0]], *row[1:]) for row in kept.frame().itertuples(index=False, name=None)],
        "sentences": [(number[row[0]], *row[1:]) for row in kept.sentences().itertuples(index=False, name=None)],
        "vocabulary": vocabulary,
        "printed": [text.fold(form) for form in kept.printed],
        "counts": {(row, vocabulary[column]): n for row, column, n in zip(counts.row, counts.col, counts.data, strict=True)},
        "uses": sorted(uses),
        "found": sorted(found),
    }  # fmt: skip


def told(place: pathlib.Path) -> dict[str, object]:
    return answers(broadsheet.load(place))


def quietly(place: pathlib.Path) -> dict[str, object]:
    """Ask anew; nothing may be said to be damaged."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        return told(place)


def built(place: pathlib.Path) -> loading.Built:
    return loading.build(place, lambda line: None)


def error_of_build(place: pathlib.Path) -> str:
    """Build; return what the error says, "" for none."""
    try:
        built(place)
    except ResourceError as error:
        return str(error)
    return ""


@pytest.fixture(autouse=True)
def small_shards_of_articles_at_rest(monkeypatch):
    """A shard holds little, and the articles were written a while ago."""
    monkeypatch.setattr(index.builder, "SHARD", SHARD)
    monkeypatch.setattr(files, "time", types.SimpleNamespace(time_ns=lambda: time.time_ns() + 10**10))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Return a corpus of four hundred articles."""
    return written(tmp_path_factory.mktemp("many"), bodies(400, seed=1))


@pytest.fixture(scope="module")
def truth_of_many(many):
    return truth(many)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Return a corpus of nineteen texts, one of them in two articles."""
    return written(tmp_path_factory.mktemp("few"), bodies(19, seed=2))


@pytest.fixture(scope="module")
def truth_of_few(few):
    return truth(few)


def texts_of(place: pathlib.Path) -> list[str]:
    return [json.loads(line)["text"] for line in (place / "news.jsonl").read_text().splitlines()]


@pytest.fixture
def in_shards(monkeypatch):
    """Return a function: how many shards are to hold the few articles, about, of which none are merged."""

    def set_to(number: int) -> None:
        monkeypatch.setattr(index.builder, "SHARD", 1900 // number)
        monkeypatch.setattr(index.builder, "MANY", 1000)

    return set_to


@pytest.fixture
def shards(few, folder, in_shards):
    """Return the files that hold the tokens of the few articles."""
    in_shards(4)
    built(few)
    found = sorted(index.collection().folder.glob("*.shard"))
    assert len(found) == 4
    return found


# Builds that are killed, that find the disk full, or that run side by side


class Builder:
    """The program builder.py, at work."""

    def __init__(self) -> None:
        library = str(pathlib.Path(broadsheet.__file__).parents[1])
        self.process = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).with_name("builder.py")],
            env=os.environ | {"PYTHONPATH": library},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def build(self, *places: pathlib.Path, **dies: float) -> list[int]:
        """Build corpora, all at once; return the exit codes. dies : when the first is killed, as in builder.py."""
        asked = {"store": str(store.location()), "shard": index.builder.SHARD, "many": index.builder.MANY}
        asked |= {"dies_after": None, "dies_with": 0, "dies_at": -1}
        builds = [asked | {"corpus": str(place)} for place in places]
        builds[0] |= dies
        self.process.stdin.write(json.dumps(builds) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="module")
def builder():
    if not hasattr(os, "fork"):
        pytest.skip("needs processes that fork")
    working = Builder()
    yield working
    working.process.stdin.close()
    working.process.wait()


@pytest.fixture(scope="module")
def whole(builder, many, tmp_path_factory):
    """Return how many seconds a build of the many articles takes."""
    taken = []
    for _ in range(3):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BROADSHEET_STORE", str(tmp_path_factory.mktemp("whole")))
            began = time.perf_counter()
            assert builder.build(many) == [0]
            taken.append(time.perf_counter() - began)
    return max(taken[1:])  # before the first, the builder itself begins


def check_left(place: pathlib.Path, expected: dict, folder: pathlib.Path, monkeypatch) -> None:
    """The store as a build left it, and after a build that is let finish, gives the truth."""
    if folder.exists():
        shutil.copytree(folder, folder.with_name("copy"))
    with monkeypatch.context() as patch:
        patch.setenv("BROADSHEET_STORE", str(folder.with_name("copy")))
        assert quietly(place) == expected
    built(place)
    assert built(place).read == 0
    assert quietly(place) == expected


@pytest.mark.parametrize("shards", range(10))
@pytest.mark.parametrize("seed", range(2))
def test_a_build_killed_at_a_random_point_leaves_no_lie(
    builder, whole, many, truth_of_many, folder, monkeypatch, shards, seed
):
    """Twenty kills, spread over the time from a build's begin to its end."""
    moment = random.Random(f"{shards} {seed}").random() / 10 * whole
    assert builder.build(many, dies_with=shards, dies_after=moment)[0] in {-signal.SIGKILL, 0}
    check_left(many, truth_of_many, folder, monkeypatch)


@pytest.mark.parametrize("merged", [False, True])
def test_a_build_that_dies_at_a_step_of_writing_leaves_no_lie(
    builder, few, truth_of_few, tmp_path, monkeypatch, full_at, in_shards, merged
):
    """At steps from the first to the last; also where small shards are made one, and removed."""
    in_shards(4)
    monkeypatch.setattr(index.builder, "MANY", 2 if merged else 1000)
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "store"))
    with full_at(-1) as steps:
        built(few)
    tried = np.linspace(len(steps) - 24 if merged else 0, len(steps) - 1, 8 if merged else 20, dtype=int)
    for number in tried.tolist():
        folder = tmp_path / str(number) / "store"
        monkeypatch.setenv("BROADSHEET_STORE", str(folder))
        assert builder.build(few, dies_at=number) == [-signal.SIGKILL]
        check_left(few, truth_of_few, folder, monkeypatch)


def test_a_build_that_finds_the_disk_full_says_so_and_leaves_no_lie(
    few, truth_of_few, tmp_path, monkeypatch, full_at, in_shards
):
    """Each write in turn fails, also where small shards are made one; what was written before stands."""
    in_shards(2)
    monkeypatch.setattr(index.builder, "MANY", 1)
    errors = []
    for number in itertools.count():
        folder = tmp_path / str(number) / "store"
        monkeypatch.setenv("BROADSHEET_STORE", str(folder))
        with full_at(number) as steps:
            errors.append(error_of_build(few))
        assert list(folder.rglob(".*")) == []
        assert quietly(few) == truth_of_few
        if number >= len(steps):
            break
    assert len([error for error in errors if "BROADSHEET_STORE" in error]) > 30
    assert len([error for error in errors if not error]) < len(errors) / 2
    assert built(few).read == 0


def test_a_corpus_loaded_while_the_disk_is_full_answers_right(
    few, truth_of_few, tmp_path, monkeypatch, full_at, in_shards
):
    """What could not be written is kept in memory, and written by the next build."""
    in_shards(2)
    monkeypatch.setattr(index.builder, "MANY", 1)
    told_of_it = 0
    for number in itertools.count():
        monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / str(number)))
        with full_at(number) as steps, warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always", UserWarning)
            assert told(few) == truth_of_few
        assert [one for one in said if "damaged" in str(one.message)] == []
        told_of_it += any("No space left on device" in str(one.message) for one in said)
        if number >= len(steps):
            break
        built(few)
        assert built(few).read == 0
    assert told_of_it > 30
    assert quietly(few) == truth_of_few


@pytest.mark.parametrize("other", ["the same", "half of it"])
def test_two_builds_at_once_end_well(builder, many, truth_of_many, tmp_path, folder, other):
    second = many if other == "the same" else written(tmp_path / "half", texts_of(many)[200:] + bodies(100, seed=3))
    assert builder.build(many, second) == [0, 0]
    for place, expected in ((many, truth_of_many), (second, truth(second))):
        assert built(place).read == 0
        assert quietly(place) == expected


def test_two_builds_at_once_of_which_one_is_killed_leave_no_lie(
    builder, whole, many, truth_of_many, folder, monkeypatch
):
    assert builder.build(many, many, dies_with=5, dies_after=0)[1] == 0
    check_left(many, truth_of_many, folder, monkeypatch)


# Files that are damaged, cut or removed


def places_of(path: pathlib.Path) -> dict[str, int]:
    """Return where the middle of each array stands in the file of a shard, and of its header."""
    data = path.read_bytes()
    length = int.from_bytes(data[19:27], "little")
    described = json.loads(data[35 : 35 + length])["arrays"]
    middle = {
        n: at + int(np.prod(shape)) * np.dtype(kind).itemsize // 2 for n, (kind, shape, at, _) in described.items()
    }
    return {"header": 35 + length // 2} | {name: at for name, at in middle.items() if 0 not in described[name][1]}


def cut(path):
    os.truncate(path, path.stat().st_size - 100)


def cut_to_nothing(path):
    os.truncate(path, 0)


HAPPENS = [cut, cut_to_nothing, pathlib.Path.unlink]


def test_a_flipped_bit_in_any_array_is_said_and_what_it_hit_is_read_again(few, truth_of_few, shards, flip):
    path = shards[1]
    for at in places_of(path).values():
        flip(path, at)
        with pytest.warns(UserWarning, match=rf"{path.name} in the store is damaged.*made anew"):
            assert told(few) == truth_of_few
    assert quietly(few) == truth_of_few


def test_a_flipped_bit_anywhere_never_makes_tokens_lie(few, truth_of_few, shards, flip):
    """At fifty places of a shard; what pads the arrays is read by nobody."""
    path = shards[1]
    places, unnoticed = np.linspace(0, path.stat().st_size - 1, 50, dtype=int).tolist(), 0
    for at in places:
        flip(path, at, at % 8)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always", UserWarning)
            assert told(few) == truth_of_few
        unnoticed += not [one for one in said if issubclass(one.category, UserWarning)]
    assert unnoticed < 25


@pytest.mark.parametrize("happens", HAPPENS)
def test_a_file_that_is_cut_or_removed_is_made_anew(few, truth_of_few, shards, happens):
    for path in shards:
        happens(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            assert told(few) == truth_of_few
        assert quietly(few) == truth_of_few


@pytest.mark.parametrize("which", range(4))
@pytest.mark.parametrize("name", ["word", "gap", "spans", "letters"])
def test_damage_while_tokens_are_in_use_is_said_and_read_again(few, truth_of_few, shards, flip, name, which):
    """What was asked for before stands elsewhere in the file."""
    corpus = broadsheet.load(few)
    assert len(corpus.tokens) == len(truth_of_few["tokens"])
    flip(shards[which], places_of(shards[which])[name])
    with pytest.warns(UserWarning, match=f"{shards[which].name} in the store is damaged"):
        assert answers(corpus) == truth_of_few
    assert quietly(few) == truth_of_few


IN_USE = {
    "nothing": lambda kept: None,
    "lengths": lambda kept: kept.lengths,
    "uses": lambda kept: kept.uses("roe"),
    "vocabulary": lambda kept: kept.vocabulary,
    "terms": lambda kept: kept.term,
}


@pytest.mark.parametrize("happens", HAPPENS)
@pytest.mark.parametrize("asked", IN_USE)
def test_a_file_that_is_cut_or_removed_while_tokens_are_in_use_does_no_harm(few, truth_of_few, shards, happens, asked):
    for path in shards[:2]:
        corpus = broadsheet.load(few)
        IN_USE[asked](corpus.tokens)
        happens(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            assert answers(corpus) == truth_of_few
            assert told(few) == truth_of_few


@pytest.mark.parametrize("asked", IN_USE)
def test_damage_of_every_file_at_once_is_read_again(few, truth_of_few, shards, flip, asked):
    corpus = broadsheet.load(few)
    IN_USE[asked](corpus.tokens)
    for path in shards:
        flip(path, places_of(path)["spans"])
    with pytest.warns(UserWarning, match="is damaged"):
        assert answers(corpus) == truth_of_few
    assert quietly(few) == truth_of_few


@pytest.mark.parametrize("asked", IN_USE)
def test_a_store_that_is_emptied_meanwhile_is_filled_again(few, truth_of_few, shards, folder, asked):
    corpus = broadsheet.load(few)
    IN_USE[asked](corpus.tokens)
    shutil.rmtree(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        assert answers(corpus) == truth_of_few
    assert told(few) == truth_of_few


@pytest.mark.parametrize("asked", IN_USE)
@pytest.mark.parametrize("then", ["term", "start", "follows"])
def test_a_shard_that_is_made_anew_for_fewer_articles_is_numbered_anew(
    few, truth_of_few, tmp_path, folder, flip, asked, then
):
    """A shard holds articles of another corpus too; made anew, it holds ours alone, under another name."""
    theirs = [f"Aardvark {body}" for body in bodies(12, seed=4)]
    built(written(tmp_path / "more", [text for pair in zip(theirs, texts_of(few)[:12], strict=True) for text in pair]))
    (shared,) = index.collection().folder.glob("*.shard")
    built(few)
    corpus = broadsheet.load(few)
    IN_USE[asked](corpus.tokens)
    flip(shared, places_of(shared)["word"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        getattr(corpus.tokens, then)
        assert answers(corpus) == truth_of_few


@pytest.mark.parametrize("gone", [0, -1])
def test_a_shard_that_vanishes_while_others_are_read_makes_no_lie(few, truth_of_few, shards, monkeypatch, gone):
    """Another process may sweep, find damage or make small shards one, at any time."""
    shards[1].unlink()
    left = index.Builder.__exit__

    def vanishing(self, *given):
        left(self, *given)
        shards[gone].unlink(missing_ok=True)

    corpus = broadsheet.load(few)
    with monkeypatch.context() as patch, contextlib.suppress(broadsheet.BroadsheetError):
        patch.setattr(index.Builder, "__exit__", vanishing)
        assert answers(corpus) == truth_of_few
    assert answers(corpus) == truth_of_few


def test_small_shards_that_another_process_makes_one_meanwhile_are_no_error(few, truth_of_few, shards, monkeypatch):
    listed = store.Collection.shards

    def vanishing(self):
        found = listed(self)
        found[0].path.unlink()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(store.Collection, "shards", vanishing)
        patch.setattr(index.builder, "MANY", 1)
        with index.Builder(index.collection()):
            pass
    assert told(few) == truth_of_few


def test_more_shards_than_files_may_be_open_are_no_damage(few, truth_of_few, folder, in_shards, monkeypatch):
    """Some systems let a program open no more than 256 files."""
    resource = pytest.importorskip("resource")
    in_shards(1600)
    monkeypatch.setattr(errors, "processors", lambda: 1)
    built(few)
    shards = sorted(index.collection().folder.glob("*.shard"))
    assert len(shards) == 19
    now = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.open(os.devnull, os.O_RDONLY)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free + 12, now[1]))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            assert told(few) == truth_of_few
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, now)
    assert set(shards) <= set(index.collection().folder.glob("*.shard"))


# A store that cannot be written


@pytest.fixture
def blocked(folder):
    """Put a file where the store should lie."""
    folder.write_text("A file.")
    return folder


def test_a_corpus_whose_store_cannot_be_written_answers_right_and_says_so(few, truth_of_few, blocked):
    with pytest.warns(UserWarning, match=r"cannot be written.*BROADSHEET_STORE.*kept in memory"):
        assert told(few) == truth_of_few
    assert blocked.read_text() == "A file."


@pytest.fixture
def forbidden(folder, monkeypatch):
    """Have the system refuse every look into the store, as it does when it lies in somebody else's home."""

    def refusing(function):
        def refused(path, *given, **named):
            if isinstance(path, str | os.PathLike) and str(path).startswith(str(folder)):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return function(path, *given, **named)

        return refused

    for module, name in ((os, "stat"), (os, "scandir"), (os, "listdir"), (os, "mkdir"), (io, "open")):
        monkeypatch.setattr(module, name, refusing(getattr(module, name)))


def test_a_corpus_whose_store_may_not_be_looked_into_answers_right_and_says_so(few, truth_of_few, forbidden):
    with pytest.warns(UserWarning, match=r"BROADSHEET_STORE"):
        assert told(few) == truth_of_few


def test_a_build_whose_store_may_not_be_looked_into_names_the_fix(few, forbidden):
    assert "BROADSHEET_STORE" in error_of_build(few)


def test_it_says_so_once_for_a_corpus(few, blocked):
    corpus = broadsheet.load(few)
    with pytest.warns(UserWarning, match="cannot be written"):
        answers(corpus)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        answers(corpus)


def test_a_build_whose_store_cannot_be_written_ends_with_one_line(few, blocked, capsys):
    assert main(["build", str(few)]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("broadsheet: The store in ")
    assert "BROADSHEET_STORE" in err
    assert err.count("\n") == 1


# Once per body


@pytest.fixture
def unread(monkeypatch):
    """Return a function after whose call no body may be read into the store."""

    def refuse(*_):
        raise AssertionError("a body is read again")

    return lambda: monkeypatch.setattr(index.Builder, "take", refuse)


def test_a_body_is_read_once(many, folder):
    first, second = built(many), built(many)
    assert (first.read, second.read, second.read_bytes) == (400, 0, 0)
    assert len(first.corpus.tokens) == len(second.corpus.tokens)


def test_only_new_articles_are_read(few, tmp_path, folder):
    built(few)
    more = written(tmp_path / "more", ["New: the weir broke.", *texts_of(few), "New: it holds – again."])
    grown = built(more)
    assert grown.read == 2
    assert grown.read_bytes == len("New: the weir broke.New: it holds – again.".encode())
    assert quietly(more) == truth(more)
    assert built(few).read == 0


def test_a_selection_and_a_load_read_nothing_that_is_kept(few, folder, unread):
    built(few)
    unread()
    corpus = broadsheet.load(few)
    assert len(corpus.select(query="rain").tokens) < len(corpus.tokens)
    assert not corpus.select(outlet="Bee 5").sentences.empty


def test_a_load_keeps_what_it_reads(few, folder):
    assert len(broadsheet.load(few).tokens) > 0
    assert built(few).read == 0


def test_one_body_in_two_articles_or_two_corpora_is_read_once(tmp_path, folder):
    one, two = written(tmp_path / "one", ["The mill burned."]), written(tmp_path / "two", ["The mill burned."])
    assert (len(built(one).corpus), len(broadsheet.load(two))) == (2, 2)
    assert built(two).read == 0
    with index.Builder(index.collection()) as keeper:
        assert keeper.take("The mill burned.") == keeper.take("The mill burned.") == store.key(b"The mill burned.")
        keeper.take("The weir broke.")
        keeper.take("The weir broke.")
    assert (keeper.read_bodies, keeper.read_bytes) == (1, 15)


def test_another_version_reads_anew_and_keeps_both(few, truth_of_few, folder, monkeypatch):
    built(few)
    with monkeypatch.context() as patch:
        patch.setattr(index.builder, "VERSION", "next")
        assert built(few).read == 19
        assert quietly(few) == truth_of_few
        assert built(few).read == 0
    assert built(few).read == 0


def test_a_store_named_anew_is_another_store(few, folder, tmp_path, monkeypatch):
    built(few)
    corpus = broadsheet.load(few)
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "another"))
    assert built(few).read == 19
    assert len(corpus.tokens) == len(broadsheet.load(few).tokens)


def test_a_build_that_is_stopped_leaves_no_half_shard(folder):
    """By Ctrl-C, while bodies are handed over."""

    def stopped():
        with index.Builder(index.collection()) as keeper:
            keeper.take("The mill burned.")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(folder.rglob("*.shard*")) == []


@pytest.mark.parametrize("many", [0, 2, 1000])
@pytest.mark.parametrize("number", [1, 3, 1600])
@pytest.mark.parametrize("workers", [1, 4])
def test_shards_and_workers_change_no_answer(few, truth_of_few, folder, in_shards, monkeypatch, many, number, workers):
    """Few shards or one for each article, side by side or one by one, made one or left."""
    in_shards(number)
    monkeypatch.setattr(index.builder, "MANY", many)
    monkeypatch.setattr(errors, "processors", lambda: workers)
    built(few)
    assert quietly(few) == truth_of_few


def test_many_small_shards_are_made_one_and_no_text_is_read_for_it(
    tmp_path, few, truth_of_few, folder, in_shards, unread, monkeypatch
):
    in_shards(1600)
    built(few)
    assert len(index.collection().shards()) == 19
    unread()
    monkeypatch.setattr(index.builder, "MANY", 5)
    with index.Builder(index.collection()):
        pass
    assert len(index.collection().shards()) == 1
    assert quietly(few) == truth_of_few


def test_tokens_in_use_outlast_the_shards_that_were_made_one(few, truth_of_few, shards, monkeypatch):
    corpus = broadsheet.load(few)
    assert len(corpus.tokens) == len(truth_of_few["tokens"])
    monkeypatch.setattr(index.builder, "MANY", 1)
    with index.Builder(index.collection()):
        pass
    assert len(index.collection().shards()) == 1
    assert answers(corpus) == truth_of_few


def test_a_body_that_two_builds_read_at_once_is_counted_once(tmp_path, folder, monkeypatch):
    """It then stands in two shards, and in both when they are made one."""
    with index.Builder(index.collection()) as one, index.Builder(index.collection()) as other:
        for body in ("The mill burned.", "It rained, it rained."):
            one.take(body)
        for body in ("It rained, it rained.", "The weir broke. The eels came."):
            other.take(body)
    place = written(tmp_path / "news", ["The weir broke. The eels came.", "The mill burned.", "It rained, it rained."])
    assert quietly(place) == truth(place)
    monkeypatch.setattr(index.builder, "MANY", 1)
    assert built(place).read == 0
    assert quietly(place) == truth(place)


def test_a_corpus_that_stands_in_the_shards_of_others_answers_right(tmp_path, few, shards):
    """Its articles lie scattered, in another order, over shards that hold more."""
    texts = texts_of(few)
    random.Random(5).shuffle(texts)
    mixed = written(tmp_path / "mixed", [*texts[:8], "A word that no other article holds: submarine.", *texts[8:13]])
    assert built(mixed).read == 1
    assert quietly(mixed) == truth(mixed)


def test_a_build_reads_again_what_it_finds_damaged(few, truth_of_few, shards, flip):
    """A build looks at every array, also at those that nobody asked for."""
    flip(shards[1], places_of(shards[1])["word"])
    with pytest.warns(UserWarning, match="is damaged"):
        assert built(few).read > 0
    assert quietly(few) == truth_of_few
