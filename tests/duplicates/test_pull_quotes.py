"""Pull quotes, compared with the plain definition on paragraphs of few words."""

import itertools

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import index
from broadsheet.duplicates import repeats, rolling_hash
from broadsheet.duplicates.pull_quotes import QUOTED, REFRAIN, pull_quotes

FEW, MANY = ["to", "ask", "the", "clerk", "of", "the", "court"], [f"w{number}" for number in range(QUOTED[-1] + 2)]
PARAGRAPHS = (
    st.lists(st.sampled_from([*FEW, "lamp"]), min_size=1, max_size=12)
    | st.tuples(st.integers(0, 8), st.integers(1, QUOTED[-1] + 2)).map(lambda span: MANY[span[0] : sum(span)] or MANY)
    | st.sampled_from([FEW, [*FEW, "what"], ["said", *FEW, "what"], MANY])
)
ARTICLES = st.lists(st.lists(st.tuples(PARAGRAPHS, st.booleans()), max_size=8), min_size=1, max_size=3)


def within(short: list[str], other: list[str]) -> bool:
    return any(other[at : at + len(short)] == short for at in range(len(other) - len(short) + 1)) and short != other


def plain(article: list[tuple[list[str], bool]]) -> set[int]:
    """Return which paragraphs of an article are pull quotes, as plain as can be."""
    found, alike = set(), {}
    for place, (words, _) in enumerate(article):
        if len(words) in QUOTED:
            if any(within(words, other) for other, _ in article):
                found.add(place)
            else:
                alike.setdefault(tuple(words), []).append(place)
    for places in alike.values():
        spoken = [article[place][1] for place in places]
        refrain = len(places) >= REFRAIN and all(b - a > 1 for a, b in itertools.pairwise(places))
        if any(spoken) and not all(spoken):
            found |= {place for place, by in zip(places, spoken, strict=True) if not by}
        elif not refrain:
            found |= set(places[1:])
    return found


@settings(deadline=None, max_examples=300)
@given(ARTICLES)
def test_pull_quotes_are_those_of_the_plain_definition(articles):
    paragraphs = [one for article in articles for one in article]
    words = index.tokens_of(["\n\n".join(" ".join(said) for said, _ in article) for article in articles])
    edges = np.cumsum([0, *(len(said) for said, _ in paragraphs)])
    document = np.repeat(np.arange(len(articles)), [len(article) for article in articles])
    spoken = np.array([by for _, by in paragraphs], dtype=bool)
    found = (
        pull_quotes(rolling_hash.hash_words(words), edges, document, spoken)
        if len(paragraphs)
        else np.empty(0, dtype=int)
    )
    before = np.cumsum([0, *(len(article) for article in articles)])
    assert set(found.tolist()) == {
        first + place for first, article in zip(before, articles, strict=False) for place in plain(article)
    }
    assert pd.Series(found).is_unique


def test_thousands_of_paragraphs_with_one_opening_are_not_compared_pairwise(monkeypatch):
    """Each opening is looked at once per length: their pairs would be sixteen million."""
    asked = []
    of = rolling_hash.RollingHash.of
    monkeypatch.setattr(
        rolling_hash.RollingHash, "of", lambda runs, *span: asked.append(found := of(runs, *span)) or found
    )
    body = "\n\n".join(f"To ask the clerk of the court what item{number} costs." for number in range(4_000))
    assert repeats(body).empty
    assert max(map(len, asked)) < 60_000
