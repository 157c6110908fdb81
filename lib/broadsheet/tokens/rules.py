"""What counts as a word and as a sentence: the rules, written plainly."""

import re
import unicodedata
from importlib import resources

import sentencex


def _combining_marks() -> str:
    """Return the marks that belong to the letter before them, as ranges for a character class."""
    marks = [i for i in range(0x20000) if unicodedata.category(chr(i)) in {"Mn", "Mc"}]
    first = [i for i, before in zip(marks, [-1, *marks], strict=False) if i != before + 1]
    last = [i for i, after in zip(marks, [*marks[1:], -1], strict=True) if i != after - 1]
    return "".join(f"{chr(i)}-{chr(j)}" for i, j in zip(first, last, strict=True))


_LETTERS = rf"[^\W_]+(?:[{_combining_marks()}]+[^\W_]*)*"

WORD = re.compile(
    rf"""
      (?:[^\W\d_]\.){{2,}} (?:[-'’]{_LETTERS})*                               # U.K.  a.m.  U.S.-led
    | [#@$£€¥]? \d+ (?:[.,:]\d+)* (?:%|[^\W\d_]+)? (?:[-'’](?=[^\W\d_]){_LETTERS})*  # £576  40,000  12%  9-year-old
    | [#@]? {_LETTERS} (?:[-'’_]{_LETTERS})*                                 # UK’s  don't  COVID-19  #news
    """,
    re.VERBOSE,
)

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")

_OPENING = "“‘(["  # standing open before the end of a sentence, these begin the next: sentencex leaves them behind

STOPWORDS = frozenset(
    word
    for line in resources.files(__package__).joinpath("stopwords.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
"""English function words, folded; the list that a report prints beside its counts."""


def words(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of every word of `text`, in order.

    >>> text = "The UK’s £576 million"
    >>> [text[start:end] for start, end in words(text)]
    ['The', 'UK’s', '£576', 'million']
    """
    return [match.span() for match in WORD.finditer(text)]


def fold(word: str) -> str:
    """Return the term that `word` counts as: case folded, apostrophes straight.

    >>> fold("UK’s")
    "uk's"
    """
    return word.casefold().replace("’", "'")


def sentences(text: str) -> list[tuple[int, int, int]]:
    """Return (start, end, paragraph) of every sentence of `text`, in order.

    Paragraphs are parted by blank lines, and no sentence runs over one; spans hold no blanks at their ends.
    Splitter: sentencex (MIT), asked one paragraph at a time.

    >>> sentences("It rained. It stopped.\\n\\nThey left.")
    [(0, 10, 0), (11, 22, 0), (24, 34, 1)]
    """
    spans = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        start, parted = paragraph.start(), sentencex.get_sentence_boundaries("en", paragraph.group())
        within = [(start + part["start_index"], start + part["end_index"]) for part in parted[:-1]]
        ends = [first + _closed(text[first:last]) for first, last in within] + [paragraph.end()]
        for first, last in zip([start, *ends], ends, strict=False):
            sentence = text[first:last]
            if stripped := sentence.strip():
                begin = first + sentence.index(stripped)
                spans.append((begin, begin + len(stripped), number))
    return spans


def _closed(sentence: str) -> int:
    """Return the length of `sentence` without marks at its end that open the next one.

    >>> _closed("He was wet. “ ")
    12
    """
    printed = sentence.rstrip()
    kept = printed.rstrip(_OPENING)
    return len(kept) if kept and kept[-1].isspace() else len(sentence)
