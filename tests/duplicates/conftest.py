"""Articles typed into a test, and texts of made-up words."""

import random

import pandas as pd
import pytest

SYLLABLES = ["mar", "ost", "tol", "hol", "ta", "re", "li", "sko", "ven", "du", "pa", "gri", "ne", "wick", "sal", "by"]


class Writer:
    """Writes sentences of made-up words; one seed gives one text."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def word(self) -> str:
        return "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(2, 4)))

    def sentence(self) -> str:
        return " ".join(self.word() for _ in range(self._chance.randint(9, 20))).capitalize() + "."

    def body(self, paragraphs: int = 8) -> str:
        lines = [[self.sentence() for _ in range(self._chance.randint(1, 3))] for _ in range(paragraphs)]
        return "\n\n".join(" ".join(line) for line in lines)

    def edited(self, body: str, share: float = 0.02) -> str:
        """Return a body with some of its words exchanged."""
        words = body.split(" ")
        for place in self._chance.sample(range(len(words)), max(1, int(len(words) * share))):
            words[place] = self.word()
        return " ".join(words)

    def shuffled(self, things: list) -> list:
        return self._chance.sample(things, len(things))


@pytest.fixture(scope="session")
def writer() -> type[Writer]:
    """Return what writes texts, to be called with a seed."""
    return Writer


@pytest.fixture(scope="session")
def table():
    """Return a function: bodies in, articles out; what is no list holds for all of them."""

    def made(bodies: list[str], outlet="Ledger", published="2024-03-01", headline="") -> pd.DataFrame:
        facts = {"published": published, "outlet": outlet, "headline": headline}
        columns = {name: fact if isinstance(fact, list) else [fact] * len(bodies) for name, fact in facts.items()}
        articles = pd.DataFrame(columns | {"body": bodies})
        return articles.assign(published=pd.to_datetime(articles["published"]))

    return made


@pytest.fixture(scope="session")
def passages():
    """Return a function: articles and their marked passages in, (article, reason, text) out."""

    def read(articles: pd.DataFrame, marked: pd.DataFrame) -> list[tuple[int, str, str]]:
        bodies = articles["body"].tolist()
        return [(row.article, row.reason, bodies[row.article][row.start : row.end]) for row in marked.itertuples()]

    return read
