"""Where the articles of a corpus stand in the shards of the store, and what is read from there."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from broadsheet import store
from broadsheet.index import kernels
from broadsheet.index.arrays import terms_of, union
from broadsheet.store import Places, runs
from broadsheet.text.automaton import FAR, FOLLOWS

AnyShard = store.Shard | store.Loose
SPANS = ("word", "gap", "far", "lengths", "tokens", "term")  # the arrays that tell where tokens stand
POSTINGS = ("posting_starts", "posting_articles", "posting_counts", "letters", "letter_starts")
_REMEMBERED = 64  # arrays of what was spread, one for each shard: a megabyte or two each
_TRIES = 3  # a shard that was made anew may be damaged too


class Part(NamedTuple):
    """Those of the articles that stand in one shard, in reading order."""

    number: int  # of the shard among those used
    shard: AnyShard
    documents: np.ndarray  # their numbers among the articles
    places: np.ndarray  # and their places in the shard

    @property
    def is_whole(self) -> bool:
        """Whether they are all that the shard holds, in its order."""
        return in_order(self.places, len(self.shard["tokens"]) - 1)

    @property
    def tokens(self) -> np.ndarray | slice:
        """The numbers of their tokens in the shard."""
        edges, places = self.shard["tokens"], self.places
        if len(places) and in_order(places - places[0], len(places)):
            return slice(int(edges[places[0]]), int(edges[places[-1] + 1]))
        return runs(edges[places], np.diff(edges)[places])


class Shelf:
    """The shards that hold some articles. What turns out to be damaged is read again, and said.

    locate : tells where the articles stand, having read what the store lacked.
    """

    def __init__(self, locate: Callable[[], Places]) -> None:
        self._locate = locate
        self.by_word: dict[tuple, tuple] = {}  # what was last spread, to be shared with the shelves of some articles

    @cached_property
    def _places(self) -> Places:
        return self._locate()

    def of(self, articles: np.ndarray) -> Callable[[], Places]:
        """Return what tells where some of the articles stand: at first as it is known here, each later time anew."""
        asked = False

        def locate() -> Places:
            nonlocal asked
            if asked:
                self._forget()
            asked = True
            shards, shard, place = self._places
            return Places(shards, shard[articles], place[articles])

        return locate

    def _forget(self) -> None:
        for stale in ("_places", "numbering"):
            self.__dict__.pop(stale, None)

    def parts(self, *names: str) -> Iterator[Part]:
        """Yield the articles shard by shard; the arrays of these names are sound."""
        for last in (False,) * (_TRIES - 1) + (True,):
            places = self._places  # one and the same to the end, whatever a nested question finds damaged
            used = np.unique(places.shard).tolist()
            shards = [places.shards[number] for number in used]
            damages = [damage for shard in shards if (damage := _damage(shard, names))]
            if not damages:
                break
            for damage in damages:
                store.warn(str(damage))
            if last:
                raise damages[0]
            self._forget()
        for number, (at, shard) in enumerate(zip(used, shards, strict=True)):
            documents = np.flatnonzero(places.shard == at)
            yield Part(number, shard, documents, places.place[documents])

    @cached_property
    def numbering(self) -> tuple[pd.Index, list[np.ndarray]]:
        """The terms used, sorted; and for each shard the number of each of its terms among them, -1 for one not used."""
        parts = list(self.parts(*POSTINGS, "tokens"))
        used = [_used_terms(part) for part in parts]
        chosen = [terms_of(part.shard).filter(pa.array(mask)) for part, mask in zip(parts, used, strict=True)]
        vocabulary, codes = union(chosen) if len(chosen) != 1 else (chosen[0], [np.arange(len(chosen[0]))])
        numbers = [np.full(len(mask), -1, dtype=np.int32) for mask in used]
        for number, mask, code in zip(numbers, used, codes, strict=True):
            number[mask] = code
        return pd.Index(pd.array(vocabulary, dtype="str")), numbers

    def terms_at(self, documents: np.ndarray, number: np.ndarray) -> np.ndarray:
        """Return of some articles the term of the token of this number, from 0, in each; as in `numbering`."""
        found = np.empty(len(documents), dtype=np.int64)
        for part in self.parts("word", "term", *POSTINGS, "tokens") if len(documents) else ():
            here = np.flatnonzero(np.isin(documents, part.documents))
            place = part.places[np.searchsorted(part.documents, documents[here])]
            word = part.shard["word"][part.shard["tokens"][place] + number[here]]
            found[here] = self.numbering[1][part.number][part.shard["term"][word]]
        return found

    def spread(self, values: Callable[[pa.Array], np.ndarray], kind: type) -> np.ndarray:
        """Return what `values` gives, as numbers of a kind, for the term of each token; asked once for the terms of a shard,
        while these are few."""

        def of_part(part: Part, tokens: np.ndarray | slice) -> np.ndarray:
            asked = values, np.dtype(kind), id(part.shard)
            if asked not in self.by_word:
                if len(self.by_word) >= _REMEMBERED:
                    self.by_word.clear()
                given = values(terms_of(part.shard)).astype(kind, copy=False)[part.shard["term"]]
                self.by_word[asked] = part.shard, given  # the shard is held, so that no other has its id
            return self.by_word[asked][1].take(part.shard["word"][tokens])

        return self.of_tokens(kind, of_part, "word", "term", "letters", "letter_starts")

    def of_tokens(self, kind: type, read: Callable[[Part, np.ndarray | slice], np.ndarray], *names: str) -> np.ndarray:
        """Return what `read` gives for the tokens of each part, in reading order; one row per token."""
        found, documents, lengths = [], [], []
        for part in self.parts("tokens", *names):
            edges = part.shard["tokens"]
            lengths.append(np.diff(edges)[part.places])
            found.append(read(part, part.tokens).astype(kind, copy=False))
            documents.append(part.documents)
        if not found:
            return np.empty(0, dtype=kind)
        every, order, length = (np.concatenate(one) if len(one) > 1 else one[0] for one in (found, documents, lengths))
        if in_order(order, len(order)):
            return every
        inverse = np.argsort(order)
        return every[runs((length.cumsum() - length)[inverse], length[inverse])]


def _damage(shard: AnyShard, names: tuple[str, ...]) -> store.DamagedError | None:
    """Return what is wrong with these arrays of a shard, None when they are sound."""
    try:
        shard.check(*names)
    except store.DamagedError as damage:
        return damage
    return None


def in_order(numbers: np.ndarray, size: int) -> bool:
    """Say whether `numbers` are 0, 1, 2 ... up to `size`."""
    return len(numbers) == size and bool((numbers == np.arange(size)).all())


def gaps(shard: AnyShard, tokens: np.ndarray | slice) -> np.ndarray:
    """Return how many characters stand before each of some tokens of a shard, since the token before."""
    found, far = (shard["gap"][tokens] & FAR).astype(np.uint32), shard["far"]
    long = np.flatnonzero(found == FAR) if len(far) else far[:, 0]
    number = long + tokens.start if isinstance(tokens, slice) else tokens[long]
    found[long] = far[np.searchsorted(far[:, 0], number), 1]
    return found


def number_of(shard: AnyShard, term: str) -> int:
    """Return the number of a term among the sorted terms of a shard, -1 where it is none of them."""
    letters, starts, wanted = shard["letters"], shard["letter_starts"], term.encode()
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high) // 2
        if letters[starts[middle] : starts[middle + 1]].tobytes() < wanted:
            low = middle + 1
        else:
            high = middle
    found = low < len(starts) - 1 and letters[starts[low] : starts[low + 1]].tobytes() == wanted
    return low if found else -1


def postings_of(shard: AnyShard, term: str) -> slice:
    """Return which postings of a shard are those of a term."""
    number = number_of(shard, term)
    return slice(*shard["posting_starts"][number : number + 2]) if number >= 0 else slice(0, 0)


def starts_of(shard: AnyShard, tokens: np.ndarray | slice, counts: np.ndarray) -> np.ndarray:
    """Return where some tokens of a shard begin in their bodies: all those of some bodies, which hold so many each."""
    lengths, ends = shard["lengths"][shard["word"][tokens]], gaps(shard, tokens)
    ends += lengths
    np.cumsum(ends, out=ends)  # past the last number it begins anew at 0, which the difference does not see
    before = np.append(np.uint32(0), ends)[counts.cumsum() - counts]
    ends -= lengths
    ends -= np.repeat(before, counts)
    return ends


def found_in(part: Part, terms: list[str]) -> np.ndarray:
    """Return document, start and end of each use of some terms, one after the other, in one shard."""
    shard, first, edges = part.shard, postings_of(part.shard, terms[0]), part.shard["tokens"]
    places = np.isin(part.places, shard["posting_articles"][first])
    documents, places = part.documents[places], part.places[places]
    numbers, steps = [number_of(shard, term) for term in terms], int(np.diff(edges)[places].sum())
    arrays = shard["word"], shard["gap"], shard["far"], shard["lengths"], edges
    row, token, start, end = kernels.quick(kernels.hits, steps)(*arrays, places, shard["term"] == numbers[0], steps)
    for number in numbers[1:]:
        held = token + 1 < edges[places[row] + 1]
        row, token, start, end = row[held], token[held] + 1, start[held], end[held]
        word = shard["word"][token]
        held = (shard["gap"][token] & FOLLOWS > 0) & (shard["term"][word] == number)
        end = end + gaps(shard, token) + shard["lengths"][word]
        row, token, start, end = row[held], token[held], start[held], end[held]
    return np.stack([documents[row], start, end])


def _used_terms(part: Part) -> np.ndarray:
    """Return which terms of the shard the articles use."""
    starts, size = part.shard["posting_starts"], len(part.shard["tokens"]) - 1
    ours = np.zeros(size, dtype=bool)
    ours[part.places] = True
    if ours.all():
        return np.diff(starts) > 0
    holding = np.concatenate([[0], ours[part.shard["posting_articles"]].cumsum()])
    return np.diff(holding[starts]) > 0


def lie_in(places: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return which places lie between a start and the end that belongs to it; both are in order."""
    before = np.searchsorted(starts, places, side="right") - 1
    return (before >= 0) & (places < np.append(ends, 0)[before])


def between(starts: np.ndarray, ends: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the numbers of the places that lie between a start and its end, where those are few; all are in order."""
    first, after = np.searchsorted(places, starts), np.searchsorted(places, ends)
    first = np.maximum(first, np.append(0, after)[:-1])  # what lies in two is told once
    return runs(first, np.maximum(after - first, 0))
