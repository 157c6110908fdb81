"""What several notebooks say in the same words: how they count, which words they leave out, where a period is cut off."""

from collections.abc import Iterable, Sequence

import pandas as pd

from broadsheet.report.shown import term
from broadsheet.schema import when
from broadsheet.text import STOPWORDS

LEDGERS = {
    "publications": "Every article counts, reprints and later versions too.",
    "stories": "Of each story one article counts: the original where it is among these, else the first.",
}
MOST_ADDRESSES = 30  # parts of web addresses that are named
_WIDTHS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def counting(ledger: str, marked: bool) -> str:
    """Return what is counted, in two sentences; ledger, marked : as given to `Corpus.select`."""
    marks = "count too" if marked else "do not count; the pages of the articles mark them where asked"
    return f"{LEDGERS[ledger]} Passages marked as pull quotes or boilerplate {marks}."


def left_out(asked: Iterable[str], addresses: Sequence[str]) -> str:
    """Return which words are no terms: function words, those that were asked out, parts of web addresses."""
    said = f"**Function words left out.** {', '.join(sorted(STOPWORDS))}."
    if others := sorted(asked):
        said += f" Others, as asked: {', '.join(map(term, others))}."
    if len(addresses):
        named, more = ", ".join(map(term, addresses[:MOST_ADDRESSES])), len(addresses) - MOST_ADDRESSES
        rest = f" and {more:,} more" if more > 0 else ""
        said += f" As parts of web addresses, where they stand more often than elsewhere: {named}{rest}."
    return said


def width(periods: pd.PeriodIndex | pd.Series) -> str:
    """Return what periods are: day, week, month or year."""
    return _WIDTHS[periods.dtype.freq.freqstr[0]]


def covered(published: pd.Series, periods: pd.PeriodIndex) -> str:
    """Return a sentence on the first and the last of some periods where articles begin after, or end before them; else "".

    It stands in a caption before another one, and ends with a blank.

    published : the days of the articles. periods : in order, as a figure shows them.
    """
    first, last = published.min(), published.max()
    if pd.isna(first) or not len(periods):
        return ""
    begins, ends = periods[0].start_time < first, periods[-1].end_time.normalize() > last
    cut = " and the ".join(side for side, is_cut in (("first", begins), ("last", ends)) if is_cut)
    if not cut:
        return ""
    return f"The articles run from {when(first)} to {when(last)}, so that the {cut} {width(periods)} may be covered in part. "
