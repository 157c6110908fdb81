"""A word with what stands around it."""

from typing import TYPE_CHECKING

import numpy as np
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
    start, end = found["start"].to_numpy(), found["end"].to_numpy()
    before = np.minimum(start, width)
    passages = corpus.text(found.assign(start=start - before, end=end + width)).tolist()
    lines = [passage.replace("\n", " ") for passage in passages]
    begins, ends = before.tolist(), (before + end - start).tolist()
    return found.assign(
        left=pd.Series([line[:at] for line, at in zip(lines, begins, strict=True)], dtype="str"),
        node=pd.Series([line[at:to] for line, at, to in zip(lines, begins, ends, strict=True)], dtype="str"),
        right=pd.Series([line[at:] for line, at in zip(lines, ends, strict=True)], dtype="str"),
    )
