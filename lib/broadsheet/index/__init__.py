"""ENGINE: words as integers: many bodies are read into the store, counted and found from there."""

from broadsheet.index.builder import VERSION, Builder, collection, places, tokens_of
from broadsheet.index.part import LONGEST
from broadsheet.index.tokens import Tokens

__all__ = ["LONGEST", "VERSION", "Builder", "Tokens", "collection", "places", "tokens_of"]
