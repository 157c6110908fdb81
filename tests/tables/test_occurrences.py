"""Where several terms are used."""

from broadsheet import tables


def test_each_use_of_each_term_is_a_row_term_by_term_as_given(read):
    tokens = read(["It rained. Rain fell.", "Rain it is."])
    found = tables.occurrences(tokens, ["rain", "it", "rain fell", "rain"])
    assert found.astype({"doc_id": "str"}).to_numpy().tolist() == [
        ["rain", "d0", 11, 15],
        ["rain", "d1", 0, 4],
        ["it", "d0", 0, 2],
        ["it", "d1", 5, 7],
        ["rain fell", "d0", 11, 20],
    ]


def test_no_term_and_an_unused_one_have_no_row_but_the_columns(read):
    tokens = read(["It rained."])
    for terms in ([], ["snow"]):
        found = tables.occurrences(tokens, terms)
        assert found.columns.tolist() == ["term", "doc_id", "start", "end"]
        assert found.empty
