"""The summary of a corpus in a few lines."""

import json

import pytest

from broadsheet.cli import summary
from broadsheet.corpus import load

LINES = [f"Keeper number {n} of the weir at Orrin counted {n * 7} herons and {n * 3} eels." for n in range(8)]


@pytest.fixture
def corpus(tmp_path):
    """Return a corpus of a wire's article, its reprint with a copyright line, and two of their own; one undated.

    Each of the eight lines has 14 words, the copyright line 6. May has no article.
    """
    rows = [
        {"date": "2020-03-01", "outlet": "Weir Wire", "text": "\n\n".join(LINES)},
        {
            "date": "2020-03-02",
            "outlet": "Orrin Post",
            "text": "\n\n".join([*LINES, "© 2020 Orrin Post. All rights reserved."]),
        },
        {"date": "2020-04-02", "outlet": "Orrin Post", "text": "The eels have left."},
        {"date": "2020-06-02", "outlet": "Orrin Post", "text": "The eels are back."},
        {"text": "Nobody knows when."},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return load(tmp_path / "a.jsonl")


def test_the_figures_are_those_of_the_articles(corpus):
    found = summary.figures(corpus)
    assert (found["articles"], found["stories"], found["reprints"], found["versions"]) == (5, 4, 1, 0)
    assert (found["words"], found["marked_words"]) == (2 * 8 * 14 + 6 + 4 + 4 + 3, 6)
    assert found["marked"] == {"copyright": 1}
    assert found["outlets"] == {"Orrin Post": 3, "Weir Wire": 1, "not named": 1}
    assert found["reprinted"] == {"Weir Wire": 1}
    assert found["without_a_date"] == 1
    assert found["silent"] == ["2020-05"]


def test_the_lines_say_the_same(corpus):
    ids = corpus.catalogue["source"].tolist()
    assert list(summary.lines(corpus))[2:] == [
        "5 articles, 1 Mar 2020 – 2 Jun 2020: Orrin Post 3, Weir Wire 1, not named 1.",
        "4 stories; 1 reprint (of Weir Wire 1), 0 versions.",
        "241 words, 2.5% of them not counted: they are in 1 passage (copyright 1).",
        f"{ids[1]}: reprint of {ids[0]}, 100% of its words.",
        "1 article without a date.",
        "Without an article: May 2020.",
    ]


def test_many_names_are_cut_short():
    assert summary._named({f"n{n}": n for n in range(10, 0, -1)}).endswith("n3 3 and 2 more")
