"""What counts as a word: the rule, as one expression. `loop` holds the same rule compiled; a test holds both equal."""

import itertools
import re
from importlib import resources

from broadsheet.errors import ParameterError
from broadsheet.text.characters import combining_marks

MARKS = "".join(f"{chr(first)}-{chr(after - 1)}" for first, after in combining_marks())
"""The marks that belong to the letter before them, as ranges for a character class."""

_LETTERS = rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*"
_ABBREVIATION = r"(?:[^\W\d_]\.){2,}"
_PART = rf"(?:{_ABBREVIATION}|{_LETTERS})"

WORD = re.compile(
    rf"""
      {_ABBREVIATION} (?:[-'’]{_PART})*                                           # U.K.  a.m.  U.S.-led
    | [#@$£€¥]? \d+ (?:[.,:]\d+)* (?:%|[^\W\d_]+)? (?:[-'’](?=[^\W\d_]){_PART})*  # £576  40,000  12%  9-year-old
    | [#@]? {_LETTERS} (?:[-'’_]{_PART})*                                        # UK’s  don't  COVID-19  R-N.Y.  #news
    """,
    re.VERBOSE,
)

STOPWORDS = frozenset(
    word
    for line in resources.files(__package__).joinpath("stopwords.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
"""English function words, folded; the list that a report prints beside its counts."""


def words(text: str, most: int | None = None) -> list[tuple[int, int]]:
    """Return the (start, end) of every word of `text`, in order, or of the first `most`.

    >>> text = "The UK’s £576 million"
    >>> [text[start:end] for start, end in words(text)]
    ['The', 'UK’s', '£576', 'million']
    """
    return [match.span() for match in itertools.islice(WORD.finditer(text), most)]


def fold(text: str) -> str:
    """Return the term that a word counts as, or the terms of many: case folded, apostrophes straight.

    >>> fold("UK’s")
    "uk's"
    """
    return text.casefold().replace("’", "'")


def terms_in(phrase: str) -> list[str]:
    """Return the terms of a phrase; marks at its ends count for nothing.

    Raises ParameterError when other marks than blanks stand between its words.
    """
    spans = words(phrase)
    for (_, end), (start, _) in itertools.pairwise(spans):
        if not phrase[end:start].isspace():
            raise ParameterError(
                f"{phrase!r} holds {phrase[end:start].strip()!r} between its words. A phrase is found where blanks alone "
                "part its words: give them without it, or each by itself."
            )
    return [fold(phrase[start:end]) for start, end in spans]
