"""Tokens in the store: shards of a size that bounds the memory; each body stands in one of them, found by its key."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import numpy as np
import pandas as pd

from broadsheet import errors, store
from broadsheet.index import arrays
from broadsheet.index.table import Tokens
from broadsheet.text import passes
from broadsheet.text.batch import Batch

VERSION = f"3.{unicodedata.unidata_version}"
"""Of the rules and of what a shard holds; Python's Unicode tables decide what a letter is."""

SHARD = 32_000_000  # bytes of text read in one pass; a pass, one for each worker, needs about six times as much memory
SMALL, MANY = SHARD // 8, 16  # bytes of a shard's file below which it is small; more small ones than that are made one


def collection() -> store.Collection:
    """Return the shards of tokens, wherever the store lies now."""
    return store.Collection("tokens", VERSION)


def places(
    keys: np.ndarray, kept: store.Collection, loose: list[store.Loose], body: Callable[[int], str]
) -> store.Places:
    """Return where the bodies with these keys stand in `kept`, reading those that it lacks.

    loose : what could not be written is put there. body : gives the text of a body, by its number.
    """

    def read(missing: np.ndarray) -> None:
        with Keeper(kept, strict=False) as keeper:
            for number in missing.tolist():
                keeper.take(body(number))
        loose.extend(keeper.loose)

    return store.located(keys, kept, loose, read)


def read(texts: Sequence[str]) -> Tokens:
    """Return the tokens of some texts, which are kept nowhere."""
    encoded = [text.encode() for text in texts]
    keys = [store.key(text) for text in encoded]
    shards = [store.Loose(made) for made in _shards(Batch.of(encoded), keys, passes.to_stderr)]
    return Tokens(pd.RangeIndex(len(texts)).astype("str"), lambda: store.find(store.as_integers(keys), shards))


def _shards(batch: Batch, keys: list[bytes], say: passes.Say) -> Iterator[dict[str, np.ndarray]]:
    """Yield what the shards hold that are read from bodies with these keys."""
    while len(batch):
        found = passes.read(batch, say)
        done = len(found.tokens) - 1
        yield arrays.of_pass(found, keys[:done])
        batch, keys = batch.after(done), keys[done:]


class Keeper:
    """Takes bodies one by one and keeps the tokens of those that the store lacks, a shard at a time.

    Used as a context: at its end all is written. Shards are read side by side with what hands the bodies over.

    kept : the collection that they are kept in.
    say : is told what takes long.
    strict : raise ResourceError when the store cannot be written; else warn, and keep what could not be in memory.
    workers : shards read side by side; without a number, one for each processor that may be used, four at most.
    """

    def __init__(
        self,
        kept: store.Collection,
        say: passes.Say = passes.to_stderr,
        strict: bool = True,
        workers: int | None = None,
    ) -> None:
        self.read_bytes, self.read_bodies = 0, 0
        self.loose: list[store.Loose] = []  # shards that could not be written
        self._say, self._strict = say, strict
        self._collection = kept
        self._known = {bytes(key) for shard in self._collection.shards() for key in _sound_keys(shard)}
        self._batch, self._keys = Batch(0), []
        self._workers = workers or min(errors.processors(), 4)
        self._pool = ThreadPoolExecutor(self._workers)
        self._reading: list[Future] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._flush()
                self._wait(0)
                self._collection.merge(arrays.merged, SMALL, MANY)
        finally:
            self._pool.shutdown(cancel_futures=True)

    def take(self, body: str) -> bytes:
        """Keep the tokens of a body, unless they are; return its key."""
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
            self._wait(self._workers)  # one more is ready when a worker is
            self._reading.append(self._pool.submit(self._keep, self._batch, self._keys))
            self._batch, self._keys = Batch(0), []

    def _wait(self, most: int) -> None:
        """Wait until no more than so many shards are being read."""
        while len(self._reading) > most:
            bodies, size = self._reading.pop(0).result()
            self.read_bodies, self.read_bytes = self.read_bodies + bodies, self.read_bytes + size
            if self.read_bytes > SHARD:
                self._say(f"{self.read_bodies:,} articles, {self.read_bytes / 1e6:,.0f} MB of text read ...")

    def _keep(self, batch: Batch, keys: list[bytes]) -> tuple[int, int]:
        """Read bodies and write what was found; return how many they are, and their bytes."""
        for made in _shards(batch, keys, self._say):
            self._add(store.name_of(made["keys"]), made)
        return len(batch), batch.size - len(batch)

    def _add(self, name: str, made: dict[str, np.ndarray]) -> None:
        if self._strict:
            self._collection.add(name, made)
        elif isinstance(shard := self._collection.add_if_possible(name, made), store.Loose):
            self.loose.append(shard)


def _sound_keys(shard: store.Shard) -> Iterable[np.ndarray]:
    try:
        return shard["keys"]
    except store.DamagedError as damage:
        store.warn(str(damage))
        return ()
