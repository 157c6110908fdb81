"""Articles as sets of shingles (hashed runs of five words), of which a quarter is kept to compare them."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet.duplicates.rolling_hash import RollingHash
from broadsheet.store import runs

WORDS = 5  # of a shingle
KEPT = 4  # a power of two: one hash in so many is kept, the same in every article (FracMinHash)
_DOCUMENT = 24  # bits of an article's number; the hash has the other 40
MOST = 1 << _DOCUMENT
_PARTS = 8  # bits by which shingles are divided, so that each part is sorted within the processor's cache


class Shingles(NamedTuple):
    """Shingles of some articles, in reading order."""

    edges: np.ndarray  # the first word of each article, and the number of words
    word: np.ndarray  # with which each shingle begins
    shingle: np.ndarray  # its hash


class Postings(NamedTuple):
    """The shingles that several articles contain: one entry per article and shingle, ordered by shingle, then article."""

    document: np.ndarray
    starts: np.ndarray  # the first entry of each shingle, and the number of entries
    count: np.ndarray  # the number of each article's shingles, those that no other contains included


def shingles(words: RollingHash, edges: np.ndarray, one_in: int = KEPT) -> Shingles:
    """Return the shingles of articles; they cross the ends of sentences, not of articles.

    edges : the first word of each article, and the number of words. one_in : a power of two; one shingle in so many is kept.
    """
    every = words.every(WORDS)
    word = np.flatnonzero(every & np.uint64(one_in - 1) == 0)
    word = word[word + WORDS <= edges[article_of(word, edges) + 1]]
    return Shingles(edges, word.astype(np.uint32), every[word])


def article_of(word: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return the article of each word; words are given by number, in order."""
    return np.repeat(np.arange(len(edges) - 1, dtype=np.int32), np.diff(np.searchsorted(word, edges)))


def outside(kept: Shingles, marks: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the article and the hash of each shingle outside the marks.

    marks : article, first, after: passages by the words of their article.
    """
    begin, (first, after) = kept.edges[marks["article"]], (marks[side].to_numpy() for side in ("first", "after"))
    touched = np.searchsorted(kept.word, begin + first - WORDS + 1), np.searchsorted(kept.word, begin + after)
    stays = np.ones(len(kept.word), dtype=bool)
    stays[runs(touched[0], np.maximum(touched[1] - touched[0], 0))] = False
    return article_of(kept.word, kept.edges)[stays], kept.shingle[stays]


def postings(lots: Iterable[tuple[np.ndarray, np.ndarray]], size: int) -> Postings:
    """Return the shingles that several of so many articles contain.

    lots : the article (a number below `MOST`) and the hash of each shingle, in one lot or more; no article is in two lots.

    Source: Irber et al. (2022), Lightweight compositional analysis of metagenomes with FracMinHash, bioRxiv.
    """
    low, parts = np.uint64(MOST - 1), [[] for _ in range(1 << _PARTS)]
    for document, shingle in lots:
        # Sorting integers of shingle and article is the fastest way to bring equal shingles together.
        code, part = shingle & ~low | document.astype(np.uint32), (shingle >> np.uint64(64 - _PARTS)).astype(np.uint8)
        edges = np.bincount(part, minlength=len(parts)).cumsum()[:-1]
        for those, some in zip(parts, np.split(code[np.argsort(part, kind="stable")], edges), strict=True):
            those.append(some)
    count, codes = np.zeros(size, dtype=np.int64), []
    for those in parts:
        code = np.concatenate(those)
        code.sort()
        code = code[differs(code)]
        count += np.bincount((code & low).astype(np.int64), minlength=size)
        first = np.append(differs(code >> np.uint64(_DOCUMENT)), True)
        codes.append(code[~(first[:-1] & first[1:])])
    code = np.concatenate(codes)
    starts = np.append(np.flatnonzero(differs(code >> np.uint64(_DOCUMENT))), len(code))
    return Postings((code & low).astype(np.int32), starts, count)


def differs(ordered: np.ndarray) -> np.ndarray:
    """Say of each number, given in order, whether it differs from the one before."""
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first
