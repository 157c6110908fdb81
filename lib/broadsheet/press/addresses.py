"""File names and anchors: safe in any file system and in any address, and unique."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any

LONGEST_SLUG = 60  # characters of a value in a file name


def slug(value: str) -> str:
    """Return `value` as part of a file name.

    >>> slug("The Saltway Post")
    'the-saltway-post'
    """
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG]


def slugs(values: Iterable[Any]) -> dict[Any, str]:
    """Return the slug of each value, with a digest where two are alike, one is cut off or nothing is left.

    >>> slugs(["R&D", "🦆"])
    {'R&D': 'r-d', '🦆': 'value-10854b'}
    """
    names = {value: slug(str(value)) for value in values}
    shared = Counter(names.values())
    for value, name in names.items():
        if shared[name] > 1 or not 0 < len(name) < LONGEST_SLUG:
            names[value] = f"{name or 'value'}-{_digest(str(value), 3)}"
    return names


def anchor(key: str) -> str:
    """Return a name for the evidence of `key`, used in addresses and as a file name.

    >>> anchor("term:café")
    'term-cafe-865764'
    """
    return f"{slug(key)}-{_digest(key, 3)}"


def article_files(doc_ids: Iterable[str]) -> dict[str, str]:
    """Return each article's file name: its doc_id if that is safe and unique ignoring case, else a hash."""
    doc_ids = list(doc_ids)
    folded = Counter(doc_id.lower() for doc_id in doc_ids)
    return {doc_id: possible_files(doc_id)[0 if folded[doc_id.lower()] == 1 else -1] for doc_id in doc_ids}


def possible_files(doc_id: str) -> list[str]:
    """Return the file names that an article may have: its doc_id if that is a safe name, and its hash."""
    safe = re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}", doc_id, re.ASCII) is not None
    return [f"{doc_id}.html"] * safe + [f"h{_digest(doc_id, 8)}.html"]


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()
