"""Classify sentences by the marked passages that cover them."""

import numpy as np
import pandas as pd

from broadsheet import index, store

PULL_QUOTE, BOILERPLATE, NONE = "pull quote", "boilerplate", "none"


def repeat_of(sentences: pd.DataFrame, marks: pd.DataFrame) -> pd.Series:
    """Classify each sentence as `pull quote`, `boilerplate` or `none`, by the marks on half of it or more.

    sentences : article (its number), start, end; in reading order.
    marks : the same columns, and reason.
    """
    begins, ends = (sentences["article"] * index.LONGEST + sentences[side] for side in ("start", "end"))
    marked_from, marked_to = (marks["article"] * index.LONGEST + marks[side] for side in ("start", "end"))
    first = np.searchsorted(ends, marked_from, side="right")
    counts = np.maximum(np.searchsorted(begins, marked_to, side="left") - first, 0)
    touched, mark = store.runs(first, counts), np.repeat(np.arange(len(marks)), counts)
    common = np.minimum(ends.to_numpy()[touched], marked_to.to_numpy()[mark])
    common = common - np.maximum(begins.to_numpy()[touched], marked_from.to_numpy()[mark])
    quoted = (marks["reason"] == PULL_QUOTE).to_numpy()[mark]
    half = (ends - begins).to_numpy() / 2
    by_quote, by_any = (np.bincount(touched, common * part, len(sentences)) for part in (quoted, np.ones(len(mark))))
    kinds = np.where(by_any < half, NONE, np.where(by_quote >= half, PULL_QUOTE, BOILERPLATE))
    return pd.Series(kinds, index=sentences.index, dtype="str", name="repeat")
