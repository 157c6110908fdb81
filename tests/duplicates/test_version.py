"""What was found under other rules is not used again: a rule that changes what is found raises the version."""

import hashlib
import pathlib

import broadsheet
from broadsheet import duplicates

DATA = pathlib.Path(__file__).parents[2] / "data"
RECORD = pathlib.Path(__file__).with_name("version.txt")


def test_what_is_found_in_the_sample_and_the_golden_cases_is_what_this_version_found(golden):
    """Of marks, stories and what was taken over; and of each line of the golden cases, standing in one body."""
    corpus = broadsheet.load(DATA / "sample")
    cases = (golden.parent / "repeats" / "wild.tsv").read_text("utf-8").replace("\\n", "\n").replace("\t", "\n\n")
    found = [corpus.repeats, corpus.stories, corpus.taken, duplicates.repeats(cases)]
    told = "\n".join(table.round(9).to_csv(index=False, lineterminator="\n") for table in found)
    now = f"{duplicates.VERSION} {hashlib.sha256(told.encode()).hexdigest()[:16]}\n"
    assert now == RECORD.read_text("utf-8"), (
        f"The rules find something else than they did. Raise duplicates.VERSION, and write {now.strip()!r} into {RECORD.name}; "
        "where only the sample or the golden cases changed, write it without raising."
    )
