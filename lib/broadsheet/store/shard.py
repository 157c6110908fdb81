"""A shard: one file of named arrays, each with a checksum, mapped into memory when it is asked for."""

import contextlib
import errno
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
import pandas as pd
import pyarrow as pa
import xxhash

from broadsheet.errors import BroadsheetError

_MAGIC = b"broadsheet shard 1\n"
_ALIGNED = 64  # bytes; every array begins at a multiple
_HEAD = len(_MAGIC) + 16  # then come the length of the header and its checksum, eight bytes each


A_DAY = 24 * 60 * 60  # seconds

REFUSED: set[Path] = set()
"""Files found damaged that could not be removed."""


class StoreWarning(UserWarning):
    """Something in the store was not as it should be; answers are right, but took longer."""


def warn(message: str) -> None:
    """Warn of the store, without the place in the code: it is no reader's business, and no cause."""
    warnings.warn_explicit(message, StoreWarning, "broadsheet", 0)


class DamagedError(BroadsheetError):
    """A shard is not what was written: cut off, or changed. Whoever meets it reads the texts anew."""


def key(text: bytes) -> bytes:
    """Return the key of a text, given as UTF-8: sixteen bytes by which its results are found again."""
    return xxhash.xxh3_128_digest(text)


def as_integers(keys: list[bytes]) -> np.ndarray:
    """Return keys as two integers each, in rows: the form in which a shard holds them."""
    return np.frombuffer(b"".join(keys), dtype=np.uint64).reshape(-1, 2)


class Shard:
    """The arrays of one file, by name. Each is checked when it is first asked for; DamagedError tells of one not sound.

    The file is mapped when it is opened: it may be removed while it is in use.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._checked: set[str] = set()
        self._broken: DamagedError | None = None
        self._map, self._size, self._inode = _mapped(path)
        self._arrays = self._header()

    def _header(self) -> dict[str, tuple[str, list[int], int, str]]:
        head = self._map[:_HEAD]
        header = self._map[_HEAD : _HEAD + int.from_bytes(head[-16:-8], "little")]
        if len(head) < _HEAD or not head.startswith(_MAGIC) or _checksum(header) != head[-8:].hex():
            raise self._damaged("its header is not sound")
        said = json.loads(header)
        if self._size != said["size"]:
            raise self._damaged("it is cut off")
        return said["arrays"]

    def __getitem__(self, name: str) -> np.ndarray:
        """Return an array, mapped from the file and not to be written to."""
        kind, shape, offset, checksum = self._arrays[name]
        size = math.prod(shape)
        self._still_whole()
        array = np.frombuffer(self._map, kind, size, offset) if size else np.empty(0, kind)
        if name not in self._checked:
            if _checksum(array) != checksum:
                raise self._damaged(f"{name} is not as it was written")
            self._checked.add(name)
            if hasattr(mmap, "MADV_DONTNEED"):
                self._map.madvise(mmap.MADV_DONTNEED)  # what was only checked need not stay in memory
        return array.reshape(shape)

    @property
    def names(self) -> list[str]:
        """The names of its arrays."""
        return list(self._arrays)

    def check(self, *names: str) -> None:
        """Raise DamagedError unless these arrays are sound, or all where none is named."""
        self._still_whole()
        for name in names or self._arrays:
            if name not in self._checked:
                self[name]

    def renew(self) -> None:
        """Note that the shard is in use: its file's age is the time since then, to the day."""
        with contextlib.suppress(OSError):
            if time.time() - self.path.stat().st_mtime > A_DAY:
                os.utime(self.path)

    def _still_whole(self) -> None:
        """Raise DamagedError when the file was cut off since it was mapped: what it lacks cannot be read."""
        if self._broken:
            raise self._broken
        with contextlib.suppress(FileNotFoundError):  # removed, but still mapped
            found = self.path.stat()
            if found.st_ino == self._inode and found.st_size < self._size:
                raise self._damaged("it is cut off")

    def _damaged(self, what: str) -> DamagedError:
        """Return the error, with the file put out of the way: nobody shall open it again."""
        removed = "It was removed; what"
        try:
            if self.path.stat().st_ino == self._inode:
                self.path.unlink()
        except FileNotFoundError:
            pass
        except OSError:
            removed = "It cannot be removed, but is not used; what"
            REFUSED.add(self.path)
        self._broken = DamagedError(
            f"{self.path.name} in the store is damaged: {what}. {removed} it held is made anew."
        )
        return self._broken


def _mapped(path: Path, again: bool = True) -> tuple[mmap.mmap | bytes, int, int]:
    """Return a file mapped into memory, its size, and the number that tells it from a file put in its place."""
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            mapped = mmap.mmap(file.fileno(), found.st_size, access=mmap.ACCESS_READ) if found.st_size else b""
            return mapped, found.st_size, found.st_ino
    except OSError as error:
        if error.errno != errno.EMFILE or not again:
            raise
    with contextlib.suppress(ImportError, ValueError, OSError):  # a map counts as an open file
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return _mapped(path, again=False)


class Loose(dict):
    """The arrays of a shard that could not be written, by name."""

    def check(self, *names: str) -> None:
        """Do as a Shard does: what never left the memory is sound."""


def write(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays to `path`: beside it first, then renamed, so that nobody ever sees half of it.

    Raises OSError when that fails; nothing is left behind.
    """
    prepared = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    described, offset = {}, 0
    for name, array in prepared.items():
        described[name] = [array.dtype.str, list(array.shape), offset, _checksum(array)]
        offset += -(-array.nbytes // _ALIGNED) * _ALIGNED
    header, begins = _placed(described, offset)
    building = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with building.open("wb") as file:
            file.write(_MAGIC + len(header).to_bytes(8, "little") + bytes.fromhex(_checksum(header)) + header)
            for name, array in prepared.items():
                file.seek(begins + described[name][2])
                file.write(array.data if array.size else b"")
            file.truncate(begins + offset)
        building.replace(path)
    except BaseException:
        building.unlink(missing_ok=True)
        raise


def _placed(described: dict[str, list], size: int) -> tuple[bytes, int]:
    """Return the header that names each array's place in the file, and where the first one begins."""
    begins = _ALIGNED
    while True:
        arrays = {name: [kind, shape, begins + at, checksum] for name, (kind, shape, at, checksum) in described.items()}
        header = json.dumps({"size": begins + size, "arrays": arrays}).encode()
        if _HEAD + len(header) <= begins:
            return header, begins
        begins = -(-(_HEAD + len(header)) // _ALIGNED) * _ALIGNED


def _checksum(data: bytes | np.ndarray) -> str:
    return xxhash.xxh3_64_hexdigest(data if isinstance(data, bytes) else data.reshape(-1).view(np.uint8).data)


def packed(frame: pd.DataFrame) -> np.ndarray:
    """Return a table as an array of bytes, so that a shard can hold it; its index is left off."""
    table, sink = pa.Table.from_pandas(frame, preserve_index=False), pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return np.frombuffer(sink.getvalue(), dtype=np.uint8)


def frame(packed: np.ndarray) -> pd.DataFrame:
    """Return a table from the bytes that `packed` made of it."""
    return pa.ipc.open_stream(pa.py_buffer(packed)).read_all().to_pandas()
