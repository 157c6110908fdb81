"""The reasons why a record, or a whole file, is set aside."""

import gzip
import pathlib
import zlib

import pandas as pd

from broadsheet.readers import languages

BROKEN = (gzip.BadGzipFile, EOFError, zlib.error)  # raised for an archive that is damaged or cut short


class Rejected(Exception):
    """Set a record or file aside, for one of the audit's reasons.

    A reader raises it for the whole file, or yields it in place of one record.
    """

    @property
    def reason(self) -> str:
        """The reason, as in the audit."""
        return str(self)


UNREADABLE = (Rejected, OSError, *BROKEN)


def reason_of(error: Exception) -> str:
    """Return the audit's reason for a file whose reading raised one of UNREADABLE.

    >>> reason_of(Rejected("empty")), reason_of(EOFError()), reason_of(PermissionError())
    ('empty', 'malformed', 'not text')
    """
    if isinstance(error, Rejected):
        return error.reason
    return "malformed" if isinstance(error, BROKEN) else "not text"


def no_article(place: pathlib.Path, audit: pd.DataFrame) -> str:
    """Return the message for a corpus without a single article: what was found, and the fix."""
    if audit.empty:
        return (
            f"{place} contains no article. Put text files in it, each beginning with a line `date YYYY-MM-DD`; "
            "see data/README.md."
        )
    reasons = ", ".join(f"{n} {reason}" for reason, n in audit["reason"].value_counts().items())
    message = (
        f"Nothing in {place} can be read as an article ({reasons}). `broadsheet check` lists each file with its reason."
    )
    named = audit.loc[audit["reason"] == "other language", "notes"].value_counts()
    return f"{message} {_other_language(named.index[0])}" if len(named) else message


def _other_language(name: str) -> str:
    return (
        f'To keep the articles in {name}, write language = "{languages.code_of(name)}" in corpus.toml beside them, or '
        f'"{languages.ANY}" to keep every language; function words, tone and dates are still read as English.'
    )
