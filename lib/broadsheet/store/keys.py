"""Keys: sixteen bytes that identify a body, and the versions and names derived from content."""

import functools
import hashlib
import importlib.metadata
import importlib.util
from pathlib import Path

import numpy as np
import xxhash

_ODD = np.uint64(0x9E3779B97F4A7C15)  # spreads neighbouring numbers over all bits; find sorts by the first integer


def key(text: bytes) -> bytes:
    """Return the key of a body, given as UTF-8: sixteen bytes."""
    return xxhash.xxh3_128_digest(text)


def as_integers(keys: list[bytes]) -> np.ndarray:
    """Return keys as the store keeps them: one row of two integers per key."""
    return np.frombuffer(b"".join(keys), dtype=np.uint64).reshape(-1, 2)


def mixed(keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return keys that depend on an integer per body too, for results that depend on more than the text.

    >>> keys = as_integers([key(b"The mill burned.")] * 2)
    >>> len(np.unique(mixed(keys, np.array([19723, 19724])), axis=0))
    2
    """
    numbers = values.astype(np.uint64)
    return keys ^ np.stack([numbers * _ODD, numbers], axis=1)


def name_of(keys: np.ndarray) -> str:
    """Return the name of a shard, derived from its keys."""
    return hashlib.blake2b(np.ascontiguousarray(keys).tobytes(), digest_size=16).hexdigest()


@functools.cache
def version_of(*names: str) -> str:
    """Return a digest of packages' source files, as a version that nobody can forget to raise.

    names : our own packages (`broadsheet.timex`), every file of which counts, and distributions
        (`vaderSentiment`), whose release counts.
    """
    digest = hashlib.blake2b(digest_size=6)
    for name in names:
        if not name.startswith("broadsheet."):
            digest.update(f"{name} {importlib.metadata.version(name)}\0".encode())
            continue
        folder = Path(importlib.util.find_spec(name).origin).parent
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()
