"""Where bodies stand among shards."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from broadsheet.errors import ResourceError
from broadsheet.store.collection import Collection
from broadsheet.store.shard import DamagedError, Loose, Shard, warn

NOWHERE = -1
_TRIES = 4  # to find in the store what was just written: others may remove or replace it meanwhile


class Places(NamedTuple):
    """Where bodies stand: of each the number of its shard, NOWHERE when it is in none, and its place in that."""

    shards: list[Shard | Loose]
    shard: np.ndarray
    place: np.ndarray


def find(keys: np.ndarray, shards: Iterable[Shard | Loose]) -> Places:
    """Return where the bodies with these keys (two integers each, in rows) stand in `shards`."""
    sound, held = [], [np.empty((0, 2), dtype=np.uint64)]
    for shard in shards:
        try:
            held.append(shard["keys"])
            sound.append(shard)
        except DamagedError as damage:
            warn(str(damage))
    sizes = [len(one) for one in held[1:]]
    every = np.concatenate(held)
    order = np.argsort(every[:, 0], kind="stable")
    at = np.searchsorted(every[order, 0], keys[:, 0])
    at = order[np.minimum(at, len(order) - 1)] if len(order) else np.zeros(len(keys), dtype=np.int64)
    known = (every[at] == keys).all(axis=1) if len(order) else np.zeros(len(keys), dtype=bool)
    shard = np.searchsorted(np.cumsum(sizes), at, side="right")
    place = at - np.concatenate([[0], np.cumsum(sizes)])[shard]
    for number in np.unique(shard[known]):
        if isinstance(sound[number], Shard):
            sound[number].renew()
    return Places(sound, np.where(known, shard, NOWHERE), np.where(known, place, NOWHERE))


def located(keys: np.ndarray, kept: Collection, loose: list[Loose], read: Callable[[np.ndarray], object]) -> Places:
    """Return where the bodies with these keys stand in `kept` or among what is `loose`.

    read : reads the bodies of these numbers, which were found nowhere, and keeps what it finds in either.
    """
    for _ in range(_TRIES):
        places = find(keys, [*loose, *kept.shards()])
        missing = np.flatnonzero(places.shard < 0)
        if not missing.size:
            return places
        read(missing)
    raise ResourceError(f"What is written to {kept.folder} does not stay there. Is something emptying it?")


def runs(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return the numbers of several runs, one after the other.

    >>> runs(np.array([5, 0]), np.array([2, 3]))
    array([5, 6, 0, 1, 2])
    """
    return np.arange(lengths.sum()) + np.repeat(starts - (lengths.cumsum() - lengths), lengths)
