"""A VERSION that was not raised: results kept under other rules would be used again. readers and engines that take their
version from their files need no record."""

import hashlib
import pathlib

import pytest

import broadsheet
from broadsheet import duplicates, index

DATA = pathlib.Path(__file__).parents[1] / "data"
RECORD = pathlib.Path(__file__).parent / "golden" / "versions.txt"


@pytest.fixture(scope="module")
def results(golden):
    """Return the version and the result tables of each room, for the sample and the golden cases joined into one body."""
    corpus = broadsheet.load(DATA / "sample")

    def cases(room: str) -> str:
        files = [(golden.parent / room / f"{kind}.tsv").read_text("utf-8") for kind in ("wild", "negative")]
        return "\n".join(files).replace("\\n", "\n").replace("\t", "\n\n")

    words = [corpus.tokens, index.tokens_of([cases("text"), cases("sentences")])]
    tables = [table for tokens in words for table in (tokens.frame(), tokens.printed.to_frame(), tokens.sentences())]
    marks = [corpus.repeats, corpus.stories, corpus.taken, duplicates.repeats(cases("repeats"))]
    return {"duplicates": (duplicates.VERSION, marks), "index": (index.VERSION.partition(".")[0], tables)}


@pytest.mark.parametrize("room", ["duplicates", "index"])
def test_results_are_those_recorded_for_the_version(results, room):
    version, tables = results[room]
    written = "\n".join(table.round(9).to_csv(index=False, lineterminator="\n") for table in tables)
    now = f"{room} {version} {hashlib.sha256(written.encode()).hexdigest()[:16]}"
    assert now in RECORD.read_text("utf-8").splitlines(), (
        f"The rules give other results than recorded. Raise {room}.VERSION and write {now!r} into {RECORD.name}; if only "
        "the sample or the golden cases changed, write it without raising."
    )
