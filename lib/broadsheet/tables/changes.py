"""Terms that come and go: how many stories of each half of the corpus use them."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.statistics import fisher
from broadsheet.statistics.rates import FEWEST_TESTED, LEVEL, summed
from broadsheet.tables.frequency import content_terms

COLUMNS = ["stories_earlier", "all_earlier", "stories_later", "all_later", "since", "change", "n", "first", "last", "p"]

schema.declare(
    stories_earlier=("stories, earlier half", ",", "stories of the earlier half that use the term"),
    all_earlier=("of", ",", "stories of the earlier half"),
    stories_later=("stories, later half", ",", "stories of the later half that use the term"),
    all_later=("of", ",", "stories of the later half"),
    since=("later half since", "when", "first day of the later half"),
    change=("change", "", "new, vanished, more or fewer: how the later half differs from the earlier"),
)


def changes(news: Corpus, leave_out: Iterable[str] = ()) -> pd.DataFrame:
    """Compare how many stories of the earlier and of the later half of the corpus use each content term.

    leave_out : words to leave out besides function words, in any case. A story belongs to the day on which it first
    appeared; the halves meet between two days and are as equal as days allow. Undated articles are left out, and terms
    that fewer than five stories use.

    Returns one row per term as printed, the surest change first: stories_earlier, all_earlier (stories of that half),
    stories_later, all_later, since (first day of the later half), change (new, vanished, more, fewer), n (uses), first,
    last (days of use), p (Fisher's exact test, the smaller tail doubled), sure (p < .05 after Bonferroni, for all
    rows). No row when all stories are of one day. Stories are taken as independent: if many tell one affair, p is too
    small.
    Source: Fisher (1935), The Design of Experiments, ch. 2.

    >>> import broadsheet
    >>> changes(broadsheet.load("sample"))[["stories_earlier", "stories_later", "change"]].values[0].tolist()
    [1, 23, 'more']
    """
    tokens, facts = news.tokens, news.catalogue
    dated = np.flatnonzero(facts["published"].notna())
    days, story = facts["published"].iloc[dated].to_numpy(), facts["story"].iloc[dated].to_numpy()
    begun = pd.Series(days).groupby(story).min()
    late = _later(begun)
    column = tokens.vocabulary.get_indexer(content_terms(news, leave_out))
    counts = tokens.counts[dated][:, column]
    by_story = summed(counts, story)[0] > 0
    earlier, later = (by_story[np.flatnonzero(half)].sum(axis=0).A1.astype(np.int64) for half in (~late, late))
    often = np.flatnonzero((earlier + later >= FEWEST_TESTED) & late.any())
    table = pd.DataFrame({"stories_earlier": earlier, "stories_later": later}).iloc[often]
    table = table.set_axis(tokens.printed[column[often]].rename("term"))
    table = table.assign(all_earlier=(~late).sum(), all_later=late.sum(), since=begun[late].min())
    table = table.astype({"since": days.dtype})
    gain = table["stories_later"] / table["all_later"] - table["stories_earlier"] / table["all_earlier"]
    kinds = [table["stories_earlier"] == 0, table["stories_later"] == 0, gain > 0]
    table["change"] = pd.Series(np.select(kinds, ["new", "vanished", "more"], "fewer"), table.index, dtype="str")
    used = counts[:, often].tocsc()
    table["n"], day_of_use = used.sum(axis=0).A1, days[used.indices]
    table["first"], table["last"] = (ends.reduceat(day_of_use, used.indptr[:-1]) for ends in (np.minimum, np.maximum))
    log_p = fisher.log_p(table)
    table["p"] = np.exp(log_p)
    table = table[COLUMNS].assign(sure=table["p"] * len(table) < LEVEL)
    return table.iloc[np.lexsort([-gain.abs(), log_p])]


def _later(begun: pd.Series) -> np.ndarray:
    """Return which stories belong to the later half; none if all are from one day."""
    middle = begun.median()
    parted = [half.to_numpy() for half in (begun > middle, begun >= middle) if half.any() and not half.all()]
    none = np.zeros(len(begun), dtype=bool)
    return min(parted, key=lambda half: abs(2 * half.sum() - len(half)), default=none)
