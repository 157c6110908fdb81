"""Keyword in context: worked out by hand, and cut from the bodies again."""

import pytest

from broadsheet.errors import ParameterError
from broadsheet.tables import kwic
from broadsheet.text import fold, words

COLUMNS = ["doc_id", "start", "end", "left", "node", "right"]
LAMP = "date 2019-02-05\nThe lamp went out.\nThe Lamp’s keeper left; a lamp\nlit the way."
STORM = "date 2019-02-06\nNo lamp. The\n\nlamp"


@pytest.fixture
def lamps(news):
    return news({"a.txt": LAMP, "b.txt": STORM})


def lines(table):
    return list(table[["left", "node", "right"]].itertuples(index=False, name=None))


def test_lines_are_those_worked_out_by_hand(lamps):
    """`lamp` stands twice in the first article, where `Lamp’s` is another word, and twice in the second."""
    table = kwic(lamps, "lamp", width=9)
    assert list(table.columns) == COLUMNS
    assert lines(table) == [
        ("The ", "lamp", " went out"),
        (" left; a ", "lamp", " lit the "),
        ("No ", "lamp", ". The  la"),
        ("mp. The  ", "lamp", ""),
    ]


def test_a_phrase_is_found_in_any_case_within_a_sentence_and_over_a_line_break(lamps):
    assert lines(kwic(lamps, "THE LAMP", width=0)) == [("", "The lamp", "")]
    assert lines(kwic(lamps, "lamp lit", width=3)) == [(" a ", "lamp lit", " th")]
    assert lines(kwic(lamps, "lamp's", width=4)) == [("The ", "Lamp’s", " kee")]


def test_a_stop_parts_a_phrase(lamps):
    assert kwic(lamps, "no lamp the").empty
    assert kwic(lamps, "out the").empty


@pytest.mark.parametrize("phrase", ["snow", "lamp snow", "", "…"])
def test_what_nobody_uses_has_no_line(lamps, phrase):
    table = kwic(lamps, phrase)
    assert table.empty
    assert list(table.columns) == COLUMNS


@pytest.mark.parametrize("width", [0, 1, 17, 100_000])
@pytest.mark.parametrize("phrase", ["lamp", "the", "marrow head", "it's", "2019"])
def test_each_line_is_the_body_around_its_node(corpus, phrase, width):
    table, bodies = kwic(corpus, phrase, width), corpus.articles.set_index("doc_id")["body"]
    assert len(table) == corpus.tokens.uses(phrase).sum() > 0
    for line in table.itertuples():
        body = bodies[line.doc_id].replace("\n", " ")
        assert line.node == body[line.start : line.end]
        assert fold(" ".join(line.node.split())) == phrase
        assert line.left == body[max(line.start - width, 0) : line.start]
        assert line.right == body[line.end : line.end + width]


def test_lines_stand_in_reading_order(corpus):
    table = kwic(corpus, "the")
    assert table["doc_id"].cat.codes.is_monotonic_increasing
    assert table.groupby("doc_id", observed=True)["start"].is_monotonic_increasing.all()


BODY = "date 2019-02-05\nThe old lamp burned. A new lamp went out\n\nold lamp a-glow. Lamp"


@pytest.mark.parametrize(
    ("by", "nodes"),
    [
        ("", [1, 2, 3, 4]),
        ("right", [3, 1, 2, 4]),
        ("1R", [3, 1, 2, 4]),
        ("left", [2, 1, 3, 4]),
        ("1L 2l", [2, 1, 3, 4]),
        ("2R", [2, 1, 3, 4]),
        ("1L", [2, 1, 3, 4]),
    ],
)
def test_lines_are_sorted_by_the_words_around(news, by, nodes):
    """In its sentence there stand on the right burned, went, a-glow, nothing; on the left old, new, old, nothing."""
    lamps = news({"a.txt": BODY})
    reading = kwic(lamps, "lamp")["start"].tolist()
    table = kwic(lamps, "lamp", by=by)
    assert [reading.index(start) + 1 for start in table["start"]] == nodes
    assert list(table.columns) == COLUMNS
    assert table.index.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("by", ["1R 2R 3R", "3L 1R", "9L"])
def test_sorted_lines_are_those_of_a_plain_sort(corpus, by):
    table, bodies = kwic(corpus, "the", by=by), corpus.articles.set_index("doc_id")["body"]

    sentences = corpus.sentences

    def key(line):
        own = sentences[sentences["doc_id"].eq(line.doc_id) & sentences["start"].le(line.start)].iloc[-1]
        body = bodies[line.doc_id]
        sides = {"L": body[own["start"] : line.start], "R": body[line.end : own["end"]]}
        sides = {side: [fold(text[start:end]) for start, end in words(text)] for side, text in sides.items()}
        sides["L"].reverse()
        found = [sides[place[1]][int(place[0]) - 1 :][:1] for place in by.split()]
        return [(not word, word) for word in found]

    keys = [key(line) for line in table.itertuples()]
    assert keys == sorted(keys)
    assert len(table) == len(kwic(corpus, "the"))


@pytest.mark.parametrize("by", ["middle", "0R", "1X", "1R,2R"])
def test_another_order_is_refused(lamps, by):
    with pytest.raises(ParameterError, match="by left, by right, or by places such as `1R 2R 1L`"):
        kwic(lamps, "lamp", by=by)


def test_nothing_can_be_sorted(lamps):
    assert kwic(lamps, "snow", by="right").empty
