"""Why a record, or a whole file, is set aside."""

import gzip
import zlib

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
