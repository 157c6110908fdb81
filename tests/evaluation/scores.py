"""How well the engines agree with people, beside published figures.

usage: python tests/evaluation/scores.py --gold DIR

DIR holds the gold standards, which are not ours to copy; the README names where the public gets them:
  sentiment/nyt-opinion-dev.tsv   NYT opinion snippets with mean human valence (Hutto & Gilbert 2014)
  timex/tbaq/*.tml                TimeBank and AQUAINT (UzZaman et al. 2013), TimeML
"""

import argparse
import html
import re
from pathlib import Path

import pandas as pd

from broadsheet import sentiment, timex


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    gold = parser.parse_args().gold
    for name, place, score in (
        ("tone of NYT opinion sentences", gold / "sentiment" / "nyt-opinion-dev.tsv", tone),
        ("dates in TimeBank and AQUAINT", gold / "timex" / "tbaq", dates),
    ):
        print(f"{name}: {score(place) if place.exists() else f'skipped, there is no {place}'}")


def tone(place: Path) -> str:
    """Return how VADER by sentence correlates with the mean of twenty people."""
    rows = [line.split("\t", 2) for line in place.read_text(encoding="utf-8", errors="replace").splitlines()]
    gold = pd.DataFrame(rows, columns=["id", "people", "text"]).astype({"people": float})
    gold["ours"] = sentiment.score(gold["text"].tolist())["compound"]
    article = gold["id"].str.split("_").str[0]
    by_article = gold.groupby(article)[["people", "ours"]].mean()
    return (
        f"r {gold['people'].corr(gold['ours']):.3f} per sentence, {by_article.corr().iloc[0, 1]:.3f} per article "
        f"({len(gold):,} sentences, {len(by_article)} articles); one person against the others: .71 per sentence"
    )


def dates(place: Path) -> str:
    """Return precision and recall of our spans against the gold's TIMEX3 of type DATE, matched exactly."""
    found = expected = right = 0
    for file in sorted(place.rglob("*.tml")):
        text, gold = _text_and_dates(file.read_text(encoding="utf-8"))
        ours = {(row.start, row.end) for row in timex.tag(text).itertuples()}
        found, expected, right = found + len(ours), expected + len(gold), right + len(ours & gold)
    return (
        f"precision {right / max(found, 1):.3f}, recall {right / max(expected, 1):.3f} of {expected:,} dates, spans exact "
        "(only dates that name their year are read; SynTime on TempEval-3: F1 .92 strict over all types)"
    )


def _text_and_dates(document: str) -> tuple[str, set[tuple[int, int]]]:
    inside = re.search(r"<TEXT>(.*?)</TEXT>", document, re.DOTALL)
    spans, text, start = set(), "", 0
    for part in re.split(r"(<[^>]+>)", inside[1] if inside else ""):
        if part.startswith("<TIMEX3"):
            start = len(text) if 'type="DATE"' in part else -1
        elif part == "</TIMEX3>" and start >= 0:
            spans.add((start, len(text)))
        elif not part.startswith("<"):
            text += html.unescape(part)
    return text, spans


if __name__ == "__main__":
    main()
