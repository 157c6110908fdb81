"""Articles in families, made from the articles of a corpus: each but the first is a copy as another outlet would print it.

Gold is known because no two families share a text: the words of each are replaced by others of about the same frequency, by
a map of its own, so that Zipf's law, lengths, lines and paragraphs stay, and runs of words do not. The most frequent words stay
what they are, and so do the short lines that three articles of an outlet print, as outlets do repeat those.

A copy appears up to two days later under another headline; its tail is cut, one word in fifty is another, and a line of
promotion and a paragraph of an unrelated article stand in it.
"""

import random
import re
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet import load, text

SEED = 2
COPIES, OF = (0, 1, 2, 4, 9), (80, 10, 6, 3, 1)  # copies that an article has, and how many families in a hundred
FAMILIAR = 64  # words, the most frequent ones, that are not replaced
BAND = 8  # a word of rank r is replaced by one of the r / 8 words around it, but no fewer than 64
SHARED_BY, SHORT = 3, 40  # articles of an outlet that share a line; words of such a line
TAIL = 0.3  # of the paragraphs, at most, that a copy loses
EDITED = 50  # words, of which one is edited
FOREIGN = 0.15  # of the copy's length, at most, that the foreign paragraph has
LATER = 2  # days, at most
SINCE = pd.Timestamp("2020-01-01")  # for articles without a day
PROMOTION = (
    "READ MORE: {}", "Related: {}", "Sign up for our newsletter and never miss a story.", "Advertisement",
    "Follow us on Twitter for the latest news.", "More on this story: {}", "You may also like: {}", "Watch: {}",
)  # fmt: skip

_PARAGRAPHS = re.compile(r"\n\s*\n")


class Original(NamedTuple):
    """An article of the corpus, taken to pieces: what stands before each word, its rank, whether it is capitalised."""

    outlet: str
    day: pd.Timestamp
    gaps: list[str]  # one more than words
    rank: np.ndarray
    capital: np.ndarray


def articles(corpus: str, size: int) -> pd.DataFrame:
    """Return so many articles, shuffled: published, outlet, headline, body, and the number of their family."""
    given = load(corpus).articles
    words = _Words(given)
    outlets = sorted(set(given["outlet"]) - {""}) or ["Evening Post"]
    originals = [words.taken_to_pieces(*one) for one in given[["outlet", "published", "body"]].itertuples(index=False)]
    rows, foreign = [], ["Nothing else happened."]
    for family in range(size):
        chance = random.Random(f"{SEED} {family}")
        original = originals[family % len(originals)]
        body = words.replaced(original, family)
        paragraphs = _PARAGRAPHS.split(body)
        rows.append((original.day, original.outlet, paragraphs[0][:100], body, family))
        for _ in range(*chance.choices(COPIES, OF)):
            headline, text = copied(paragraphs, foreign, words.frequent, chance)
            day = original.day + pd.Timedelta(days=chance.randint(0, LATER))
            rows.append((day, other_outlet(original.outlet, outlets, chance), headline, text, family))
        foreign = paragraphs
        if len(rows) >= size:
            break
    random.Random(SEED).shuffle(rows := rows[:size])
    return pd.DataFrame(rows, columns=["published", "outlet", "headline", "body", "family"])


def copied(paragraphs: list[str], foreign: list[str], frequent: list[str], chance: random.Random) -> tuple[str, str]:
    """Return headline and text of a copy of the article that has these paragraphs."""
    kept = paragraphs[: max(1, round(len(paragraphs) * (1 - chance.uniform(0, TAIL))))]
    texts = [edited(paragraph, frequent, chance) for paragraph in kept]
    headline = " ".join(chance.sample(frequent, 7)).capitalize()
    most = FOREIGN * sum(map(len, texts))
    fitting = [paragraph for paragraph in foreign if len(paragraph) <= most] or [""]
    promotion = chance.choice(PROMOTION).format(" ".join(chance.sample(frequent, 6)).capitalize())
    for inserted in (chance.choice(fitting), promotion):
        texts.insert(chance.randint(1, len(texts)), inserted)
    return headline, "\n\n".join(text for text in [headline, *texts] if text)


def edited(text: str, frequent: list[str], chance: random.Random) -> str:
    """Return a text of which one word in EDITED is another one."""
    words = text.split(" ")
    edits = int(len(words) / EDITED + chance.random())
    for place in chance.sample(range(len(words)), min(edits, len(words))):
        words[place] = chance.choice(frequent)
    return " ".join(words)


def other_outlet(outlet: str, outlets: list[str], chance: random.Random) -> str:
    return chance.choice([other for other in outlets if other != outlet] or [f"{outlet} {chance.randint(2, 9)}"])


class _Words:
    """The words of a corpus by rank, and the lines that outlets repeat."""

    def __init__(self, given: pd.DataFrame) -> None:
        uses = Counter(text.fold(body[start:end]) for body in given["body"] for start, end in text.words(body))
        ranked = [word for word, _ in uses.most_common()]
        self._rank = {word: rank for rank, word in enumerate(ranked)}
        self._forms = np.array([ranked, [word.capitalize() for word in ranked]], dtype=object)
        self.frequent = ranked[FAMILIAR : FAMILIAR + 5_000] or ranked
        pairs = given[["outlet", "body"]].itertuples(index=False)
        shared = Counter((outlet, line) for outlet, body in pairs for line in set(body.split("\n")))
        self._standing = {of for of, n in shared.items() if n >= SHARED_BY and 0 < len(of[1].split()) <= SHORT}

    def taken_to_pieces(self, outlet: str, day: pd.Timestamp, body: str) -> Original:
        """Return the words of an article and what stands between them; its outlet's standing lines stand between words."""
        standing, begin = [], 0
        for line in body.split("\n"):
            standing += [(begin, begin + len(line))] if (outlet, line) in self._standing else []
            begin += len(line) + 1
        spans = [span for span in text.words(body) if not any(a <= span[0] < b for a, b in standing)]
        edges = [0, *(edge for span in spans for edge in span), len(body)]
        gaps = [body[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
        said = [body[start:end] for start, end in spans]
        rank = np.array([self._rank[text.fold(word)] for word in said], dtype=np.int64)
        return Original(
            outlet, SINCE if pd.isna(day) else day, gaps, rank, np.array([word[0].isupper() for word in said], int)
        )

    def replaced(self, original: Original, number: int) -> str:
        """Return the article with its words replaced by the map of this number."""
        rank, size = original.rank, self._forms.shape[1]
        band = np.maximum(FAMILIAR, 1 << np.log2(np.maximum(rank, 1) / BAND).clip(0).astype(int))
        mixed = (rank.astype(np.uint64) + np.uint64(number * 0x9E3779B97F4A7C15 % (1 << 64))) * np.uint64(
            0xD6E8FEB86659FD93
        )
        place = ((mixed ^ mixed >> np.uint64(32)) * np.uint64(0xD6E8FEB86659FD93) >> np.uint64(33)).astype(
            np.int64
        ) % band
        other = np.where(rank < FAMILIAR, rank, np.minimum(rank // band * band + place, size - 1))
        words = self._forms[original.capital, other]
        parts = np.empty(2 * len(rank) + 1, dtype=object)
        parts[::2], parts[1::2] = original.gaps, words
        return "".join(parts.tolist())


def pairs(label: np.ndarray) -> int:
    """Return how many pairs of articles bear the same label."""
    held = np.unique(label, return_counts=True)[1]
    return int((held * (held - 1) // 2).sum())


def scores(found: np.ndarray, family: np.ndarray) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the pairs that a grouping makes."""
    right = pairs(found.astype(np.int64) << 32 | family)
    precision, recall = right / max(pairs(found), 1), right / max(pairs(family), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
