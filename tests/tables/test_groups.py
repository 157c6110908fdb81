"""What articles are grouped by."""

import pandas as pd
import pytest

from broadsheet import tables
from broadsheet.errors import ParameterError

CATALOGUE = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "published": pd.to_datetime(["2020-03-01", None, "2021-04-02"]),
        "outlet": ["Post", "", "Wire"],
        "rank": [1, 2, None],
    }
)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("outlet", ["Post", None, "Wire"]),
        ("year", ["2020", None, "2021"]),
        ("month", ["2020-03", None, "2021-04"]),
        ("rank", ["1.0", "2.0", None]),
    ],
)
def test_each_article_is_in_the_group_of_its_column_or_time(column, expected):
    found = tables.groups(CATALOGUE, column)
    assert found.index.tolist() == ["a", "b", "c"]
    assert [None if pd.isna(one) else one for one in found] == expected


def test_a_column_of_the_users_comes_before_the_time_that_is_called_so():
    assert tables.groups(CATALOGUE.assign(year="vintage"), "year").tolist() == ["vintage"] * 3


def test_a_column_that_there_is_not_is_refused_with_those_there_are():
    with pytest.raises(
        ParameterError,
        match=r"no column 'outlets'; they have published, outlet, rank, year, month\. Did you mean outlet\?",
    ):
        tables.groups(CATALOGUE, "outlets")
