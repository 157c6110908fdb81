"""ENGINE: text in, sentences and words with exact spans out, kept in the store as integers.

`words` and `sentences` read one text; a Keeper reads many into the store; Tokens answers from there.
"""

from broadsheet.tokens.kept import VERSION, Keeper, collection, places, read
from broadsheet.tokens.rest import Rest
from broadsheet.tokens.sentences import sentences
from broadsheet.tokens.table import LONGEST, Tokens
from broadsheet.tokens.words import STOPWORDS, fold, terms_in, words

__all__ = [
    "LONGEST",
    "STOPWORDS",
    "VERSION",
    "Keeper",
    "Rest",
    "Tokens",
    "collection",
    "fold",
    "places",
    "read",
    "sentences",
    "terms_in",
    "words",
]
