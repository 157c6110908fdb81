"""Why a record, or a whole file, is set aside."""

import gzip
import pathlib
import zlib

import pandas as pd

from broadsheet.readers import languages

BROKEN = (gzip.BadGzipFile, EOFError, zlib.error)  # what an archive raises that is none, or is cut short


class Refused(Exception):
    """Carry one of the audit's reasons: a reader raises it for its file, or yields it for one record."""

    @property
    def reason(self) -> str:
        """Return the reason as the audit prints it."""
        return str(self)


UNREADABLE = (Refused, OSError, *BROKEN)


def reason(error: Exception) -> str:
    """Return why a file is set aside whose reading ended in one of UNREADABLE.

    >>> reason(Refused("empty")), reason(EOFError()), reason(PermissionError())
    ('empty', 'malformed', 'not text')
    """
    if isinstance(error, Refused):
        return error.reason
    return "malformed" if isinstance(error, BROKEN) else "not text"


def no_article(place: pathlib.Path, audit: pd.DataFrame) -> str:
    """Return the message of a corpus at `place` of which no record could be kept: what was found, and the fix."""
    if audit.empty:
        return f"{place} holds no article. Put text files in it, each beginning with a line `date YYYY-MM-DD`; see data/README.md."
    reasons = ", ".join(f"{n} {reason}" for reason, n in audit["reason"].value_counts().items())
    found = (
        f"Nothing in {place} can be read as an article ({reasons}). `broadsheet check` lists each file with its reason."
    )
    named = audit.loc[audit["reason"] == "other language", "notes"].value_counts()
    return f"{found} {_other_language(named.index[0])}" if len(named) else found


def _other_language(name: str) -> str:
    return (
        f'To keep the articles in {name}, write language = "{languages.code_of(name)}" in corpus.toml beside them, or '
        f'"{languages.ANY}" to keep every language; function words, tone and dates are read as English all the same.'
    )
