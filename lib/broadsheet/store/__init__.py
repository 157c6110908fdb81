"""The cache: results on disk, computed once per text, written atomically, checked when read, removed when unused."""

from broadsheet.store.bodies import NOWHERE, Places, find, located, per_body, runs
from broadsheet.store.collection import Collection, location, size, sweep
from broadsheet.store.keys import as_integers, key, mixed, name_of, version_of
from broadsheet.store.shard import DamagedError, Loose, Shard, StoreWarning
