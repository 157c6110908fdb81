"""A shard: arrays come back as they were written, or not at all."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from broadsheet import store
from broadsheet.store import DamagedError, Shard
from broadsheet.store.shard import write

pytestmark = pytest.mark.filterwarnings("ignore:.* is damaged")

KINDS = ["bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float32", "float64"]
SHAPES = arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=9)
ARRAYS = st.dictionaries(st.text(max_size=9), arrays.arrays(st.sampled_from(KINDS), SHAPES), max_size=5)

SOME = {
    "words": np.arange(7, dtype=np.uint32),
    "pairs": np.array([[1, -2], [3, 4], [5, 6]], dtype=np.int64),
    "none": np.empty((0, 2), dtype=np.uint64),
    "said": np.array([True, False, True]),
    "rates": np.array([0.5, np.nan, -np.inf]),
}
OTHER = {name: np.flip(array) for name, array in SOME.items()}


@pytest.fixture
def path(tmp_path):
    write(tmp_path / "a.shard", SOME)
    return tmp_path / "a.shard"


def same(one: np.ndarray, other: np.ndarray) -> bool:
    return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())


def sound(path) -> bool:
    """Say whether the file gives all that was written; False when it says that it is damaged. It may give nothing else."""
    try:
        shard = Shard(path)
        read = {name: shard[name] for name in SOME}
    except DamagedError:
        return False
    assert all(same(read[name], SOME[name]) for name in SOME)
    return True


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=ARRAYS)
def test_arrays_of_every_kind_and_shape_come_back_equal(tmp_path, written):
    write(tmp_path / "any.shard", written)
    shard = Shard(tmp_path / "any.shard")
    shard.check(*written)
    for name, array in written.items():
        assert same(shard[name], array)


def test_arrays_that_lie_scattered_in_memory_come_back_equal(tmp_path):
    table = np.arange(24).reshape(4, 6)
    scattered = {
        "every other": table[0, ::2],
        "turned": table.T,
        "fortran": np.asfortranarray(table),
        "back": table[::-1],
    }
    write(tmp_path / "any.shard", scattered)
    for name, array in scattered.items():
        np.testing.assert_array_equal(Shard(tmp_path / "any.shard")[name], array)


def test_an_array_may_not_be_written_to(path):
    with pytest.raises(ValueError, match="read-only"):
        Shard(path)["words"][0] = 1


def test_a_flipped_bit_anywhere_is_found_or_does_not_matter(path, flip):
    """What pads the arrays is read by nobody."""
    whole, unnoticed = path.read_bytes(), 0
    for at in range(len(whole)):
        path.write_bytes(whole)
        flip(path, at, at % 8)
        if sound(path):
            unnoticed += 1
        else:
            assert not path.exists()
    assert unnoticed <= 64 * (len(SOME) + 1)
    assert len(whole) - unnoticed > sum(array.nbytes for array in SOME.values()) + 300


def test_a_file_cut_at_any_length_is_found_and_removed(path):
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedError):
            Shard(path)
        assert not path.exists()


@pytest.mark.parametrize("begins", [0, 100, 448])
def test_a_file_whose_pages_never_reached_the_disk_is_found(path, begins):
    whole = path.read_bytes()
    path.write_bytes(whole[:begins] + bytes(len(whole) - begins))
    assert not sound(path)


def test_arrays_that_changed_places_are_found(path):
    whole = path.read_bytes()
    length = int.from_bytes(whole[19:27], "little")
    places = [place for _, _, place, _ in json.loads(whole[35 : 35 + length])["arrays"].values()]
    path.write_bytes(whole[: places[0]] + whole[places[1] :] + whole[places[0] : places[1]])
    assert not sound(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200), magic=st.booleans())
def test_no_foreign_bytes_are_taken_for_a_shard(tmp_path, content, magic):
    (tmp_path / "a.shard").write_bytes(b"broadsheet shard 1\n" * magic + content)
    with pytest.raises(DamagedError):
        Shard(tmp_path / "a.shard")


def test_damage_names_the_array_and_the_consequence(path, flip):
    flip(path, path.stat().st_size - 64)
    with pytest.raises(DamagedError, match=r"rates.*computed again"):
        Shard(path)["rates"]


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def removed(path):
    path.unlink()


def replaced(path):
    write(path, OTHER)


@pytest.mark.parametrize("happens", [cut, removed, replaced])
@pytest.mark.parametrize("asked", [["words", "none"], list(SOME)], ids=["some", "all"])
def test_a_shard_whose_file_is_removed_replaced_or_cut_gives_no_other_values(path, happens, asked):
    shard = Shard(path)
    shard.check(*asked)
    happens(path)
    for name, array in SOME.items():
        try:
            assert same(shard[name], array)
        except DamagedError:
            assert happens is cut


def test_a_key_is_sixteen_bytes_and_two_integers():
    keys = [store.key(text.encode()) for text in ("", "mill", "weir")]
    assert {len(key) for key in keys} == {16}
    assert len(set(keys)) == 3
    assert [bytes(row) for row in store.as_integers(keys)] == keys
    assert store.as_integers([]).shape == (0, 2)
