"""Effect sizes: published figures, SciPy's tests and plain loops; word shifts whose parts sum to the whole."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial.distance import jensenshannon
from scipy.stats import contingency

from broadsheet.errors import ParameterError
from broadsheet.schema import CODEBOOK
from broadsheet.statistics import effects, weighted_log_odds, word_shift

counts_of = st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(0, 900), st.integers(0, 900)).filter(
    lambda cells: cells[0] + cells[1] and cells[0] + cells[2] and cells[1] + cells[3]
)


def one(measure, a, b, words):
    """Return one measure of one term."""
    return effects(np.array([a]), np.array([b]), words)[measure].item()


def test_log_likelihood_is_that_of_published_examples():
    """2 cells: UCREL's teaching example, +2.65 for 52 of 50,000 against 57 of 75,000 words. 4 cells: Dunning's table
    (1993) of `the swiss`: 110, 2442, 111, 29114 gives 270.72."""
    assert one("g2", 52, 57, (50_000, 75_000)) == pytest.approx(2.65, abs=0.005)
    assert one("g2", 57, 52, (75_000, 50_000)) == pytest.approx(-2.65, abs=0.005)
    assert one("g2_4", 110, 2442, (221, 31_556)) == pytest.approx(270.72, abs=0.005)


@settings(deadline=None, max_examples=80)
@given(counts_of)
def test_log_likelihood_is_scipys(cells):
    a, b, other_a, other_b = cells
    words = (a + other_a, b + other_b)
    expected = [(a + b) * side / sum(words) for side in words]
    two = stats.power_divergence([a, b], expected, lambda_="log-likelihood").statistic
    assert abs(one("g2", a, b, words)) == pytest.approx(two, abs=1e-9)
    if other_a + other_b:
        four = stats.chi2_contingency([[a, b], [other_a, other_b]], correction=False, lambda_="log-likelihood")
        assert abs(one("g2_4", a, b, words)) == pytest.approx(four.statistic, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(counts_of)
def test_odds_ratio_and_interval_are_scipys_with_a_half_added_where_a_cell_is_empty(cells):
    a, b, other_a, other_b = cells
    found = effects(np.array([a]), np.array([b]), (a + other_a, b + other_b)).iloc[0]
    if min(cells):
        sample = contingency.odds_ratio([[a, other_a], [b, other_b]], kind="sample")
        expected = [sample.statistic, *sample.confidence_interval(0.95)]
    else:
        a, b, other_a, other_b = (cell + 0.5 for cell in cells)
        log, error = math.log(a * other_b / b / other_a), math.sqrt(1 / a + 1 / b + 1 / other_a + 1 / other_b)
        expected = [math.exp(log + z * error) for z in (0, -1.959963984540054, 1.959963984540054)]
    assert found[["odds_ratio", "odds_ratio_low", "odds_ratio_high"]].tolist() == pytest.approx(expected, rel=1e-9)


def test_weighted_log_odds_are_those_of_a_plain_loop():
    """Monroe, Colaresi & Quinn (2008), their equations for delta, its variance and zeta, one term at a time."""
    a, b = [30, 0, 7, 500, 1], [2, 9, 7, 480, 0]
    words = (sum(a), sum(b))
    plain = []
    for y_i, y_j in zip(a, b, strict=True):
        alpha = y_i + y_j
        odds_i = (y_i + alpha) / (words[0] + sum(words) - y_i - alpha)
        odds_j = (y_j + alpha) / (words[1] + sum(words) - y_j - alpha)
        variance = 1 / (y_i + alpha) + 1 / (y_j + alpha)
        plain.append(math.log(odds_i / odds_j) / math.sqrt(variance))
    assert weighted_log_odds(np.array(a), np.array(b), words).tolist() == pytest.approx(plain, rel=1e-9)
    assert effects(np.array(a), np.array(b), words)["log_odds_z"].tolist() == pytest.approx(
        weighted_log_odds(np.array(a), np.array(b), words).tolist()
    )


TARGET = pd.Series({"eel": 3, "lamp": 1, "oil": 0})
REFERENCE = pd.Series({"eel": 1, "lamp": 1, "oil": 2})
sides = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=9).filter(
    lambda rows: sum(a for a, _ in rows) and sum(b for _, b in rows)
)


def test_shifts_are_those_worked_out_by_hand():
    """Shares 3/4, 1/4, 0 and 1/4, 1/4, 1/2; means 1/2, 1/4, 1/4."""
    table = word_shift(TARGET, REFERENCE)
    assert table.loc["eel", ["share_target", "share_reference", "proportion"]].tolist() == [0.75, 0.25, 0.5]
    assert table["proportion"].to_dict() == {"eel": 0.5, "lamp": 0, "oil": -0.5}
    eel = (0.75 * math.log2(0.75 / 0.5) + 0.25 * math.log2(0.25 / 0.5)) / 2
    assert table["divergence"].to_dict() == pytest.approx({"oil": 0.25, "eel": eel, "lamp": 0}, abs=1e-12)
    assert table.index.tolist() == ["oil", "eel", "lamp"]


@settings(deadline=None, max_examples=60)
@given(sides)
def test_parts_sum_to_the_whole(rows):
    target, reference = (pd.Series(list(side)) for side in zip(*rows, strict=True))
    table = word_shift(target, reference)
    assert table["divergence"].sum() == pytest.approx(jensenshannon(target, reference, 2) ** 2, abs=1e-9)
    assert table["proportion"].sum() == pytest.approx(0, abs=1e-9)
    assert (table["divergence"] >= -1e-15).all()
    assert np.isfinite(table.to_numpy()).all()


def test_swapping_sides_negates_the_proportions_and_keeps_the_divergence():
    there, back = word_shift(TARGET, REFERENCE), word_shift(REFERENCE, TARGET)
    assert back["proportion"].equals(-there["proportion"])
    assert back["divergence"].equals(there["divergence"])


def test_a_term_of_one_table_alone_counts_as_unused_in_the_other():
    assert word_shift(TARGET, REFERENCE.drop("oil")).index.tolist() == ["lamp", "eel"]
    assert word_shift(TARGET.drop("oil"), REFERENCE).loc["oil", "share_target"] == 0
    assert word_shift(TARGET.drop("oil"), REFERENCE.drop("eel"))["divergence"].sum() < 1
    assert word_shift(TARGET[["eel"]], REFERENCE[["oil"]])["divergence"].sum() == pytest.approx(1)


def test_every_column_is_explained_to_readers():
    assert set(word_shift(TARGET, REFERENCE).reset_index().columns) - set(CODEBOOK) == set()


def test_a_side_without_a_use_has_no_shift():
    for sides in ((TARGET * 0, REFERENCE), (REFERENCE, TARGET[:0])):
        assert word_shift(*sides).empty
        assert word_shift(*sides).columns.tolist() == word_shift(TARGET, REFERENCE).columns.tolist()


def test_differences_are_no_counts():
    with pytest.raises(ParameterError, match="counts of 0 or more, found -2"):
        word_shift(TARGET - REFERENCE, REFERENCE)
