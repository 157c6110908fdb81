"""Sentences: golden cases, what the rule knows of words, and promises that hold for any text."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.text import sentences, words
from broadsheet.text.sentences import ADDRESS, CLOSED_BY, EITHER, KNOWN, NUMBERED, OPENER, TITLE


def read(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in sentences(text)]


@pytest.mark.golden("sentences")
def test_sentences_are_read_as_the_golden_cases_say(case):
    assert read(case.input) == case.expected


def test_only_blank_lines_separate_paragraphs():
    assert [paragraph for *_, paragraph in sentences("One.\nTwo.\n\nThree. Four.\n \n\n\nFive.")] == [0, 0, 1, 1, 2]


def test_each_word_that_the_rule_knows_is_one_word():
    assert [word for word in KNOWN if words(word) != [(0, len(word))]] == []


def test_a_known_word_has_the_kinds_of_its_list_in_capitals_too():
    kinds = {"Gov": TITLE, "No": NUMBERED | OPENER, "Inc": EITHER, "https": ADDRESS, "The": OPENER, "It’s": OPENER}
    assert {word: KNOWN[word] for word in kinds} == kinds
    assert {word: KNOWN[word.upper()] for word in kinds} == kinds
    assert not {"the", "May", "Monday", "June", "FRIDAY", "ill", "sat"} & KNOWN.keys()


@pytest.mark.parametrize(("opening", "closing"), CLOSED_BY.items())
def test_a_quotation_closed_within_its_paragraph_is_one_sentence_and_an_open_one_is_split(opening, closing):
    said = f"{opening}It rained. It froze.{closing} He left."
    assert read(said) == [f"{opening}It rained. It froze.{closing}", "He left."]
    assert read(said.replace(f"froze.{closing}", "froze.")) == [f"{opening}It rained.", "It froze.", "He left."]
    assert read(f"{opening}It rained.\n\nIt froze.{closing}") == [f"{opening}It rained.", f"It froze.{closing}"]


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_sentence_spans_are_ordered_disjoint_and_stripped(texts, data):
    text = data.draw(texts)
    last, number = 0, 0
    for start, end, paragraph in sentences(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert paragraph - number in (0, 1)
        last, number = end, paragraph


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_only_white_space_is_between_sentences_and_a_blank_line_between_paragraphs(texts, data):
    text = data.draw(texts)
    spans = [(0, 0, 0), *sentences(text), (len(text), len(text), None)]
    for (_, end, before), (start, _, after) in itertools.pairwise(spans):
        assert not text[end:start].strip()
        if end and after is not None:
            assert bool(re.search(r"\n\s*\n", text[end:start])) == (before != after)
    assert not any(re.search(r"\n\s*\n", text[start:end]) for start, end, _ in spans)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_each_paragraph_is_read_independently(texts, data):
    text = data.draw(texts)
    alone = [read(paragraph) for paragraph in re.split(r"\n\s*\n", text)]
    assert read(text) == list(itertools.chain.from_iterable(alone))
