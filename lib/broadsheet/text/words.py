"""Split text into words: the rule as one regular expression. `loop` is the same rule compiled; a test compares them."""

import itertools
import re
from importlib import resources

from broadsheet.errors import ParameterError
from broadsheet.text.characters import combining_marks

MARKS = "".join(f"{chr(first)}-{chr(after - 1)}" for first, after in combining_marks())
"""The marks that belong to the letter before them, as ranges of a character class."""

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
"""English function words, folded; a report prints the list beside its counts."""


def words(text: str, most: int | None = None) -> list[tuple[int, int]]:
    """Split text into words: (start, end) of each, in order, or of the first `most`.

    >>> text = "The UK’s £576 million"
    >>> [text[start:end] for start, end in words(text)]
    ['The', 'UK’s', '£576', 'million']
    """
    return [match.span() for match in itertools.islice(WORD.finditer(text), most)]


def fold(text: str) -> str:
    """Return the term that a word counts as, or the terms of many words: case folded, apostrophes straight.

    >>> fold("UK’s")
    "uk's"
    """
    return text.casefold().replace("’", "'")


def terms_in(phrase: str) -> list[str]:
    """Return the terms of a phrase; marks at its ends do not matter.

    Raises ParameterError when there is more than white space between its words.
    """
    spans = words(phrase)
    for (_, end), (start, _) in itertools.pairwise(spans):
        if not phrase[end:start].isspace():
            raise ParameterError(
                f"{phrase!r} has {phrase[end:start].strip()!r} between its words. Only spaces may separate the words of a "
                "phrase: leave it out, or search for each word separately."
            )
    return [fold(phrase[start:end]) for start, end in spans]
