"""The conditions of `Corpus.select`: days, outlets and queries."""

import datetime
from collections.abc import Iterable

import numpy as np
import pandas as pd

from broadsheet import index, text
from broadsheet.errors import CorpusError, ParameterError, did_you_mean

CONDITIONS = ("since", "until", "outlet", "query")
COUNTING = {"ledger", "marked"}  # arguments of `counted` that `select` once took


def moved(names: Iterable[str]) -> str:
    """Return the message for arguments that `select` does not take; those of `counted` are referred to it."""
    for name in names:
        if name not in COUNTING:
            return f"select does not take {name!r}; it takes {', '.join(CONDITIONS)}.{did_you_mean(name, CONDITIONS)}"
    return f"select only filters articles. Write `.select(...).counted({', '.join(f'{name}=...' for name in names)})`."


def day(name: str, written: str) -> pd.Timestamp:
    """Return the day that the argument `name` gives as YYYY-MM-DD; raise ParameterError if it is not a date."""
    try:
        return pd.Timestamp(datetime.date.fromisoformat(written))
    except ValueError:
        raise ParameterError(f"{name} must be a day as YYYY-MM-DD, got {written!r}.") from None


def from_outlet(outlets: pd.Series, outlet: str) -> np.ndarray:
    """Return which articles are from an outlet; raise CorpusError, with the outlets there are, if none is."""
    known = [name for name in outlets.unique() if name]
    if outlet not in known:
        there = f"Outlets: {', '.join(known[:12])}." if known else "No article names its outlet."
        raise CorpusError(f"No article is from {outlet!r}.{did_you_mean(outlet, known) or ' ' + there}")
    return (outlets == outlet).to_numpy()


def containing(tokens: index.Tokens, query: str) -> np.ndarray:
    """Return which articles contain all words of a query; none if the query has no word."""
    uses = [tokens.uses(query[start:end]).to_numpy() > 0 for start, end in text.words(query)]
    return np.logical_and.reduce(uses) if uses else np.zeros(len(tokens.doc_ids), dtype=bool)
