"""Time: the periods in which articles appeared, and the dates that they name."""

import numpy as np
import pandas as pd

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.errors import ParameterError

WIDTHS = {"day": "D", "week": "W-SUN", "month": "M"}
MOST_PERIODS, FEWEST_ARTICLES = 45, 3  # points that a figure can show; articles that a period needs on average

schema.declare(
    date=("date", "when", "the date named, a day or a month"),
    mentions=("mentions", ",", "how often the articles name the date"),
    begin=("from", "when", "first day of the date"),
    until=("to", "when", "last day of the date"),
    granularity=("width", "", "day or month"),
    silent=("silent", ",", "periods without an article"),
    span=("periods", ",", "periods from the first article to the last"),
    gap=("longest gap", "", "longest run of periods without an article"),
)


def periods(published: pd.Series, by: str = "", years: bool = False) -> pd.Series:
    """Assign each day of publication to a day, week (Monday to Sunday) or month; NaT if undated.

    by : day, week or month; "" takes the narrowest that gives at most 45 periods with three articles each on average,
    otherwise month. years : take years if "" leads to more than 45 months.

    Raises ParameterError for another width.

    >>> periods(pd.Series(pd.to_datetime(["2024-02-03", "2024-03-04"])), "month").astype(str).tolist()
    ['2024-02', '2024-03']
    """
    if by and by not in WIDTHS:
        raise ParameterError(f"by must be one of {', '.join(WIDTHS)}, got {by!r}.")
    published = published.rename("period")
    for width in [by] if by else WIDTHS:
        period = published.dt.to_period(WIDTHS[width])
        spanned = (period.max() - period.min()).n + 1 if period.notna().any() else 0
        if spanned <= MOST_PERIODS and period.count() >= FEWEST_ARTICLES * spanned:
            break
    return published.dt.to_period("Y") if years and not by and spanned > MOST_PERIODS else period


def period_width(periods: pd.Series | pd.PeriodIndex) -> str:
    """Name the width of periods: day, week, month or year.

    >>> period_width(pd.period_range("2024-01", "2024-03", freq="M"))
    'month'
    """
    return {"D": "day", "W": "week", "M": "month", "Y": "year"}[periods.dtype.freq.freqstr[0]]


def presence(group: pd.Series, period: pd.Series) -> pd.DataFrame:
    """Count the articles of each group in each period.

    group, period : one entry per article; an undated article is left out.

    Returns groups by periods without holes, the group with most articles first.

    >>> period = pd.Series(pd.PeriodIndex(["2024-01", "2024-03", "2024-03"], freq="M"))
    >>> presence(pd.Series(["Bell", "Horn", "Horn"]), period).to_numpy().tolist()
    [[0, 0, 2], [1, 0, 0]]
    """
    often, dated = group.value_counts().index, period.dropna()
    if dated.empty:
        return pd.DataFrame(index=often)
    every = pd.period_range(dated.min(), dated.max(), name="period")
    counts = pd.crosstab(group.to_numpy(), period.array)
    return counts.reindex(index=often, columns=every, fill_value=0)


def silences(present: pd.DataFrame) -> pd.DataFrame:
    """Find the periods in which a group has no article, and its longest gap.

    present : groups by periods, as from `presence`.

    Returns one row per group, the longest gap first: silent and span (how many periods have no article, of how many),
    width (day, week, month or year), gap (the longest run of silent periods, as text). Needs two periods.

    >>> silences(pd.DataFrame([[2, 0, 0, 1]], ["Bell"], pd.period_range("2024-01", "2024-04", freq="M")))
          silent  span  width                   gap
    Bell       2     4  month  Feb 2024 to Mar 2024
    """
    present = present if len(present.columns) > 1 else present.iloc[:0]
    gaps = [_longest_gap(counts) for _, counts in present.iterrows()]
    ends = [dict.fromkeys(map(schema.when, [*gap[:1], *gap[-1:]])) for gap in gaps]
    table = pd.DataFrame({"silent": present.eq(0).sum(axis=1), "span": len(present.columns)}, index=present.index)
    table = table.assign(width=period_width(present.columns) if ends else "", gap=list(map(" to ".join, ends)))
    return table.iloc[np.argsort([-len(gap) for gap in gaps], kind="stable")]


def _longest_gap(counts: pd.Series) -> pd.Index:
    """Return the periods of the longest run of zeros, the earliest run of several."""
    run = counts.ne(0).cumsum()[counts.eq(0)]  # the same number for all periods of a gap
    return run.index[run.isin(run.mode().head(1))]


def events(corpus: Corpus) -> pd.DataFrame:
    """List the dates that the articles name, each with one example sentence.

    Returns one row per date: the columns of `schema.EVENTS`, then date (a day or a month, as a TIMEX3 value). The
    example names few dates and was, if possible, published on the day or later. Dates that most stories name come
    first, then the most mentioned, the nearest to the articles' own time, the later.

    >>> import broadsheet
    >>> events(broadsheet.load("sample"))["date"].head(2).tolist()
    ['2024-03-12', '1998-11-09']
    """
    named = mentions(corpus)
    named["announced"] = named["published"] < named["begin"]
    ranked = named.sort_values(["dates_in_sentence", "announced", "published", "start"], kind="stable")
    best = ranked.drop_duplicates("value").set_index("value")
    of_date = named.assign(outlet=named["outlet"].replace("", None)).groupby("value")
    counts = of_date.agg(mentions=("doc_id", "size"), stories=("story", "nunique"), outlets=("outlet", "nunique"))
    table = best[["begin", "until", "granularity", "doc_id", "sentence_start", "sentence_end"]].join(counts)
    table = table.rename(columns={"sentence_start": "start", "sentence_end": "end"}).rename_axis("date").reset_index()
    table["text"] = corpus.text(table)
    first, last = named["published"].min(), named["published"].max()
    table["away"] = (table["begin"] - table["begin"].clip(first, last)).abs()
    order = {"stories": False, "mentions": False, "away": True, "begin": False}
    best_first = table.sort_values(list(order), ascending=list(order.values()), kind="stable")
    return best_first.reset_index(drop=True)[[*schema.EVENTS, "date"]]


def mentions(corpus: Corpus) -> pd.DataFrame:
    """List every date that an article names: the passages behind the mentions of `events`.

    Returns one row per mention: the columns of `corpus.timex`, date, sentence, sentence_start, sentence_end,
    dates_in_sentence, and its article's published, outlet and story.

    >>> import broadsheet
    >>> mentions(broadsheet.load("sample")).iloc[0][["text", "date"]].tolist()
    ['August 1990', '1990-08']
    """
    dates = corpus.timex.assign(start=corpus.timex["start"].astype("int64"))
    sentences = corpus.tokens.sentences()  # all of them: a date may be counted though most of its sentence is marked
    sentences = sentences.rename(columns={"start": "sentence_start", "end": "sentence_end"})
    sentences = sentences.assign(start=sentences["sentence_start"].astype("int64")).sort_values("start")
    holding = pd.merge_asof(dates.reset_index().sort_values("start"), sentences, on="start", by="doc_id")
    facts = corpus.catalogue[["doc_id", "published", "outlet", "story"]]
    named = holding.sort_values("index").drop(columns="index").merge(facts, on="doc_id").reset_index(drop=True)
    different = named.groupby(["doc_id", "sentence"])["value"].transform("nunique")
    return named.assign(dates_in_sentence=different, date=named["value"])
