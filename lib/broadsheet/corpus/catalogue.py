"""What a corpus holds besides its texts, kept in the store so that files that did not change are not read again."""

import contextlib
import datetime
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet import readers, store
from broadsheet.errors import CorpusError, ResourceError
from broadsheet.schema import ARTICLES

VERSION = "2"
_DEPENDS_ON_THE_DAY = "date out of range"  # a note that may be wrong tomorrow


class Catalogue(NamedTuple):
    """The articles without their bodies, the audit, and the key of each body: two integers in a row."""

    articles: pd.DataFrame
    audit: pd.DataFrame
    keys: np.ndarray


def kept(place: Path) -> Catalogue | None:
    """Return the catalogue of the corpus at `place`, None when it was never read or has changed since."""
    found = _collection().get(_name(place, readers.fingerprint(place)))
    if found is None:
        return None
    try:
        articles, audit = store.frame(found["articles"]), store.frame(found["audit"])
        if audit["notes"].str.contains(_DEPENDS_ON_THE_DAY).any() and int(found["day"][0]) != _today():
            return None
        return Catalogue(articles, audit, found["keys"])
    except store.DamagedError:
        return None


def read(place: Path, take: Callable[[str], bytes]) -> Catalogue:
    """Read the corpus at `place` and keep its catalogue; `take` has each body, and gives its key."""
    before, keys = readers.fingerprint(place), []
    articles, audit = readers.read(place, lambda body: keys.append(take(body)))
    catalogue = Catalogue(_without_bodies(articles), audit, store.as_integers(keys))
    if before and before == readers.fingerprint(place):
        _keep(_name(place, before), catalogue)
    return catalogue


class Bodies:
    """The texts of a corpus: those that were read already, else read when they are first asked for."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._read: list[str] = []

    def take(self, body: str) -> bytes:
        """Hold a body; return its key."""
        self._read.append(body)
        return store.key(body.encode())

    def texts(self, keys: np.ndarray) -> list[str]:
        """Return all bodies, which must have these keys."""
        if len(self._read) != len(keys):
            held: list[str] = []
            self.give(held.append, keys)
            self._read = held
        return self._read

    def give(self, have: Callable[[str], object], keys: np.ndarray) -> None:
        """Hand out all bodies, which must have these keys, one after the other; they are not held for that."""

        def take(body: str) -> bytes:
            have(body)
            return store.key(body.encode())

        if len(self._read) == len(keys):
            for body in self._read:
                have(body)
        elif not np.array_equal(read(self._place, take).keys, keys):
            raise CorpusError(f"The articles in {self._place} have changed since they were loaded. Load them again.")


def _without_bodies(articles: pd.DataFrame) -> pd.DataFrame:
    """Return `articles` with our columns first, then the user's; stories are for whoever looks at all of them."""
    ours = [name for name in ARTICLES if name not in {"body", "story"}]
    return articles[ours + [name for name in articles.columns if name not in ARTICLES]]


def _keep(name: str, catalogue: Catalogue) -> None:
    arrays = {
        "articles": store.packed(catalogue.articles),
        "audit": store.packed(catalogue.audit),
        "keys": catalogue.keys,
        "day": np.array([_today()]),
    }
    with contextlib.suppress(ResourceError):  # it saves time alone; whoever keeps tokens there says what is wrong
        _collection().add(name, arrays)


def _collection() -> store.Collection:
    return store.Collection("catalogue", VERSION)


def _name(place: Path, fingerprint: str) -> str:
    """Return the name that a catalogue is kept by; without a fingerprint, one that none has."""
    return (
        hashlib.blake2b(os.fsencode(place) + b"\0" + fingerprint.encode(), digest_size=16).hexdigest()
        if fingerprint
        else "none"
    )


def _today() -> int:
    return datetime.date.today().toordinal()
