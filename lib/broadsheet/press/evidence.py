"""The passages behind a report's numbers: read, checked, and shown in their surroundings."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.errors import SchemaError
from broadsheet.report import PASSAGES
from broadsheet.report.shown import LONGEST_PASSAGE

CONTEXT = 70  # characters shown on each side of a passage
IN_PLACE, ON_PAGE = 5, 500  # passages shown beside a number, and on a page of their own


@dataclass(frozen=True)
class Line:
    """One passage with its surroundings, and the number of the sentence that it begins in."""

    doc_id: str
    sentence: int
    left: str
    node: str
    right: str
    outlet: str
    published: pd.Timestamp


def collect(side: Path, corpus: Corpus) -> pd.DataFrame:
    """Read the passages that a notebook's counts wrote, and add their text; columns as in `schema.EVIDENCE`.

    side : the notebook's side folder.

    Raises SchemaError when one key was used for two different sets of passages.
    """
    import pyarrow as pa

    batches = []
    if (side / PASSAGES).exists():
        with pa.OSFile(str(side / PASSAGES)) as source:
            while source.tell() < source.size():
                batches.append(pa.ipc.open_stream(source).read_all())
    if not batches:
        kinds = {name: "int64" if name in {"start", "end"} else "str" for name in schema.EVIDENCE}
        return pd.DataFrame(columns=list(schema.EVIDENCE)).astype(kinds)
    rows = pa.concat_tables(batches, promote_options="permissive").to_pandas()
    rows = rows.drop_duplicates(["key", *schema.SPANS], ignore_index=True)
    distinct = rows["key"].value_counts()
    for batch in batches:
        key = batch["key"][0].as_py() if batch.num_rows else ""
        if key and distinct[key] != batch.num_rows:
            raise SchemaError(f"The key {key!r} counts two sets of passages in one report. Rename one of them.")
    rows["text"] = corpus.text(rows)
    return rows[list(schema.EVIDENCE)]


class Lines:
    """Finds the surroundings of passages; made once per corpus."""

    def __init__(self, corpus: Corpus):
        self._articles = {a.doc_id: a for a in corpus.articles[["doc_id", "outlet", "published", "body"]].itertuples()}
        starts = corpus.sentences["start"].to_numpy()
        self._starts = {
            doc_id: starts[rows] for doc_id, rows in corpus.sentences.groupby("doc_id", sort=False).indices.items()
        }

    def sentence(self, doc_id: str, start: int) -> int:
        """Return the number of the sentence that contains offset `start`."""
        return max(int(np.searchsorted(self._starts[doc_id], start, side="right")) - 1, 0)

    def read(self, passages: pd.DataFrame) -> Iterator[Line]:
        """Yield the passages (doc_id, start, end) with their surroundings."""
        for doc_id, start, end in passages[list(schema.SPANS)].itertuples(index=False):
            article = self._articles[doc_id]
            node = article.body[start:end]
            yield Line(
                doc_id,
                self.sentence(doc_id, start),
                _before(article.body, start),
                node if len(node) <= LONGEST_PASSAGE else node[:LONGEST_PASSAGE] + "…",
                _after(article.body, end),
                article.outlet,
                article.published,
            )


def _before(body: str, start: int) -> str:
    """Return the text before `start` within its paragraph, cut between words."""
    left = body[max(start - CONTEXT, 0) : start]
    inside = left.rpartition("\n\n")[2]
    return inside if inside != left or start <= CONTEXT else "… " + inside.partition(" ")[2]


def _after(body: str, end: int) -> str:
    """Return the text after `end` within its paragraph, cut between words."""
    right = body[end : end + CONTEXT]
    inside = right.partition("\n\n")[0]
    return inside if inside != right or end + CONTEXT >= len(body) else inside.rpartition(" ")[0] + " …"


def first_few(passages: pd.DataFrame) -> pd.DataFrame:
    """Return the passages to show beside a number: from as many articles as possible, in reading order."""
    apart = passages.drop_duplicates("doc_id")
    return apart.head(IN_PLACE) if len(apart) >= IN_PLACE else passages.head(IN_PLACE)
