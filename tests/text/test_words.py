"""Words: golden cases, and promises that hold for any text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import ParameterError
from broadsheet.text import STOPWORDS, fold, sentences, terms_in, words


@pytest.mark.golden("text")
def test_words_are_read_as_the_golden_cases_say(case):
    assert [case.input[start:end] for start, end in words(case.input)] == case.expected


@pytest.mark.parametrize(
    ("word", "term"),
    [("UK’s", "uk's"), ("Don't", "don't"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("ΟΔΟΣ", "οδοσ")],
)
def test_case_and_apostrophes_fold_and_nothing_else(word, term):
    assert fold(word) == term
    assert fold(term) == term


def test_stop_words_are_terms_themselves():
    assert {word for word in STOPWORDS if [word[a:b] for a, b in words(word)] != [word] or fold(word) != word} == set()
    assert {"the", "don't", "twenty"} <= STOPWORDS
    assert not {"bill", "fire", "state", "home", "said"} & STOPWORDS


def test_a_phrase_is_read_as_its_terms():
    assert terms_in("“The UK’s  gate”!") == ["the", "uk's", "gate"]
    assert terms_in(" – ") == []
    with pytest.raises(ParameterError, match=r"'Washington, D\.C\.' has ','"):
        terms_in("Washington, D.C.")


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_word_spans_are_ordered_disjoint_and_read_alone_as_the_same_word(texts, data):
    text = data.draw(texts)
    ends = [0]
    for start, end in words(text):
        assert ends[-1] <= start < end <= len(text)
        assert words(text[start:end]) == [(0, end - start)]
        ends.append(end)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_word_is_in_one_sentence_and_contains_no_white_space(texts, data):
    text = data.draw(texts)
    spans = sentences(text)
    for start, end in words(text):
        assert any(first <= start < end <= last for first, last, _ in spans)
        assert not re.search(r"\s", text[start:end])


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_no_letter_or_digit_is_outside_words(texts, data):
    text, before = data.draw(texts), 0
    for start, end in [*words(text), (len(text), len(text))]:
        assert not any(character.isalnum() for character in text[before:start])
        before = end
