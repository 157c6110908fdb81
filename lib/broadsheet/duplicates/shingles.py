"""Articles as sets of hashed runs of five words, a quarter of which is kept: enough to tell how much two have in common."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import xxhash

from broadsheet.tokens import Tokens

WORDS = 5  # of a shingle
KEPT = 4  # a power of two: one hash in so many is kept, the same ones in every article (FracMinHash)
_DOCUMENT = 24  # bits of an article's number; the other 40 are the hash's
MOST = 1 << _DOCUMENT
_MULTIPLIER, _MIXER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)  # odd, of no pattern


class Postings(NamedTuple):
    """Which articles hold which shingles: one entry per article and shingle, ordered by shingle, then by article."""

    document: np.ndarray
    starts: np.ndarray  # where the entries of each shingle begin, and where the last end


def of(tokens: Tokens) -> tuple[np.ndarray, np.ndarray]:
    """Return the article (its number) and the hash of each run of five words, in reading order.

    A run goes over the ends of sentences and over what was left out, not of articles.
    """
    word, size = tokens.spread(_hashes), max(len(tokens) - WORDS + 1, 0)
    shingle = np.zeros(size, dtype=np.uint64)
    for place in range(WORDS):
        shingle *= _MULTIPLIER
        shingle += word[place : place + size]
    shingle ^= shingle >> np.uint64(32)
    shingle *= _MIXER
    shingle ^= shingle >> np.uint64(32)
    document = tokens.document
    whole = document[:size] == document[WORDS - 1 :][:size]
    return document[:size][whole], shingle[whole]


def _hashes(terms: pd.Index) -> np.ndarray:
    encoded = pa.array(terms).cast(pa.large_binary()).to_pylist()
    return np.fromiter(map(xxhash.xxh3_64_intdigest, encoded), np.uint64, len(encoded))


def kept(shingle: np.ndarray) -> np.ndarray:
    """Return which shingles are kept."""
    return shingle & np.uint64(KEPT - 1) == 0


def postings(found: Iterable[tuple[np.ndarray, np.ndarray]]) -> Postings:
    """Return what several lots of articles and hashes hold together; articles are numbers below `MOST`.

    Source: Irber et al. (2022), Lightweight compositional analysis of metagenomes with FracMinHash, bioRxiv.
    """
    low = np.uint64(MOST - 1)
    # One integer holds a shingle and its article: sorting these is the quickest way to bring equal shingles together.
    codes = [shingle & ~low | document.astype(np.uint64) for document, shingle in found]
    code = np.concatenate([np.empty(0, dtype=np.uint64), *codes])
    del codes
    code.sort()
    code = code[_first(code)]
    document = (code & low).astype(np.int32)
    code >>= np.uint64(_DOCUMENT)
    return Postings(document, np.append(np.flatnonzero(_first(code)), len(code)))


def _first(ordered: np.ndarray) -> np.ndarray:
    """Return which of some numbers in order differ from the one before."""
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first
