"""ENGINE: how positive or negative a sentence reads."""

from broadsheet.sentiment.vader import score

__all__ = ["score"]
