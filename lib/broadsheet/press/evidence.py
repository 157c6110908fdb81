"""The passages behind a report's numbers: read, checked, and shown in their surroundings."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.errors import SchemaError
from broadsheet.report import PASSAGES
from broadsheet.report.shown import LONGEST_PASSAGE

CONTEXT = 70  # characters shown on each side of a passage
IN_PLACE, ON_PAGE = 5, 500  # passages shown beside a number, and on a page of their own


class Line(NamedTuple):
    """One passage with its surroundings, its article and the number of the sentence that it begins in."""

    article: Any
    sentence: int
    left: str
    node: str
    right: str


def collect(side: Path, corpus: Corpus) -> pd.DataFrame:
    """Read the passages that a notebook's counts wrote, and add their text; columns as in `schema.EVIDENCE`.

    side : the notebook's side folder.

    Raises SchemaError when one key was used for two different sets of passages.
    """
    kinds = {name: "int64" if name in {"start", "end"} else "str" for name in schema.EVIDENCE}
    counts = [pd.DataFrame(columns=list(kinds)).astype(kinds).drop(columns="text")]
    if (side / PASSAGES).exists():
        with pa.OSFile(str(side / PASSAGES)) as source:
            while source.tell() < source.size():
                counts.append(pa.ipc.open_stream(source).read_pandas().astype({"key": "str"}))
    rows = pd.concat(counts).drop_duplicates(["key", *schema.SPANS], ignore_index=True)
    distinct = rows["key"].value_counts()
    for passages in counts[1:]:
        if distinct[key := passages["key"].iat[0]] != len(passages):
            raise SchemaError(f"The key {key!r} counts two sets of passages in one report. Rename one of them.")
    return rows.assign(text=corpus.text(rows))[list(kinds)]


class Lines:
    """Finds the surroundings of passages; made once per corpus."""

    def __init__(self, corpus: Corpus):
        self._articles = {a.doc_id: a for a in corpus.articles[["doc_id", "outlet", "published", "body"]].itertuples()}
        starts = corpus.sentences["start"].to_numpy()
        rows_of = corpus.sentences.groupby("doc_id", sort=False).indices
        self._starts = {doc_id: starts[rows] for doc_id, rows in rows_of.items()}

    def sentence(self, doc_id: str, start: int) -> int:
        """Return the number of the sentence that contains offset `start`."""
        return max(int(np.searchsorted(self._starts[doc_id], start, side="right")) - 1, 0)

    def read(self, passages: pd.DataFrame) -> Iterator[Line]:
        """Yield the passages (doc_id, start, end) with their surroundings."""
        for doc_id, start, end in passages[list(schema.SPANS)].itertuples(index=False):
            article = self._articles[doc_id]
            node = article.body[start:end]
            yield Line(
                article,
                self.sentence(doc_id, start),
                _beside(article.body[max(start - CONTEXT, 0) : start][::-1], start > CONTEXT)[::-1],
                node if len(node) <= LONGEST_PASSAGE else node[:LONGEST_PASSAGE] + "…",
                _beside(article.body[end : end + CONTEXT], end + CONTEXT < len(article.body)),
            )


def _beside(text: str, goes_on: bool) -> str:
    """Return the beginning of a text within its paragraph, cut between words if the text goes on."""
    inside = text.partition("\n\n")[0]
    return inside.rpartition(" ")[0] + " …" if goes_on and inside == text else inside


def first_few(passages: pd.DataFrame) -> pd.DataFrame:
    """Return the passages to show beside a number: from as many articles as possible, in reading order."""
    apart = passages.drop_duplicates("doc_id")
    return apart.head(IN_PLACE) if len(apart) >= IN_PLACE else passages.head(IN_PLACE)
