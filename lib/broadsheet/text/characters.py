"""The kind of each character, by the Unicode tables of the running Python."""

import functools
import itertools
import re
import unicodedata

import numpy as np

# The first five may be within a word, in this order; case matters to sentences only.
LOWER, UPPER, LETTER, DIGIT, COMBINING, BLANK, OTHER = range(7)
# The characters that the rules name have kinds of their own.
LINE, STOP, MARK, COMMA, PERCENT, HASH, MONEY, HYPHEN, APOSTROPHE, UNDERSCORE = range(7, 17)
OPENING, CLOSING, STRAIGHT, NOTHING = range(17, 21)  # NOTHING: the beginning or end of a paragraph

NAMED = {
    LINE: "\n",
    STOP: ".",
    MARK: "!?…",
    COMMA: ",:",
    PERCENT: "%",
    HASH: "#@",
    MONEY: "$£€¥",
    HYPHEN: "-",
    APOSTROPHE: "'’",
    UNDERSCORE: "_",
    OPENING: "“‘«([",
    CLOSING: "”»)]",
    STRAIGHT: '"',
}
_RUNS = {LETTER: r"[^\W_]+", DIGIT: r"\d+", BLANK: r"\s+"}
_CASED = 0x20000  # no character above has a case, and none is a combining mark of a script


@functools.cache
def kinds() -> np.ndarray:
    """Return the kind of every code point, one byte each."""
    points = np.arange(0x110000, dtype="<u4")
    points[0xD800:0xE000] = 0  # surrogates are not characters
    every = points.tobytes().decode("utf-32-le")
    table = np.full(len(every), OTHER, dtype=np.uint8)
    for kind, run in _RUNS.items():
        for match in re.finditer(run, every):
            table[slice(*match.span())] = kind
    for start, stop in combining_marks():
        table[start:stop] = COMBINING
    for point, character in enumerate(every[:_CASED]):
        if table[point] == LETTER and (character.islower() or character.isupper()):
            table[point] = LOWER if character.islower() else UPPER
    for kind, characters in NAMED.items():
        table[[ord(character) for character in characters]] = kind
    return table


@functools.cache
def combining_marks() -> list[tuple[int, int]]:
    """Return the ranges of marks that belong to the letter before them: (first code point, after the last)."""
    marks = [point for point in range(_CASED) if unicodedata.category(chr(point)) in {"Mn", "Mc"}]
    edges = np.flatnonzero(np.diff(marks, prepend=-2, append=_CASED + 2) > 1)
    return [(marks[first], marks[after - 1] + 1) for first, after in itertools.pairwise(edges)]
