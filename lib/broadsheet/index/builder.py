"""Read bodies into the store, a shard at a time: its size bounds the memory."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

import numpy as np
import pandas as pd

from broadsheet import errors, store
from broadsheet.index import shard_arrays
from broadsheet.index.tokens import Tokens
from broadsheet.text import passes
from broadsheet.text.batch import Batch
from broadsheet.text.passes import Say

VERSION = f"3.{unicodedata.unidata_version}"
"""Of the rules and of the arrays of a shard; Python's Unicode tables decide what a letter is."""

SHARD = 32_000_000  # bytes of text read in one pass; a pass, one for each worker, needs about six times as much memory
SMALL, MANY = SHARD // 8, 16  # bytes of a shard's file below which it is small; more small ones than that are made one


def collection() -> store.Collection:
    """Return the shards of tokens, in the store's current folder."""
    return store.Collection("tokens", VERSION)


def places(
    keys: np.ndarray, kept: store.Collection, loose: list[store.Loose], body: Callable[[int], str]
) -> store.Places:
    """Return where the bodies with these keys are in `kept`, reading those that it lacks.

    loose : takes what could not be written. body : gives the text of a body, by its number.
    """

    def read(missing: np.ndarray) -> None:
        with Builder(kept, strict=False) as builder:
            for number in missing.tolist():
                builder.take(body(number))
        loose.extend(builder.loose)

    return store.located(keys, kept, loose, read)


def tokens_of(texts: Sequence[str]) -> Tokens:
    """Return the tokens of some texts, without the store."""
    encoded = [text.encode() for text in texts]
    keys = [store.key(text) for text in encoded]
    shards = [store.Loose(made) for made in _shards(Batch.of(encoded), keys, passes.to_stderr)]
    return Tokens(pd.RangeIndex(len(texts)).astype("str"), lambda: store.find(store.as_integers(keys), shards))


def _shards(batch: Batch, keys: list[bytes], say: Say) -> Iterator[dict[str, np.ndarray]]:
    """Yield the arrays of the shards read from the bodies with these keys."""
    while len(batch):
        found = passes.read_batch(batch, say)
        done = len(found.tokens) - 1
        yield shard_arrays.of_pass(found, keys[:done])
        batch, keys = batch.after(done), keys[done:]


class Builder:
    """Takes bodies one by one and keeps the tokens of those that the store lacks, a shard at a time.

    A context: when it ends everything is written. Shards are read in parallel with the code that hands over the bodies.

    kept : the collection to write to. say : told what takes long.
    strict : raise ResourceError when the store cannot be written; else warn, and keep in memory what it could not take.
    workers : shards read in parallel; by default one for each processor that may be used, four at most.
    """

    def __init__(
        self, kept: store.Collection, say: Say = passes.to_stderr, strict: bool = True, workers: int | None = None
    ) -> None:
        self.read_bytes = self.read_bodies = 0
        self.loose: list[store.Loose] = []  # shards that could not be written
        self._collection, self._say, self._strict = kept, say, strict
        self._known = {bytes(key) for shard in kept.shards() for key in shard["keys"]}
        self._batch, self._keys = Batch(0), []
        self._workers = workers or min(errors.processors(), 4)
        self._pool, self._reading = ThreadPoolExecutor(self._workers), []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._flush()
                self._wait(0)
                self._collection.merge(shard_arrays.merged, SMALL, MANY)
        finally:
            self._pool.shutdown(cancel_futures=True)

    def take(self, body: str) -> bytes:
        """Keep the tokens of a body unless the store has them; return its key."""
        text = body.encode()
        key = store.key(text)
        if key not in self._known:
            self._known.add(key)
            if not self._batch.fits(text):
                self._flush()
                self._batch = Batch(max(SHARD, len(text) + 1))
            self._batch.add(text)
            self._keys.append(key)
        return key

    def _flush(self) -> None:
        if self._keys:
            self._wait(self._workers)  # so one more is ready when a worker is
            self._reading.append(self._pool.submit(self._keep, self._batch, self._keys))
            self._batch, self._keys = Batch(0), []

    def _wait(self, most: int) -> None:
        """Wait until no more than `most` shards are being read."""
        while len(self._reading) > most:
            bodies, size = self._reading.pop(0).result()
            self.read_bodies, self.read_bytes = self.read_bodies + bodies, self.read_bytes + size
            if self.read_bytes > SHARD:
                self._say(f"{self.read_bodies:,} articles, {self.read_bytes / 1e6:,.0f} MB of text read ...")

    def _keep(self, batch: Batch, keys: list[bytes]) -> tuple[int, int]:
        """Read bodies and write their tokens; return the number of bodies, and of bytes."""
        for made in _shards(batch, keys, self._say):
            add = self._collection.add if self._strict else self._collection.add_if_possible
            shard = add(store.name_of(made["keys"]), made)
            self.loose += [shard] if isinstance(shard, store.Loose) else []
        return len(batch), batch.size - len(batch)
