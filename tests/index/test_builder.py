"""Tokens in the store: each body is read once; damage and a full disk cost time, not results."""

import pytest

from broadsheet import store
from broadsheet.errors import ResourceError
from broadsheet.index import Builder, Tokens, builder, collection, places
from broadsheet.store import find

BODIES = ["It rained. It froze.", "The lamp", "zebra apple", "it mango", ""]


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    """Give the test an empty store."""
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "store"))


def keep(bodies, **settings):
    with Builder(collection(), say=lambda line: None, **settings) as reading:
        keys = [reading.take(body) for body in bodies]
    return reading, store.as_integers(keys)


def tokens_of(bodies):
    """Return the tokens of bodies; those that the store lacks are read into it."""
    keys, loose = store.as_integers([store.key(body.encode()) for body in bodies]), []
    doc_ids = [f"d{row}" for row in range(len(bodies))]
    return Tokens(doc_ids, lambda: places(keys, collection(), loose, bodies.__getitem__))


def change(shard, name):
    """Change one byte of an array in a shard's file."""
    offset = shard._arrays[name][2]
    with shard.path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)
        file.seek(offset)
        file.write(bytes([byte[0] ^ 1]))


def test_a_body_is_read_once_and_kept_once():
    first, keys = keep([*BODIES, BODIES[0]])
    again, _ = keep([BODIES[1], "Another."])
    assert (first.read_bodies, again.read_bodies) == (len(BODIES), 1)
    assert first.read_bytes == sum(len(body.encode()) for body in BODIES)
    assert (keys[0] == keys[-1]).all()
    assert sorted(len(shard["keys"]) for shard in collection().shards()) == [1, len(BODIES)]


def test_nothing_to_keep_leaves_no_shard():
    keep([])
    assert collection().shards() == []


def test_a_body_in_no_shard_is_found_nowhere():
    _, keys = keep(BODIES)
    unknown = store.as_integers([store.key(b"Unknown."), store.key(BODIES[2].encode())])
    places = find(unknown, collection().shards())
    assert (places.shard.tolist(), places.place.tolist()) == ([store.bodies.NOWHERE, 0], [store.bodies.NOWHERE, 2])
    assert find(keys, collection().shards()).place.tolist() == list(range(len(BODIES)))
    assert find(keys, []).shard.tolist() == [store.bodies.NOWHERE] * len(BODIES)
    assert len(find(keys[:0], collection().shards()).shard) == 0


def test_a_shard_is_written_whenever_enough_text_was_taken(monkeypatch):
    monkeypatch.setattr(builder, "SHARD", 14)  # bytes, with the line end after each body
    keep(["five.", "six six", "seven", "eight", "nine", "longer than a shard", "ten"])
    assert sorted(len(shard["keys"]) for shard in collection().shards()) == [1, 1, 1, 2, 2]


def test_many_small_shards_become_one_with_the_same_content(monkeypatch):
    monkeypatch.setattr(builder, "SHARD", 1)
    monkeypatch.setattr(builder, "MANY", 100)
    keep(BODIES)
    apart, several = tokens_of(BODIES), len(collection().shards())
    expected = apart.frame(), apart.sentences(), apart.counts.toarray()
    monkeypatch.setattr(builder, "MANY", 2)
    keep(["One more."])
    assert (several, len(collection().shards())) == (len(BODIES), 1)
    whole = tokens_of(BODIES)
    assert whole.frame().equals(expected[0])
    assert whole.sentences().equals(expected[1])
    assert (whole.counts.toarray() == expected[2]).all()


def test_a_body_that_is_not_text_is_refused_and_the_others_are_read():
    with Builder(collection(), say=lambda line: None) as reading:
        with pytest.raises(UnicodeEncodeError, match="surrogates not allowed"):
            reading.take("It \ud800 rained.")
        reading.take("It rained.")
    assert reading.read_bodies == 1


def test_an_error_while_bodies_are_handed_over_keeps_nothing_more():
    def stop():
        with Builder(collection(), say=lambda line: None) as reading:
            reading.take("It rained.")
            raise KeyError("stopped")

    with pytest.raises(KeyError, match="stopped"):
        stop()
    assert collection().shards() == []


def test_a_store_that_cannot_be_written_is_an_error_or_a_warning(tmp_path):
    (tmp_path / "store").write_text("a file stands where the folder should")
    with pytest.raises(ResourceError, match="BROADSHEET_STORE"):
        keep(BODIES)
    with pytest.warns(UserWarning, match="kept in memory"):
        reading, keys = keep(BODIES, strict=False)
    places = find(keys, reading.loose)
    assert Tokens(range(len(BODIES)), lambda: places).counts.sum() == 10


def test_bodies_kept_in_memory_are_read_once(tmp_path):
    (tmp_path / "store").write_text("a file stands where the folder should")
    tokens = tokens_of(BODIES)
    with pytest.warns(UserWarning, match="kept in memory") as said:
        found = tokens.uses("it").tolist(), len(tokens.frame()), len(tokens)
    assert found == ([2, 0, 0, 1, 0], 10, 10)
    assert len(said) == 1


@pytest.mark.parametrize(
    "name", ["word", "gap", "spans", "term", "lengths", "letters", "posting_articles", "tokens", "keys"]
)
def test_a_damaged_array_warns_and_is_made_anew(name):
    expected = tokens_of(BODIES)
    expected = expected.frame(), expected.sentences(), expected.counts.toarray()
    [shard] = collection().shards()
    change(shard, name)
    tokens = tokens_of(BODIES)
    with pytest.warns(UserWarning, match="is damaged"):
        found = tokens.frame(), tokens.sentences(), tokens.counts.toarray()
    assert found[0].equals(expected[0])
    assert found[1].equals(expected[1])
    assert (found[2] == expected[2]).all()


@pytest.mark.filterwarnings("ignore:.*is damaged")
def test_terms_are_right_when_a_shard_is_damaged_after_the_vocabulary_was_read():
    """What is made anew holds other terms: `zebra apple` was another corpus's, and nobody asks for it again."""
    keep(BODIES)
    tokens = tokens_of(BODIES[3:])
    assert tokens.vocabulary.tolist() == ["it", "mango"]
    [shard] = collection().shards()
    change(shard, "word")
    assert tokens.vocabulary[tokens.term].tolist() == ["it", "mango"]
