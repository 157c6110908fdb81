"""Articles as sets of hashed runs of five words, a quarter of which is kept: enough to tell how much two have in common."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import xxhash

from broadsheet.tokens import Tokens

WORDS = 5  # of a shingle
KEPT = 4  # one hash in so many is kept, the same ones in every article (FracMinHash)
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
    hashes = np.array([xxhash.xxh3_64_intdigest(term.encode()) for term in tokens.vocabulary], dtype=np.uint64)
    word, size = hashes[tokens.term], max(len(tokens) - WORDS + 1, 0)
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


def kept(shingle: np.ndarray) -> np.ndarray:
    """Return which shingles are kept."""
    return shingle % np.uint64(KEPT) == 0


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
    new = np.ones(len(code), dtype=bool)
    np.not_equal(code[1:], code[:-1], out=new[1:])
    code = code[new]
    shingle = code >> np.uint64(_DOCUMENT)
    starts = np.flatnonzero(np.diff(shingle, prepend=shingle[:1] ^ np.uint64(1)) != 0)
    return Postings((code & low).astype(np.int32), np.append(starts, len(code)))
