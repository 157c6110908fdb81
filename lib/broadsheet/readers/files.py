"""Which files of a corpus are read, and in which order."""

import fnmatch
import os
import pathlib

from broadsheet.readers.settings import NAME
from broadsheet.readers.values import scrub

LEFT_BY_EDITORS = ("*~", "#*#")  # copies, locks such as ~x~, and unsaved work


def listing(root: pathlib.Path, ignore: tuple[str, ...] = ()) -> list[tuple[str, pathlib.Path]]:
    """Return (path below `root` with `/`, path) of each file that may hold records, in reading order."""
    files = ((_below(path, root), pathlib.Path(path)) for path in _walk(root))
    return sorted((source, path) for source, path in files if not _passed_over(source, ignore))


def _walk(root: pathlib.Path) -> list[str]:
    """Return the files, and the folders that may not be listed; links are followed, no folder is entered twice."""
    paths, unreadable, entered = [], [], {_identity(root)}
    for folder, folders, names in os.walk(root, followlinks=True, onerror=unreadable.append):
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".") and not _site(folder, name) and _first_time(folder, name, entered)
        ]
        paths += [os.path.join(folder, name) for name in names]
    return paths + [error.filename for error in unreadable]


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
        or any(fnmatch.fnmatchcase(name, pattern) for pattern in LEFT_BY_EDITORS)
        or any(_ignored(source, pattern) for pattern in ignore)
    )


def _ignored(source: str, pattern: str) -> bool:
    """Say whether `pattern` names the file, or one of the folders it lies in.

    >>> _ignored("drafts/may/quay.txt", "drafts"), _ignored("may/quay.bak", "*.bak")
    (True, True)
    """
    path = pathlib.PurePosixPath(source)
    return any(fnmatch.fnmatchcase(str(place), pattern.rstrip("/")) for place in (path.name, path, *path.parents[:-1]))
