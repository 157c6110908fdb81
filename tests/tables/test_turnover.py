"""New and vanished terms: counted by hand, and p by binomial coefficients."""

import math

import numpy as np
import pandas as pd
import pytest

from broadsheet.errors import ParameterError
from broadsheet.tables import turnover
from broadsheet.tables.turnover import COLUMNS

BODIES = ["lamp owl"] * 5 + ["lamp eel eel"] * 6
DAYS = pd.Series(pd.date_range("2019-03-01", periods=11))


def of(read, bodies=BODIES, days=DAYS, stories=None, since="2019-03-06", **more):
    return turnover(read(bodies), days, pd.Series(stories or range(len(bodies))), since, **more)


def test_new_and_vanished_terms_are_those_worked_out_by_hand(read):
    table = of(read)
    assert table.columns.tolist() == list(COLUMNS)
    assert table[["change", "n", "stories", "articles"]].T.to_dict("list") == {
        "owl": ["vanished", 5, 5, 5],
        "eel": ["new", 12, 6, 6],
    }
    assert table.loc["eel", ["first", "last"]].tolist() == [pd.Timestamp("2019-03-06"), pd.Timestamp("2019-03-11")]
    assert table.loc["owl", ["first", "last"]].tolist() == [pd.Timestamp("2019-03-01"), pd.Timestamp("2019-03-05")]


def test_p_is_the_share_of_all_choices_of_stories_that_lie_on_that_side(read):
    table = of(read)
    assert table.loc["eel", "p"] == pytest.approx(math.comb(6, 6) / math.comb(11, 6), rel=1e-9)
    assert table.loc["owl", "p"] == pytest.approx(math.comb(5, 5) / math.comb(11, 5), rel=1e-9)
    few = of(read, ["lamp"] * 8 + ["eel"] * 3)
    assert few.loc["eel", "p"] == pytest.approx(math.comb(6, 3) / math.comb(11, 3), rel=1e-9)
    assert table["sure"].tolist() == [True, True]
    assert not few["sure"].any()


def test_a_story_counts_once_and_on_the_day_it_first_appeared(read):
    """The eel of the last article belongs to a story that began in the earlier part: it is not new."""
    assert of(read, stories=[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]).index.tolist() == ["owl"]
    assert of(read, ["lamp"] * 5 + ["eel"] * 6, stories=[0, 1, 2, 3, 4, 5, 5, 5, 5, 6, 6]).index.tolist() == ["lamp"]


def test_undated_articles_are_left_out_and_order_does_not_matter(read):
    table = of(read)
    shuffled = np.random.default_rng(3).permutation(11)
    again = turnover(
        read([BODIES[i] for i in shuffled] + ["eel owl"]),
        pd.concat([DAYS.iloc[shuffled], pd.Series([pd.NaT])], ignore_index=True),
        pd.Series([*shuffled, 99]),
        "2019-03-06",
    )
    pd.testing.assert_frame_equal(again, table)


def test_columns_may_be_labelled_by_article(read):
    tokens = read(BODIES)
    table = turnover(tokens, DAYS.set_axis(tokens.doc_ids), pd.Series(range(11), tokens.doc_ids), "2019-03-06")
    pd.testing.assert_frame_equal(table, of(read))


def test_fewer_stories_than_asked_for_give_no_row(read):
    assert of(read, fewest=6).index.tolist() == ["eel"]
    assert of(read, terms=["owl", "lamp"]).index.tolist() == ["owl"]


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2019-03-01", "every story is later. Choose a day after 2019-03-01, at latest 2019-03-11"),
        ("2020-01-01", "every story is earlier"),
        ("spring", "must be a day written YYYY-MM-DD, not 'spring'"),
        ("", "must be a day"),
    ],
)
def test_a_day_that_parts_nothing_is_refused(read, since, said):
    with pytest.raises(ParameterError, match=said):
        of(read, since=since)


def test_one_day_cannot_be_parted(read):
    with pytest.raises(ParameterError, match="These stories are of one day"):
        of(read, ["lamp"], DAYS[:1], since="2019-03-01")


def test_without_days_or_terms_the_table_is_empty(read):
    full = of(read)
    for table in (
        of(read, days=pd.Series(pd.NaT, DAYS.index, dtype=DAYS.dtype)),
        of(read, [], DAYS[:0]),
        of(read, terms=[]),
        of(read, fewest=12),
    ):
        assert table.empty
        assert table.columns.tolist() == list(COLUMNS)
        assert (
            table.drop(columns=["first", "last"]).dtypes.to_dict()
            == full.drop(columns=["first", "last"]).dtypes.to_dict()
        )
