"""Questions to the store, beside tools that read the texts again for each."""

import dataclasses
import re
from collections.abc import Sequence
from functools import partial

import measure
import numpy as np
import pandas as pd
import polars as pl
from measure import Tool, figure
from sklearn.feature_extraction.text import CountVectorizer

from broadsheet import Corpus, load, tables, text
from broadsheet.corpus import build

WIDTH = 40  # characters on either side of a keyword
WORD = r"\w+(?:[-'’]\w+)*"
USES = {"frequent": 0.95, "middling": 0.7, "rare": 0.35}  # of the most used term's uses, the power wanted
CANDIDATES = 30  # terms of about these uses, of which the one is taken on whose uses both sides agree best
ASKED = {"matrix": "20", "pairs": "100", "kwic": "15", "rates": "200"}


def main() -> None:
    path, rounds, _ = measure.given()
    print("\n## Asking: answers from the store")
    build(path, lambda line: None)
    news = load(path)
    texts = news.articles["body"].tolist()  # in memory from now on, for ours as for the others
    months = news.catalogue["published"].dt.to_period("M")
    frame = pl.DataFrame(
        {"doc_id": news.catalogue["doc_id"].tolist(), "month": months.astype("str").tolist(), "body": texts}
    )
    terms = chosen(news, frame)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    measure.say(
        f"{len(news):,} articles, {megabytes:.1f} MB of text, built. *First* is ours with nothing in memory but the catalogue and the texts: shards are opened, "
        "checked and read from disk (from its cache). *Open* is ours when a question was asked before, as the other's table of texts is open, too: "
        "the store's arrays are checked, and how many words each article holds is known; no answer for a term is kept. What was asked for is meant of *open*. Compiled loops are loaded. The terms: "
        + ", ".join(f"*{term}* ({name})" for name, term in terms.items())
        + f", on whose uses ours and `\\b{{term}}\\b` agree best among {CANDIDATES} of about that frequency; where hits differ, "
        "it is because our words take in what follows a hyphen or an apostrophe. CountVectorizer leaves out words of one letter, and its bigrams "
        "run over commas and the ends of sentences, where ours do not."
    )
    questions = matrices(news, texts) | concordances(news, frame, terms) | rates(news, frame, terms["middling"], months)
    measure.table(
        (
            "question",
            "the other tool",
            "our hits",
            "its hits",
            "its seconds",
            "ours first",
            "faster by",
            "ours open",
            "faster by",
            "asked",
        ),
        (answered(name, question, rounds) for name, question in questions.items()),
    )


Question = tuple[str, str, dict[str, Tool]]  # the other tool's name, what is asked of ours, the tools


def answered(name: str, question: Question, rounds: int) -> list[str]:
    """Measure one question; return its row."""
    other, asked, tools = question
    took = measure.alternate(tools, rounds)
    ours, theirs, opened = took["first"], took["other"], took.get("open")
    row = [
        name,
        other,
        f"{ours.hits:,}",
        f"{theirs.hits:,}",
        *map(figure, (theirs.seconds, ours.seconds, theirs.seconds / ours.seconds)),
    ]
    return [*row, *([figure(opened.seconds), figure(theirs.seconds / opened.seconds)] if opened else ["", ""]), asked]


def fresh(news: Corpus) -> Corpus:
    """Return the same corpus with nothing read from the store."""
    return dataclasses.replace(news)


def monthly(news: Corpus, term: str, months: pd.Series) -> pd.DataFrame:
    """Return the monthly rate of a term."""
    return tables.rates(news.tokens.uses(term), news.tokens.lengths, months, news.catalogue["story"])


def matrices(news: Corpus, texts: Sequence[str]) -> dict[str, Question]:
    """Return the questions for the document-term matrix and for all pairs of neighbours; hits are tokens and pairs."""
    return {
        "document-term matrix": (
            "scikit-learn CountVectorizer",
            ASKED["matrix"],
            {
                "first": Tool(lambda: fresh(news).tokens.counts, lambda found: found.sum()),
                "other": Tool(lambda: CountVectorizer().fit_transform(texts), lambda found: found.sum()),
            },
        ),
        "pairs of content words": (
            "scikit-learn CountVectorizer of bigrams",
            ASKED["pairs"],
            {
                "first": Tool(lambda: tables.phrases(fresh(news)), len),
                "other": Tool(
                    lambda: CountVectorizer(ngram_range=(2, 2)).fit_transform(texts), lambda found: found.sum()
                ),
            },
        ),
    }


def concordances(news: Corpus, frame: pl.DataFrame, terms: dict[str, str]) -> dict[str, Question]:
    """Return the questions for keywords in context; hits are lines."""
    return {
        f"KWIC of a {name} term": (
            "Polars filter, then re",
            ASKED["kwic"],
            {
                "first": Tool(lambda term=term: tables.kwic(fresh(news), term, WIDTH), len),
                "open": Tool(partial(tables.kwic, news, term, WIDTH), len),
                "other": Tool(partial(lines, frame, term), len),
            },
        )
        for name, term in terms.items()
    }


def lines(frame: pl.DataFrame, term: str) -> list[tuple[str, int, int, str, str, str]]:
    """Find the articles that hold a term, and in these its lines; as tuples, which spares the making of a table."""
    found = frame.filter(pl.col("body").str.contains(bounded(term)))
    pattern = re.compile(rf"\b{term}\b", re.IGNORECASE)
    return [
        (
            doc_id,
            *match.span(),
            body[max(match.start() - WIDTH, 0) : match.start()],
            match[0],
            body[match.end() : match.end() + WIDTH],
        )
        for doc_id, body in zip(found["doc_id"], found["body"], strict=True)
        for match in pattern.finditer(body)
    ]


def rates(news: Corpus, frame: pl.DataFrame, term: str, months: pd.Series) -> dict[str, Question]:
    """Return the question for a term's monthly rate with its denominator; hits are uses."""
    body = pl.col("body").str
    rescan = frame.lazy().filter(pl.col("month") != str(pd.NaT)).group_by("month").agg(
        n=body.count_matches(bounded(term)).sum(), tokens=body.count_matches(WORD).sum()
    ).sort("month")  # fmt: skip
    return {
        "monthly rate of the middling term": (
            "Polars count_matches by month",
            ASKED["rates"],
            {
                "first": Tool(lambda: monthly(fresh(news), term, months), lambda found: found["n"].sum()),
                "open": Tool(lambda: monthly(news, term, months), lambda found: found["n"].sum()),
                "other": Tool(rescan.collect, lambda found: found["n"].sum()),
            },
        )
    }


def bounded(term: str) -> str:
    return rf"(?i)\b{term}\b"


def chosen(news: Corpus, frame: pl.DataFrame) -> dict[str, str]:
    """Choose a term of plain letters for each frequency, by how well both sides agree on its uses."""
    uses = pd.Series(np.asarray(news.tokens.counts.sum(axis=0)).ravel(), index=news.tokens.vocabulary)
    uses = uses[uses.index.str.fullmatch("[a-z]{4,}") & ~uses.index.isin(list(text.STOPWORDS))]
    return {name: agreed(nearest(uses, uses.max() ** power), frame) for name, power in USES.items()}


def nearest(uses: pd.Series, wanted: float) -> pd.Series:
    return uses[(uses - wanted).abs().sort_values(kind="stable").index[:CANDIDATES]]


def agreed(uses: pd.Series, frame: pl.DataFrame) -> str:
    """Return the term on whose uses ours and the regular expression agree best."""
    matches = [frame["body"].str.count_matches(bounded(term)).sum() for term in uses.index]
    return uses.index[((uses - matches).abs() / uses).argmin()]


if __name__ == "__main__":
    main()
