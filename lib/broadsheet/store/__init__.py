"""Results kept on disk, once per text: written whole or not at all, checked when read, swept when old."""

from broadsheet.store.collection import Collection, location, size, sweep
from broadsheet.store.shard import DamagedError, Loose, Shard, StoreWarning, as_integers, key, warn

__all__ = [
    "Collection",
    "DamagedError",
    "Loose",
    "Shard",
    "StoreWarning",
    "as_integers",
    "key",
    "location",
    "size",
    "sweep",
    "warn",
]
