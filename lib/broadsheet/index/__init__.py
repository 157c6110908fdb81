"""ENGINE: words as integers: read bodies into the store, then count and find terms there."""

from broadsheet.index.builder import VERSION, Builder, collection, places, tokens_of
from broadsheet.index.part import LONGEST
from broadsheet.index.tokens import Tokens
