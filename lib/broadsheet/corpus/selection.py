"""The conditions that `Corpus.select` takes: days as people write them, and arguments it no longer has."""

import datetime
from collections.abc import Iterable

import pandas as pd

from broadsheet.errors import ParameterError, did_you_mean

CONDITIONS = ("since", "until", "outlet", "query")
COUNTING = {"ledger", "marked"}  # what `counted` takes; `select` once did


def moved(names: Iterable[str]) -> str:
    """Return the message for arguments of `select` that `counted` takes now."""
    for name in names:
        if name not in COUNTING:
            return f"select does not take {name!r}; it takes {', '.join(CONDITIONS)}.{did_you_mean(name, CONDITIONS)}"
    return f"select only filters articles. Write `.select(...).counted({', '.join(f'{name}=...' for name in names)})`."


def day(name: str, written: str) -> pd.Timestamp:
    """Return the day that the argument `name` gives as YYYY-MM-DD; raise ParameterError when it is not one."""
    try:
        return pd.Timestamp(datetime.date.fromisoformat(written))
    except ValueError:
        raise ParameterError(f"{name} must be a day as YYYY-MM-DD, got {written!r}.") from None
