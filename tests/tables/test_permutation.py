"""Stories dealt anew: compiled, in plain Python, with arrays, and by a look at every term, it is the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from broadsheet.index import kernels
from broadsheet.statistics import null_distribution, permutation, word_shift
from broadsheet.statistics.effect_sizes import log_likelihood

COUNTS = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3).filter(any), min_size=3, max_size=8)


@settings(deadline=None, max_examples=80)
@given(COUNTS, st.integers(0, 99))
def test_the_largest_of_each_draw_is_that_of_a_look_at_every_term(rows, seed):
    """The last term is left out."""
    rng, counts = np.random.default_rng(seed), np.array(rows)
    dealt = rng.permuted(np.tile(np.arange(len(rows)) < 1, (4, 1)).astype(float), axis=1)
    share, weight, over = rng.uniform(0.1, 0.9, 4), rng.uniform(1, 2, 4), rng.uniform(0, 3, 2)
    used, expected = counts.sum(axis=0)[:2], []
    for side, part, heavy in zip(dealt > 0, share, weight, strict=True):
        a = counts[side].sum(axis=0)[:2]
        expected.append(np.max(np.abs(log_likelihood(a, used - a, (part, 1 - part))) / (1 + over * heavy)))
    held = sparse.csr_matrix(counts)
    given_ = held.indptr, held.indices.astype(np.uint32), held.data.astype(np.int32)
    for kernel in (permutation.extremes, kernels.compiled(permutation.extremes), permutation._extremes):
        found = kernel(given_, dealt, share, weight, used.astype(float), over)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(deadline=None, max_examples=80)
@given(COUNTS, st.data())
def test_sums_over_observations_are_those_of_a_plain_loop(rows, data):
    counts, size = np.array(rows), len(rows)
    target = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    story = np.array(data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)))
    both = permutation.sides(sparse.csr_matrix(counts), counts.sum(axis=1), target, story)
    keys = sorted(set(zip(story, target, strict=True)))
    merged = np.array([counts[(story == name) & (target == side)].sum(axis=0) for name, side in keys])
    of_target = np.array([side for _, side in keys])
    assert both.target.tolist() == of_target.tolist()
    for chosen in (slice(None), of_target, ~of_target):
        found, parts = permutation.sums(both, chosen), merged[chosen]
        lengths = parts.sum(axis=1)
        sums = [parts.sum(axis=0), (parts > 0).sum(axis=0), (parts**2).sum(axis=0), lengths @ parts]
        assert found.lengths.tolist() == lengths.tolist()
        assert [part.tolist() for part in found[1:]] == [part.tolist() for part in sums]


BURSTS = [f"{f'word{n} ' * 60}and the rest of it" for n in range(12)]


def test_plain_log_likelihood_calls_bursts_significant_null_distribution(read):
    """Each article says a word of its own sixty times: dealt to a side, every one is significant word by word."""
    tokens = read(BURSTS)
    target = np.arange(12) < 6
    table = null_distribution(tokens, target, pd.Series(range(12)), tokens.vocabulary, draws=5)
    assert table["significant"].tolist() == [12] * 5
    assert len(null_distribution(tokens, target, pd.Series(range(12)), tokens.vocabulary)) == 20


def test_words_that_all_use_alike_are_not(read):
    tokens = read(["the gate stuck and the gate went"] * 8)
    table = null_distribution(tokens, np.arange(8) < 4, pd.Series(range(8)), tokens.vocabulary, draws=5)
    assert table["significant"].tolist() == [0] * 5
    assert table["divergence"].abs().max() < 1e-12


def test_stories_are_dealt_whole(read):
    """Two stories: whichever is the target, the divergence is that of the two, and of no mixture."""
    tokens = read(["gate gate", "gate", "eel eel", "eel lamp"])
    table = null_distribution(tokens, np.array([True, True, False, False]), list("aabb"), tokens.vocabulary, draws=8)
    counts = pd.DataFrame(tokens.counts.toarray(), columns=tokens.vocabulary)
    apart = word_shift(counts[:2].sum(), counts[2:].sum())["divergence"].sum()
    assert np.allclose(table["divergence"], apart)


def test_the_target_of_a_draw_tells_as_many_stories_as_the_target(read):
    """One story of eleven tells half of the articles; each story says a word of its own, so that a side's words tell its stories."""
    bodies = ["word0"] * 10 + [f"word{n} " * 10 for n in range(1, 11)]
    story = pd.Series([0] * 10 + list(range(1, 11)))
    tokens = read(bodies)
    table = null_distribution(tokens, (story == 0).to_numpy(), story, tokens.vocabulary, draws=6)
    counts = np.ones(11) * 10
    alone = word_shift(*(pd.Series(np.where((np.arange(11) == 3) == side, counts, 0)) for side in (True, False)))
    assert np.allclose(table["divergence"], alone["divergence"].sum())


def test_a_difference_is_significant_only_when_it_is_for_all_terms_together(read):
    """g2 of 0 against 6 in equal halves is 8.3, p .004: enough for one term, not for sixty."""
    once = " ".join(f"w{n}" for n in range(59))
    tokens = read([f"{once} gate gate gate gate gate gate", f"{once} lamp lamp lamp lamp lamp lamp"])
    both = null_distribution(tokens, np.array([True, False]), list("ab"), tokens.vocabulary, draws=3)
    assert both["significant"].tolist() == [0] * 3
    few = null_distribution(tokens, np.array([True, False]), list("ab"), pd.Index(["gate", "lamp"]), draws=3)
    assert few["significant"].tolist() == [2] * 3


def test_a_side_without_a_use_is_no_draw(read):
    tokens = read(["gate", "eel"])
    assert null_distribution(tokens, np.array([True, False]), list("ab"), pd.Index(["gate"])).empty
