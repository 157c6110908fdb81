"""Tone: exactly VADER's scores with straight quotation marks, and the same with curly ones."""

import pandas as pd
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from broadsheet import load
from broadsheet.sentiment import score

STRAIGHT = [
    "It is the best night of my life.",
    "The Petrel is a terrible loss to its owner!",
    "We won't support it, but we don't hate it.",
    'They called the failure "a disgrace".',
    "Not very good :( at ALL",
    "Waves of 9 metres are likely.",
    "...",
]


def vader(texts):
    found = map(SentimentIntensityAnalyzer().polarity_scores, texts)
    return [(s["neg"], s["neu"], s["pos"], s["compound"]) for s in found]


def test_scores_equal_vaders():
    frame = score(STRAIGHT)
    assert list(frame.columns) == ["negative", "neutral", "positive", "compound"]
    assert list(frame.itertuples(index=False, name=None)) == vader(STRAIGHT)
    assert (frame["compound"] != 0).sum() == 5  # waves and dots have no tone


def test_golden_sentences_score_as_in_vader_with_straight_marks(golden):
    corpus = load(golden)
    texts = corpus.text(corpus.sentences)
    straight = texts.str.replace("[‘’]", "'", regex=True).str.replace("[“”]", '"', regex=True)
    assert (straight != texts).sum() == 5  # two from the dark night, three from the keeper
    assert list(score(texts.tolist()).itertuples(index=False, name=None)) == vader(straight)


@pytest.mark.parametrize(
    ("curly", "straight"),
    [
        ("We won’t support it.", "We won't support it."),
        ("They call it “great”.", 'They call it "great".'),
        ("‘Great’", "'Great'"),
    ],
)
def test_curly_marks_do_not_change_a_score(curly, straight):
    assert score([curly]).equals(score([straight]))
    assert vader([curly]) != vader([straight])  # which is why the copy is made


def test_a_text_without_words_scores_zero():
    assert score(["", " ", "—"])[["negative", "positive", "compound"]].eq(0).all(axis=None)


def test_no_text_is_an_empty_table_of_numbers():
    frame = score([])
    assert frame.dtypes.equals(pd.Series(float, index=frame.columns).map(pd.api.types.pandas_dtype))
    assert len(frame) == 0


def test_rows_are_in_the_order_of_the_texts():
    assert score(STRAIGHT[::-1]).equals(score(STRAIGHT)[::-1].reset_index(drop=True))
