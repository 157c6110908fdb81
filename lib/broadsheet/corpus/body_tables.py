"""Tables that depend on a body alone, computed once per body: time expressions and sentence scores."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from broadsheet import index, sentiment, store, timex

Texts = Callable[[np.ndarray], list[str]]  # given numbers of articles, returns their bodies


def time_expressions(keys: np.ndarray, texts: Texts, published: pd.Series) -> pd.DataFrame:
    """Return the time expressions of each body: body, then the columns of `timex.tag`.

    published : one day per body; it is mixed into the keys, since an expression may depend on it.
    """
    dated = store.mixed(keys, published.to_numpy().astype("datetime64[D]").astype("int64"))

    def tagged(bodies: list[str], numbers: np.ndarray) -> pd.DataFrame:
        return timex.tag_all(bodies, published.iloc[numbers])

    return store.per_body("timex", store.version_of("broadsheet.timex"), dated, texts, tagged)


def sentence_scores(keys: np.ndarray, texts: Texts, sentences: pd.DataFrame, owner: np.ndarray) -> pd.DataFrame:
    """Return the VADER scores of every sentence: body, sentence, start, end, then the columns of `sentiment.score`.

    sentences : sentence, start, end; the sentences of all bodies, in order.
    owner : the number of each sentence's body.
    """

    def scored(bodies: list[str], numbers: np.ndarray) -> pd.DataFrame:
        rows = np.flatnonzero(np.isin(owner, numbers))
        spans, body = sentences.iloc[rows].reset_index(drop=True), np.searchsorted(numbers, owner[rows])
        cut = zip(body.tolist(), spans["start"], spans["end"], strict=True)
        scores = sentiment.score([bodies[number][start:end] for number, start, end in cut])
        return spans.join(scores).assign(body=body)

    version = f"{store.version_of('broadsheet.sentiment', 'vaderSentiment')}.{index.VERSION}"
    return store.per_body("tone", version, keys, texts, scored)
