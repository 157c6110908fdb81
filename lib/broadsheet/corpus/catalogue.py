"""Article metadata and the audit, cached until the files change."""

import datetime
import hashlib
import os
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet import readers, store
from broadsheet.schema import ARTICLES

VERSION = "4"  # of the tables kept; the readers' own version is derived from their files
_DEPENDS_ON_TODAY = "date out of range"  # a note that may be wrong tomorrow


class Catalogue(NamedTuple):
    """The articles without their bodies, the audit, and the key of each body, one row of two integers each."""

    articles: pd.DataFrame
    audit: pd.DataFrame
    keys: np.ndarray


def cached_catalogue(folder: readers.Folder) -> Catalogue | None:
    """Return the catalogue of a folder from the store; None if it was never read or has changed."""
    fingerprint = folder.fingerprint()
    tables = _collection().tables(_name(folder, fingerprint)) if fingerprint else None
    if not tables:
        return None
    audit = tables["audit"]
    if audit["notes"].str.contains(_DEPENDS_ON_TODAY).any() and tables["day"][0] != _today():
        return None
    return Catalogue(tables["articles"], audit, tables["keys"])


def read_catalogue(folder: readers.Folder, take: Callable[[str], object], keep: bool = True) -> Catalogue:
    """Read the articles of a folder and pass each body to `take`.

    keep : keep the catalogue in the store, unless files change while they are read.
    """
    before, keys = folder.fingerprint(), []
    articles, audit = readers.read_articles(folder, take, keys)
    ours = [name for name in ARTICLES if name not in {"body", "story"}]
    bodiless = articles[ours + [name for name in articles.columns if name not in ARTICLES]]
    catalogue = Catalogue(bodiless, audit, store.as_integers(keys))
    if keep and before and before == folder.fingerprint():
        tables = {"articles": catalogue.articles, "audit": audit, "keys": catalogue.keys, "day": np.array([_today()])}
        _collection().keep_tables(_name(folder, before), tables)
    return catalogue


def _collection() -> store.Collection:
    """Return the catalogues made by today's readers; they take their stop words from `text`."""
    sources = store.version_of("broadsheet.readers", "broadsheet.text", "py3langid")
    return store.Collection("catalogue", f"{VERSION}.{sources}")


def _name(folder: readers.Folder, fingerprint: str) -> str:
    return hashlib.blake2b(os.fsencode(folder.path) + b"\0" + fingerprint.encode(), digest_size=16).hexdigest()


def _today() -> int:
    return datetime.date.today().toordinal()
