"""Hash runs of words: equal runs have equal hashes, wherever they are."""

import functools

import numpy as np
import pyarrow as pa
import xxhash

from broadsheet.index import Tokens

_BASE = 0x9E3779B97F4A7C15  # odd, of no pattern
_INVERSE = pow(_BASE, -1, 1 << 64)
_ROW = 1024  # powers
_CACHED = 19  # bits of a number of words up to which powers are cached: enough for a lot of articles
APART = np.uint64(0xD6E8FEB86659FD93)  # times a number, keeps the hashes of one article apart from those of another


def hash_words(words: Tokens) -> "RollingHash":
    """Return the rolling hash of some words."""
    return RollingHash(words.spread(hash_terms, np.uint64))


def hash_terms(terms: pa.Array) -> np.ndarray:
    """Hash each term."""
    return np.fromiter(map(xxhash.xxh3_64_intdigest, terms.cast(pa.large_binary()).to_pylist()), np.uint64, len(terms))


class RollingHash:
    """Hashes of runs of words: the sum of each word's hash times a power of its place in the run, modulo 2^64.

    words : the hash of each word, in order.
    Source: Karp & Rabin (1987), Efficient randomized pattern-matching algorithms, IBM Journal 31(2).
    """

    def __init__(self, words: np.ndarray) -> None:
        self.words = words
        self._back = _powers(_INVERSE, len(words) + 1)
        self._sums = np.zeros(len(words) + 1, dtype=np.uint64)
        np.cumsum(words * _powers(_BASE, len(words)), out=self._sums[1:])

    def __len__(self) -> int:
        return len(self._sums) - 1

    def of(self, first: np.ndarray | slice, after: np.ndarray | slice) -> np.ndarray:
        """Hash the words from each `first` up to its `after`."""
        found = self._sums[after] - self._sums[first]
        found *= self._back[first]
        return found

    def every(self, words: int) -> np.ndarray:
        """Hash each run of so many words, by where it begins."""
        size = max(len(self) - words + 1, 0)
        return self.of(slice(size), slice(words, words + size))


def _powers(base: int, size: int) -> np.ndarray:
    """Return the powers of a number from 0 on, modulo 2^64."""
    bits = max(size, _ROW).bit_length()
    return (_first_powers if bits <= _CACHED else _first_powers.__wrapped__)(base, bits)[:size]


@functools.lru_cache
def _first_powers(base: int, bits: int) -> np.ndarray:
    """Return 2**bits powers, as products of a row of successive powers and a column of distant ones."""
    step = np.uint64(pow(base, _ROW, 1 << 64))
    row, rows = (
        np.multiply.accumulate(np.concatenate([np.uint64([1]), np.full(more, factor, dtype=np.uint64)]))
        for factor, more in ((np.uint64(base), _ROW - 1), (step, (1 << bits) // _ROW - 1))
    )
    powers = np.multiply.outer(rows, row).ravel()
    powers.flags.writeable = False  # the cache shares them
    return powers
