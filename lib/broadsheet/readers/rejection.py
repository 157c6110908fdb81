"""The reasons why a record, or a whole file, is set aside."""

import gzip
import zlib

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
