"""Terms that come and go: halves parted by hand, and p by SciPy's exact test."""

import json
import pathlib

import pandas as pd
import pytest
from scipy import stats

from broadsheet import load
from broadsheet.tables import changes
from broadsheet.text import fold

DATA = pathlib.Path(__file__).parents[2] / "data"
EARLY, LATE = ["lamp storm"] * 7, ["lamp eel"] * 6


@pytest.fixture
def compared(typed):
    """Return a function: bodies, and the days of March 2019 on which they were published, in; their changes out."""

    def made(bodies, days, stories=None, leave_out=()):
        days = [f"2019-03-{day:02}" if day else None for day in days]
        return changes(typed(bodies, days, stories), leave_out)

    return made


def test_a_word_of_one_half_alone_has_changed_and_one_of_both_has_not(compared):
    table = compared(EARLY + LATE, range(1, 14))
    assert table[["stories_earlier", "all_earlier", "stories_later", "all_later"]].loc["storm"].tolist() == [7, 7, 0, 6]
    assert table.index.tolist() == ["eel", "storm", "lamp"]
    assert table["sure"].to_dict() == {"storm": True, "eel": True, "lamp": False}
    assert set(table["since"]) == {pd.Timestamp("2019-03-08")}


@pytest.mark.parametrize(("early", "late"), [(7, 0), (0, 6), (5, 1), (3, 3), (6, 5)])
def test_p_is_that_of_fishers_exact_test_with_its_smaller_tail_doubled(compared, early, late):
    bodies = ["eel"] * early + ["lamp"] * (7 - early) + ["eel"] * late + ["lamp"] * (6 - late)
    table = compared(bodies, range(1, 14), leave_out=["LAMP"])
    tails = [stats.fisher_exact([[early, 7 - early], [late, 6 - late]], side).pvalue for side in ("less", "greater")]
    assert table.loc["eel", "p"] == pytest.approx(min(2 * min(tails), 1), rel=1e-9)


@pytest.mark.parametrize(("early", "late"), [(40, 260), (380, 20), (1000, 1020), (900, 600)])
def test_of_many_stories_p_is_that_of_the_whole_tail(compared, early, late):
    bodies = ["eel"] * early + ["lamp"] * (1000 - early) + ["eel"] * late + ["lamp"] * (1050 - late)
    table = compared(bodies, [1] * 1000 + [2] * 1050, leave_out=["LAMP"])
    chance = stats.hypergeom(2050, early + late, 1050)
    tails = chance.cdf(late), chance.sf(late - 1)
    assert table.loc["eel", "p"] == pytest.approx(min(2 * min(tails), 1), rel=1e-9)


def test_a_story_counts_once_and_on_the_day_it_first_appeared(compared):
    bodies, stories = ["eel", *EARLY, *LATE, "eel"], [0, *range(1, 8), *range(8, 14), 0]
    table = compared(bodies, [1, *range(1, 8), *range(8, 14), 14], stories)
    assert table.loc["eel", ["stories_earlier", "stories_later"]].tolist() == [1, 6]
    assert table.loc["eel", ["all_earlier", "all_later"]].sum() == 14


def test_articles_without_a_day_are_left_out(compared):
    table = compared([*EARLY, *LATE, "storm"], [*range(1, 14), None])
    assert table.loc["storm", ["stories_earlier", "stories_later"]].tolist() == [7, 0]


@pytest.mark.parametrize("days", [[1] * 5 + [2] * 8, [1] * 8 + [2] * 5])
def test_the_halves_part_between_two_days_wherever_the_median_lies(compared, days):
    table = compared(EARLY + LATE, days)
    assert table.loc["lamp", ["all_earlier", "all_later"]].tolist() == [days.count(1), days.count(2)]


def test_a_change_has_its_kind_its_uses_and_its_days(compared):
    """`lamp`: 7 of 7 and 6 of 6; of the half that uses it relatively more or alike, fewer is said."""
    table = compared([*EARLY, *LATE, "gate Storm"], [*range(1, 14), None])
    assert table[["change", "n"]].T.to_dict("list") == {
        "storm": ["vanished", 7],
        "eel": ["new", 6],
        "lamp": ["fewer", 13],
    }
    assert table.loc["storm", ["first", "last"]].tolist() == [pd.Timestamp("2019-03-01"), pd.Timestamp("2019-03-07")]
    assert table.loc["eel", ["first", "last"]].tolist() == [pd.Timestamp("2019-03-08"), pd.Timestamp("2019-03-13")]
    more = compared(["eel", *["lamp"] * 6, *["eel eel"] * 6], range(1, 14))
    assert more.loc["eel", ["change", "n"]].tolist() == ["more", 13]


def test_stories_of_one_day_have_no_halves(compared):
    full = compared(EARLY + LATE, range(1, 14)).dtypes.to_dict()
    for table in (compared(EARLY, [1] * 7), compared(EARLY, [None] * 7), compared([], []), compared(["eel"], [1])):
        assert table.empty
        assert table.index.name == "term"
        assert table.dtypes.to_dict() == full


def test_the_surest_of_very_sure_changes_comes_first(compared):
    bodies = ["aal"] * 900 + ["aal storm"] * 100 + ["storm"] * 1000
    table = compared(bodies, [1] * 1000 + [2] * 1000)
    assert table.index.tolist() == ["aal", "storm"]
    assert table["p"].tolist()[0] == 0


def test_the_sample_shows_the_rise_that_was_planted():
    surest = changes(load(DATA / "sample")).iloc[0]
    rise = json.loads((DATA / "sample-gold" / "planted.json").read_text("utf-8"))["rise"]
    assert fold(surest.name) == rise["term"]
    assert surest["sure"]
    assert surest["change"] == "more"
