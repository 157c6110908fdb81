"""A word with what stands around it."""

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from broadsheet.errors import ParameterError
from broadsheet.index import LONGEST, Tokens
from broadsheet.text import fold, words

if TYPE_CHECKING:
    from broadsheet.corpus import Corpus


ORDERS = {"": "", "left": "1L 2L 3L", "right": "1R 2R 3R"}
REACH = 240  # characters on either side in which the words to sort by are looked for


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
    places = _places(by)
    found = corpus.tokens.find(phrase)
    start, length = found["start"].to_numpy(), (found["end"] - found["start"]).to_numpy()
    reach = max(width, REACH if places else 0)
    before = np.minimum(start, reach)
    passages = corpus.text(found.assign(start=start - before, end=found["end"] + reach)).tolist()
    texts = [passage.replace("\n", " ") for passage in passages]
    lines = list(zip(texts, before.tolist(), (before + length).tolist(), strict=True))
    table = found.assign(
        left=pd.Series([text[max(at - width, 0) : at] for text, at, _ in lines], dtype="str"),
        node=pd.Series([text[at:to] for text, at, to in lines], dtype="str"),
        right=pd.Series([text[to : to + width] for text, _, to in lines], dtype="str"),
    )
    if not places:
        return table
    keys = _keys(lines, _sentences(corpus.tokens, found) + (before - start), places)
    return table.iloc[sorted(range(len(keys)), key=keys.__getitem__)].reset_index(drop=True)


def _places(by: str) -> list[tuple[int, str]]:
    """Return the places that lines are sorted by: which word, from 1, and on which side."""
    places = [re.fullmatch(r"([1-9])([LR])", place) for place in ORDERS.get(by.strip(), by.upper()).split()]
    if None in places:
        raise ParameterError(
            f"Lines are sorted by left, by right, or by places such as `1R 2R 1L` (first and second word to the right, "
            f"first to the left), not by {by!r}."
        )
    return [(int(place[1]), place[2]) for place in places]


def _sentences(tokens: Tokens, found: pd.DataFrame) -> np.ndarray:
    """Return where the sentences begin, and where they end, in which some passages stand."""
    holding = tokens.of(np.unique(tokens.numbers_of(found["doc_id"])))
    sentences = holding.sentences()
    begins, at = (
        holding.numbers_of(rows["doc_id"]) * np.int64(LONGEST) + rows["start"].to_numpy() for rows in (sentences, found)
    )
    own = np.searchsorted(begins, at, side="right") - 1
    return np.stack([sentences[side].to_numpy()[own] for side in ("start", "end")])


def _keys(
    lines: list[tuple[str, int, int]], sentences: np.ndarray, places: list[tuple[int, str]]
) -> list[list[tuple[bool, str]]]:
    """Return the words at some places around each node as they count, and before each whether there is none."""
    left, right = (max((number for number, of in places if of == side), default=0) for side in "LR")
    keys = []
    for (text, at, to), (begin, end) in zip(lines, sentences.T.tolist(), strict=True):
        near = {
            "L": _last(text[max(at - REACH, begin, 0) : at], left),
            "R": _first(text[to : min(to + REACH, end)], right),
        }
        keys.append([(not near[side][number - 1], fold(near[side][number - 1])) for number, side in places])
    return keys


def _first(text: str, number: int) -> list[str]:
    """Return so many words from the beginning of a text, "" for those that it lacks."""
    found = [text[start:end] for start, end in words(text, number)]
    return found + [""] * (number - len(found))


def _last(text: str, number: int) -> list[str]:
    """Return so many words from the end of a text, the last one first, "" for those that it lacks."""
    if not number:
        return []
    near = text[-20 * number :]  # enough for most words; one more than is asked for, as the outermost may be cut
    spans = words(near)
    if len(spans) <= number and len(near) < len(text):
        near, spans = text, words(text)
    found = [near[start:end] for start, end in spans[: -number - 1 : -1]]
    return found + [""] * (number - len(found))
