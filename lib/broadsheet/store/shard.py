"""A shard: one file of named arrays, each with a checksum, mapped into memory."""

import contextlib
import json
import math
import mmap
import os
import time
import uuid
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import xxhash

from broadsheet.errors import BroadsheetError

_MAGIC = b"broadsheet shard 1\n"
_ALIGNED = 64  # bytes; every array begins at a multiple
_HEAD = len(_MAGIC) + 16  # then follow the length of the header and its checksum, eight bytes each
_WARNED: dict = {}  # Python's record of the warnings given, so that each appears once

A_DAY = 24 * 60 * 60  # seconds

DAMAGED: set[Path] = set()
"""Shards that were found damaged: they are not opened again, even where they cannot be removed."""


class StoreWarning(UserWarning):
    """The store is damaged or cannot be written: results are right, but take longer."""


def warn(message: str) -> None:
    """Warn about the store, without naming a line of code: the cause is not in the code."""
    warnings.warn_explicit(message, StoreWarning, "broadsheet", 0, registry=_WARNED)


class DamagedError(BroadsheetError):
    """A shard was changed since it was written; a warning said so. Catch it and compute the results again."""


class Shard:
    """The arrays of one file, by name; each is checked against its checksum when first read.

    The file is mapped when it is opened, so it may be removed while it is in use.
    Opening it or reading an array raises DamagedError when the bytes are not those that were written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._checked: set[str] = set()
        with path.open("rb") as file:
            self._size = os.fstat(file.fileno()).st_size
            self._map = mmap.mmap(file.fileno(), self._size, access=mmap.ACCESS_READ) if self._size else b""
        self._arrays = self._header()

    def _header(self) -> dict[str, tuple[str, list[int], int, str]]:
        head = self._map[:_HEAD]
        header = self._map[_HEAD : _HEAD + int.from_bytes(head[-16:-8], "little")]
        if len(head) < _HEAD or not head.startswith(_MAGIC) or _checksum(header) != head[-8:].hex():
            raise self._damaged("its header is not sound")
        described = json.loads(header)
        if self._size != described["size"]:
            raise self._damaged("it is cut off")
        return described["arrays"]

    def __getitem__(self, name: str) -> np.ndarray:
        """Return an array, mapped from the file and read-only."""
        kind, shape, offset, checksum = self._arrays[name]
        size = math.prod(shape)
        self._check_length()
        array = np.frombuffer(self._map, kind, size, offset) if size else np.empty(0, kind)
        if name not in self._checked:
            if _checksum(array) != checksum:
                raise self._damaged(f"{name} is not as it was written")
            self._checked.add(name)
            if hasattr(mmap, "MADV_DONTNEED"):
                self._map.madvise(mmap.MADV_DONTNEED)  # pages that were only checked need not stay in memory
        return array.reshape(shape)

    @property
    def names(self) -> list[str]:
        """The names of its arrays."""
        return list(self._arrays)

    def check(self, *names: str) -> None:
        """Raise DamagedError unless these arrays are sound; without a name, all of them."""
        self._check_length()
        for name in names or self._arrays:
            if name not in self._checked:
                self[name]

    def renew(self) -> None:
        """Mark the file as used today, so that it is not swept."""
        with contextlib.suppress(OSError):
            if time.time() - self.path.stat().st_mtime > A_DAY:
                os.utime(self.path)

    def _check_length(self) -> None:
        """Raise DamagedError if the file was cut off since it was mapped: its missing bytes would read as zeros."""
        if self._map.size() < self._size:
            raise self._damaged("it is cut off")

    def _damaged(self, what: str) -> DamagedError:
        """Remove the file, warn, and return the error that says why."""
        DAMAGED.add(self.path)
        with contextlib.suppress(OSError):
            self.path.unlink()
        warn(why := f"{self.path.name} in the store is damaged: {what}. Its results will be computed again.")
        return DamagedError(why)


class Loose(dict):
    """The arrays of a shard that exists in memory only."""

    def check(self, *names: str) -> None:
        """Do nothing: arrays that were never on disk are sound."""


def write(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays to a temporary file and rename it to `path`, so that nobody ever sees half a shard.

    Raises OSError when that fails; the temporary file is removed.
    """
    prepared = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    described, offset = {}, 0
    for name, array in prepared.items():
        described[name] = [array.dtype.str, list(array.shape), offset, _checksum(array)]
        offset += -(-array.nbytes // _ALIGNED) * _ALIGNED
    longest = _HEAD + len(json.dumps(described)) + 20 * (len(described) + 2)  # offsets grow by the header's own length
    begins = -(-longest // _ALIGNED) * _ALIGNED
    arrays = {name: [kind, shape, begins + at, checksum] for name, (kind, shape, at, checksum) in described.items()}
    header = json.dumps({"size": begins + offset, "arrays": arrays}).encode()
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with temporary.open("wb") as file:
            file.write(_MAGIC + len(header).to_bytes(8, "little") + bytes.fromhex(_checksum(header)) + header)
            for name, array in prepared.items():
                file.seek(begins + described[name][2])
                file.write(array.data if array.size else b"")
            file.truncate(begins + offset)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _checksum(data: bytes | np.ndarray) -> str:
    return xxhash.xxh3_64_hexdigest(data if isinstance(data, bytes) else data.reshape(-1).view(np.uint8).data)
