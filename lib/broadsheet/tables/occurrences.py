"""Where several terms are used."""

from collections.abc import Iterable

import pandas as pd

from broadsheet.index import Tokens


def occurrences(tokens: Tokens, terms: Iterable[str]) -> pd.DataFrame:
    """Return where the articles use each of some terms or phrases, as `Tokens.find` has it; a term given twice counts once.

    Returns one row per use, term by term as given, each in reading order: term, doc_id, start, end.
    """
    found = {term: tokens.find(term) for term in terms} or {"": tokens.find("")}
    return pd.concat(found, names=["term"]).reset_index("term").reset_index(drop=True)
