"""Results per body: located by key, computed once, then read from the store."""

import contextlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from broadsheet.errors import ResourceError
from broadsheet.store.collection import Collection, packed, unpacked
from broadsheet.store.keys import name_of
from broadsheet.store.shard import DamagedError, Loose, Shard

NOWHERE = -1
BATCH = 4096  # bodies computed, and written, at once
SMALL, MANY = 4_000_000, 16  # bytes below which a shard of tables is small; more small ones are merged


class Places(NamedTuple):
    """Where bodies are kept: for each the number of its shard, or NOWHERE, and its place in the shard."""

    shards: list[Shard | Loose]
    shard: np.ndarray
    place: np.ndarray


def find(keys: np.ndarray, shards: Iterable[Shard | Loose]) -> Places:
    """Locate the bodies with these keys (one row of two integers each) in some shards."""
    sound, listed = [], [np.empty((0, 2), dtype=np.uint64)]
    for shard in shards:
        with contextlib.suppress(DamagedError):
            listed.append(shard["keys"])
            sound.append(shard)
    sizes = [len(one) for one in listed[1:]]
    every = np.concatenate(listed)
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
    """Locate the bodies with these keys in `kept` or `loose`, after reading those that are in neither.

    read : given the numbers of the missing bodies, reads them and adds its results to `kept` or `loose`.
    """
    places = find(keys, [*loose, *kept.shards()])
    if (places.shard < 0).any():
        read(np.flatnonzero(places.shard < 0))
        places = find(keys, [*loose, *kept.shards()])
    if (places.shard < 0).any():
        raise ResourceError(f"Files written to {kept.folder} disappear. Is another program emptying it?")
    return places


def per_body(
    kind: str,
    version: str,
    keys: np.ndarray,
    bodies: Callable[[np.ndarray], list[str]],
    compute: Callable[[list[str], np.ndarray], pd.DataFrame],
) -> pd.DataFrame:
    """Return a table of rows per body, computing only the rows that the store lacks.

    kind, version : name the results; another version computes them anew.
    keys : one row of two integers per body. If the rows depend on more (a date), it must be `mixed` in.
    bodies : given numbers of bodies, returns their texts.
    compute : given texts and their numbers, returns a table with an integer column `body`, the position in that
        list, in rising order, and any further columns. Given no text, it returns an empty table of the same columns.

    Returns the rows of all bodies, in order; `body` is the row of `keys`.
    If the store cannot be written, the results stay in memory and a warning says so.
    """
    kept = Collection(kind, version)
    shards, shard, _ = find(keys, kept.shards())
    missing = np.flatnonzero(shard < 0)
    missing = np.sort(missing[np.unique(keys[missing], axis=0, return_index=True)[1]])
    for numbers in (missing[first : first + BATCH] for first in range(0, len(missing), BATCH)):
        arrays = _arrays(keys[numbers], compute(bodies(numbers), numbers))
        shards.append(kept.add_if_possible(name_of(arrays["keys"]), arrays))
    if len(missing):
        kept.merge(_joined, SMALL, MANY)
    try:
        return _rows(find(keys, shards), compute)
    except DamagedError:  # that shard is gone now
        return per_body(kind, version, keys, bodies, compute)


def _arrays(keys: np.ndarray, rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the arrays of a shard: where the rows of each key begin, and the rows."""
    counts = np.bincount(rows["body"].to_numpy(dtype=np.int64), minlength=len(keys))
    return {"keys": keys, "starts": np.append(0, counts.cumsum()), "rows": packed(rows.drop(columns="body"))}


def _rows(places: Places, compute: Callable[[list[str], np.ndarray], pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of the bodies at these places, in order."""
    nothing = np.empty(0, dtype=np.int64)
    tables, owners = [unpacked(_arrays(np.empty((0, 2)), compute([], nothing))["rows"])], [nothing]
    for number in np.unique(places.shard).tolist():
        shard, documents = places.shards[number], np.flatnonzero(places.shard == number)
        starts, place = shard["starts"], places.place[documents]
        counts = np.diff(starts)[place]
        tables.append(unpacked(shard["rows"]).take(pa.array(runs(starts[place], counts))))
        owners.append(np.repeat(documents, counts))
    body = np.concatenate(owners)
    frame = pa.concat_tables(tables).to_pandas()
    frame.insert(0, "body", body)
    return frame.sort_values("body", kind="stable", ignore_index=True) if len(tables) > 2 else frame


def _joined(shards: list[Shard]) -> dict[str, np.ndarray]:
    """Return the arrays of several shards as those of one."""
    counts = np.concatenate([np.diff(shard["starts"]) for shard in shards])
    rows = pa.concat_tables([unpacked(shard["rows"]) for shard in shards]).to_pandas()
    keys = np.concatenate([shard["keys"] for shard in shards])
    return {"keys": keys, "starts": np.append(0, counts.cumsum()), "rows": packed(rows)}


def runs(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return consecutive numbers from each start, one run after the other.

    >>> runs(np.array([5, 0]), np.array([2, 3]))
    array([5, 6, 0, 1, 2])
    """
    return np.arange(lengths.sum()) + np.repeat(starts - (lengths.cumsum() - lengths), lengths)
