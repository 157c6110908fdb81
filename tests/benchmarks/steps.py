"""What is measured in a process of its own: one step per run, its figures printed as one line of JSON.

Times begin after the imports.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import measure
import numpy as np
import resample

import broadsheet
from broadsheet import corpus, index, store, tables, text
from broadsheet.index import shard_arrays
from broadsheet.text import passes

Figures = dict[str, Any]


def make(source: str, file: str, first: str, after: str) -> Figures:
    """Make a corpus of the articles numbered `first` up to `after`."""
    articles, size = resample.write(source, Path(file), int(first), int(after))
    return {"articles": articles, "bytes": size}


def describe(source: str) -> Figures:
    """Say how large a corpus is, and which term is used most of those that are no function words."""
    news = broadsheet.load(source)
    size = sum(len(body.encode()) for body in news.articles["body"])
    uses = news.tokens.counts.sum(axis=0).A1 if len(news.tokens) else []
    ranked = sorted(zip(uses, news.tokens.vocabulary, strict=True), reverse=True)
    term = next(term for _, term in ranked if term not in text.STOPWORDS)
    return {"articles": len(news), "bytes": size, "term": term}


def load(path: str) -> Figures:
    """Load, reading every file where the store holds no catalogue of them."""
    seconds, news = timed(lambda: broadsheet.load(path))
    return {"seconds": seconds, "articles": len(news)}


def build(path: str) -> Figures:
    """Build."""
    seconds, built = timed(lambda: corpus.build(path, lambda line: None))
    return {"seconds": seconds, "read": built.read, "bytes": built.read_bytes, "store": store.size()}


def count(path: str, term: str) -> Figures:
    """Open a corpus and count one term; and again with the catalogue at hand."""
    seconds, news = timed(lambda: broadsheet.load(path))
    again, uses = timed(lambda: int(news.tokens.uses(term).sum()))
    return {"seconds": seconds + again, "tokens_seconds": again, "uses": uses}


def ask(path: str, term: str) -> Figures:
    """Open a corpus and ask what takes no text: words, uses, articles that use a term, its monthly rate."""

    def asked() -> tuple[int, int, int, int]:
        news = broadsheet.load(path)
        uses, months = news.tokens.uses(term), news.catalogue["published"].dt.to_period("M")
        rates = tables.rates(uses, news.tokens.lengths, months, news.catalogue["story"])
        return len(news.tokens), int(uses.sum()), int((uses > 0).sum()), len(rates)

    seconds, (words, uses, articles, months) = timed(asked)
    return {"seconds": seconds, "words": words, "uses": uses, "articles": articles, "months": months}


def engine(path: str, before: str) -> Figures:
    """Read bodies that lie in memory into an empty store; then those that come after the first `before` into a filled one."""
    bodies = broadsheet.load(path).articles["body"].tolist()
    measure.new_store()
    keep(bodies[: 1 + int(np.searchsorted(np.cumsum([*map(len, bodies)]), passes.QUICK))])  # loads the loop
    measure.new_store()
    seconds, _ = timed(lambda: keep(bodies[: int(before)]))
    more, _ = timed(lambda: keep(bodies[int(before) :]))
    return {"seconds": seconds, "more_seconds": more}


def new_types() -> Figures:
    """Say which share of each shard's types stands in no shard written before it; the least share, but for the first shard."""
    seen: set[str] = set()
    shares = []
    for shard in sorted(index.collection().shards(), key=lambda shard: shard.path.stat().st_mtime_ns):
        terms = set(shard_arrays.terms_of(shard).to_pylist())
        shares.append(len(terms - seen) / len(terms))
        seen |= terms
    return {"shards": len(shares), "types": len(seen), "least": min(shares[1:], default=None)}


def keep(bodies: Sequence[str], workers: int = 1) -> index.Builder:
    """Keep the tokens of bodies in the store."""
    with index.Builder(index.collection(), lambda line: None, workers=workers) as keeper:
        for body in bodies:
            keeper.take(body)
    return keeper


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that something took, and what it returned."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


STEPS = {step.__name__: step for step in (make, describe, load, build, count, ask, engine, new_types)}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
