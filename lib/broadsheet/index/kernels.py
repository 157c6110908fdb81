"""Loops over tokens that arrays alone cannot say: plain Python, compiled where there is enough to do."""

import functools
import importlib.util
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from broadsheet.text.automaton import FAR

ENOUGH = 200_000  # steps that plain Python takes in the time that it takes to load numba
FEW = 2_000  # steps that are taken before a compiled kernel is called, numba being loaded


def quick(kernel: Callable[..., Any], steps: int, plain: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """Return `kernel`, compiled when it has so many steps to take that this pays and numba can be had.

    plain : what does the same with arrays; None where only the kernel itself does. A step is one of what is returned.
    """
    enough = FEW if "numba" in sys.modules else ENOUGH
    return (compiled(kernel) if steps > enough else None) or plain or kernel


def compiled(kernel: Callable[..., Any]) -> Callable[..., Any] | None:
    """Return `kernel` compiled, None where numba cannot be had."""
    return _compiled(kernel) if importlib.util.find_spec("numba") else None


@functools.cache
def _compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    from numba import njit

    return njit(cache=True, nogil=True)(kernel)


def hits(word, gap, far, lengths, edges, places, wanted, size):
    """Return where the tokens of some articles stand whose words are wanted: row in `places`, token, start, end.

    word, gap, far, lengths, edges : as a shard holds them. wanted : one truth value per word. size : how many there are.
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
    """Count the uses of each term by each article.

    word, tokens, term : as a shard holds them. terms : how many there are.

    Returns where the postings of each term begin, and of each posting the article and the uses; a term's are in order.
    """
    used, n = np.empty(len(word), dtype=np.int32), np.zeros(len(word), dtype=np.int32)
    place, found = np.full(terms, -1, dtype=np.int32), 0
    edges = np.zeros_like(tokens)  # up to which of them each article goes
    for article in range(len(tokens) - 1):
        begun = found
        for token in range(np.uint64(tokens[article]), np.uint64(tokens[article + 1])):
            number = np.uint32(term[word[token]])  # unsigned: numba looks twice at what might be negative
            new = place[number] < begun  # no branch: nobody foresees what is new to an article
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


def variety(term, edges, window, threshold, terms):
    """Count different words in runs of words, article by article.

    term : number of each token's term, below `terms`. edges : up to which token each article goes, from 0.

    Returns two arrays of one column per article: types summed over all runs of `window` words, and the number of these
    runs; factors of MTLD forwards and backwards, the last of each in part.
    """
    articles = len(edges) - 1
    held, factors = np.zeros((2, articles), dtype=np.int64), np.zeros((2, articles))
    inside, seen = np.zeros(terms, dtype=np.int32), np.full(terms, -1, dtype=np.int64)
    factor = 0  # numbers the factors of all articles, so that `seen` need not be emptied
    for article in range(articles):
        first, last = edges[article], edges[article + 1]
        if last - first >= window:
            types = 0
            for token in range(first, last):
                types += inside[term[token]] == 0
                inside[term[token]] += 1
                if token - first >= window:
                    inside[term[token - window]] -= 1
                    types -= inside[term[token - window]] == 0
                if token - first >= window - 1:
                    held[0, article] += types
            held[1, article] = last - first - window + 1
            for token in range(last - window, last):
                inside[term[token]] = 0
        for backwards in range(2):
            types, length, factor = 0, 0, factor + 1
            for step in range(last - first):
                number = term[last - 1 - step] if backwards else term[first + step]
                types += seen[number] != factor
                seen[number] = factor
                length += 1
                if types / length < threshold:
                    factors[backwards, article] += 1
                    types, length, factor = 0, 0, factor + 1
            if length:
                factors[backwards, article] += (1 - types / length) / (1 - threshold)
    return held, factors


def extremes(rows, observation, dealt, share, weight, used, over):
    """Return, of each draw, the largest value that any term has of G2 (2 cells) over its design effect.

    rows : starts, terms, n: of each article, the terms that it uses and how often, as a sparse matrix has them; a number
    beyond the terms is that of one left out. observation : of each article, its own. dealt : draws x observations, not
    0 for those of the side that is counted. share, weight : of each draw, this side's share of all words, and what the
    excess weighs. used, over : uses of each term, and its excess.
    """
    starts, terms, n = rows
    a, largest = np.zeros(len(used) + 1, dtype=np.int32), np.zeros(len(dealt))
    for draw in range(len(dealt)):
        a[:] = 0
        for row in np.flatnonzero(dealt[draw][observation]):
            for at in range(np.uint64(starts[row]), np.uint64(starts[row + 1])):  # unsigned: numba looks twice at signs
                a[terms[at]] += n[at]
        most, scale = 0.0, 2 / (share[draw] * (1 - share[draw]))
        for term in range(len(used)):
            expected, effect = used[term] * share[draw], 1 + over[term] * weight[draw]
            # As ln x <= x - 1, G2 is at most twice the chi-square: few terms need a logarithm.
            if (a[term] - expected) ** 2 * scale > most * effect * used[term]:
                here, there, g2 = a[term], used[term] - a[term], 0.0
                if here > 0:
                    g2 += 2 * here * np.log(here / expected)
                if there > 0:
                    g2 += 2 * there * np.log(there / (used[term] - expected))
                most = max(most, g2 / effect)
        largest[draw] = most
    return largest


def kendall(starts, when, value, periods):
    """Compare every value of a term with its later ones: how many of these are greater, less how many are smaller.

    starts : where the values of each term begin, and where the last one's end. when, value : the period, in rising order
    within a term, and what it holds, above 0; every other of the `periods` holds 0.

    Returns of each term: that score S; the sum of t (t - 1) (2 t + 5) over groups of t equal values; the pairs of equals.
    """
    terms = len(starts) - 1
    score, ties, equal = np.zeros((3, terms), dtype=np.int64)
    rank, merged = value.copy(), np.empty_like(value)
    for term in range(terms):
        first, last = starts[term], starts[term + 1]
        zeros = periods - (last - first)
        for at in range(first, last):
            before = when[at] - (at - first)
            score[term] += before - (zeros - before)
        width = 1
        while width < last - first:  # merge sort, that counts as it merges
            for left in range(first, last, 2 * width):
                middle, end = min(left + width, last), min(left + 2 * width, last)
                less, upto = left, left
                for at in range(middle, end):
                    while less < middle and rank[less] < rank[at]:
                        merged[less + at - middle] = rank[less]
                        less += 1
                    upto = max(upto, less)
                    while upto < middle and rank[upto] <= rank[at]:
                        upto += 1
                    merged[less + at - middle] = rank[at]
                    score[term] += (less - left) - (middle - upto)
                for at in range(less, middle):
                    merged[at + end - middle] = rank[at]
            for at in range(first, last):
                rank[at] = merged[at]
            width *= 2
        run = zeros
        for at in range(first, last + 1):
            if not first < at < last or rank[at] != rank[at - 1]:
                ties[term] += run * (run - 1) * (2 * run + 5)
                equal[term] += run * (run - 1) // 2
                run = 0
            run += 1
    return score, ties, equal
