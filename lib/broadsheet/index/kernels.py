"""Loops over tokens: plain Python, compiled when there is enough to do."""

import functools
import importlib.util
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from broadsheet.text.automaton import FAR

ENOUGH = 200_000  # steps from which it pays to load numba
FEW = 2_000  # steps from which a compiled kernel pays once numba is loaded


def quick(kernel: Callable[..., Any], steps: int, plain: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """Return `kernel`, compiled if it takes enough steps to be worth it; else `plain`, which does the same with arrays."""
    enough = FEW if "numba" in sys.modules else ENOUGH
    return (compiled(kernel) if steps > enough else None) or plain or kernel


@functools.cache
def compiled(kernel: Callable[..., Any]) -> Callable[..., Any] | None:
    """Return `kernel` compiled, None without numba."""
    if not importlib.util.find_spec("numba"):
        return None
    from numba import njit

    return njit(cache=True, nogil=True)(kernel)


def hits(word, gap, far, lengths, edges, places, wanted, size):
    """Find the tokens of some articles whose words are wanted: row in `places`, token, start, end.

    word, gap, far, lengths, edges : arrays of a shard. wanted : one truth value per word. size : the most to find.
    """
    found = np.empty((4, size), dtype=np.int64)
    number = 0
    for row in range(len(places)):
        end = 0
        for token in range(edges[places[row]], edges[places[row] + 1]):
            before = np.int64(gap[token] & FAR)
            if before == FAR:
                before = far[np.searchsorted(far[:, 0], token), 1]
            start = end + before
            end = start + np.int64(lengths[word[token]])
            if wanted[word[token]]:
                found[0, number], found[1, number], found[2, number], found[3, number] = row, token, start, end
                number += 1
    return found[:, :number]


def postings(word, tokens, term, terms):
    """Count how often each article uses each of the `terms`; word, tokens, term : arrays of a shard.

    Returns where the postings of each term begin, and the article and the uses of each posting, in order of articles.
    """
    used, n = np.empty(len(word), dtype=np.int32), np.zeros(len(word), dtype=np.int32)
    place, found = np.full(terms, -1, dtype=np.int32), 0
    edges = np.zeros_like(tokens)  # up to which of them each article goes
    for article in range(len(tokens) - 1):
        begun = found
        for token in range(np.uint64(tokens[article]), np.uint64(tokens[article + 1])):
            number = np.uint32(term[word[token]])  # unsigned: numba looks twice at what might be negative
            new = place[number] < begun  # no branch: new terms are unpredictable
            at = found if new else place[number]
            place[number], used[np.uint32(at)] = at, number
            n[np.uint32(at)] += 1
            found += new
        edges[article + 1] = found
    starts = np.zeros(terms + 1, dtype=np.int64)
    for at in range(found):
        starts[used[at] + 1] += 1
    for number in range(terms):
        starts[number + 1] += starts[number]
    articles, uses, filled = np.empty(found, dtype=np.int32), np.empty(found, dtype=np.int32), starts[:terms].copy()
    for article in range(len(tokens) - 1):
        for at in range(edges[article], edges[article + 1]):
            to = filled[used[at]]
            articles[to], uses[to] = article, n[at]
            filled[used[at]] += 1
    return starts, articles, uses
