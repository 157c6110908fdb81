"""The sample, compared with a careful reader's marks and stories."""

import csv
import pathlib

import pytest

import broadsheet

DATA = pathlib.Path(__file__).parents[2] / "data"


def gold(name: str) -> list[dict[str, str]]:
    with (DATA / "sample-gold" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def corpus():
    return broadsheet.load(DATA / "sample")


@pytest.fixture(scope="module")
def names(corpus):
    """Return what the gold sheet calls each article: its file, or file#id where a file holds several."""
    place = corpus.audit.set_index("doc_id")["source"]
    several = place.duplicated(keep=False)
    return {doc_id: f"{source}#{doc_id}" if several[doc_id] else source for doc_id, source in place.items()}


def test_exactly_the_passages_that_a_reader_marks_are_marked(corpus, names):
    bodies = corpus.articles.set_index("doc_id")["body"]
    found = []
    for row in corpus.repeats.itertuples():
        text = bodies[row.doc_id][row.start : row.end]
        found.append((names[row.doc_id], bodies[row.doc_id][: row.end].count(text), text, row.reason))
    wanted = [(row["article"], int(row["nth"]), row["text"], row["kind"]) for row in gold("repeats")]
    assert sorted(found) == sorted(wanted)


def test_exactly_the_stories_that_a_reader_finds_are_found(corpus, names):
    found = corpus.stories.assign(
        article=corpus.stories["doc_id"].map(names), of=corpus.stories["of"].map(names).fillna("")
    )
    told = {row["article"]: (row["role"], row["of"]) for row in gold("stories")}
    wanted = {article: told.get(article, ("original", "")) for article in names.values()}
    assert {row.article: (row.role, row.of) for row in found.itertuples()} == wanted
    groups = {frozenset(articles) for _, articles in found["article"].groupby(found["story"])}
    by_story = {
        row["story"]: frozenset(r["article"] for r in gold("stories") if r["story"] == row["story"])
        for row in gold("stories")
    }
    assert {group for group in groups if len(group) > 1} == set(by_story.values())
