"""Results kept on disk, once per text: written whole or not at all, checked when read, swept when old."""

from broadsheet.store.bodies import Columns, Places, Rows, find, located, runs
from broadsheet.store.collection import Collection, location, size, sweep
from broadsheet.store.shard import DamagedError, Loose, Shard, StoreWarning, as_integers, frame, key, packed, warn

__all__ = [
    "Collection",
    "Columns",
    "DamagedError",
    "Loose",
    "Places",
    "Rows",
    "Shard",
    "StoreWarning",
    "as_integers",
    "find",
    "frame",
    "key",
    "located",
    "location",
    "packed",
    "runs",
    "size",
    "sweep",
    "warn",
]
