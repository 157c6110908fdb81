"""An empty store for each test; disks that fill up, and processes that die, at a chosen step of writing."""

import contextlib
import errno
import io
import os
import pathlib
import threading
from collections.abc import Callable, Iterator
from unittest import mock

import pytest


class Written:
    """A file opened for writing; `step` is called in the middle of each write, before a truncation, and after closing."""

    def __init__(self, file: io.BufferedWriter, step: Callable[[], None]) -> None:
        self._file, self._step, self.seek = file, step, file.seek

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()
        self._step()

    def write(self, data):
        data = memoryview(data).cast("B")
        self._file.write(data[: len(data) // 2])
        self._file.flush()
        self._step()
        self._file.write(data[len(data) // 2 :])

    def truncate(self, size):
        self._step()
        self._file.truncate(size)


@contextlib.contextmanager
def at_step(number: int, then: Callable[[], object]) -> Iterator[list[int]]:
    """Call `then` at one step of writing, counted from 0; yield the numbers of the steps taken so far.

    A folder made, a file opened, written to, truncated, closed, renamed or removed is a step.
    """
    taken, one_by_one, real_open = [], threading.Lock(), io.open

    def step() -> None:
        with one_by_one:
            taken.append(len(taken))
            mine = taken[-1]
        if mine == number:
            then()

    def counted(name):
        function = getattr(os, name)
        return mock.patch.object(os, name, lambda *given, **named: step() or function(*given, **named))

    def opening(file, mode="r", *given, **named):
        if "w" not in mode:
            return real_open(file, mode, *given, **named)
        step()
        return Written(real_open(file, mode, *given, **named), step)

    with counted("mkdir"), counted("replace"), counted("unlink"), mock.patch.object(io, "open", opening):
        yield taken


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the folder of a store that nobody has written to."""
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def full_at():
    """Return a function: the number of a step of writing in, a context in which the disk is full at that step out."""
    return lambda number: at_step(number, full)


@pytest.fixture
def flip():
    """Return a function that flips one bit of a byte of a file."""

    def flipped(path: pathlib.Path, at: int, bit: int = 0) -> None:
        data = bytearray(path.read_bytes())
        data[at] ^= 1 << bit
        with path.open("r+b") as file:  # in place: the file may be mapped
            file.write(data)

    return flipped
