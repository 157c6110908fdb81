"""Near terms for one that never occurs."""

import difflib

import pytest

from broadsheet.errors import ParameterError
from broadsheet.tables import suggestions, uses

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


def test_uses_name_near_terms_where_one_is_missing(read):
    with pytest.raises(ParameterError, match="Did you mean harbour or harbours"):
        uses(read(BODIES), ["ferry", "Harbor"])
    matrix, terms = uses(read(BODIES), ["the ferry", "ferry", "THE"])
    assert terms.tolist() == ["the ferry", "ferry", "the"]
    assert matrix.toarray().tolist() == [[1, 1, 3], [0, 0, 0], [0, 2, 0]]
