"""The articles as pages, each sentence with an address, and the lists of what the corpus holds."""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from broadsheet.corpus import Corpus
from broadsheet.report import when

PER_LIST = 500  # articles on one page of the list


def file_names(doc_ids: pd.Series) -> dict[str, str]:
    """Return each article's file name: its doc_id where that is a safe name and its own, else a hash of it."""
    folded = Counter(doc_id.lower() for doc_id in doc_ids)
    return {
        doc_id: f"{doc_id if _safe(doc_id) and folded[doc_id.lower()] == 1 else _hash(doc_id)}.html"
        for doc_id in doc_ids
    }


def _safe(doc_id: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}", doc_id, re.ASCII) is not None


def _hash(doc_id: str) -> str:
    return "h" + hashlib.blake2b(doc_id.encode(), digest_size=8).hexdigest()


def title(headline: str, body: str) -> str:
    """Return what to call an article: its headline, else how it begins."""
    if headline:
        return headline
    return body if len(body) <= 90 else body[:90].rsplit(" ", 1)[0] + " …"


def rendered(corpus: Corpus) -> Iterator[tuple[str, Markup]]:
    """Yield (doc_id, text as HTML) for each article: paragraphs of addressed sentences, dates marked."""
    sentences = dict(iter(corpus.sentences.groupby("doc_id", sort=False)))
    dates = dict(iter(corpus.timex.groupby("doc_id", sort=False)))
    none = corpus.timex.iloc[:0]
    for article in corpus.articles[["doc_id", "body"]].itertuples():
        yield article.doc_id, _text(article.body, sentences[article.doc_id], dates.get(article.doc_id, none))


def _text(body: str, sentences: pd.DataFrame, dates: pd.DataFrame) -> Markup:
    marks = list(dates[["start", "end", "value"]].itertuples(index=False, name=None))
    paragraphs: list[list[str]] = []
    last = -1
    for number, start, end, paragraph in sentences[["sentence", "start", "end", "paragraph"]].itertuples(index=False):
        if paragraph != last:
            paragraphs.append([])
            last = paragraph
        inside = [(s, e, value) for s, e, value in marks if start <= s and e <= end]
        paragraphs[-1].append(f'<span id="s{number}">{_marked(body, start, end, inside)}</span>')
    return Markup("\n".join(f'<p dir="auto">{" ".join(spans)}</p>' for spans in paragraphs))


def _marked(body: str, start: int, end: int, marks: list[tuple[int, int, str]]) -> str:
    parts, at = [], start
    for mark_start, mark_end, value in marks:
        parts.append(html.escape(body[at:mark_start], quote=False))
        parts.append(f'<mark title="{when(value)}">{html.escape(body[mark_start:mark_end], quote=False)}</mark>')
        at = mark_end
    return "".join(parts) + html.escape(body[at:end], quote=False)


def lists(corpus: Corpus, files: dict[str, str]) -> list[list[dict]]:
    """Return the articles as rows of the list, newest first, in pages."""
    ordered = corpus.articles.sort_values("published", ascending=False, kind="stable")
    rows = [
        {
            "file": files[a.doc_id],
            "title": title(a.headline, a.body[:200]),
            "outlet": a.outlet,
            "published": dated(a.published),
        }
        for a in ordered[["doc_id", "headline", "body", "outlet", "published"]].itertuples()
    ]
    return [rows[i : i + PER_LIST] for i in range(0, len(rows), PER_LIST)]


def outlets(corpus: Corpus) -> list[dict]:
    """Return one row per outlet, the most prolific first: outlet, articles, first and last day."""
    grouped = (
        corpus.articles.groupby("outlet")["published"].agg(["size", "min", "max"]).sort_values("size", ascending=False)
    )
    return [
        {"outlet": name or "not named", "articles": size, "first": dated(first), "last": dated(last)}
        for name, size, first, last in grouped.itertuples(name=None)
    ]


def dated(published: pd.Timestamp) -> str:
    """Return a day of publication in words; an unknown one is said."""
    return "undated" if pd.isna(published) else when(published)
