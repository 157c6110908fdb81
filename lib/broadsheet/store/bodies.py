"""What is kept once per body: where each body stands among shards, and tables of integers read from bodies."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np

from broadsheet.errors import ResourceError
from broadsheet.store.collection import Collection, name_of
from broadsheet.store.shard import DamagedError, Loose, Shard, as_integers, key, warn

NOWHERE = -1
AT_ONCE = 20_000  # bodies that are read before a shard is written
SMALL, MANY = 4_000_000, 16  # bytes below which a shard is small; more small ones than that are made one
_TRIES = 4  # to find in the store what was just written: others may remove or replace it meanwhile

Columns = Mapping[str, np.ndarray]
Give = Callable[[Callable[[str], object]], object]  # hands out all bodies, one after the other


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


class Rows:
    """Tables of integers that are read from bodies, one table for each; kept by the bodies' keys.

    kept : the collection that they are kept in. read : gives the rows of a body, arrays by column; there are equally
        many in each. A store that cannot be written is said, and the rows are kept in memory.
    """

    def __init__(self, kept: Collection, read: Callable[[str], Columns]) -> None:
        self._kept, self._read = kept, read
        self._loose: list[Loose] = []
        self._keys: list[bytes] = []
        self._found: list[Columns] = []

    def of(self, keys: np.ndarray, give: Give) -> tuple[np.ndarray, Columns]:
        """Return the rows of the bodies with these keys as one table: of each row the number of its body, and the columns.

        give : hands out all bodies, one after the other; asked when some are not kept.
        """
        for _ in range(_TRIES - 1):
            try:
                return self._kept_rows(keys, give)
            except DamagedError as damage:  # the shard was removed: its bodies are read again
                warn(str(damage))
        return self._kept_rows(keys, give)

    def _kept_rows(self, keys: np.ndarray, give: Give) -> tuple[np.ndarray, Columns]:
        return _stacked(located(keys, self._kept, self._loose, lambda missing: self._add(keys[missing], give)))

    def _add(self, missing: np.ndarray, give: Give) -> None:
        wanted = {bytes(one) for one in missing}

        def take(body: str) -> None:
            name = key(body.encode())
            if name in wanted:
                wanted.discard(name)
                self._keys.append(name)
                self._found.append(self._read(body))
                if len(self._keys) == AT_ONCE:
                    self._write()

        give(take)
        self._write()

    def _write(self) -> None:
        """Keep what was read; where small shards are many, make one of them."""
        if not self._keys:
            return
        sizes = [len(next(iter(one.values()))) for one in self._found]
        made = {name: np.concatenate([one[name] for one in self._found]) for name in self._found[0]}
        made |= {"keys": as_integers(self._keys), "edges": np.append(0, np.cumsum(sizes))}
        self._keys, self._found = [], []
        try:
            self._kept.add(name_of(made["keys"]), made)
        except ResourceError as error:
            warn(f"{error} Until then what is read from texts is kept in memory, for this process alone.")
            self._loose.append(Loose(made))
        self._kept.merge(_merged, SMALL, MANY)


def _stacked(places: Places) -> tuple[np.ndarray, Columns]:
    body, stacked = [np.empty(0, dtype=np.int64)], []
    for number in np.unique(places.shard):
        shard, bodies = places.shards[number], np.flatnonzero(places.shard == number)
        edges, at = shard["edges"], places.place[bodies]
        counts = np.diff(edges)[at]
        chosen = runs(edges[at], counts)
        body.append(np.repeat(bodies, counts))
        stacked.append({name: shard[name][chosen] for name in _columns(shard)})
    numbers = np.concatenate(body)
    order = np.argsort(numbers, kind="stable")
    names = list(stacked[0]) if stacked else []
    return numbers[order], {name: np.concatenate([columns[name] for columns in stacked])[order] for name in names}


def runs(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return the numbers of several runs, one after the other.

    >>> runs(np.array([5, 0]), np.array([2, 3]))
    array([5, 6, 0, 1, 2])
    """
    return np.arange(lengths.sum()) + np.repeat(starts - (lengths.cumsum() - lengths), lengths)


def _merged(shards: list[Shard | Columns]) -> Columns:
    edges = [np.diff(shard["edges"]) for shard in shards]
    columns = {name: np.concatenate([shard[name] for shard in shards]) for name in _columns(shards[0])}
    keys = np.concatenate([shard["keys"] for shard in shards])
    return columns | {"keys": keys, "edges": np.append(0, np.cumsum(np.concatenate(edges)))}


def _columns(shard: Shard | Columns) -> list[str]:
    names = shard.names if isinstance(shard, Shard) else shard
    return [name for name in names if name not in {"keys", "edges"}]
