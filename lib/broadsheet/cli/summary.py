"""What a corpus holds, in a few lines: the report on the corpus in short."""

from typing import Any

import pandas as pd

from broadsheet.corpus import Corpus
from broadsheet.report import quantity, when
from broadsheet.tables import periods

MOST = 8  # outlets, reasons or silent periods that are named


def figures(corpus: Corpus) -> dict[str, Any]:
    """Return the figures of a corpus by name, for other programs: whole numbers, shares, and counts by name."""
    facts, roles, marks = corpus.catalogue, corpus.stories["role"], corpus.repeats
    counted = len(corpus.counted().tokens)
    origin = corpus.stories.loc[roles == "reprint", "of"].map(facts.set_index("doc_id")["outlet"])
    return {
        "articles": len(corpus),
        "stories": int(corpus.stories["story"].nunique()),
        "reprints": int((roles == "reprint").sum()),
        "versions": int((roles == "version").sum()),
        "words": len(corpus.tokens),
        "marked_words": len(corpus.tokens) - counted,
        "marked": marks["reason"].value_counts().to_dict(),
        "outlets": facts["outlet"].replace("", "not named").value_counts().to_dict(),
        "reprinted": origin.replace("", "not named").value_counts().to_dict(),
        "without_a_date": int(facts["published"].isna().sum()),
        "silent": _silent(facts["published"]),
    }


def lines(corpus: Corpus) -> list[str]:
    """Return the same as a few lines for people."""
    found = figures(corpus)
    share = found["marked_words"] / max(found["words"], 1)
    said = [
        f"{quantity(found['articles'], 'article')}, {corpus.period}: {_named(found['outlets'])}.",
        f"{quantity(found['stories'], 'story')}; {quantity(found['reprints'], 'reprint')}"
        f"{' (of ' + _named(found['reprinted']) + ')' if found['reprinted'] else ''}, {quantity(found['versions'], 'version')}.",
        f"{quantity(found['words'], 'word')}, {share:.1%} of them not counted"
        f"{': they stand in ' + _named(found['marked'], 'passage') if found['marked'] else ''}.",
    ]
    said += _copies(corpus)
    if found["without_a_date"]:
        said.append(f"{quantity(found['without_a_date'], 'article')} without a date.")
    if found["silent"]:
        more = f" and {len(found['silent']) - MOST:,} more" if len(found["silent"]) > MOST else ""
        said.append(f"Without an article: {', '.join(map(when, found['silent'][:MOST]))}{more}.")
    return said


def _copies(corpus: Corpus) -> list[str]:
    """Return a line for each of the first reprints and versions: what it is of which file."""
    source = corpus.catalogue.set_index("doc_id")["source"]
    told = corpus.stories[corpus.stories["of"] != ""]
    more = [f"{len(told) - MOST:,} more reprints and versions."] if len(told) > MOST else []
    return [
        f"{source[row.doc_id]}: {row.role} of {source[row.of]}, {row.shared:.0%} of its words."
        for row in told.head(MOST).itertuples()
    ] + more


def _named(counts: dict[str, int], what: str = "") -> str:
    """Return counts by name, the largest first, in words; with `what` also their sum."""
    if what:
        return f"{quantity(sum(counts.values()), what)} ({_named(counts)})"
    more = f" and {len(counts) - MOST:,} more" if len(counts) > MOST else ""
    return ", ".join(f"{name} {n:,}" for name, n in list(counts.items())[:MOST]) + more


def _silent(published: pd.Series) -> list[str]:
    """Return the days, weeks or months between the first and the last article in which none appeared."""
    period = periods(published).dropna()
    if period.empty:
        return []
    span = pd.period_range(period.min(), period.max(), freq=period.dtype.freq)
    return [str(one) for one in span.difference(pd.PeriodIndex(period.unique()))]
