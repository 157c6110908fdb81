"""Articles as sets of hashed runs of five words, a quarter of which is kept: enough to tell how much two have in common."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet.duplicates.hashes import Runs
from broadsheet.store import runs

WORDS = 5  # of a shingle
KEPT = 4  # a power of two: one hash in so many is kept, the same ones in every article (FracMinHash)
_DOCUMENT = 24  # bits of an article's number; the other 40 are the hash's
MOST = 1 << _DOCUMENT


class Kept(NamedTuple):
    """Shingles of some articles, in reading order."""

    word: np.ndarray  # with which each begins, among the words of all of them
    shingle: np.ndarray  # its hash


class Postings(NamedTuple):
    """Which articles hold which shingles: one entry per article and shingle, ordered by shingle, then by article."""

    document: np.ndarray
    starts: np.ndarray  # where the entries of each shingle begin, and where the last end


def of(words: Runs, edges: np.ndarray, one_in: int = KEPT) -> Kept:
    """Return the shingles of articles, one in so many of them: a power of two; edges : up to which word each article goes.

    A shingle goes over the ends of sentences, not of articles.
    """
    every = words.every(WORDS)
    word = np.flatnonzero(every & np.uint64(one_in - 1) == 0)
    word = word[word + WORDS <= edges[holding(word, edges) + 1]]
    return Kept(word, every[word])


def holding(word: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return the numbers of the articles that hold some words, given in order."""
    return np.repeat(np.arange(len(edges) - 1, dtype=np.int32), np.diff(np.searchsorted(word, edges)))


def without(kept: Kept, edges: np.ndarray, marks: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the article and the hash of the shingles that no mark touches.

    edges : up to which word each article goes. marks : article, first, after: passages by the words of their article.
    """
    begin, (first, after) = edges[marks["article"]], (marks[side].to_numpy() for side in ("first", "after"))
    touched = np.searchsorted(kept.word, begin + first - WORDS + 1), np.searchsorted(kept.word, begin + after)
    stays = np.ones(len(kept.word), dtype=bool)
    stays[runs(touched[0], np.maximum(touched[1] - touched[0], 0))] = False
    return holding(kept.word, edges)[stays], kept.shingle[stays]


def postings(document: np.ndarray, shingle: np.ndarray) -> Postings:
    """Return what some articles hold; document, shingle : article by article, a number below `MOST` and a hash.

    Source: Irber et al. (2022), Lightweight compositional analysis of metagenomes with FracMinHash, bioRxiv.
    """
    low = np.uint64(MOST - 1)
    # One integer holds a shingle and its article: sorting these is the quickest way to bring equal shingles together.
    code = shingle & ~low
    code |= document.astype(np.uint64)
    code.sort()
    code = code[differs(code)]
    document = (code & low).astype(np.int32)
    code >>= np.uint64(_DOCUMENT)
    return Postings(document, np.append(np.flatnonzero(differs(code)), len(code)))


def differs(ordered: np.ndarray) -> np.ndarray:
    """Return which of some numbers in order differ from the one before."""
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first
