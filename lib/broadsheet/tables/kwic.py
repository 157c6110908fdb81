"""A word with what stands around it."""

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from broadsheet.errors import ParameterError
from broadsheet.tokens import fold, words

if TYPE_CHECKING:
    from broadsheet.corpus import Corpus


ORDERS = {"": "", "left": "1L 2L 3L", "right": "1R 2R 3R"}
LONGEST = 1 << 32  # characters of a body, and more than any has
REACH = 240  # characters in which the words to sort by are looked for


def kwic(corpus: "Corpus", phrase: str, width: int = 40, by: str = "") -> pd.DataFrame:
    """Return the lines in which the articles use a term or phrase: keyword in context.

    phrase : one word or several that follow one another, in any case, as `Tokens.find` has it.
    width : how many characters of the body are shown on either side.
    by : what the lines are sorted by: `left` or `right` (the nearest word on that side, then the second, then the
        third), or places such as `1R 2R 1L`, which are the first and second word to the right, then the first to the left.

    Returns one row per use: doc_id, start, end (the place of the node), left, node, right; line breaks within the
    three are shown as blanks. In reading order, as are lines that `by` leaves equal. Words are those of the node's own
    sentence; a place where none stands is last.
    Raises ParameterError when `by` is no such place.
    Source: Luhn (1960), Keyword-in-Context Index for Technical Literature; terms after Sinclair (1991).
    """
    found = corpus.tokens.find(phrase)
    start, end = found["start"].to_numpy(), found["end"].to_numpy()
    before = np.minimum(start, width)
    passages = corpus.text(found.assign(start=start - before, end=end + width)).tolist()
    lines = [passage.replace("\n", " ") for passage in passages]
    begins, ends = before.tolist(), (before + end - start).tolist()
    table = found.assign(
        left=pd.Series([line[:at] for line, at in zip(lines, begins, strict=True)], dtype="str"),
        node=pd.Series([line[at:to] for line, at, to in zip(lines, begins, ends, strict=True)], dtype="str"),
        right=pd.Series([line[at:] for line, at in zip(lines, ends, strict=True)], dtype="str"),
    )
    return table.iloc[_order(corpus, found, by)].reset_index(drop=True)


def _order(corpus: "Corpus", found: pd.DataFrame, by: str) -> list[int]:
    """Return the numbers of the lines in the order of the words around them."""
    places = [re.fullmatch(r"([1-9])([LR])", place) for place in ORDERS.get(by.strip(), by.upper()).split()]
    if None in places:
        raise ParameterError(
            f"Lines are sorted by left, by right, or by places such as `1R 2R 1L` (first and second word to the right, "
            f"first to the left), not by {by!r}."
        )
    if not places:
        return list(range(len(found)))
    start, end = found["start"].to_numpy(), found["end"].to_numpy()
    opens, closes = _sentence(corpus, found)
    before = corpus.text(found.assign(start=np.maximum(start - REACH, opens), end=start)).tolist()
    after = corpus.text(found.assign(start=end, end=np.minimum(end + REACH, closes))).tolist()
    keys = []
    for number, side in ((int(place[1]), place[2]) for place in places):
        near = [_word(text, number, side == "L") for text in (before if side == "L" else after)]
        keys.append([(not word, word) for word in near])
    return sorted(range(len(found)), key=list(zip(*keys, strict=True)).__getitem__)


def _sentence(corpus: "Corpus", found: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return where the sentences begin and end in which these passages stand."""
    sentences = corpus.tokens.sentences()
    begins, at = (
        corpus.tokens.numbers_of(rows["doc_id"]).astype(np.int64) * LONGEST + rows["start"].to_numpy()
        for rows in (sentences, found)
    )
    own = np.searchsorted(begins, at, side="right") - 1
    return sentences["start"].to_numpy()[own], sentences["end"].to_numpy()[own]


def _word(text: str, number: int, from_end: bool) -> str:
    """Return the word of this number, from 1, as it counts; "" where there is none."""
    reach = 20 * number  # enough for most words; one more than is asked for, as the outermost may be cut
    near = text[-reach:] if from_end else text[:reach]
    spans = words(near)
    if len(spans) <= number and len(near) < len(text):
        near, spans = text, words(text)
    if len(spans) < number:
        return ""
    start, end = spans[-number if from_end else number - 1]
    return fold(near[start:end])
