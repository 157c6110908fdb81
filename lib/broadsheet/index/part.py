"""The articles that one shard contains: their tokens by row, without those that are left out."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from broadsheet.index.shard_arrays import AnyShard
from broadsheet.store import runs
from broadsheet.text.automaton import FAR, FOLLOWS

SPANS = ("word", "gap", "far", "lengths", "tokens", "term")  # the arrays that tell where tokens are
LONGEST = 1 << 32  # characters of a body, and more than any has: document * LONGEST + offset sorts places


class Passages(NamedTuple):
    """Passages of articles, by place (see LONGEST); they may overlap."""

    starts: np.ndarray  # in order
    ends: np.ndarray  # of each start, where the text from there stops being in any passage

    @classmethod
    def of(cls, starts: np.ndarray, ends: np.ndarray) -> "Passages":
        """Sort passages."""
        order = np.argsort(starts, kind="stable")
        return cls(starts[order], np.maximum.accumulate(ends[order]))

    def cover(self, places: np.ndarray) -> np.ndarray:
        """Return whether each place is in a passage."""
        before = np.searchsorted(self.starts, places, side="right") - 1
        return (before >= 0) & (places < np.append(self.ends, 0)[before])

    def covered(self, places: np.ndarray) -> np.ndarray:
        """Return the numbers of the places in passages. Quicker than `cover` for many places, which must be in order."""
        first, after = np.searchsorted(places, self.starts), np.searchsorted(places, self.ends)
        first = np.maximum(first, np.append(0, after)[:-1])  # a place in two passages is returned once
        return runs(first, np.maximum(after - first, 0))


@dataclass(frozen=True, eq=False)
class Part:
    """Articles of one shard, in reading order. Rows number their tokens, from the first token of the first article.

    number : of the shard among those used. documents : the articles' numbers. places : where they are in the shard.
    mask : passages whose tokens are left out.
    """

    number: int
    shard: AnyShard
    documents: np.ndarray
    places: np.ndarray
    mask: Passages | None = None

    @cached_property
    def edges(self) -> np.ndarray:
        """The row at which each article begins, and the number of rows."""
        return np.append(0, np.diff(self.shard["tokens"])[self.places].cumsum())

    @property
    def lengths(self) -> np.ndarray:
        """The number of tokens of each article that are not left out."""
        return np.diff(self.renumbered(self.edges))

    @property
    def tokens(self) -> np.ndarray | slice:
        """The number in the shard of each row's token."""
        edges, places = self.shard["tokens"], self.places
        if len(places) and in_order(places - places[0], len(places)):
            return slice(int(edges[places[0]]), int(edges[places[-1] + 1]))
        return runs(edges[places], np.diff(edges)[places])

    def article_of(self, rows: np.ndarray) -> np.ndarray:
        """Return the place in `documents` of each row's article."""
        return np.searchsorted(self.edges, rows, side="right") - 1

    def offset(self, article: np.ndarray) -> np.ndarray:
        """Return the difference between token numbers in the shard and rows, for articles by place in `documents`."""
        return self.shard["tokens"][self.places[article]] - self.edges[article]

    def terms_of(self, rows: np.ndarray) -> np.ndarray:
        """Return the term of each row's token, by its number in the shard."""
        if not len(rows):
            return rows  # without reading an array
        return self.shard["term"][self.shard["word"][rows + self.offset(self.article_of(rows))]]

    def word_lengths(self) -> np.ndarray:
        """Return the number of characters of each row's token."""
        return self.shard["lengths"][self.shard["word"][self.tokens]]

    def starts(self) -> np.ndarray:
        """Return where each row's token begins in its body."""
        lengths, ends = self.word_lengths(), gaps(self.shard, self.tokens)
        ends += lengths
        np.cumsum(ends, out=ends)  # an overflow begins anew at 0, which the difference does not see
        before = np.append(np.uint32(0), ends)[self.edges[:-1]]
        ends -= lengths
        ends -= np.repeat(before, np.diff(self.edges))
        return ends

    def follows(self) -> np.ndarray:
        """Return whether each row follows the one before with only white space between, in one sentence, neither left out."""
        follows = self.shard["gap"][self.tokens] & FOLLOWS > 0
        after = self.left_out + 1
        follows[after[after < len(follows)]] = False
        return follows

    def heads(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the article (place in `documents`) and first row of each sentence; a wordless one has the next one's."""
        edges = self.shard["sentences"]
        counts = np.diff(edges)[self.places]
        article = np.repeat(np.arange(len(counts)), counts)
        return article, self.shard["spans"][2, runs(edges[self.places], counts)] - self.offset(article)

    @cached_property
    def left_out(self) -> np.ndarray:
        """The rows that are left out, in order."""
        if self.mask is None:
            return np.empty(0, dtype=np.int64)
        return self.mask.covered(np.repeat(self.documents * LONGEST, np.diff(self.edges)) + self.starts())

    def kept(self, values: np.ndarray) -> np.ndarray:
        """Return the values, one for each row, of the rows that are not left out."""
        return np.delete(values, self.left_out) if len(self.left_out) else values

    def renumbered(self, rows: np.ndarray) -> np.ndarray:
        """Return how many rows before each of these are not left out."""
        return rows - np.searchsorted(self.left_out, rows) if len(self.left_out) else rows


def in_order(numbers: np.ndarray, size: int) -> bool:
    """Tell whether `numbers` are 0, 1, 2 ... up to `size`."""
    return len(numbers) == size and bool((numbers == np.arange(size)).all())


def gaps(shard: AnyShard, tokens: np.ndarray | slice) -> np.ndarray:
    """Return how many characters are between each of these tokens of a shard and the token before."""
    gap, far = (shard["gap"][tokens] & FAR).astype(np.uint32), shard["far"]
    long = np.flatnonzero(gap == FAR) if len(far) else far[:, 0]
    number = long + tokens.start if isinstance(tokens, slice) else tokens[long]
    gap[long] = far[np.searchsorted(far[:, 0], number), 1]
    return gap
