"""The summary that `broadsheet check` prints: records in doubt, then the corpus in a few lines."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from broadsheet.corpus import Corpus, doubtful
from broadsheet.report import quantity, when
from broadsheet.tables import periods

MOST = 8  # outlets, reasons or silent periods that are named


def as_json(corpus: Corpus) -> str:
    """Return the counts, the figures and the whole audit as JSON."""
    audit, kept = corpus.audit, len(corpus)
    counts = {"seen": len(audit), "kept": kept, "set_aside": len(audit) - kept}
    content = counts | {"holds": figures(corpus) if kept else {}, "audit": audit.to_dict("records")}
    return json.dumps(content, indent=2, ensure_ascii=False)


def lines(corpus: Corpus) -> Iterator[str]:
    """Yield a line per record in doubt, then the counts and the figures in a few lines."""
    audit, kept = corpus.audit, len(corpus)
    yield from map(_record, doubtful(audit).itertuples())
    yield f"{quantity(len(audit), 'record')} seen, {kept:,} kept, {len(audit) - kept:,} set aside."
    if audit.empty:
        yield "Put text files there, each beginning with a line `date YYYY-MM-DD`; see data/README.md."
    if kept:
        yield from _overview(corpus)


def figures(corpus: Corpus) -> dict[str, Any]:
    """Return the figures of a corpus by name, for other programs: whole numbers, shares, and counts by name."""
    facts, roles, marks = corpus.catalogue, corpus.stories["role"], corpus.repeats
    origin = corpus.stories.loc[roles == "reprint", "of"].map(facts.set_index("doc_id")["outlet"])
    return {
        "articles": len(corpus),
        "stories": int(corpus.stories["story"].nunique()),
        "reprints": int((roles == "reprint").sum()),
        "versions": int((roles == "version").sum()),
        "words": len(corpus.tokens),
        "marked_words": len(corpus.tokens) - len(corpus.counted().tokens),
        "marked": marks["reason"].value_counts().to_dict(),
        "outlets": facts["outlet"].replace("", "not named").value_counts().to_dict(),
        "reprinted": origin.replace("", "not named").value_counts().to_dict(),
        "without_a_date": int(facts["published"].isna().sum()),
        "silent": _silent(facts["published"]),
    }


def _record(row: Any) -> str:
    notes = f" ({row.notes})" if row.notes else ""
    outcome = f"kept, {row.notes}" if row.kept else f"set aside, {row.reason}{notes}"
    return f"{row.source}, record {row.record}: {outcome}"


def _overview(corpus: Corpus) -> list[str]:
    found = figures(corpus)
    share = found["marked_words"] / max(found["words"], 1)
    origins = f" (of {_named(found['reprinted'])})" if found["reprinted"] else ""
    passages = f": they are in {_total(found['marked'], 'passage')}" if found["marked"] else ""
    text = [
        f"{quantity(found['articles'], 'article')}, {corpus.period}: {_named(found['outlets'])}.",
        f"{quantity(found['stories'], 'story')}; {quantity(found['reprints'], 'reprint')}{origins}, "
        f"{quantity(found['versions'], 'version')}.",
        f"{quantity(found['words'], 'word')}, {share:.1%} of them not counted{passages}.",
        *_copies(corpus),
    ]
    if found["without_a_date"]:
        text.append(f"{quantity(found['without_a_date'], 'article')} without a date.")
    if found["silent"]:
        more = f" and {len(found['silent']) - MOST:,} more" if len(found["silent"]) > MOST else ""
        text.append(f"Without an article: {', '.join(map(when, found['silent'][:MOST]))}{more}.")
    return text


def _copies(corpus: Corpus) -> list[str]:
    """Return a line for each of the first reprints and versions, naming its original's file."""
    source = corpus.catalogue.set_index("doc_id")["source"]
    copies = corpus.stories[corpus.stories["of"] != ""]
    more = [f"{len(copies) - MOST:,} more reprints and versions."] if len(copies) > MOST else []
    return [
        f"{source[row.doc_id]}: {row.role} of {source[row.of]}, {row.shared:.0%} of its words."
        for row in copies.head(MOST).itertuples()
    ] + more


def _named(counts: dict[str, int]) -> str:
    """Return counts by name in words, the largest first."""
    more = f" and {len(counts) - MOST:,} more" if len(counts) > MOST else ""
    return ", ".join(f"{name} {n:,}" for name, n in list(counts.items())[:MOST]) + more


def _total(counts: dict[str, int], noun: str) -> str:
    return f"{quantity(sum(counts.values()), noun)} ({_named(counts)})"


def _silent(published: pd.Series) -> list[str]:
    """Return the days, weeks or months between the first and the last article in which none appeared."""
    period = periods(published).dropna()
    if period.empty:
        return []
    span = pd.period_range(period.min(), period.max(), freq=period.dtype.freq)
    return [str(one) for one in span.difference(pd.PeriodIndex(period.unique()))]
