"""ENGINE: the tone of sentences, from negative to positive."""

from broadsheet.sentiment.vader import score

__all__ = ["score"]
