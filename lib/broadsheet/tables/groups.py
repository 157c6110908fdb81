"""What articles are grouped by: any of their columns, or the time in which they appeared."""

import pandas as pd

from broadsheet.errors import ParameterError, did_you_mean

TIMES = {"year": "Y", "month": "M"}


def groups(catalogue: pd.DataFrame, column: str) -> pd.Series:
    """Return the group that each article belongs to, as text by doc_id; missing where its column is empty.

    column : one of the catalogue's, the user's own among them, or year or month, of publication. A column of the
        user's that is called so comes first.

    Raises ParameterError when there is no such column; it names those that there are.
    """
    facts = catalogue.set_index("doc_id")
    if column not in facts and column in TIMES:
        return facts["published"].dt.to_period(TIMES[column]).astype("str").replace("NaT", None)
    if column not in facts:
        known = [*map(str, facts.columns), *TIMES]
        raise ParameterError(
            f"Articles have no column {column!r}; they have {', '.join(known)}.{did_you_mean(column, known)}"
        )
    values = facts[column]
    return values.astype("str").where(values.notna() & (values.astype("str") != ""))
