"""The lines of one body: which of them are not the article's own text, and by what the others are known again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby, pairwise

import numpy as np
import pandas as pd
import xxhash

from broadsheet import store
from broadsheet.duplicates.patterns import (
    AGENCIES,
    DATELINE,
    HEADLINE,
    LABEL,
    OPENINGS,
    PLACE,
    PULL_QUOTE,
    listed,
    signs,
)

VERSION = "5"  # of the rules; lines kept under another one are not used
REASONS = ("", PULL_QUOTE, DATELINE, *OPENINGS, HEADLINE)
"""What a line is marked for, by number; 0 is none."""
_NUMBER = {reason: number for number, reason in enumerate(REASONS)}

ENDED, EDGE, SPOKEN, LONG, PART, FOLLOWS = 1, 2, 4, 8, 16, 32
"""What is known of a line, as bits: it ends like a sentence; stands at the body's edge; opens with a quotation mark;
has more than four hundred words; is only the beginning of a line; follows another one in its paragraph."""

ALONE = ("correction", "note", HEADLINE)  # reasons for which nothing is marked where the body holds no other text
COLUMNS = ("start", "end", "known_by", "reason", "shape")
MOST_WORDS = 400  # of a line that an outlet repeats; longer ones are taken for text
MARKS = "\"“‘'«„"  # that open a quotation
QUOTED = range(7, 61)  # words of a pull quote
SEARCHED = 500  # paragraphs of a body that are searched for in it one by one
REFRAIN = 3  # times that a paragraph stands apart and is no pull quote
_FIRST, _LAST = 2, 4  # lines at either edge of a body
_PLACED = 3  # lines among which the dateline stands

# What is no letter or figure becomes a blank: byte by byte, as no other way is as quick.
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != "\n")
_PLAIN, _ZEROS = bytes.maketrans(_SIGNS, b" " * len(_SIGNS)), bytes.maketrans(b"123456789", b"0" * 9)
_MARKS = "“”‘’«»„‚‹›–—―…•·©®™\xa0\u2009\u200b\u2028\ufeff"  # common signs beyond ASCII


def repeats(body: str) -> pd.DataFrame:
    """Find what in a body is said twice or is not the article's own text, as far as the body alone tells.

    Returns one row per marked passage, in order: start, end (code points), reason: pull quote (words of another
    paragraph that stand apart), dateline, or what a line is by its form: copyright, advertisement, read more, share,
    subscription, photograph, credit, correction, note. No rows overlap.
    """
    found = read(body)
    article = np.zeros(len(found["start"]), dtype=np.int64)
    return passages(article, found, alone(article, found["reason"]), REASONS)[["start", "end", "reason"]]


def alone(article: np.ndarray, reason: np.ndarray) -> np.ndarray:
    """Return the reasons of lines, none for a headline, correction or note where the article holds no other text."""
    texts = set(article[reason == 0].tolist())
    lonely = np.array([number not in texts for number in article.tolist()], dtype=bool)
    return np.where(lonely & np.isin(reason, [_NUMBER[name] for name in ALONE]), 0, reason)


def passages(article: np.ndarray, lines: store.Columns, reason: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """Return the marked lines as passages: article, start, end, known_by, reason; those of one paragraph and reason are one.

    article, lines : as `lines_of` gives them. reason : of each line, a number among the names.
    """
    marked = np.flatnonzero(reason)
    goes_on = (lines["shape"][marked] & FOLLOWS > 0) & (np.diff(marked, prepend=-2) == 1)
    goes_on &= (np.diff(reason[marked], prepend=0) == 0) & (np.diff(article[marked], prepend=-1) == 0)
    first, last = marked[~goes_on], marked[~np.append(goes_on, False)[1:]] if len(marked) else marked
    table = {"article": article[first], "start": lines["start"][first], "end": lines["end"][last]}
    table = pd.DataFrame(table, dtype="int64").assign(known_by=lines["known_by"][first])
    return table.assign(reason=pd.Series([names[number] for number in reason[first].tolist()], dtype="str"))


def read(body: str) -> dict[str, np.ndarray]:
    """Return the lines of a body that hold a word, in order, and the dateline before its line.

    start, end : code points, blanks at the ends left off. known_by : hash of its words, case folded, and each figure
    read as 0 unless it ends like a sentence; of a dateline, of the agency that it names in brackets, else 0.
    reason : number in REASONS. shape : bits, see above.
    """
    folded = body.casefold()
    normal, printed = _words(folded).split(b"\n"), body.split("\n")
    normal = [b" ".join(line.split()) for line in normal]
    begins = list(accumulate((len(line) + 1 for line in printed), initial=0))
    worded = [number for number, words in enumerate(normal) if words]
    quoted, signed, rows = _pull_quotes(printed, normal), signs(folded), []
    few = max(len(worded) // 4, 1)  # in a short body little is at the edge
    for place, number in enumerate(worded):
        line, words = printed[number], normal[number]
        text = line.strip()
        start = begins[number] + line.index(text)
        end = start + len(text)
        reason = _NUMBER[listed(text, signed)] if words.count(b" ") < MOST_WORDS else 0
        reason = reason or _NUMBER[PULL_QUOTE] * (number in quoted)
        if not reason and place < _PLACED and (dateline := PLACE.match(text)):
            rows.append((start, start + dateline.end(), _agency(dateline.group()), _NUMBER[DATELINE], PART))
            start = end - len(text[dateline.end() :].lstrip())
        edge = place < min(_FIRST, few) or place >= len(worded) - min(_LAST, few)
        follows = number > 0 and bool(normal[number - 1])  # within its paragraph
        shape = _shape(text, words) | EDGE * edge | FOLLOWS * follows
        rows.append((start, end, _hash(words, shape), reason, shape))
    columns = zip(*rows, strict=True) if rows else [()] * len(COLUMNS)
    kinds = (np.int32, np.int32, np.uint64, np.uint8, np.uint8)
    return {name: np.array(column, kind) for name, column, kind in zip(COLUMNS, columns, kinds, strict=True)}


def lines_of(keys: np.ndarray, give: store.Give) -> tuple[np.ndarray, store.Columns]:
    """Return the lines of several bodies as one table, from the store where it knows the bodies.

    keys : of the bodies. give : hands out their texts, one after the other; asked when the store lacks some.

    Returns of each line the number of its body, and the columns that `read` gives.
    """
    article, found = store.Rows(store.Collection("lines", VERSION), read).of(keys, give)
    return article, found or read("")


def known_by(text: str) -> int:
    """Return the hash by which a line of these words is known again."""
    words = b" ".join(_words(text.casefold()).split())
    return _hash(words, _shape(text.strip(), words)) if words else 0


def _agency(dateline: str) -> int:
    """Return by what the agency named in a dateline is known, 0 where it names none."""
    _, bracket, named = dateline.partition("(")
    name = named.partition(")")[0]
    return known_by(AGENCIES.get(name, name)) if bracket else 0


def _words(folded: str) -> bytes:
    """Return a text in small letters with nothing but its words, figures and line breaks."""
    if not folded.isascii():
        for mark in _MARKS:
            folded = folded.replace(mark, " ")
    return folded.encode().translate(_PLAIN)


def _hash(words: bytes, shape: int) -> int:
    return xxhash.xxh3_64_intdigest(words if shape & ENDED else words.translate(_ZEROS))


def _shape(text: str, words: bytes) -> int:
    ended = text.rstrip("\"'”’)]»").endswith((".", "!", "?", "…"))
    return ENDED * ended | SPOKEN * (text[0] in MARKS) | LONG * (words.count(b" ") >= MOST_WORDS)


def _pull_quotes(printed: list[str], normal: list[bytes]) -> set[int]:
    """Return the numbers of the lines of pull quotes: paragraphs whose words stand in another one too.

    Of equal paragraphs the one in quotation marks is the text, else the first; what is said three times, each time
    after something else, is a refrain and not marked, nor is what a transcript gives to a speaker.
    """
    paragraphs, places, found = [], {}, set()
    for blank, lines in groupby(range(len(printed)), lambda number: not printed[number] or printed[number].isspace()):
        numbers = list(lines)
        words = b" ".join(normal[number] for number in numbers).strip()
        if not blank and words:
            if words.count(b" ") + 1 in QUOTED:
                places.setdefault(words, []).append(len(paragraphs))
            paragraphs.append((numbers, words))
    flat = b" %b " % b"  ".join(words for _, words in paragraphs)  # two blanks, so that neighbours do not share one
    for words in _opening_alike(flat, places) if len(places) > SEARCHED else places:
        same = places[words]
        elsewhere = flat.count(b" %b " % words) > len(same)
        if elsewhere or len(same) > 1:
            openings = [printed[paragraphs[place][0][0]].lstrip() for place in same]
            pulled = same if elsewhere else _repeated(same, [opening[0] in MARKS for opening in openings])
            found.update(*(paragraphs[place][0] for place in pulled if not LABEL.match(openings[0])))
    return found


def _opening_alike(flat: bytes, paragraphs: Iterable[bytes]) -> list[bytes]:
    """Return the paragraphs whose first seven words stand in the text more than once; one search for all of them."""
    words = flat.split()
    seen = Counter(zip(*(words[place:] for place in range(QUOTED[0])), strict=False))
    return [one for one in paragraphs if seen[tuple(one.split(None, QUOTED[0])[: QUOTED[0]])] > 1]


def _repeated(same: list[int], spoken: list[bool]) -> list[int]:
    """Return which of equal paragraphs, given by their places and whether each is in quotation marks, are not the text."""
    if any(spoken) and not all(spoken):
        return [place for place, by in zip(same, spoken, strict=True) if not by]
    refrain = len(same) >= REFRAIN and all(after - before > 1 for before, after in pairwise(same))
    return [] if refrain else same[1:]
