"""The lines of bodies as they are printed: where each stands, of which words, in which paragraph."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from broadsheet.tokens import Tokens


class Printed(NamedTuple):
    """The lines of some bodies that hold a word."""

    text: list[str]  # without blanks at its ends
    article: np.ndarray  # number of the body
    start: np.ndarray  # code point in the body
    edges: np.ndarray  # up to which word each line goes, from 0
    paragraph: np.ndarray  # number of the paragraph
    bodies: Sequence[str]

    def holding(self, sign: str) -> list[int]:
        """Return the numbers of the lines in which a sign stands."""
        some = [number for number, body in enumerate(self.bodies) if sign in body]
        return [line for line in np.flatnonzero(np.isin(self.article, some)).tolist() if sign in self.text[line]]


def printed(words: Tokens, bodies: Sequence[str]) -> Printed:
    """Return the lines of bodies; words : of the bodies."""
    split = [body.split("\n") for body in bodies]
    every, number = list(chain.from_iterable(split)), [len(lines) for lines in split]
    article, size = np.repeat(np.arange(len(split)), number), np.fromiter(map(len, every), np.int64, len(every))
    begin = np.append(0, np.cumsum(size + 1))  # in all bodies, one after the other
    body = begin[np.cumsum([0, *number])[:-1]]
    edges = np.searchsorted(words.start + np.repeat(body, words.lengths), begin)
    worded = np.diff(edges) > 0
    row = np.flatnonzero(worded)
    blank = size == 0
    others = np.flatnonzero(~worded & ~blank)
    blank[others] = [every[line].isspace() for line in others.tolist()]
    text = [every[line].strip() for line in row.tolist()]
    padded = row[size[row] != np.fromiter(map(len, text), np.int64, len(text))].tolist()
    begin[padded] += np.array([len(every[line]) - len(every[line].lstrip()) for line in padded], dtype=np.int64)
    part = (article + blank.cumsum())[row]
    paragraph = np.cumsum(np.diff(part, prepend=part[:1]) > 0)
    start, upto = begin[row] - body[article[row]], np.append(edges[row], edges[-1:])
    return Printed(text, article[row], start, upto, paragraph, bodies)
