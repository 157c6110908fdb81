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
    before = found["start"].clip(upper=width)
    shown = corpus.text(found.assign(start=found["start"] - before, end=found["end"] + width)).str.replace("\n", " ")
    edges = zip(shown.tolist(), before.tolist(), (found["end"] - found["start"] + before).tolist(), strict=True)
    lines = [(line[:start], line[start:end], line[end:]) for line, start, end in edges]
    left, node, right = zip(*lines, strict=True) if lines else ((), (), ())
    return found.assign(
        left=pd.Series(left, dtype="str"), node=pd.Series(node, dtype="str"), right=pd.Series(right, dtype="str")
    )
