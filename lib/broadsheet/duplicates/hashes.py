"""Runs of words as numbers: equal runs have equal hashes, wherever they stand."""

import functools

import numpy as np
import pyarrow as pa
import xxhash

from broadsheet.index import Tokens

_BASE = 0x9E3779B97F4A7C15  # odd, of no pattern
_INVERSE = pow(_BASE, -1, 1 << 64)
_ROW = 1024  # powers
_KEPT = 19  # bits of a number of words up to which powers are kept: more than a lot of articles needs
APART = np.uint64(0xD6E8FEB86659FD93)  # times a number, tells what belongs to it from what belongs to another


def of_words(words: Tokens) -> "Runs":
    """Return the hashes of the runs of some words."""
    return Runs(words.spread(of_terms, np.uint64))


def of_terms(terms: pa.Array) -> np.ndarray:
    """Return the hash of each of some terms."""
    return np.fromiter(map(xxhash.xxh3_64_intdigest, terms.cast(pa.large_binary()).to_pylist()), np.uint64, len(terms))


class Runs:
    """Hashes of the runs of some words: of a run, the sum of each word's hash times a power of its place in it.

    words : the hash of each word, in order. All sums are modulo 2^64.
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
        """Return the hash of the words from each `first` up to its `after`."""
        found = self._sums[after] - self._sums[first]
        found *= self._back[first]
        return found

    def every(self, words: int) -> np.ndarray:
        """Return the hash of each run of so many words, by where it begins."""
        size = max(len(self) - words + 1, 0)
        return self.of(slice(size), slice(words, words + size))


def _powers(base: int, size: int) -> np.ndarray:
    """Return the powers of a number from 0 on, modulo 2^64."""
    bits = max(size, _ROW).bit_length()
    return (_first_powers if bits <= _KEPT else _first_powers.__wrapped__)(base, bits)[:size]


@functools.lru_cache
def _first_powers(base: int, bits: int) -> np.ndarray:
    """Return as many powers as an integer of some bits can count: each of a few in a row times one of few far apart."""
    step = np.uint64(pow(base, _ROW, 1 << 64))
    row, rows = (
        np.multiply.accumulate(np.concatenate([np.uint64([1]), np.full(more, factor, dtype=np.uint64)]))
        for factor, more in ((np.uint64(base), _ROW - 1), (step, (1 << bits) // _ROW - 1))
    )
    powers = np.multiply.outer(rows, row).ravel()
    powers.flags.writeable = False  # as several have them
    return powers
