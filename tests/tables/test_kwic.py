"""Keyword in context, near terms and stems: worked out by hand, cut from the bodies again, stemmed again by NLTK."""

import difflib

import numpy as np
import pandas as pd
import pytest
from nltk.stem.snowball import EnglishStemmer

from broadsheet.errors import ParameterError
from broadsheet.statistics import summed
from broadsheet.tables import kwic, stems, suggestions
from broadsheet.text import fold, words

COLUMNS = ["doc_id", "start", "end", "left", "node", "right", "outlet", "published"]
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
    assert table["published"].dt.day.tolist() == [5, 5, 6, 6]
    assert lines(table) == [
        ("The ", "lamp", " went …"),
        ("… left; a ", "lamp", " lit the …"),
        ("No ", "lamp", ". The …"),
        ("… The  ", "lamp", ""),
    ]


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [(10, "… harbour ", " works …"), (3, "… ur ", " wo …"), (100, "The harbour ", " works were closed")],
)
def test_context_is_cut_between_words_and_a_longer_word_is_cut_all_the_same(news, width, left, right):
    assert lines(kwic(news({"a.txt": "The harbour gate works were closed"}), "gate", width)) == [(left, "gate", right)]


def test_some_lines_are_evenly_spread_over_the_order(corpus):
    every, some = (kwic(corpus, "the", by="right", most=most) for most in (None, 7))
    rows = np.linspace(0, len(every) - 1, 7).round().astype(int)
    pd.testing.assert_frame_equal(some, every.iloc[rows].reset_index(drop=True))
    assert len(kwic(corpus, "the", most=10_000)) == len(every)
    assert kwic(corpus, "the", most=0).empty


def test_a_phrase_is_found_in_any_case_within_a_sentence_and_over_a_line_break(lamps):
    assert kwic(lamps, "THE LAMP")["node"].tolist() == ["The lamp"]
    assert lines(kwic(lamps, "lamp lit", width=3)) == [("… a ", "lamp lit", " th …")]
    assert lines(kwic(lamps, "lamp's", width=4)) == [("… The ", "Lamp’s", " kee …")]


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
        left, right = line.left.removeprefix("… "), line.right.removesuffix(" …")
        assert body[: line.start].endswith(left)
        assert body[line.end :].startswith(right)
        assert max(len(left), len(right)) <= width
        assert (left == body[: line.start]) == (left == line.left)
        assert (right == body[line.end :]) == (right == line.right)


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


BODIES = ["The harbour, the ferry and the government", "government harbours; governments", "ferry ferry"]


@pytest.mark.parametrize(
    ("term", "near"),
    [
        ("harbor", ["harbour", "harbours"]),
        ("goverment", ["government", "governments"]),
        ("ferrry", ["ferry"]),
        ("Harbor office", ["harbour", "harbours"]),
        ("derry", ["ferry"]),
        ("zzz", []),
        ("harbour", []),
        ("", []),
    ],
)
def test_near_terms_are_those_written_much_alike(read, term, near):
    table = suggestions(read(BODIES), term)
    assert table.index.tolist() == near
    assert table.columns.tolist() == ["likeness", "n", "articles"]


def test_likeness_is_difflibs_and_uses_are_counted(read):
    table = suggestions(read(BODIES), "goverment", most=1)
    assert table.loc["government", ["n", "articles"]].tolist() == [2, 2]
    assert table.loc["government", "likeness"] == difflib.SequenceMatcher(None, "government", "goverment").ratio()


@pytest.mark.parametrize(
    ("phrase", "near"),
    [
        ("the harbor", ["the harbour"]),
        ("Goverment harbours", ["government harbours"]),
        ("the harbour the fery", ["ferry"]),
        ("the ferri and", ["the ferry and"]),
        ("the lamp", []),
    ],
)
def test_near_phrases_are_runs_of_the_texts_with_one_word_exchanged(read, phrase, near):
    """A comma parts a run: of `the harbour the fery` only the word that is lacking can be looked for."""
    assert suggestions(read(BODIES), phrase).index.tolist() == near


def test_an_empty_corpus_has_nothing_near(read):
    assert suggestions(read([]), "lamp").empty


def test_the_most_used_form_stands_for_its_stem(read):
    labels = stems(
        read(["election elections elections electing 2019 u.k. was", "Election elections' oil-lamp election’s"])
    )
    assert labels.name == "label"
    assert labels.index.name == "term"
    assert labels[["electing", "Election", "election’s", "elections"]].unique().tolist() == ["elections"]
    assert labels[["2019", "oil-lamp", "was"]].tolist() == ["2019", "oil-lamp", "was"]


def test_of_forms_equally_used_the_first_in_the_alphabet_stands(read):
    assert stems(read(["lamps lamp"])).tolist() == ["lamp", "lamp"]


def test_labels_are_nltks_stems_grouped_and_counts_sum(corpus):
    tokens, stemmer = corpus.tokens, EnglishStemmer()
    labels = stems(tokens)
    n = pd.Series(tokens.counts.sum(axis=0).A1, tokens.printed)

    def stem(term):
        word = fold(term).removesuffix("'s")
        return stemmer.stem(word) if word.isalpha() and len(word) > 3 else fold(term)

    groups = pd.Series([stem(term) for term in labels.index], labels.index)
    for _, forms in groups.groupby(groups):
        best = n[sorted(forms.index, key=fold)].sort_values(ascending=False, kind="stable").index[0]
        assert set(labels[forms.index]) == {best}
    merged, names = summed(tokens.counts.T, labels)
    assert names.tolist() == sorted(labels.unique())
    assert merged.sum() == len(tokens)
    assert pd.Series(merged.sum(axis=1).A1, names).to_dict() == n.groupby(labels).sum().to_dict()


def test_no_words_have_no_stems(read):
    assert stems(read([])).empty
    assert stems(read(["2019"])).to_dict() == {"2019": "2019"}
