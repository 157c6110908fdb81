"""What plain measures say where there is nothing but chance."""

import numpy as np
import pandas as pd

from broadsheet.tables import by_chance, word_shift

BURSTS = [f"{f'word{n} ' * 60}and the rest of it" for n in range(12)]


def test_plain_log_likelihood_calls_bursts_significant_by_chance(read):
    """Each article says a word of its own sixty times: dealt to a side, every one is significant word by word."""
    tokens = read(BURSTS)
    target = np.arange(12) < 6
    table = by_chance(tokens, target, pd.Series(range(12)), tokens.vocabulary, draws=5)
    assert table["significant"].tolist() == [12] * 5
    assert len(by_chance(tokens, target, pd.Series(range(12)), tokens.vocabulary)) == 20


def test_words_that_all_use_alike_are_not(read):
    tokens = read(["the gate stuck and the gate went"] * 8)
    table = by_chance(tokens, np.arange(8) < 4, pd.Series(range(8)), tokens.vocabulary, draws=5)
    assert table["significant"].tolist() == [0] * 5
    assert table["divergence"].abs().max() < 1e-12


def test_stories_are_dealt_whole(read):
    """Two stories: whichever is the target, the divergence is that of the two, and of no mixture."""
    tokens = read(["gate gate", "gate", "eel eel", "eel lamp"])
    table = by_chance(tokens, np.array([True, True, False, False]), list("aabb"), tokens.vocabulary, draws=8)
    counts = pd.DataFrame(tokens.counts.toarray(), columns=tokens.vocabulary)
    apart = word_shift(counts[:2].sum(), counts[2:].sum())["divergence"].sum()
    assert np.allclose(table["divergence"], apart)


def test_the_target_of_a_draw_tells_as_many_stories_as_the_target(read):
    """One story of eleven tells half of the articles; each story says a word of its own, so that a side's words tell its stories."""
    bodies = ["word0"] * 10 + [f"word{n} " * 10 for n in range(1, 11)]
    story = pd.Series([0] * 10 + list(range(1, 11)))
    tokens = read(bodies)
    table = by_chance(tokens, (story == 0).to_numpy(), story, tokens.vocabulary, draws=6)
    counts = np.ones(11) * 10
    alone = word_shift(*(pd.Series(np.where((np.arange(11) == 3) == side, counts, 0)) for side in (True, False)))
    assert np.allclose(table["divergence"], alone["divergence"].sum())


def test_a_difference_is_significant_only_when_it_is_for_all_terms_together(read):
    """g2 of 0 against 6 in equal halves is 8.3, p .004: enough for one term, not for sixty."""
    once = " ".join(f"w{n}" for n in range(59))
    tokens = read([f"{once} gate gate gate gate gate gate", f"{once} lamp lamp lamp lamp lamp lamp"])
    both = by_chance(tokens, np.array([True, False]), list("ab"), tokens.vocabulary, draws=3)
    assert both["significant"].tolist() == [0] * 3
    few = by_chance(tokens, np.array([True, False]), list("ab"), pd.Index(["gate", "lamp"]), draws=3)
    assert few["significant"].tolist() == [2] * 3


def test_a_side_without_a_use_is_no_draw(read):
    tokens = read(["gate", "eel"])
    assert by_chance(tokens, np.array([True, False]), list("ab"), pd.Index(["gate"])).empty
