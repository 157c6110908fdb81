"""A batch returns the bodies that it was given, in any part."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.batch import ROOM, Batch

BODIES = st.lists(st.binary(max_size=12), max_size=8)


@given(BODIES, st.data())
def test_bodies_come_back_as_they_were_added(bodies, data):
    batch = Batch.of(bodies)
    assert list(batch) == bodies
    assert len(batch) == len(bodies)
    assert batch.size == sum(map(len, bodies)) + len(bodies)
    done = data.draw(st.integers(0, len(bodies)))
    assert list(batch.after(done)) == bodies[done:]
    assert list(batch.after(done).after(0)) == bodies[done:]


@given(BODIES)
def test_each_body_is_followed_by_a_line_end_and_the_last_by_room_for_the_loop(bodies):
    batch = Batch.of(bodies)
    assert all(batch.data[end] == ord("\n") for end in batch.ends)
    assert len(batch.data) == batch.size + ROOM


def test_what_fits_can_be_added_and_more_does_not_fit():
    batch = Batch(9)
    assert batch.fits(b"12345678")
    assert not batch.fits(b"123456789")
    batch.add(b"1234")
    assert batch.fits(b"123")
    assert not batch.fits(b"1234")
    batch.add(b"123")
    assert list(batch) == [b"1234", b"123"]
    assert not batch.fits(b"")


def test_bodies_joined_at_once_equal_those_added_and_are_writable():
    """Else the loop would be compiled for them once more."""
    bodies = [b"one", b"", "zwölf".encode()]
    added = Batch(sum(len(body) + 1 for body in bodies))
    for body in bodies:
        added.add(body)
    joined = Batch.of(bodies)
    assert joined.data.tobytes() == added.data.tobytes()
    assert joined.ends.tolist() == added.ends.tolist()
    assert joined.data.flags.writeable
    assert len(Batch.of([])) == Batch.of([]).size == 0
