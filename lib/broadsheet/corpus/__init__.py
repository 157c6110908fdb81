"""The corpus: articles and the tables read from them."""

from broadsheet.corpus.corpus import LEDGERS, Corpus

__all__ = ["LEDGERS", "Corpus"]
