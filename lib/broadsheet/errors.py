"""Errors that name the requirement, the finding and the fix; and the number of processors."""

import difflib
import os
from collections.abc import Iterable


class BroadsheetError(Exception):
    """Base of every error that a user can fix; its message names the fix."""


class SchemaError(BroadsheetError):
    """A table given to a function lacks a column, or has one of the wrong type."""


class CorpusError(BroadsheetError):
    """The articles cannot be found, have changed, or cannot answer the question."""


class ParameterError(BroadsheetError):
    """A parameter or an argument is unknown, of the wrong type or out of range."""


class ResourceError(BroadsheetError):
    """A file or folder that a run needs cannot be read or written."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Suggest the nearest of `known` as ` Did you mean X?`; "" if none is near.

    >>> did_you_mean("topn", ["top_n", "corpus"])
    ' Did you mean top_n?'
    """
    near = difflib.get_close_matches(name.lower(), {k.lower(): k for k in known}, n=1, cutoff=0.6)
    return f" Did you mean {next(k for k in known if k.lower() == near[0])}?" if near else ""


def processors() -> int:
    """Count the processors that this process may use: a batch system or container may allow fewer than exist."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
