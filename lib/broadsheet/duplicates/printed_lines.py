"""Texts as code points, and the lines of bodies as printed: their places, words and paragraphs."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from broadsheet.index import Tokens

_STOPS, _CLOSING = ".!?…", "\"'”’)]»"  # that end a sentence, and what may follow
_MARKS = "\"“‘'«„"  # that open a quotation
_BLANK = np.array([chr(point).isspace() for point in range(0x3002)])  # none beyond


class Texts:
    """Texts joined into one; places count from its beginning.

    whole : the texts, each with a line end. points : its code points. begin, end : of each text.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.whole = "\n".join([*texts, ""])
        self.points = _points(self.whole)
        size = np.fromiter(map(len, texts), np.int64, len(texts))
        self.end = np.cumsum(size + 1) - 1
        self.begin = self.end - size

    def stripped(self, begin: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Strip passages: return where they begin and end without white space."""
        padded = np.flatnonzero((begin < end) & (self._blank(begin) | self._blank(end - 1))).tolist()
        begin, end = begin.copy(), end.copy()
        for number in padded:
            passage = self.whole[begin[number] : end[number]].lstrip()
            begin[number] = end[number] - len(passage)
            end[number] = begin[number] + len(passage.rstrip())
        return begin, end

    def _blank(self, places: np.ndarray) -> np.ndarray:
        return _BLANK[np.minimum(self.points[places], len(_BLANK) - 1)]

    def has(self, places: np.ndarray, marks: str) -> np.ndarray:
        """Say of each place whether one of these marks is there."""
        return np.isin(self.points[places], [ord(mark) for mark in marks])

    def ended(self, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Say of each stripped passage whether it ends like a sentence."""
        ended, closed = self.has(end - 1, _STOPS), np.flatnonzero(self.has(end - 1, _CLOSING))
        ended[closed] = (end[closed] - begin[closed] > 1) & self.has(end[closed] - 2, _STOPS)
        for number in closed[self.has(end[closed] - 2, _CLOSING)].tolist():
            ended[number] = self.whole[begin[number] : end[number]].rstrip(_CLOSING).endswith(tuple(_STOPS))
        return ended


def _points(text: str) -> np.ndarray:
    """Return the code points of a text, in two bytes each if they fit, which is faster."""
    narrow = text.encode("utf-16-le")
    return np.frombuffer(*(narrow, "<u2") if len(narrow) == 2 * len(text) else (text.encode("utf-32-le"), "<u4"))


class PrintedLines(NamedTuple):
    """The lines of bodies that contain a word, stripped."""

    texts: Texts  # the bodies
    article: np.ndarray  # number of the body
    begin: np.ndarray  # place in the texts
    end: np.ndarray
    edges: np.ndarray  # the first word of each line, and the number of words
    paragraph: np.ndarray  # number of the paragraph
    starts: np.ndarray  # place of each word

    def spans(self, lines: np.ndarray) -> list[tuple[int, int, int]]:
        """Return number, begin and end of some lines, given by number."""
        return list(zip(*(column.tolist() for column in (lines, self.begin[lines], self.end[lines])), strict=True))

    def containing(self, sign: str) -> np.ndarray:
        """Return the numbers of the lines that contain a sign."""
        at, places = -1, []
        while (at := self.texts.whole.find(sign, at + 1)) >= 0:
            places.append(at)
        line = np.searchsorted(self.begin, places, side="right") - 1
        return np.unique(line[places < np.append(self.end, 0)[line]])

    @property
    def spoken(self) -> np.ndarray:
        """Whether each line opens with a quotation mark."""
        return self.texts.has(self.begin, _MARKS)


def printed_lines(words: Tokens, bodies: Sequence[str]) -> PrintedLines:
    """Return the lines of bodies; words : of the bodies."""
    texts = Texts(bodies)
    end = np.flatnonzero(texts.points == ord("\n"))
    begin = np.append(0, end + 1)[:-1]
    article = np.searchsorted(texts.end, begin)
    starts = words.start + np.repeat(texts.begin, words.lengths)
    edges = np.append(np.searchsorted(starts, begin), len(starts))
    worded, blank = np.diff(edges) > 0, begin == end
    others = np.flatnonzero(~worded & ~blank)
    blank[others] = [texts.whole[begin[line] : end[line]].isspace() for line in others.tolist()]
    row = np.flatnonzero(worded)
    part = (article + blank.cumsum())[row]
    paragraph = np.cumsum(np.diff(part, prepend=part[:1]) > 0)
    span, upto = texts.stripped(begin[row], end[row]), np.append(edges[row], len(starts))
    return PrintedLines(texts, article[row], *span, upto, paragraph, starts)
