"""Which files of a corpus are read, in which order, and whether they changed."""

import fnmatch
import hashlib
import itertools
import os
import pathlib
import re
import time

from broadsheet.readers.settings import NAME
from broadsheet.readers.values import scrub

LEFT_BY_EDITORS = re.compile(".*~|#.*#", re.DOTALL)  # copies, locks such as ~x~, and unsaved work
GRAIN = 2_000_000_000  # nanoseconds: no file system's clock is coarser

Listed = list[tuple[str, str]]  # a file's path below the corpus with `/`, and where it lies


def listing(root: pathlib.Path, ignore: tuple[str, ...] = ()) -> Listed:
    """Return each file that may hold records, in reading order."""
    return sorted(found for found in _walk(root) if not _passed_over(found[0], ignore))


def fingerprint(listed: Listed, said: bytes) -> str:
    """Return a digest of `said` and of each file's path, size and times.

    "" when a file cannot be looked at, or changed less than GRAIN ago: a next change might leave its times as they are.
    A time that lies further ahead is no change but a wrong clock's.
    """
    digest = hashlib.blake2b(said, digest_size=16)
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
    """Return the files, and the folders that may not be listed; links are followed, no folder is entered twice."""
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
    """Say whether the folder is a site that we published: its tables are no articles."""
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
    """Say whether `pattern` names the file, or one of the folders it lies in.

    >>> _ignored("drafts/may/quay.txt", "drafts"), _ignored("may/quay.bak", "*.bak")
    (True, True)
    """
    parts = source.split("/")
    places = [parts[-1], *itertools.accumulate(parts, "{}/{}".format)]
    return any(fnmatch.fnmatchcase(place, pattern.rstrip("/")) for place in places)
