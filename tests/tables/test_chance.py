"""What chance gives: compiled, in plain Python, with arrays, and term by term with every logarithm, it is the same."""

import numpy as np
import pytest
from broadsheet.tables.effects import log_likelihood
from broadsheet.tables.sides import Counted, sides, sums_of
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from broadsheet.index import kernels
from broadsheet.tables import chance

COUNTS = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3).filter(any), min_size=3, max_size=8)


@settings(deadline=None, max_examples=80)
@given(COUNTS, st.integers(0, 99))
def test_the_largest_of_each_draw_is_that_of_a_look_at_every_term(rows, seed):
    """The last two articles are one observation; the last term is left out."""
    rng, counts = np.random.default_rng(seed), np.array(rows)
    observation = np.minimum(np.arange(len(rows)), len(rows) - 2)
    dealt = rng.permuted(np.tile(np.arange(len(rows) - 1.0) < 1, (4, 1)).astype(float), axis=1)
    share, weight, over = rng.uniform(0.1, 0.9, 4), rng.uniform(1, 2, 4), rng.uniform(0, 3, 2)
    used, expected = counts.sum(axis=0)[:2], []
    for side, part, heavy in zip(dealt > 0, share, weight, strict=True):
        a = counts[side[observation]].sum(axis=0)[:2]
        expected.append(np.max(np.abs(log_likelihood(a, used - a, (part, 1 - part))) / (1 + over * heavy)))
    held = sparse.csr_matrix(counts)
    given_ = held.indptr, held.indices.astype(np.uint32), held.data.astype(np.int32)
    for kernel in (kernels.extremes, kernels.compiled(kernels.extremes), chance._extremes):
        found = kernel(given_, observation, dealt, share, weight, used.astype(float), over)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(deadline=None, max_examples=80)
@given(COUNTS, st.data())
def test_sums_over_observations_are_those_of_their_merged_rows(rows, data):
    counts, size = np.array(rows), len(rows)
    target = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    story = np.array(data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)))
    held = sparse.csr_matrix(counts)
    both = sides(counts.sum(axis=1), target, story)
    keys = sorted(set(zip(story, target, strict=True)))
    merged = np.array([counts[(story == name) & (target == side)].sum(axis=0) for name, side in keys])
    of_target = np.array([side for _, side in keys])
    counted = Counted(held, sums_of(held), None, counts.sum(axis=1))
    for found, parts in zip(chance.parted(counted, both), (merged, merged[of_target], merged[~of_target]), strict=True):
        lengths = parts.sum(axis=1)
        sums = [parts.sum(axis=0), (parts > 0).sum(axis=0), (parts**2).sum(axis=0), lengths @ parts]
        assert found.lengths.tolist() == lengths.tolist()
        assert [part.tolist() for part in found[1:]] == [part.tolist() for part in sums]
