"""ENGINE: text in, sentences and words with exact spans out.

`words` and `sentences` read one text; `tokenize` reads many articles into one table of integers.
"""

from broadsheet.tokens.rules import STOPWORDS, fold, sentences, words
from broadsheet.tokens.table import Tokens, tokenize

__all__ = ["STOPWORDS", "Tokens", "fold", "sentences", "tokenize", "words"]
