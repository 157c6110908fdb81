"""ENGINE: the rules of words and sentences: text in, exact spans out."""

from broadsheet.text.sentences import sentences
from broadsheet.text.words import STOPWORDS, fold, terms_in, words

__all__ = ["STOPWORDS", "fold", "sentences", "terms_in", "words"]
