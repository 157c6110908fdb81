"""The head of a page: the articles it covers, in figures and at the end of each caption."""

import pandas as pd

from broadsheet.corpus import Corpus
from broadsheet.report.numbers import quantity
from broadsheet.schema import when
from broadsheet.tables import period_width


def glance(news: Corpus) -> dict[str, int | str]:
    """Return the figures that open every report: articles, stories, words, period, outlets, records set aside."""
    facts, audit = news.catalogue, news.audit
    named = facts.loc[facts["outlet"] != "", "outlet"].nunique()
    figures = {"articles": len(news), "stories": facts["story"].nunique(), "words": len(news.tokens)}
    if not news.marked:
        figures["words left out"] = len(news.counted(news.ledger, marked=True).tokens) - len(news.tokens)
    figures |= {"period": news.period, "outlets": named or "not named"}
    if len(news) == audit["kept"].sum():
        figures["set aside"] = int((~audit["kept"]).sum())
    undated = int(facts["published"].isna().sum())
    return figures | ({"without a date": undated} if undated else {})


class Head:
    """The articles of a page, as its captions name them; empty before `about`."""

    def __init__(self, news: Corpus | None = None) -> None:
        self.closing = f"{quantity(len(news), 'article')}, {news.period}" if news is not None else ""
        self.is_empty = news is not None and not len(news)
        self._published = news.catalogue["published"].dropna() if news is not None else pd.Series(dtype="datetime64[s]")

    def caption(self, text: str, data: pd.DataFrame | None = None) -> str:
        """Return a caption with its closing words, and with a caution where the first or last period is cut off."""
        cut = "" if data is None or "period" not in data else self._cut_off(data["period"].dropna())
        return " ".join(filter(None, [text, cut, self.closing and f"{self.closing}."]))

    def _cut_off(self, periods: pd.Series) -> str:
        """Return a sentence on the first and last period where the articles do not cover them whole; else ""."""
        if self._published.empty or periods.empty or not isinstance(periods.dtype, pd.PeriodDtype):
            return ""
        first, last = self._published.min(), self._published.max()
        begins = periods.min().start_time < first <= periods.min().end_time
        ends = periods.max().start_time <= last < periods.max().end_time.normalize()
        cut = " and the ".join(side for side, is_cut in (("first", begins), ("last", ends)) if is_cut)
        if not cut or periods.nunique() < 2 or periods.dtype.freq.freqstr[0] == "D":
            return ""
        width = period_width(periods)
        return f"Articles run from {when(first)} to {when(last)}, so the {cut} {width} may be incomplete."
