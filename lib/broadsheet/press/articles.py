"""The articles as HTML, each sentence with an address, and the rows of the lists of articles, stories and outlets."""

import bisect
import html
import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from broadsheet.corpus import Corpus
from broadsheet.report import when
from broadsheet.schema import ARTICLES

PER_LIST = 500  # articles on one page of the list
ROW = ["doc_id", "headline", "body", "outlet", "published"]


def title(headline: str, body: str) -> str:
    """Return an article's headline, or else its first words."""
    if headline:
        return headline
    return body if len(body) <= 90 else body[:90].rsplit(" ", 1)[0] + " …"


def rendered(corpus: Corpus) -> Iterator[tuple[Any, Markup]]:
    """Yield each article (a row with the columns of `schema.ARTICLES`) and its text as HTML.

    Each sentence has an address; dates and the passages left out of all counts are marked.
    """
    sentences, dates, repeats = map(_by_article, (corpus.sentences, corpus.timex, corpus.repeats))
    for article in corpus.articles[list(ARTICLES)].itertuples(index=False):
        doc_id = article.doc_id
        yield article, _text(article.body, sentences[doc_id], dates[doc_id], repeats[doc_id])


def _by_article(rows: pd.DataFrame) -> dict[str, list[Any]]:
    grouped = defaultdict(list)
    for row in rows.itertuples(index=False):
        grouped[row.doc_id].append(row)
    return grouped


def _text(body: str, sentences: list[Any], dates: list[Any], repeats: list[Any]) -> Markup:
    paragraphs = []
    for _, paragraph in itertools.groupby(sentences, key=lambda sentence: sentence.paragraph):
        spans, at = [], None
        for s in paragraph:
            blank = " " if at is not None and at < s.start else ""
            spans.append(f'{blank}<span id="s{s.sentence}">{_counted(body, s.start, s.end, dates, repeats)}</span>')
            at = s.end
        paragraphs.append(f'<p dir="auto">{"".join(spans)}</p>')
    return Markup("\n".join(paragraphs))


def _counted(body: str, start: int, end: int, dates: list[Any], repeats: list[Any]) -> str:
    """Return a sentence as HTML; passages left out of the counts are in a span with the reason."""
    parts, at = [], start
    for repeat in _within(repeats, start, end):
        first, last = max(start, repeat.start), min(end, repeat.end)
        parts.append(_dated(body, at, first, dates))
        parts.append(f'<span class="left-out" data-reason="{repeat.reason}">{_dated(body, first, last, dates)}</span>')
        at = last
    return "".join(parts) + _dated(body, at, end, dates)


def _dated(body: str, start: int, end: int, dates: list[Any]) -> str:
    parts, at = [], start
    for date in _within(dates, start, end):
        if start <= date.start and date.end <= end:
            parts.append(html.escape(body[at : date.start], quote=False))
            parts.append(f'<mark title="{when(date.value)}">{html.escape(date.text, quote=False)}</mark>')
            at = date.end
    return "".join(parts) + html.escape(body[at:end], quote=False)


def _within(passages: list[Any], start: int, end: int) -> Iterator[Any]:
    """Yield the passages, which are in order, that overlap a part of the body."""
    later = itertools.islice(passages, bisect.bisect_right(passages, start, key=lambda one: one.end), None)
    return itertools.takewhile(lambda one: one.start < end, later)


def lists(corpus: Corpus, files: dict[str, str]) -> list[list[dict]]:
    """Return the rows of the list of articles, newest first, in pages."""
    ordered = corpus.articles.sort_values("published", ascending=False, kind="stable")
    rows = [_row(article, files) for article in ordered[ROW].itertuples()]
    return [rows[i : i + PER_LIST] for i in range(0, len(rows), PER_LIST)]


def stories(corpus: Corpus, files: dict[str, str]) -> list[list[dict]]:
    """Return the stories of several articles, newest first, each as rows: the original, then reprints and versions."""
    several = corpus.stories.merge(corpus.articles[ROW], on="doc_id")
    several = several[several.groupby("story")["doc_id"].transform("size") > 1]
    several = several.assign(later=several["role"] != "original").sort_values(["later", "published"], kind="stable")
    grouped = [group for _, group in several.groupby("story", sort=False)]
    grouped.sort(key=lambda group: str(group["published"].iloc[0]), reverse=True)
    return [[_share(row, files) for row in group.itertuples()] for group in grouped]


def _row(article: Any, files: dict[str, str]) -> dict[str, str]:
    named, day = title(article.headline, article.body[:200]), dated(article.published)
    return {"file": files[article.doc_id], "title": named, "outlet": article.outlet, "published": day}


def _share(row: Any, files: dict[str, str]) -> dict[str, str]:
    shared = "" if pd.isna(row.shared) else f"{row.shared:.0%}"
    return _row(row, files) | {"role": row.role, "shared": shared, "of": files.get(row.of, "")}


def outlets(corpus: Corpus) -> list[dict]:
    """Return one row per outlet, the most prolific first: outlet, articles, first and last day."""
    days = corpus.catalogue.groupby("outlet")["published"].agg(["size", "min", "max"])
    return [
        {"outlet": name or "not named", "articles": size, "first": dated(first), "last": dated(last)}
        for name, size, first, last in days.sort_values("size", ascending=False, kind="stable").itertuples(name=None)
    ]


def dated(published: pd.Timestamp) -> str:
    """Return a day of publication in words, or "undated"."""
    return "undated" if pd.isna(published) else when(published)
