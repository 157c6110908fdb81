"""Word shifts: by hand, by SciPy's Jensen-Shannon distance, and as parts that sum to the whole."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from broadsheet.errors import CorpusError, ParameterError
from broadsheet.schema import COLUMNS
from broadsheet.tables import word_shift

TARGET = pd.Series({"eel": 3, "lamp": 1, "oil": 0})
REFERENCE = pd.Series({"eel": 1, "lamp": 1, "oil": 2})
VALENCE = pd.Series({"eel": 2.0, "oil": -1.0, "fog": -3.0})
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


def test_the_shift_of_a_score_is_that_worked_out_by_hand():
    """Scored are eel and oil: shares 1, 0 and 1/3, 2/3. The reference's mean is 2/3 - 2/3 = 0, the target's 2: eel adds
    2/3 x 2, oil, which the target has less of and which scores below the mean, 2/3 x 1."""
    table = word_shift(TARGET, REFERENCE, VALENCE)
    assert table.index.tolist() == ["eel", "oil"]
    assert table["contribution"].tolist() == pytest.approx([4 / 3, 2 / 3])
    assert table["score"].tolist() == [2, -1]


@settings(deadline=None, max_examples=60)
@given(sides)
def test_parts_sum_to_the_whole(rows):
    target, reference = (pd.Series(list(side)) for side in zip(*rows, strict=True))
    score = pd.Series(np.arange(len(rows)) ** 1.5 - 3)
    table = word_shift(target, reference, score)
    means = [np.average(score, weights=side) for side in (target, reference)]
    assert table["contribution"].sum() == pytest.approx(means[0] - means[1], abs=1e-9)
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
    assert set(word_shift(TARGET, REFERENCE, VALENCE).reset_index().columns) - set(COLUMNS) == set()


def test_a_side_without_a_counted_term_is_refused_and_the_fix_is_named():
    with pytest.raises(CorpusError, match=r"the target has none of the 3 terms counted\. Choose a wider side\."):
        word_shift(TARGET * 0, REFERENCE)
    with pytest.raises(CorpusError, match=r"has none of the 0 terms counted\. .*scores for more terms"):
        word_shift(TARGET, REFERENCE, VALENCE[["fog"]])


def test_differences_are_no_counts():
    with pytest.raises(ParameterError, match="counts of 0 or more, found -2"):
        word_shift(TARGET - REFERENCE, REFERENCE)
