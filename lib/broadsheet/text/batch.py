"""The bodies of one pass, joined in memory that is allocated once: the loop needs no further copy."""

import itertools
from collections.abc import Iterable, Iterator
from typing import Self

import numpy as np

ROOM = 8  # bytes after the last body that the loop may read


class Batch:
    """Bodies (UTF-8), each followed by a line end."""

    def __init__(self, size: int) -> None:
        """Make room for bodies of so many bytes in total, line ends included."""
        self._data = np.empty(size + ROOM, dtype=np.uint8)
        self._ends: list[int] = []

    @classmethod
    def of(cls, bodies: Iterable[bytes]) -> Self:
        """Return a batch of these bodies."""
        bodies = list(bodies)
        batch = cls(0)
        joined = bytearray(b"\n").join([*bodies, b"\n" * ROOM])  # or numba compiles anew for read-only arrays
        batch._data = np.frombuffer(joined, dtype=np.uint8)
        batch._ends = [end - 1 for end in itertools.accumulate(len(body) + 1 for body in bodies)]
        return batch

    def add(self, body: bytes) -> None:
        """Add a body; there must be room for it."""
        begin = self.size
        end = begin + len(body)
        self._data[begin:end] = np.frombuffer(body, dtype=np.uint8)
        self._data[end : end + 1 + ROOM] = ord("\n")
        self._ends.append(end)

    def fits(self, body: bytes) -> bool:
        """Return whether there is room for a body."""
        return self.size + len(body) + 1 + ROOM <= self._data.size

    @property
    def size(self) -> int:
        """The number of bytes used, line ends included."""
        return self._ends[-1] + 1 if self._ends else 0

    @property
    def data(self) -> np.ndarray:
        """The bytes used, and those after them that the loop may read."""
        return self._data[: self.size + ROOM]

    @property
    def ends(self) -> np.ndarray:
        """Where each body ends in `data`; the next one begins after the line end."""
        return np.array(self._ends, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[bytes]:
        begin = 0
        for end in self._ends:
            yield self._data[begin:end].tobytes()
            begin = end + 1

    def after(self, done: int) -> Self:
        """Return the batch without the first `done` bodies, in the same memory."""
        begin, rest = self._ends[done - 1] + 1 if done else 0, type(self).__new__(type(self))
        rest._data, rest._ends = self._data[begin:], [end - begin for end in self._ends[done:]]
        return rest
