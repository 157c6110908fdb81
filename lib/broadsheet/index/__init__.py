"""ENGINE: words kept as integers: many bodies read into the store, counted and found from there."""

from broadsheet.index.kept import VERSION, Keeper, collection, places, read
from broadsheet.index.table import LONGEST, Tokens

__all__ = ["LONGEST", "VERSION", "Keeper", "Tokens", "collection", "places", "read"]
