"""List the files of a corpus in reading order, and detect changes."""

import fnmatch
import hashlib
import itertools
import os
import pathlib
import re
import time

from broadsheet.readers.settings import NAME
from broadsheet.readers.values import scrub

LEFT_BY_EDITORS = re.compile(".*~|#.*#", re.DOTALL)  # backups, locks such as ~x~, and unsaved work
GRAIN = 2_000_000_000  # nanoseconds; no file system's clock is coarser

Listed = list[tuple[str, str]]  # each file's path below the corpus, with `/`, and its path on disk


def listing(root: pathlib.Path, ignore: tuple[str, ...] = ()) -> Listed:
    """List every file that may contain records, in reading order."""
    return sorted(found for found in _walk(root) if not _passed_over(found[0], ignore))


def fingerprint(listed: Listed, settings: bytes) -> str:
    """Return a digest of `settings` and of each file's path, size and times.

    It is "" when a file cannot be examined, or changed less than GRAIN ago: its next change might leave the times
    as they are. A time further in the future comes from a wrong clock, not from a change.
    """
    digest = hashlib.blake2b(settings, digest_size=16)
    now = time.time_ns()
    for source, path in listed:
        try:
            found = os.stat(path)
        except OSError:
            return ""
        if min(abs(now - found.st_mtime_ns), abs(now - found.st_ctime_ns)) < GRAIN:
            return ""
        digest.update(f"\0{source}\0{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}".encode())
    return digest.hexdigest()


def _walk(root: pathlib.Path) -> Listed:
    """Return the files, and the folders that cannot be listed; follow links, but enter no folder twice."""
    found, unreadable, entered = [], [], {_identity(root)}
    for folder, folders, names in os.walk(root, followlinks=True, onerror=unreadable.append):
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".") and not _site(folder, name) and _first_time(folder, name, entered)
        ]
        place = "" if folder == os.fspath(root) else _below(folder, root) + "/"
        found += [(place + scrub(name), os.path.join(folder, name)) for name in names]
    return found + [(_below(error.filename, root), error.filename) for error in unreadable]


def _site(folder: str, name: str) -> bool:
    """Return whether the folder is a site that we published, whose tables are not articles."""
    return all(os.path.exists(os.path.join(folder, name, part)) for part in ("run.json", "evidence", "index.html"))


def _first_time(folder: str, name: str, entered: set) -> bool:
    identity = _identity(os.path.join(folder, name))
    new = identity not in entered
    entered.add(identity)
    return new


def _identity(path: str | pathlib.Path) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def _below(path: str, root: pathlib.Path) -> str:
    return scrub(os.path.relpath(path, root).replace(os.sep, "/"))


def _passed_over(source: str, ignore: tuple[str, ...]) -> bool:
    name = source.rpartition("/")[2]
    return (
        name.startswith(".")
        or name == NAME
        or (name == source and name.upper().startswith("README"))
        or LEFT_BY_EDITORS.fullmatch(name) is not None
        or any(_ignored(source, pattern) for pattern in ignore)
    )


def _ignored(source: str, pattern: str) -> bool:
    """Return whether `pattern` matches the file or one of its folders.

    >>> _ignored("drafts/may/quay.txt", "drafts"), _ignored("may/quay.bak", "*.bak")
    (True, True)
    """
    parts = source.split("/")
    places = [parts[-1], *itertools.accumulate(parts, "{}/{}".format)]
    return any(fnmatch.fnmatchcase(place, pattern.rstrip("/")) for place in places)
