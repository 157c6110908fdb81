"""The errors that Broadsheet raises (each names what was required, what was found, and the fix); processors."""

import difflib
import os
from collections.abc import Iterable


class BroadsheetError(Exception):
    """Base of every error that a user can mend; its message names the fix."""


class SchemaError(BroadsheetError):
    """A table lacks a column, or holds one of another kind, at a module's door."""


class CorpusError(BroadsheetError):
    """The articles cannot be found, or cannot carry what was asked of them."""


class ParameterError(BroadsheetError):
    """A parameter or an argument is unknown, of the wrong type or out of range."""


class ResourceError(BroadsheetError):
    """A file or folder that a run needs cannot be read or written."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ` Did you mean X?` for the nearest of `known`, or nothing when none is near.

    >>> did_you_mean("topn", ["top_n", "corpus"])
    ' Did you mean top_n?'
    """
    near = difflib.get_close_matches(name.lower(), {k.lower(): k for k in known}, n=1, cutoff=0.6)
    return f" Did you mean {next(k for k in known if k.lower() == near[0])}?" if near else ""


def processors() -> int:
    """Return how many processors this process may use: a batch system or container may allow fewer than exist."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
