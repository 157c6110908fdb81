"""Articles as sets of hashed runs of five words, a quarter of which is kept: enough to tell how much two have in common."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet.duplicates.hashes import Runs
from broadsheet.store import runs

WORDS = 5  # of a shingle
KEPT = 4  # a power of two: one hash in so many is kept, the same ones in every article (FracMinHash)
_DOCUMENT = 24  # bits of an article's number; the other 40 are the hash's
MOST = 1 << _DOCUMENT
_PARTS = 8  # bits by which shingles are parted, so that those of one part are sorted within the processor's cache


class Kept(NamedTuple):
    """Shingles of some articles, in reading order."""

    edges: np.ndarray  # up to which word each article goes, from 0
    word: np.ndarray  # with which each shingle begins, among the words of these articles
    shingle: np.ndarray  # its hash


class Postings(NamedTuple):
    """Which articles hold the shingles that several hold: one entry per article and shingle, by shingle, then by article."""

    document: np.ndarray
    starts: np.ndarray  # where the entries of each shingle begin, and where the last end
    count: np.ndarray  # of each article, how many shingles it holds, those included that no other holds


def of(words: Runs, edges: np.ndarray, one_in: int = KEPT) -> Kept:
    """Return the shingles of articles, one in so many of them: a power of two; edges : up to which word each article goes.

    A shingle goes over the ends of sentences, not of articles.
    """
    every = words.every(WORDS)
    word = np.flatnonzero(every & np.uint64(one_in - 1) == 0)
    word = word[word + WORDS <= edges[holding(word, edges) + 1]]
    return Kept(edges, word.astype(np.uint32), every[word])


def holding(word: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return the numbers of the articles that hold some words, given in order."""
    return np.repeat(np.arange(len(edges) - 1, dtype=np.int32), np.diff(np.searchsorted(word, edges)))


def without(kept: Kept, marks: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the article and the hash of the shingles that no mark touches.

    marks : article, first, after: passages by the words of their article.
    """
    begin, (first, after) = kept.edges[marks["article"]], (marks[side].to_numpy() for side in ("first", "after"))
    touched = np.searchsorted(kept.word, begin + first - WORDS + 1), np.searchsorted(kept.word, begin + after)
    stays = np.ones(len(kept.word), dtype=bool)
    stays[runs(touched[0], np.maximum(touched[1] - touched[0], 0))] = False
    return holding(kept.word, kept.edges)[stays], kept.shingle[stays]


def postings(lots: Iterable[tuple[np.ndarray, np.ndarray]], size: int) -> Postings:
    """Return what so many articles hold.

    lots : some shingles after others, one lot or more, no article in two of them: the number of the article, below `MOST`, and the hash.

    Source: Irber et al. (2022), Lightweight compositional analysis of metagenomes with FracMinHash, bioRxiv.
    """
    low, parts = np.uint64(MOST - 1), [[] for _ in range(1 << _PARTS)]
    for document, shingle in lots:
        # One integer holds a shingle and its article: sorting these is the quickest way to bring equal shingles together.
        code, part = shingle & ~low | document.astype(np.uint32), (shingle >> np.uint64(64 - _PARTS)).astype(np.uint8)
        edges = np.bincount(part, minlength=len(parts)).cumsum()[:-1]
        for those, some in zip(parts, np.split(code[np.argsort(part, kind="stable")], edges), strict=True):
            those.append(some)
    count, held = np.zeros(size, dtype=np.int64), []
    for those in parts:
        code = np.concatenate(those)
        code.sort()
        code = code[differs(code)]
        count += np.bincount((code & low).astype(np.int64), minlength=size)
        first = np.append(differs(code >> np.uint64(_DOCUMENT)), True)
        held.append(code[~(first[:-1] & first[1:])])
    code = np.concatenate(held)
    starts = np.append(np.flatnonzero(differs(code >> np.uint64(_DOCUMENT))), len(code))
    return Postings((code & low).astype(np.int32), starts, count)


def differs(ordered: np.ndarray) -> np.ndarray:
    """Return which of some numbers in order differ from the one before."""
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first
