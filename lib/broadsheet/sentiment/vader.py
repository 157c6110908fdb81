"""VADER scores of sentences, on a copy with straight quotation marks."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pandas as pd

# VADER knows "won't" but not "won’t", and strips '"' but not '“' from a word: left as they are, curly marks flip signs.
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


@cache
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def score(texts: Sequence[str]) -> pd.DataFrame:
    """Score each text with VADER.

    texts : sentences, rather than whole articles: over a long text the compound score saturates.

    Returns one row per text: negative, neutral, positive (shares of the text's weight, 0 to 1),
    compound (-1 to 1). A text without words scores 0 in every column. Use compound to rank sentences,
    not to judge them: VADER reads news as more positive than people do.
    Source: Hutto & Gilbert (2014), ICWSM; the vaderSentiment package 3.3.2 and its lexicon (MIT).
    """
    analyzer = _analyzer()
    scores = [analyzer.polarity_scores(text.translate(_STRAIGHT)) for text in texts]
    frame = pd.DataFrame(scores, columns=["neg", "neu", "pos", "compound"], dtype=float)
    return frame.rename(columns={"neg": "negative", "neu": "neutral", "pos": "positive"})
