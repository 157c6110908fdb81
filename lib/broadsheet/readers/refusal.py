"""Why a record, or a whole file, is set aside."""


class Refused(Exception):
    """Carry one of the audit's reasons: a reader raises it for its file, or yields it for one record."""

    @property
    def reason(self) -> str:
        """Return the reason as the audit prints it."""
        return str(self)
