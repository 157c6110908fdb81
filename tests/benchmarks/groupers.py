"""Groups articles by one tool, in a process of its own; figures are printed as one line of JSON.

Times are of the processor, which other work on the machine disturbs least, and of the clock; they begin when articles and
tools are in memory.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import families
import numpy as np
import pandas as pd

PERMUTATIONS = 128
WORDS, THRESHOLDS = (
    (3, 5),
    (0.2, 0.3, 0.4, 0.5, 0.6),
)  # tried: words of a shingle; similarities from which two are grouped
BANDS = {
    0.2: 64,
    0.3: 32,
    0.4: 32,
    0.5: 16,
    0.6: 16,
}  # by threshold, for rensa: it must be told, and they must divide 128

WARM = 300  # articles, after which everything is loaded

Figures = dict[str, Any]
Pairs = tuple[np.ndarray, np.ndarray]


def ours(articles: pd.DataFrame) -> np.ndarray:
    """Group by broadsheet."""
    from broadsheet import duplicates

    return duplicates.stories(articles).to_numpy()


def shingled(bodies: Iterable[str], words: int) -> Iterator[list[str]]:
    """Yield each text as its set of runs of words, in small letters."""
    for body in bodies:
        said = body.lower().split()
        yield list({" ".join(run) for run in zip(*(said[place:] for place in range(words)), strict=False)})


class Datasketch:
    """MinHash.bulk, and MinHashLSH filled in a session and asked for each article."""

    hashes = None  # SHA-1, as it comes

    def signatures(self, bodies: list[str], words: int) -> list:
        from datasketch import MinHash

        sets = ([run.encode() for run in runs] for runs in shingled(bodies, words))
        return MinHash.bulk(sets, num_perm=PERMUTATIONS, hashfunc=self.hashes)

    def found(self, signatures: list, threshold: float) -> list[list[int]]:
        """Return of each article the others that may be like it."""
        from datasketch import MinHashLSH

        index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        with index.insertion_session() as session:
            for number, one in enumerate(signatures):
                session.insert(number, one, check_duplication=False)
        return [index.query(one) for one in signatures]


class DatasketchXxhash(Datasketch):
    """The same with a quicker hash function, as its documentation advises."""

    def __init__(self) -> None:
        import xxhash

        self.hashes = xxhash.xxh32_intdigest


class Rensa:
    """RMinHash.from_token_sets, and RMinHashLSH filled and asked at once."""

    def signatures(self, bodies: list[str], words: int) -> list:
        from rensa import RMinHash

        return RMinHash.from_token_sets(shingled(bodies, words), num_perm=PERMUTATIONS, seed=1)

    def found(self, signatures: list, threshold: float) -> list[list[int]]:
        from rensa import RMinHashLSH

        index = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=BANDS[threshold])
        index.insert_many(signatures)
        return index.query_all(signatures)


TOOLS = {"datasketch": Datasketch, "datasketch, xxhash": DatasketchXxhash, "rensa": Rensa}


def linked(signatures: list, found: list[list[int]], threshold: float, checked: bool) -> Pairs:
    """Return the pairs found; `checked`: those alone that the signatures show to be similar enough."""
    one = np.repeat(np.arange(len(found)), [len(others) for others in found])
    other = np.fromiter((number for others in found for number in others), np.int64, len(one))
    one, other = one[one < other], other[one < other]
    if checked:
        near = [
            signatures[a].jaccard(signatures[b]) >= threshold for a, b in zip(one.tolist(), other.tolist(), strict=True)
        ]
        one, other = one[near], other[near]
    return one, other


def joined(size: int, pairs: Pairs) -> np.ndarray:
    """Return the group of each article: those that pairs lead to from one another."""
    from scipy.sparse import coo_matrix, csgraph

    return csgraph.connected_components(coo_matrix((np.ones(len(pairs[0])), pairs), (size, size)), directed=False)[1]


def make(corpus: str, size: str, file: str) -> Figures:
    """Make articles in families."""
    made = families.articles(corpus, int(size))
    made.to_parquet(file)
    held = made["family"].value_counts()
    return {
        "families": len(held),
        "copied": int((held > 1).sum()),
        "bytes": sum(len(body.encode()) for body in made["body"]),
    }


def rest(file: str) -> Figures:
    """Hold the articles and do nothing: what memory that takes."""
    return {"articles": len(read(file)["body"].tolist())}


def read(file: str) -> pd.DataFrame:
    """Return the articles; bodies are strings of Python, so that no tool makes them within its time."""
    return pd.read_parquet(file).astype({"outlet": "str", "headline": "str", "body": object})


def group(file: str, tool: str, words: str = "", threshold: str = "", checked: str = "") -> Figures:
    """Group the articles; say how long that took, and how well the groups are the families."""
    articles = read(file)
    bodies, family = articles["body"].tolist(), articles["family"].to_numpy()
    if tool == "ours":
        ours(
            articles.head(WARM).assign(body=[body[::-1] for body in bodies[:WARM]])
        )  # for the same reason; no text of theirs
        times, label = timed(lambda: ours(articles.drop(columns="family")))
    else:
        made = TOOLS[tool]()
        made.found(made.signatures(bodies[:50], 3), THRESHOLDS[0])  # imports, and what it makes ready once

        def by_tool() -> np.ndarray:
            signatures = made.signatures(bodies, int(words))
            found = made.found(signatures, float(threshold))
            return joined(len(bodies), linked(signatures, found, float(threshold), checked == "True"))

        times, label = timed(by_tool)
    return times | {"scores": families.scores(label, family)}


def tune(file: str, tool: str) -> Figures:
    """Try every setting; return each with how well its groups are the families."""
    articles, made, tried = read(file), TOOLS[tool](), []
    bodies, family = articles["body"].tolist(), articles["family"].to_numpy()
    for words in WORDS:
        signatures = made.signatures(bodies, words)
        for threshold in THRESHOLDS:
            found = made.found(signatures, threshold)
            for checked in (False, True):
                label = joined(len(bodies), linked(signatures, found, threshold, checked))
                setting = {"words": words, "threshold": threshold, "checked": checked}
                tried.append(setting | {"scores": families.scores(label, family)})
    return {"tried": tried}


def timed(work: Callable[[], Any]) -> tuple[Figures, Any]:
    """Return what work takes, in seconds of the processor and of the clock, and what it gives."""
    processor, clock = time.process_time(), time.perf_counter()
    found = work()
    return {"processor": time.process_time() - processor, "clock": time.perf_counter() - clock}, found


if __name__ == "__main__":
    print(json.dumps({step.__name__: step for step in (make, rest, group, tune)}[sys.argv[1]](*sys.argv[2:])))
