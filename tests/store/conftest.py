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
    """A file opened for writing; `step` is called in the midst of each write, before the file is cut, and when it is closed."""

    def __init__(self, file: io.BufferedWriter, step: Callable[[], None]) -> None:
        self._file, self._step = file, step

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def write(self, data):
        data = memoryview(data).cast("B")
        self._file.write(data[: len(data) // 2])
        self._file.flush()
        self._step()
        return self._file.write(data[len(data) // 2 :])

    def truncate(self, size=None):
        self._step()
        return self._file.truncate(size)

    def close(self):
        if not self._file.closed:
            self._file.close()
            self._step()


@contextlib.contextmanager
def at_step(number: int, then: Callable[[], object]) -> Iterator[list[int]]:
    """Do `then` at one step of writing to disk: a folder made, a file opened, written to, cut, closed, renamed or removed.

    number : of the step, from 0. Yields the numbers of the steps taken so far.
    """
    taken, one_by_one = [], threading.Lock()

    def step() -> None:
        with one_by_one:
            taken.append(len(taken))
            mine = taken[-1]
        if mine == number:
            then()

    def counted(function):
        def stepping(*given, **named):
            step()
            return function(*given, **named)

        return stepping

    real_open = io.open

    def opening(file, mode="r", *given, **named):
        if "w" not in mode:
            return real_open(file, mode, *given, **named)
        step()
        return Written(real_open(file, mode, *given, **named), step)

    with (
        mock.patch.object(os, "mkdir", counted(os.mkdir)),
        mock.patch.object(os, "replace", counted(os.replace)),
        mock.patch.object(os, "unlink", counted(os.unlink)),
        mock.patch.object(io, "open", opening),
    ):
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
    """Return a function that flips a bit of the byte at some place of a file."""

    def flipped(path: pathlib.Path, at: int, bit: int = 0) -> None:
        with path.open("r+b") as file:
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 1 << bit]))

    return flipped
