"""Terms that are new since a day, and those that vanished."""

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet.errors import ParameterError
from broadsheet.index import Tokens
from broadsheet.tables.sums import summed, uses

LEVEL = 0.05
COLUMNS = ("change", "n", "stories", "articles", "first", "last", "p", "sure")


def turnover(
    tokens: Tokens,
    published: pd.Series,
    story: pd.Series,
    since: str | pd.Timestamp,
    terms: pd.Index | list[str] | None = None,
    fewest: int = 3,
) -> pd.DataFrame:
    """Return the terms that stories use since a day and none before did, and those that none does since.

    published, story : of each article of `tokens`, in their order; an article without a day is left out, and a story
    belongs to the day on which it first appeared. since : first day of the later part (YYYY-MM-DD).
    terms : words or phrases; None for the whole vocabulary. fewest : stories that must use a term.

    Returns one row per term, the surest first: change (new or vanished), n (uses), stories, articles, first, last (days on
    which it is used), p (probability that all stories which use it fall in this part, were they strewn over all stories),
    sure (p < .05 after Bonferroni's correction for every term that so many stories use, in either part or both).
    With few earlier stories a new word says little, and p is large. Stories are taken as independent: where one affair is
    told in many, p is too small. For terms that become rarer or more frequent, see `changes` and `trends`.
    Raises ParameterError when no story is earlier, or none later; no row where no article has a day.
    Source: the hypergeometric distribution, as in Fisher (1935), The Design of Experiments, ch. 2.
    """
    counts, names = uses(tokens, terms)
    dated = np.flatnonzero(published.notna())
    counts, days = counts[dated], published.iloc[dated].to_numpy()
    held, stories = summed(counts, story.iloc[dated])
    if not len(stories):
        return _none()
    begun = pd.Series(days).groupby(story.iloc[dated].to_numpy()).min().reindex(stories)
    late = _late(begun, since)
    held = held.astype(bool).astype(np.int64)
    later, every = held[np.flatnonzero(late)].sum(axis=0).A1, held.sum(axis=0).A1
    often = every >= max(fewest, 1)
    row = np.flatnonzero(often & ((later == 0) | (later == every)))
    new, used, sizes = later[row] > 0, every[row], np.array([(~late).sum(), late.sum()])
    log_p = stats.hypergeom.logpmf(used, len(late), used, sizes[new.astype(int)])
    of_terms = counts[:, row].tocsc()
    first, last = _days(of_terms, days)
    table = pd.DataFrame(
        {
            "change": pd.Series(np.where(new, "new", "vanished"), dtype="str"),
            "n": of_terms.sum(axis=0).A1,
            "stories": used,
            "articles": of_terms.getnnz(axis=0).astype(np.int64),
            "first": first,
            "last": last,
            "p": np.exp(log_p),
            "sure": np.exp(log_p) * often.sum() < LEVEL,
        }
    ).set_axis(names[row].rename("term"))
    return table.iloc[np.lexsort([-table["n"].to_numpy(), log_p])]


def _late(begun: pd.Series, since: str | pd.Timestamp) -> np.ndarray:
    """Return which stories begin on the day or later: neither all nor none."""
    try:
        day = pd.Timestamp(since)
    except ValueError:
        day = pd.NaT
    if pd.isna(day):
        raise ParameterError(f"since must be a day written YYYY-MM-DD, not {since!r}.")
    late = (begun >= day).to_numpy()
    if late.all() or not late.any():
        first, last = (f"{end:%Y-%m-%d}" for end in (begun.min(), begun.max()))
        side = "later" if late.all() else "earlier"
        fix = "These stories are of one day" if first == last else f"Choose a day after {first}, at latest {last}"
        raise ParameterError(f"since ({day:%Y-%m-%d}) parts nothing: every story is {side}. {fix}.")
    return late


def _days(counts: sparse.csc_matrix, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the last day of each column of `counts`, articles by terms, all of which are used."""
    if not counts.shape[1]:
        return days[:0], days[:0]
    of_uses, starts = days[counts.indices], counts.indptr[:-1]
    return np.minimum.reduceat(of_uses, starts), np.maximum.reduceat(of_uses, starts)


def _none() -> pd.DataFrame:
    day = "datetime64[s]"
    types = {"change": "str", "n": int, "stories": int, "articles": int, "first": day, "last": day, "sure": bool}
    index = pd.Index([], name="term", dtype="str")
    return pd.DataFrame({name: pd.Series(dtype=types.get(name, float)) for name in COLUMNS}).set_axis(index)
