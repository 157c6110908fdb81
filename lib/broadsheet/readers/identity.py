"""Identify records: ids made from content, and ids made unique."""

import hashlib

DIGEST = 6  # bytes of an id made from content: twelve hex digits, short in a URL, distinct among millions


def content_id(*parts: str | bytes) -> str:
    """Return the id of an article that has none: a short hash of date, outlet, url and body."""
    written = b"\0".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    return hashlib.blake2b(written, digest_size=DIGEST).hexdigest()


def distinct(names: list[str]) -> list[str]:
    """Make names unique: the first keeps its name, each later one gets a number that is not taken.

    >>> distinct(["a", "a", "a-2", "a"])
    ['a', 'a-3', 'a-2', 'a-4']
    """
    reserved, number, told_apart = set(names), {}, []
    for name in names:
        count = number.get(name, 0) + 1
        while count > 1 and f"{name}-{count}" in reserved:
            count += 1
        number[name] = count
        told_apart.append(name if count == 1 else f"{name}-{count}")
    return told_apart
