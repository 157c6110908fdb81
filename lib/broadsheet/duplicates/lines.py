"""Read the lines of bodies: mark those that are not the article's own text, and hash the others to recognise them."""

import functools
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from broadsheet.duplicates import rolling_hash
from broadsheet.duplicates.patterns import (
    AGENCIES,
    CONTAINING,
    DATELINE,
    FIRST,
    HEADLINE,
    INSET,
    LABEL,
    LINKS,
    LINKS_END,
    OPENINGS,
    PLACE,
    PULL_QUOTE,
    contains,
    opening,
)
from broadsheet.duplicates.printed_lines import PrintedLines, Texts, printed_lines
from broadsheet.duplicates.pull_quotes import pull_quotes
from broadsheet.duplicates.rolling_hash import APART, RollingHash
from broadsheet.index import LONGEST, Tokens, tokens_of
from broadsheet.store import runs as numbers
from broadsheet.text import fold, words

REASONS = ("", PULL_QUOTE, DATELINE, *OPENINGS, HEADLINE)
"""The reasons for which a line is marked, by number; 0 is none."""
_NUMBER = {reason: number for number, reason in enumerate(REASONS)}

ENDED, EDGE, SPOKEN, LONG, PART, FOLLOWS = 1, 2, 4, 8, 16, 32
"""The shape of a line, as bits: it ends like a sentence; is at the body's edge; opens with a quotation mark; has more than
four hundred words; is only part of a line; follows another one in its paragraph."""

ALONE = ("correction", "note", HEADLINE)  # reasons for which nothing is marked in a body without other text
KINDS = {"known_by": "uint64", "reason": "uint8", "shape": "uint8"}  # of columns; the others are int64
MOST_WORDS = 400  # of a line that an outlet repeats; longer ones count as text
_FIRST, _LAST = 2, 4  # lines at either edge of a body
_PLACED = 3  # first lines that may have a dateline
_FIGURE, _OPENS = 1, 2  # bits of a word: it contains a digit; a listed line may begin with it
_CONTAINED = {
    some: 4 << number for number, some in enumerate(dict.fromkeys(some for form in CONTAINING for some in form.words))
}
"""Bits of words that a listed line may contain."""


def repeats(body: str) -> pd.DataFrame:
    """Find passages of a body that repeat its text or are not the article's own, judging by the body alone.

    Returns one row per marked passage, in order: start, end (code points), reason: pull quote (a paragraph that repeats
    words of another one), dateline, or the kind of line by its form: copyright, advertisement, read more, share,
    subscription, photograph, credit, correction, note. No rows overlap.
    """
    words = tokens_of([body])
    lines = line_table([line_arrays(words, rolling_hash.hash_words(words), [body])])
    return joined_passages(lines, spared(lines, lines["reason"].to_numpy()), REASONS)[["start", "end", "reason"]]


def spared(lines: pd.DataFrame, reason: np.ndarray) -> np.ndarray:
    """Return the reasons of lines, none for a headline, correction or note in an article without other text."""
    article = lines["article"].to_numpy()
    texts = np.bincount(article[reason == 0], minlength=article.max(initial=-1) + 1)
    lonely = np.isin(reason, [_NUMBER[name] for name in ALONE]) & (texts[article] == 0)
    return np.where(lonely, 0, reason)


def joined_passages(lines: pd.DataFrame, reason: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """Join the marked lines of one paragraph and reason: article, start, end, first, after, known_by, reason.

    reason : of each line, a number among the names. A part of a line that is marked as a whole is no passage of its own.
    """
    marked = np.flatnonzero(reason)
    begin, end = (lines["article"].to_numpy() * LONGEST + lines[side].to_numpy() for side in ("start", "end"))
    marked = marked[begin[marked] >= np.append(0, np.maximum.accumulate(end[marked]))[: len(marked)]]
    article, shape = (lines[name].to_numpy()[marked] for name in ("article", "shape"))
    goes_on = (shape & FOLLOWS > 0) & (np.diff(marked, prepend=-2) == 1)
    goes_on &= (np.diff(reason[marked], prepend=0) == 0) & (np.diff(article, prepend=-1) == 0)
    first, last = marked[~goes_on], marked[~np.append(goes_on, False)[1:]] if len(marked) else marked
    rows = lines.iloc[first][["article", "start", "end", "first", "after", "known_by"]].reset_index(drop=True)
    rows["end"], rows["after"] = (lines[name].to_numpy()[last] for name in ("end", "after"))
    return rows.assign(reason=pd.Series([names[number] for number in reason[first].tolist()], dtype="str"))


def line_table(several: Sequence[dict[str, np.ndarray]]) -> pd.DataFrame:
    """Return the arrays of several lots of lines as one table."""
    return pd.DataFrame({name: np.concatenate([one[name] for one in several]) for name in several[0]}, copy=False)


def line_arrays(words: Tokens, runs: RollingHash, bodies: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the lines of bodies that contain a word, in order; a dateline before its line, a list of links after it.

    words : of the bodies. runs : of the words.

    Returns arrays, one value per line: article (number of the body); start, end (code points, stripped); first, after
    (words of the article); known_by (hash of the line's words, in which all figures are alike unless it ends like a
    sentence or is all figures; for a dateline, of the agency that it names in brackets, else 0); reason (number in
    REASONS); shape (bits, see above).
    """
    lines, kind = printed_lines(words, bodies), words.spread(_kinds, np.uint16)
    ended, spoken = lines.texts.ended(lines.begin, lines.end), lines.spoken
    long = np.diff(lines.edges) > MOST_WORDS
    reason = _listed(lines, kind, long)
    reason = np.where(reason == 0, _NUMBER[PULL_QUOTE] * _pulled(lines, runs, spoken), reason)
    begins = np.searchsorted(lines.article, np.arange(len(bodies) + 1))
    place, number = np.arange(len(reason)) - begins[lines.article], np.diff(begins)[lines.article]
    few = np.maximum(number // 4, 1)  # a short body has little at its edge
    edge = (place < np.minimum(_FIRST, few)) | (place >= number - np.minimum(_LAST, few))
    follows = np.diff(lines.paragraph, prepend=-1) == 0
    before = (words.lengths.cumsum() - words.lengths)[lines.article]
    body = lines.texts.begin[lines.article]
    columns = {
        "article": lines.article,
        "start": lines.begin - body,
        "end": lines.end - body,
        "first": lines.edges[:-1] - before,
        "after": lines.edges[1:] - before,
        "known_by": _known_by(runs, kind, lines.edges, ended),
        "reason": reason,
        "shape": ENDED * ended + EDGE * edge + SPOKEN * spoken + LONG * long + FOLLOWS * follows,
    }
    return _with_parts(columns, lines, np.flatnonzero((place < _PLACED) & (reason == 0)))


def known_by(texts: Sequence[str]) -> np.ndarray:
    """Return the hash by which a line of each text is recognised, 0 for one without a word."""
    words = tokens_of(texts)
    edges, some = np.append(0, words.lengths.cumsum()), Texts(texts)
    ended = some.ended(*some.stripped(some.begin, some.end))
    return _known_by(rolling_hash.hash_words(words), words.spread(_kinds, np.uint16), edges, ended)


def _known_by(runs: RollingHash, kind: np.ndarray, edges: np.ndarray, ended: np.ndarray) -> np.ndarray:
    """Hash lines; kind : bits of each word. edges : the first word of each line, and the number of words."""
    found, size, figures = runs.of(edges[:-1], edges[1:]), np.diff(edges), kind & _FIGURE > 0
    count = _count(np.flatnonzero(figures), edges)
    line = np.flatnonzero((count > 0) & (count < size) & ~ended)
    at, upto = numbers(edges[line], size[line]), np.append(0, size[line].cumsum())
    found[line] = RollingHash(np.where(figures[at], APART, runs.words[at])).of(upto[:-1], upto[1:])
    return found


def _count(wanted: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Count the wanted words, given by number in order, of each line."""
    return np.diff(np.searchsorted(wanted, edges))


def _listed(lines: PrintedLines, kind: np.ndarray, long: np.ndarray) -> np.ndarray:
    """Return the reasons of lines by their forms; only lines with the right words are matched."""
    signed, reason = np.zeros(len(long), dtype=bool), np.zeros(len(long), dtype=np.int64)
    signed[lines.containing("©")] = True
    opens = np.flatnonzero((signed | (kind[lines.edges[:-1]] & _OPENS > 0)) & ~long)
    for line, *span in lines.spans(opens):
        reason[line] = _NUMBER[opening(lines.texts.whole, *span)]
    listed = np.flatnonzero(kind > _FIGURE | _OPENS)
    contained = {some: _count(listed[kind[listed] & bit > 0], lines.edges) > 0 for some, bit in _CONTAINED.items()}
    for form, one in enumerate(CONTAINING):
        asked = signed | np.logical_and.reduce([contained[some] for some in one.words])
        asked &= (reason == 0) & (long == one.long)
        found = [line for line, *span in lines.spans(np.flatnonzero(asked)) if contains(form, lines.texts.whole, *span)]
        reason[found] = _NUMBER[one.reason]
    return reason


def _kinds(terms: pa.Array) -> np.ndarray:
    """Return the bits of each term."""
    bare = pc.replace_substring_regex(terms, r"^[#@]|[-'].*$", "")  # related for #related, ap for ap-norc
    has = {_FIGURE: pc.match_substring_regex(terms, "[0-9]"), _OPENS: pc.is_in(bare, pa.array(FIRST.split()))}
    has |= {bit: pc.is_in(bare, pa.array(some.split())) for some, bit in _CONTAINED.items()}
    return sum(bit * which.to_numpy(zero_copy_only=False) for bit, which in has.items())


def _pulled(lines: PrintedLines, runs: RollingHash, spoken: np.ndarray) -> np.ndarray:
    """Say of each line whether it is a pull quote; a speaker's words in a transcript are not."""
    first = np.flatnonzero(np.diff(lines.paragraph, prepend=-1))
    edges = np.append(lines.edges[first], lines.edges[-1])
    found = pull_quotes(runs, edges, lines.article[first], spoken[first])
    quoted, whole = np.zeros(len(first), dtype=bool), lines.texts.whole
    labelled = [LABEL.match(whole, *span) is not None for _, *span in lines.spans(first[found])]
    quoted[found] = ~np.array(labelled, dtype=bool)
    return quoted[lines.paragraph]


def _with_parts(columns: dict[str, np.ndarray], lines: PrintedLines, placed: np.ndarray) -> dict[str, np.ndarray]:
    """Return the columns with rows for marked parts of lines: a dateline before its line, lists of links after it.

    placed : the lines that may begin with a dateline.
    """
    whole, linked = lines.texts.whole, lines.containing(LINKS_END)
    datelines = [(line, *found.span()) for line, *span in lines.spans(placed) if (found := PLACE.match(whole, *span))]
    linked = linked[columns["reason"][linked] == 0]
    insets = [(line, *found.span(2)) for line, *span in lines.spans(linked) for found in INSET.finditer(whole, *span)]
    line, begin, end = np.array(datelines + insets, dtype=np.int64).reshape(-1, 3).T
    rows = {name: column[line] for name, column in columns.items()}
    opening, body = len(datelines), lines.texts.begin[lines.article[line]]
    rows |= {"start": begin - body, "end": end - body}
    first = rows["first"] - lines.edges[line]
    rows["first"], rows["after"] = (np.searchsorted(lines.starts, place) + first for place in (begin, end))
    rows["known_by"] = np.zeros(len(line), dtype=np.uint64)
    named = [whole[opens:closes].partition("(")[2].partition(")")[0] for _, opens, closes in datelines]
    rows["known_by"][:opening] = agencies(named)
    rows["reason"] = np.repeat([_NUMBER[DATELINE], _NUMBER[LINKS]], [opening, len(insets)])
    rows["shape"] = np.full(len(line), PART)
    opened = line[:opening]
    columns["start"][opened] = lines.texts.stripped(end[:opening], lines.end[opened])[0] - body[:opening]
    columns["first"][opened] = rows["after"][:opening]
    at = line + np.repeat([0, 1], [opening, len(insets)])
    return {
        name: np.insert(column.astype(KINDS.get(name, "int64"), copy=False), at, rows[name])
        for name, column in columns.items()
    }


def agencies(names: Iterable[str]) -> np.ndarray:
    """Hash the names of agencies and outlets, 0 for a name without a word."""
    return np.array([_agency(name) for name in names], dtype=np.uint64)


@functools.lru_cache(1 << 16)
def _agency(name: str) -> int:
    whole = AGENCIES.get(name, name)
    said = " ".join(fold(whole[start:end]) for start, end in words(whole))
    return xxhash.xxh3_64_intdigest(said.encode()) if said else 0
