"""Read the articles of a corpus from the shards of the store; a damaged shard is rebuilt."""

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from broadsheet import store
from broadsheet.index.look_ups import POSTINGS, used_terms
from broadsheet.index.part import SPANS, Part, Passages, in_order
from broadsheet.index.shard_arrays import terms_of, union
from broadsheet.store import Places, runs


class ShardReader:
    """The shards that contain some articles; locate : as for `Tokens`; mask : passages whose tokens are left out."""

    def __init__(self, locate: Callable[[], Places], mask: Passages | None = None) -> None:
        self._locate, self._mask = locate, mask
        self._whole: ShardReader | None = None  # of all articles, if this is a reader of some of them
        self._by_word: dict[tuple, tuple] = {}  # of each shard what was spread: a megabyte or two

    def of(self, articles: np.ndarray | slice, mask: Passages | None = None) -> "ShardReader":
        """Return a reader of some of the articles; damage that it meets is mended for both."""

        def locate() -> Places:
            shards, shard, place = self._places
            return Places(shards, shard[articles], place[articles])

        some = ShardReader(locate, mask)
        some._whole, some._by_word = self, self._by_word
        return some

    @cached_property
    def _places(self) -> Places:
        return self._locate()

    @cached_property
    def _parts(self) -> list[Part]:
        shards, shard, place = self._places
        articles = [(at, np.flatnonzero(shard == at)) for at in np.unique(shard).tolist()]
        return [Part(i, shards[at], rows, place[rows], self._mask) for i, (at, rows) in enumerate(articles)]

    def _forget(self) -> None:
        for stale in ("_places", "_parts", "numbering"):
            self.__dict__.pop(stale, None)
        if self._whole:
            self._whole._forget()

    def parts(self, *names: str) -> Iterator[Part]:
        """Yield the articles shard by shard, having checked the arrays of these names."""
        names += () if self._mask is None else SPANS
        try:
            for part in self._parts:
                part.shard.check(*names)
        except store.DamagedError:  # that shard is gone now
            self._forget()
            yield from self.parts(*names)
        else:
            yield from self._parts

    @cached_property
    def numbering(self) -> tuple[pd.Index, list[np.ndarray]]:
        """The terms used, sorted; and for each part the number of each term of its shard, -1 for one not used."""
        parts = list(self.parts(*POSTINGS, "tokens"))
        used = [used_terms(part) for part in parts]
        chosen = [terms_of(part.shard).filter(pa.array(mask)) for part, mask in zip(parts, used, strict=True)]
        vocabulary, codes = union(chosen) if len(chosen) != 1 else (chosen[0], [np.arange(len(chosen[0]))])
        numbers = [np.full(len(mask), -1, dtype=np.int32) for mask in used]
        for number, mask, code in zip(numbers, used, codes, strict=True):
            number[mask] = code
        return pd.Index(pd.array(vocabulary, dtype="str")), numbers

    def spread(self, values: Callable[[pa.Array], np.ndarray], kind: type) -> np.ndarray:
        """Return for each token what `values` gives for its term; asked once for each shard."""

        def of_part(part: Part) -> np.ndarray:
            asked = values, id(part.shard)
            if asked not in self._by_word:  # the shard is kept too, so that no other gets its id
                self._by_word[asked] = part.shard, values(terms_of(part.shard))[part.shard["term"]]
            return self._by_word[asked][1].take(part.shard["word"][part.tokens])

        return self.of_tokens(kind, of_part, "word", "term", "letters", "letter_starts")

    def of_tokens(self, kind: type, read: Callable[[Part], np.ndarray], *names: str) -> np.ndarray:
        """Return what `read` gives for the rows of each part, in reading order, without the tokens left out."""
        found, documents, lengths = [], [], []
        for part in self.parts("tokens", *names):
            lengths.append(part.lengths)
            found.append(part.kept(read(part)).astype(kind, copy=False))
            documents.append(part.documents)
        if not found:
            return np.empty(0, dtype=kind)
        every, order, length = (np.concatenate(one) if len(one) > 1 else one[0] for one in (found, documents, lengths))
        if in_order(order, len(order)):
            return every
        inverse = np.argsort(order)
        return every[runs((length.cumsum() - length)[inverse], length[inverse])]
