"""Collections of shards: added atomically, read by name, merged when small, swept when unused."""

import contextlib
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import platformdirs
import pyarrow as pa

from broadsheet.errors import ResourceError
from broadsheet.store.keys import name_of
from broadsheet.store.shard import A_DAY, DAMAGED, DamagedError, Loose, Shard, warn, write

UNUSED = 30 * A_DAY  # seconds without use after which a shard is swept
_ENDING = ".shard"
_PACKED = np.uint8  # the type of tables as arrays


def location() -> Path:
    """Return the store's folder: BROADSHEET_STORE if it is set, else a folder in the user's cache."""
    chosen = os.environ.get("BROADSHEET_STORE")
    return Path(chosen).expanduser() if chosen else platformdirs.user_cache_path("broadsheet")


class Collection:
    """Results of one kind, made by one version of the code."""

    def __init__(self, kind: str, version: str) -> None:
        self.folder = location() / f"{kind}-{version}"

    def shards(self) -> list[Shard]:
        """Return every sound shard, in the order of their names; damaged ones are removed with a warning."""
        try:
            paths = sorted(self.folder.glob(f"*{_ENDING}"))
        except OSError:  # the folder may not be read; whoever writes to it gets the error
            return []
        return [shard for path in paths if path not in DAMAGED and (shard := self._open(path))]

    def check(self) -> None:
        """Read every array of every shard; remove damaged shards with a warning."""
        for shard in self.shards():
            with contextlib.suppress(DamagedError):
                shard.check()

    def add(self, name: str, arrays: Mapping[str, np.ndarray]) -> Shard:
        """Write a shard, replacing one of the same name, and return it.

        Raises ResourceError when it cannot be written: the folder is read-only or the disk is full.
        """
        path = self.folder / (name + _ENDING)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write(path, arrays)
            DAMAGED.discard(path)
            return Shard(path)
        except OSError as error:
            raise ResourceError(
                f"The store in {location()} cannot be written: {error.strerror}. "
                "Free some space, or name another folder in the environment variable BROADSHEET_STORE."
            ) from error

    def add_if_possible(self, name: str, arrays: Mapping[str, np.ndarray]) -> Shard | Loose:
        """Write a shard; if that fails, warn and return the arrays in memory."""
        try:
            return self.add(name, arrays)
        except ResourceError as error:
            warn(f"{error} Until then results are kept in memory, for this process alone.")
            return Loose(arrays)

    def tables(self, name: str) -> dict[str, Any] | None:
        """Return the tables and arrays kept under a name; None if there are none or they are damaged."""
        shard = self._open(self.folder / (name + _ENDING))
        with contextlib.suppress(DamagedError):
            if shard:
                shard.renew()
                arrays = ((part, shard[part]) for part in shard.names)
                return {part: unpacked(one).to_pandas() if one.dtype == _PACKED else one for part, one in arrays}
        return None

    def keep_tables(self, name: str, tables: Mapping[str, pd.DataFrame | np.ndarray]) -> None:
        """Keep tables, without their indexes, and arrays of numbers; do nothing if the store cannot be written."""
        arrays = {part: packed(one) if isinstance(one, pd.DataFrame) else one for part, one in tables.items()}
        with contextlib.suppress(ResourceError):
            self.add(name, arrays)

    def merge(self, joined: Callable[[list[Shard]], Mapping[str, np.ndarray]], small: int, most: int) -> None:
        """Join the small shards when there are more than `most`.

        joined : returns the arrays of several shards as those of one, `keys` among them.
        small : size in bytes below which a file is small.
        """
        with contextlib.suppress(DamagedError, OSError, ResourceError):  # merging only saves time
            shards = [shard for shard in self.shards() if shard.path.stat().st_size < small]
            if len(shards) > most:
                arrays = joined(shards)
                whole = self.add(name_of(arrays["keys"]), arrays)
                for shard in shards:
                    if shard.path != whole.path:
                        shard.path.unlink(missing_ok=True)

    def _open(self, path: Path) -> Shard | None:
        with contextlib.suppress(DamagedError, OSError):  # it does not exist, or may not be read
            return Shard(path)
        return None


def packed(frame: pd.DataFrame) -> np.ndarray:
    """Return a table without its index as an array of bytes, for a shard."""
    table, sink = pa.Table.from_pandas(frame, preserve_index=False), pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return np.frombuffer(sink.getvalue(), dtype=_PACKED)


def unpacked(array: np.ndarray) -> pa.Table:
    """Return the table that `packed` turned into bytes."""
    return pa.ipc.open_stream(pa.py_buffer(array)).read_all()


def size() -> int:
    """Return the size of the store in bytes."""
    return sum(path.stat().st_size for path in location().glob(f"*/*{_ENDING}"))


def sweep() -> int:
    """Remove shards unused for thirty days and temporary files older than a day; return the bytes freed."""
    freed = 0
    for path in location().glob(f"*/*{_ENDING}*"):
        with contextlib.suppress(OSError):
            file = path.stat()
            if time.time() - file.st_mtime > (A_DAY if path.name.startswith(".") else UNUSED):
                path.unlink()
                freed += file.st_size
                path.parent.rmdir()  # if it is empty now
    return freed
