"""Rates by period: worked out by hand, and counted again by pandas."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.tables import rates

BODIES = ["The lamp went out. Lamp!", "The lamp", "", "No storm.", "The lamp again"]


def test_rates_are_those_worked_out_by_hand(read):
    """2 uses in the 5 words of the first article and 1 in the 2 words of the second; the last has no date."""
    table = rates(read(BODIES), "LAMP", pd.Series(["2019-02", "2019-02", "2019-03", "2019-01", None]))
    assert table.index.name == "period"
    assert table.index.tolist() == ["2019-01", "2019-02", "2019-03"]
    assert table[["n", "tokens"]].to_numpy().tolist() == [[0, 2], [3, 7], [0, 0]]
    assert table["per_million"].tolist()[:2] == [0, pytest.approx(3 / 7 * 1e6)]
    assert np.isnan(table["per_million"].iloc[2])


def test_a_phrase_has_rates_too(read):
    table = rates(read(BODIES), "the lamp", pd.Series(["a", "b", "b", "b", "b"]))
    assert table["n"].to_dict() == {"a": 1, "b": 2}


def test_what_nobody_uses_has_a_rate_of_nought(read):
    table = rates(read(BODIES), "snow", pd.Series(["a"] * len(BODIES)))
    assert table.loc["a"].tolist() == [0, 12, 0]


def test_without_a_date_there_is_no_period(read):
    tokens = read(BODIES)
    for period in (pd.Series([None] * len(BODIES)), pd.Series([pd.NaT] * len(BODIES))):
        table = rates(tokens, "lamp", period)
        assert table.empty
        assert list(table.columns) == ["n", "tokens", "per_million"]
    assert rates(read([]), "lamp", pd.Series([], dtype=object)).empty


@pytest.mark.parametrize("term", ["lamp", "the", "marrow head", "snow"])
@pytest.mark.parametrize("freq", ["D", "M"])
def test_the_golden_corpus_has_the_rates_that_pandas_counts(corpus, term, freq):
    period = corpus.catalogue["published"].dt.to_period(freq)
    articles = pd.DataFrame(
        {"period": period, "n": corpus.tokens.uses(term).to_numpy(), "tokens": corpus.tokens.lengths}
    )
    expected = articles.groupby("period")[["n", "tokens"]].sum()
    table = rates(corpus.tokens, term, period)
    pd.testing.assert_frame_equal(table[["n", "tokens"]], expected, check_index_type=False)
    assert table["per_million"].tolist() == pytest.approx((expected["n"] / expected["tokens"] * 1e6).tolist())
    assert (
        table["n"].sum()
        == corpus.tokens.find(term).merge(articles.assign(doc_id=corpus.tokens.doc_ids).dropna(), on="doc_id").shape[0]
    )


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from([None, "a", "b", "c"]), min_size=5, max_size=5), st.sampled_from(["lamp", "the lamp"]))
def test_rates_are_those_of_a_group_by(read, periods, term):
    tokens = read(BODIES)
    found = rates(tokens, term, pd.Series(periods, dtype=object))
    articles = pd.DataFrame({"period": periods, "n": tokens.uses(term).to_numpy(), "tokens": tokens.lengths})
    expected = articles.groupby("period")[["n", "tokens"]].sum()
    assert found[["n", "tokens"]].to_dict() == expected.to_dict()


def test_the_index_of_the_periods_does_not_matter(read):
    tokens, period = read(BODIES), pd.Series(["a", "b", "b", "a", "a"])
    shuffled = period.set_axis([4, 3, 2, 1, 0])
    pd.testing.assert_frame_equal(rates(tokens, "lamp", period), rates(tokens, "lamp", shuffled))
