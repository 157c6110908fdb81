"""A word with what stands around it."""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from broadsheet.corpus import Corpus


def kwic(corpus: "Corpus", phrase: str, width: int = 40) -> pd.DataFrame:
    """Return the lines in which the articles use a term or phrase: keyword in context.

    phrase : one word or several that follow one another, in any case, as `Tokens.find` has it.
    width : how many characters of the body are shown on either side.

    Returns one row per use, in reading order: doc_id, start, end (the place of the node), left, node, right;
    line breaks within the three are shown as blanks.
    Source: Luhn (1960), Keyword-in-Context Index for Technical Literature; terms after Sinclair (1991).
    """
    found = corpus.tokens.find(phrase)
    begin = (found["start"] - width).clip(lower=0)
    shown = corpus.text(found.assign(start=begin, end=found["end"] + width)).str.replace("\n", " ").tolist()
    edges = list(zip(shown, found["start"] - begin, found["end"] - begin, strict=True))
    return found.assign(
        left=[text[:start] for text, start, _ in edges],
        node=[text[start:end] for text, start, end in edges],
        right=[text[end:] for text, _, end in edges],
    )
