"""Results kept on disk, once per text: written whole or not at all, checked when read, swept when old."""

from broadsheet.store.bodies import Places, find, located, runs
from broadsheet.store.collection import Collection, location, name_of, size, sweep
from broadsheet.store.shard import DamagedError, Loose, Shard, StoreWarning, as_integers, frame, key, packed, warn

__all__ = [
    "Collection",
    "DamagedError",
    "Loose",
    "Places",
    "Shard",
    "StoreWarning",
    "as_integers",
    "find",
    "frame",
    "key",
    "located",
    "location",
    "name_of",
    "packed",
    "runs",
    "size",
    "sweep",
    "warn",
]
