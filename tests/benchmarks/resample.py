"""Corpora of any size, made from the articles of one: copies beyond the first are edited to bring new words."""

import itertools
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import broadsheet
from broadsheet import text
from broadsheet.readers.files import GRAIN
from broadsheet.schema import ARTICLES

EVERY = 300  # words, of which one is replaced by a new one; enough for a twentieth of all types to be new
SYLLABLES = [a + b for a, b in itertools.product("bdfgklmnprstvz", "aeiou")]
LENGTH = 5  # syllables of a new word: far more can be made than ever are, so that nearly each is new


def write(corpus: str, file: Path, first: int, after: int) -> tuple[int, int]:
    """Write the articles numbered `first` up to `after`, as JSON Lines; return how many, and the bytes of their texts.

    Number n is the same article whenever it is asked for. Returns when the file is old enough to be relied on.
    """
    articles = broadsheet.load(corpus).articles
    size = 0
    with file.open("w", encoding="utf-8") as lines:
        for record in records(articles, first, after):
            size += len(record["body"].encode())
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    time.sleep(GRAIN / 1e9)
    return after - first, size


def records(articles: pd.DataFrame, first: int, after: int) -> Iterator[dict[str, str]]:
    """Yield articles by number: first those given, then copies of them with new words."""
    said = articles.drop(columns=[name for name in articles if name not in ARTICLES or name in {"story", "source"}])
    originals = said.assign(published=said["published"].dt.strftime("%Y-%m-%d").fillna("")).to_dict("records")
    spans: dict[int, list[tuple[int, int]]] = {}
    for number in range(first, after):
        copy, which = divmod(number, len(originals))
        original = originals[which]
        if copy:
            found = spans.setdefault(which, text.words(original["body"]))
            body = edited(original["body"], found, random.Random(number))
            original = original | {"doc_id": f"{original['doc_id']}~{copy}", "body": body}
        yield original


def edited(text: str, spans: list[tuple[int, int]], chance: random.Random) -> str:
    """Return the text with one word in EVERY, but at least one, replaced by a new word."""
    chosen = sorted(chance.sample(spans, min(len(spans), 1 + len(spans) // EVERY)))
    kept = itertools.pairwise([(0, 0), *chosen, (len(text), len(text))])
    parts = [text[before[1] : after[0]] for before, after in kept]
    return "".join(part + new_word(chance) for part in parts[:-1]) + parts[-1]


def new_word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=LENGTH))
