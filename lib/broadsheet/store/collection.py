"""The shards of one kind of result, and where they lie: found by key, added atomically, swept by age."""

import contextlib
import errno
import hashlib
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import platformdirs

from broadsheet.errors import ResourceError
from broadsheet.store.shard import A_DAY, REFUSED, DamagedError, Shard, warn, write

UNUSED = 30 * A_DAY  # what nobody opened for so long is swept
_ENDING = ".shard"


def location() -> Path:
    """Return the folder of the store: BROADSHEET_STORE, else one in the user's cache."""
    said = os.environ.get("BROADSHEET_STORE")
    return Path(said).expanduser() if said else platformdirs.user_cache_path("broadsheet")


class Collection:
    """Results of one kind, made by one version of what makes them."""

    def __init__(self, kind: str, version: str) -> None:
        self.folder = location() / f"{kind}-{version}"

    def shards(self) -> list[Shard]:
        """Return every sound shard, in the order of their names; what is damaged is removed, and said."""
        try:
            paths = sorted(self.folder.glob(f"*{_ENDING}"))
        except OSError:  # it may not be looked into, which whoever writes to it will be told
            return []
        return [shard for path in paths if path not in REFUSED and (shard := self._open(path))]

    def check(self) -> None:
        """Look at every array of every shard; what is damaged is removed, and said."""
        for shard in self.shards():
            try:
                shard.check()
            except DamagedError as damage:
                warn(str(damage))

    def get(self, name: str) -> Shard | None:
        """Return the shard of that name, or None when there is none that is sound."""
        found = self._open(self.folder / (name + _ENDING))
        if found:
            found.renew()
        return found

    def add(self, name: str, arrays: Mapping[str, np.ndarray]) -> Shard:
        """Write a shard, in place of one of the same name, and return it.

        Raises ResourceError when it cannot be written: the folder may not be written to, or the disk is full.
        """
        path = self.folder / (name + _ENDING)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                write(path, arrays)
            except FileNotFoundError:  # a sweep found the folder empty, just now
                self.folder.mkdir(parents=True, exist_ok=True)
                write(path, arrays)
            REFUSED.discard(path)
            return Shard(path)
        except OSError as error:
            raise ResourceError(
                f"The store in {self.folder} cannot be written: {error.strerror}. "
                "Make room there, or name another folder by the environment variable BROADSHEET_STORE."
            ) from error

    def merge(self, joined: Callable[[list[Shard]], Mapping[str, np.ndarray]], small: int, most: int) -> None:
        """Make one shard of the small ones when they are more than `most`; what of them still lies about does no harm.

        joined : gives the arrays of several shards as those of one. small : bytes of a file below which a shard is small.
        """
        try:
            shards = [shard for shard in self.shards() if shard.path.stat().st_size < small]
            if len(shards) > most:
                made = joined(shards)
                whole = self.add(name_of(made["keys"]), made)
                for shard in shards:
                    if shard.path != whole.path:
                        shard.path.unlink(missing_ok=True)
        except DamagedError as damage:
            warn(str(damage))
        except (OSError, ResourceError):
            return  # it only saves time; next time, then

    def _open(self, path: Path) -> Shard | None:
        try:
            return Shard(path)
        except DamagedError as damage:
            warn(str(damage))
        except OSError as error:
            if error.errno in {errno.EMFILE, errno.ENFILE}:
                raise ResourceError(
                    f"{self.folder} holds more files than may be open at once. Allow more (ulimit -n)."
                ) from error
            # Else it was swept or replaced meanwhile, or is not ours to read.
        return None


def name_of(keys: np.ndarray) -> str:
    """Return the name of the shard that holds the bodies with these keys."""
    return hashlib.blake2b(np.ascontiguousarray(keys).tobytes(), digest_size=16).hexdigest()


def size() -> int:
    """Return how many bytes the store holds."""
    held = 0
    for path in location().glob(f"*/*{_ENDING}"):
        with contextlib.suppress(OSError):  # swept meanwhile
            held += path.stat().st_size
    return held


def sweep() -> int:
    """Remove what nobody opened for thirty days and what killed builds left a day ago; return how many bytes that freed."""
    freed, emptied = 0, set()
    for path in location().glob(f"*/*{_ENDING}*"):
        with contextlib.suppress(OSError):  # another sweep was faster
            found = path.stat()
            if time.time() - found.st_mtime > (A_DAY if path.name.startswith(".") else UNUSED):
                path.unlink()
                freed += found.st_size
                emptied.add(path.parent)
    for folder in emptied:
        with contextlib.suppress(OSError):  # not empty
            folder.rmdir()
    return freed
