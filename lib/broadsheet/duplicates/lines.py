"""The lines of bodies: which of them are not the article's own text, and by what the others are known again."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from broadsheet.duplicates import hashes
from broadsheet.duplicates.hashes import APART, Runs
from broadsheet.duplicates.patterns import (
    AGENCIES,
    DATELINE,
    FIRST,
    HEADLINE,
    HELD,
    INSET,
    LABEL,
    LINKS,
    LINKS_END,
    OPENINGS,
    PLACE,
    PULL_QUOTE,
    holds,
    opening,
)
from broadsheet.duplicates.printed import Printed, printed
from broadsheet.duplicates.pulled import pulled
from broadsheet.store import runs as numbers
from broadsheet.tokens import LONGEST, Tokens, words
from broadsheet.tokens import read as read_words

REASONS = ("", PULL_QUOTE, DATELINE, *OPENINGS, HEADLINE)
"""What a line is marked for, by number; 0 is none."""
_NUMBER = {reason: number for number, reason in enumerate(REASONS)}

ENDED, EDGE, SPOKEN, LONG, PART, FOLLOWS = 1, 2, 4, 8, 16, 32
"""What is known of a line, as bits: it ends like a sentence; stands at the body's edge; opens with a quotation mark;
has more than four hundred words; is only a part of a line; follows another one in its paragraph."""

ALONE = ("correction", "note", HEADLINE)  # reasons for which nothing is marked where the body holds no other text
KINDS = {"known_by": "uint64", "reason": "uint8", "shape": "uint8"}  # of columns; the others are int64
MOST_WORDS = 400  # of a line that an outlet repeats; longer ones are taken for text
MARKS = "\"“‘'«„"  # that open a quotation
_STOPS, _CLOSING = ".!?…", "\"'”’)]»"  # that end a sentence, and what may follow
_FIRST, _LAST = 2, 4  # lines at either edge of a body
_PLACED = 3  # lines among which the dateline stands
_FIGURE, _OPENS = 1, 2  # bits of a word: it is or holds a figure; a listed line may begin with it
_HOLDS = [4 << form for form in range(len(HELD))]  # or hold it, by the forms of HELD


def repeats(body: str) -> pd.DataFrame:
    """Find what in a body is said twice or is not the article's own text, as far as the body alone tells.

    Returns one row per marked passage, in order: start, end (code points), reason: pull quote (words of another
    paragraph that stand apart), dateline, or what a line is by its form: copyright, advertisement, read more, share,
    subscription, photograph, credit, correction, note. No rows overlap.
    """
    words = read_words([body])
    lines = read(words, hashes.of_words(words), [body])
    return passages(lines, alone(lines, lines["reason"].to_numpy()), REASONS)[["start", "end", "reason"]]


def alone(lines: pd.DataFrame, reason: np.ndarray) -> np.ndarray:
    """Return the reasons of lines, none for a headline, correction or note where the article holds no other text."""
    article = lines["article"].to_numpy()
    texts = np.bincount(article[reason == 0], minlength=article.max(initial=-1) + 1)
    lonely = np.isin(reason, [_NUMBER[name] for name in ALONE]) & (texts[article] == 0)
    return np.where(lonely, 0, reason)


def passages(lines: pd.DataFrame, reason: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """Return the marked lines as passages: article, start, end, first, after, known_by, reason; those of one paragraph and reason are one.

    reason : of each line, a number among the names. What lies in a line that is marked as a whole is no passage of its own.
    """
    marked = np.flatnonzero(reason)
    begin, end = (lines["article"].to_numpy() * LONGEST + lines[side].to_numpy() for side in ("start", "end"))
    marked = marked[begin[marked] >= np.append(0, np.maximum.accumulate(end[marked]))[: len(marked)]]
    article, shape = (lines[name].to_numpy()[marked] for name in ("article", "shape"))
    goes_on = (shape & FOLLOWS > 0) & (np.diff(marked, prepend=-2) == 1)
    goes_on &= (np.diff(reason[marked], prepend=0) == 0) & (np.diff(article, prepend=-1) == 0)
    first, last = marked[~goes_on], marked[~np.append(goes_on, False)[1:]] if len(marked) else marked
    table = lines.iloc[first][["article", "start", "end", "first", "after", "known_by"]].reset_index(drop=True)
    table["end"], table["after"] = (lines[name].to_numpy()[last] for name in ("end", "after"))
    return table.assign(reason=pd.Series([names[number] for number in reason[first].tolist()], dtype="str"))


def read(words: Tokens, runs: Runs, bodies: Sequence[str]) -> pd.DataFrame:
    """Return the lines of bodies that hold a word, in order; a dateline before its line, a list of links amid it after.

    words : of the bodies. runs : of the words.

    Returns article (number of the body); start, end (code points, blanks at the ends left off); first, after (words of
    the article); known_by (hash of the line's words, of which one figure is like another unless it ends like a sentence
    or is all figures; of a dateline, of the agency that it names in brackets, else 0); reason (number in REASONS); shape
    (bits, see above).
    """
    lines, kind = printed(words, bodies), words.spread(_kinds, np.uint16)
    ended, spoken = _ended(lines.text), np.array([text[0] in MARKS for text in lines.text], dtype=bool)
    long = np.diff(lines.edges) > MOST_WORDS
    reason = _listed(lines, kind, long)
    reason = np.where(reason == 0, _NUMBER[PULL_QUOTE] * _pulled(lines, runs, spoken), reason)
    begins = np.searchsorted(lines.article, np.arange(len(bodies) + 1))
    place, number = np.arange(len(reason)) - begins[lines.article], np.diff(begins)[lines.article]
    few = np.maximum(number // 4, 1)  # in a short body little is at the edge
    edge = (place < np.minimum(_FIRST, few)) | (place >= number - np.minimum(_LAST, few))
    follows = np.diff(lines.paragraph, prepend=-1) == 0
    before = (words.lengths.cumsum() - words.lengths)[lines.article]
    columns = {
        "article": lines.article,
        "start": lines.start,
        "end": lines.start + [len(text) for text in lines.text],
        "first": lines.edges[:-1] - before,
        "after": lines.edges[1:] - before,
        "known_by": _known_by(runs, kind, lines.edges, ended),
        "reason": reason,
        "shape": ENDED * ended + EDGE * edge + SPOKEN * spoken + LONG * long + FOLLOWS * follows,
    }
    return _with_parts(columns, lines, np.flatnonzero((place < _PLACED) & (reason == 0)))


def _ended(texts: Sequence[str]) -> np.ndarray:
    """Return which texts, without blanks at their ends, end like a sentence."""
    last = "".join([text[-1:] or " " for text in texts])
    ended, closed = (np.array([letter in some for letter in last], dtype=bool) for some in (_STOPS, _CLOSING))
    for place in np.flatnonzero(closed).tolist():
        ended[place] = texts[place].rstrip(_CLOSING).endswith(tuple(_STOPS))
    return ended


def known_by(texts: Sequence[str]) -> np.ndarray:
    """Return the hash by which a line of each text is known again, 0 for one without a word."""
    words = read_words(texts)
    edges, ended = np.append(0, words.lengths.cumsum()), _ended([text.rstrip() for text in texts])
    return _known_by(hashes.of_words(words), words.spread(_kinds, np.uint16), edges, ended)


def _known_by(runs: Runs, kind: np.ndarray, edges: np.ndarray, ended: np.ndarray) -> np.ndarray:
    """Return the hashes of lines; kind : bits of each word. edges : up to which word each line goes."""
    found, size, figures = runs.of(edges[:-1], edges[1:]), np.diff(edges), kind & _FIGURE > 0
    held = _held(np.flatnonzero(figures), edges)
    line = np.flatnonzero((held > 0) & (held < size) & ~ended)
    at, upto = numbers(edges[line], size[line]), np.append(0, size[line].cumsum())
    found[line] = Runs(np.where(figures[at], APART, runs.words[at])).of(upto[:-1], upto[1:])
    return found


def _held(wanted: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return how many words that are wanted, given by their numbers in order, each line holds."""
    return np.diff(np.searchsorted(wanted, edges))


def _listed(lines: Printed, kind: np.ndarray, long: np.ndarray) -> np.ndarray:
    """Return the reasons that the forms of lines give away; asked of those alone whose words allow for one."""
    signed, reason = np.zeros(len(lines.text), dtype=bool), np.zeros(len(lines.text), dtype=np.int64)
    signed[lines.holding("©")] = True
    for line in np.flatnonzero((signed | (kind[lines.edges[:-1]] & _OPENS > 0)) & ~long).tolist():
        reason[line] = _NUMBER[opening(lines.text[line])]
    told = np.flatnonzero(kind >= _HOLDS[0])
    for form, (bit, one) in enumerate(zip(_HOLDS, HELD, strict=True)):
        asked = (signed | (_held(told[kind[told] & bit > 0], lines.edges) > 0)) & (reason == 0)
        asked &= one.any_length | ~long
        reason[[line for line in np.flatnonzero(asked).tolist() if holds(lines.text[line], form)]] = _NUMBER[one.reason]
    return reason


def _kinds(terms: pa.Array) -> np.ndarray:
    """Return which bits each of some terms has."""
    bare = pc.replace_substring_regex(terms, r"^[#@]|[-'].*$", "")  # related for #related, ap for ap-norc
    has = {_FIGURE: pc.match_substring_regex(terms, "[0-9]"), _OPENS: pc.is_in(bare, pa.array(FIRST.split()))}
    has |= {bit: pc.is_in(bare, pa.array(one.words.split())) for bit, one in zip(_HOLDS, HELD, strict=True)}
    return sum(bit * which.to_numpy(zero_copy_only=False) for bit, which in has.items())


def _pulled(lines: Printed, runs: Runs, spoken: np.ndarray) -> np.ndarray:
    """Return which lines are those of a pull quote; what a transcript gives to a speaker is none."""
    first = np.flatnonzero(np.diff(lines.paragraph, prepend=-1))
    edges = np.append(lines.edges[first], lines.edges[-1])
    found = pulled(runs, edges, lines.article[first], spoken[first])
    quoted = np.zeros(len(first), dtype=bool)
    quoted[[place for place in found.tolist() if not LABEL.match(lines.text[first[place]])]] = True
    return quoted[lines.paragraph]


def _with_parts(columns: dict[str, np.ndarray], lines: Printed, placed: np.ndarray) -> pd.DataFrame:
    """Return the table with rows for what is marked of lines: a dateline before what follows it, lists of links after.

    placed : the lines that may begin with a dateline.
    """
    texts = lines.text
    datelines = [(line, *found.span()) for line in placed.tolist() if (found := PLACE.match(texts[line]))]
    linked = [line for line in lines.holding(LINKS_END) if columns["reason"][line] == 0]
    insets = [(line, *found.span(2)) for line in linked for found in INSET.finditer(texts[line])]
    spans, opening = datelines + insets, len(datelines)
    line, begin, stop = np.array(spans, dtype=np.int64).reshape(-1, 3).T
    rows = {name: column[line] for name, column in columns.items()}
    rows |= {"start": rows["start"] + begin, "end": rows["start"] + stop}
    rows["first"] = rows["first"] + [len(words(texts[number][:start])) for number, start, _ in spans]
    rows["after"] = rows["first"] + [len(words(texts[number][start:end])) for number, start, end in spans]
    rows["known_by"] = np.zeros(len(line), dtype=np.uint64)
    rows["known_by"][:opening] = _agencies([texts[number][:end] for number, _, end in datelines])
    rows["reason"] = np.repeat([_NUMBER[DATELINE], _NUMBER[LINKS]], [opening, len(insets)])
    rows["shape"] = np.full(len(line), PART)
    rest = [len(texts[number][end:].lstrip()) for number, _, end in datelines]
    columns["start"][line[:opening]] = columns["end"][line[:opening]] - np.array(rest, dtype=np.int64)
    columns["first"][line[:opening]] = rows["after"][:opening]
    at = line + np.repeat([0, 1], [opening, len(insets)])
    table = {name: np.insert(column, at, rows[name]) for name, column in columns.items()}
    return pd.DataFrame(table).astype(dict.fromkeys(table, "int64") | KINDS)


def _agencies(datelines: Sequence[str]) -> np.ndarray:
    """Return by what the agencies are known that datelines name in brackets, 0 for one that names none."""
    named = [dateline.partition("(")[2].partition(")")[0] for dateline in datelines]
    names, number = np.unique([AGENCIES.get(name, name) for name in named], return_inverse=True)
    return known_by(names.tolist())[number]
