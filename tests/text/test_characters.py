"""Characters and the automaton: every code point's kind, and the table that accepts what the expression matches."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.text import characters
from broadsheet.text.automaton import MANY, NEXT, ONE, WHOLE
from broadsheet.text.characters import NAMED, NOTHING, kinds
from broadsheet.text.words import MARKS, WORD

# One character and more of each kind that the automaton tells apart.
TELLING = "aÉ日5٣½\u0301 .,%#£-’_!°"
PLANES = range(0x11)


def kind_by_methods(character: str) -> int:
    """Return the kind of a character as Python's own methods and classes tell it."""
    named = [kind for kind, those in NAMED.items() if character in those]
    said = [
        (named != [], named and named[0]),
        (re.match(f"[{MARKS}]", character), characters.COMBINING),
        (character.isspace(), characters.BLANK),
        (character.isdecimal(), characters.DIGIT),
        (character.isalnum() and character.islower(), characters.LOWER),
        (character.isalnum() and character.isupper(), characters.UPPER),
        (character.isalnum(), characters.LETTER),
    ]
    return next((kind for holds, kind in said if holds), characters.OTHER)


def longest(text: str, start: int = 0) -> int:
    """Return the end of the word that the automaton reads from `start`; `start` itself where none begins."""
    state, end = 0, start
    for at in range(start, len(text)):
        state = NEXT[state, kinds()[ord(text[at])]]
        if state < 0:
            break
        end = at + 1 if WHOLE[state] else end
    return end


def matched(text: str, start: int = 0) -> int:
    found = WORD.match(text, start)
    return found.end() if found else start


@pytest.mark.parametrize("plane", PLANES)
def test_every_code_point_has_the_kind_that_python_says(plane):
    """Of the planes above the second, which hold few scripts, every seventh code point."""
    points = range(plane << 16, (plane + 1) << 16, 1 if plane < 2 else 7)
    wrong = [
        f"U+{point:04X}"
        for point in points
        if not 0xD800 <= point < 0xE000 and kinds()[point] != kind_by_methods(chr(point))
    ]
    assert wrong == []


def test_surrogates_are_not_of_a_kind_that_words_contain():
    assert set(kinds()[0xD800:0xE000].tolist()) == {characters.OTHER}
    assert len(kinds()) == 0x110000
    assert kinds().max() < NOTHING


def test_no_word_continues_past_the_end_of_a_paragraph():
    assert (NEXT[:, [NOTHING, characters.BLANK, characters.LINE, characters.OTHER]] == -1).all()
    assert not WHOLE[0]
    assert WHOLE[[ONE, MANY]].all()


def test_the_automaton_reads_every_short_text_as_the_expression_does():
    alphabet = "aÉ5\u0301.,%#£-_ "
    short = ["".join(text) for size in range(1, 5) for text in itertools.product(alphabet, repeat=size)]
    assert [text for text in short if longest(text) != matched(text)] == []


@settings(deadline=None, max_examples=500)
@given(st.text(TELLING, max_size=14))
def test_the_automaton_reads_any_text_as_the_expression_does_from_any_start(text):
    assert [longest(text, start) for start in range(len(text))] == [matched(text, start) for start in range(len(text))]


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_the_automaton_reads_texts_as_the_expression_does(texts, data):
    text = data.draw(texts)
    assert [longest(text, start) for start in range(len(text))] == [matched(text, start) for start in range(len(text))]


def test_each_state_is_reached_and_can_become_a_word():
    leads = {state: set(NEXT[state][NEXT[state] >= 0].tolist()) for state in range(len(WHOLE))}
    reached, good = {0}, set(np.flatnonzero(WHOLE).tolist())
    for _ in leads:
        reached |= set().union(*(leads[state] for state in reached))
        good |= {state for state, onward in leads.items() if onward & good}
    assert reached == good == set(leads)
