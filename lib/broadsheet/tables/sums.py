"""What the articles of one group come to: their rows summed, and of terms by name their columns."""

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet.errors import ParameterError
from broadsheet.index import Tokens
from broadsheet.tables.suggestions import suggestions
from broadsheet.text import fold


def summed(counts: sparse.spmatrix | np.ndarray, group: pd.Series | pd.Index) -> tuple[sparse.csr_matrix, pd.Index]:
    """Return the sums of the rows that belong to one group.

    counts : one row per article, or per term where terms are grouped. group : of each row, missing for none.

    Returns one row per group, and the groups in order.
    """
    number, groups = pd.factorize(group, sort=True)
    kept = np.flatnonzero(number >= 0)
    member = sparse.csr_matrix((np.ones(len(kept), dtype=np.int64), (number[kept], kept)), (len(groups), len(number)))
    return sparse.csr_matrix(member @ sparse.csr_matrix(counts)), pd.Index(groups)


def uses(tokens: Tokens, terms: pd.Index | list[str] | None) -> tuple[sparse.csr_matrix, pd.Index]:
    """Return how often each article (row) uses each of some terms or phrases (column), and these as they are counted.

    terms : in any case, each once; None for the whole vocabulary.

    Raises ParameterError when no article uses one of them; the message names near ones.
    """
    if terms is None:
        return tokens.counts, tokens.vocabulary
    wanted = pd.Index([" ".join(fold(term).split()) for term in terms], dtype="str").unique()
    number = tokens.vocabulary.get_indexer(wanted)
    matrix, phrases = tokens.counts[:, number[number >= 0]], wanted[number < 0]
    if len(phrases):
        found = np.column_stack([tokens.uses(phrase).to_numpy() for phrase in phrases])
        if (unused := phrases[found.sum(axis=0) == 0]).size:
            near = " or ".join(suggestions(tokens, unused[0]).index)
            hint = f"Did you mean {near}?" if near else "Leave it out."
            raise ParameterError(f"No article uses {unused[0]!r}, so nothing can be said of it. {hint}")
        order = np.argsort(np.concatenate([np.flatnonzero(number >= 0), np.flatnonzero(number < 0)]))
        matrix = sparse.hstack([matrix, sparse.csr_matrix(found)], format="csr")[:, order]
    return sparse.csr_matrix(matrix), wanted
