"""The tone of articles and of groups of articles, by VADER's scores of their sentences."""

import numpy as np
import pandas as pd

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.statistics import rates

CLEAR = 0.5  # a compound this far from 0 makes a sentence clearly negative or positive

schema.declare(
    n_negative=("clearly negative", ",", "sentences with a VADER compound of -0.5 or below"),
    n_positive=("clearly positive", ",", "sentences with a VADER compound of 0.5 or above"),
    negative_share=("share negative", ".1%", "clearly negative sentences as a share of all sentences"),
    beside=("compared with", "", "the group with which the darkest is compared"),
)


def tone(news: Corpus) -> pd.DataFrame:
    """Compute the tone of each article: the mean VADER compound of its sentences.

    Returns one row per article with a counted sentence, in reading order, by doc_id: tone, sentences, n_negative and
    n_positive (sentences with a compound of -0.5 or below, 0.5 or above), start and end (its first sentence), published,
    outlet, headline, story.

    >>> import broadsheet
    >>> tone(broadsheet.load("sample"))[["tone", "sentences", "n_negative"]].head(1).round(3).values.tolist()
    [[-0.02, 22.0, 1.0]]
    """
    scores, facts = news.tone, news.catalogue.set_index("doc_id")[["published", "outlet", "headline", "story"]]
    clear = {"n_negative": scores["compound"] <= -CLEAR, "n_positive": scores["compound"] >= CLEAR}
    articles = scores.assign(**clear).groupby("doc_id", sort=False)
    columns = {"tone": ("compound", "mean"), "sentences": ("compound", "size")}
    columns |= {name: (name, "sum") for name in clear} | {"start": ("start", "first"), "end": ("end", "first")}
    return articles.agg(**columns).join(facts)


def tones(articles: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """Compute the tone of each group of articles, and its share of clearly negative sentences.

    articles : rows of `tone`. group : of each article, in their order; missing or "" for none.

    Returns one row per group, in order, periods without holes: tone (the mean of its articles), negative_share, both
    with their 95 % interval (see `rates`), n_negative, n_positive, sentences, stories, thin.

    >>> articles = pd.DataFrame({"tone": [0.2, 0.4], "sentences": 10, "n_negative": [1, 3], "n_positive": 0})
    >>> tones(articles.assign(story=["a", "b"]), pd.Series(["Post", "Post"]))[["tone", "negative_share"]].values.tolist()
    [[0.30000000000000004, 0.2]]
    """
    group, story = group.reset_index(drop=True), articles["story"]
    mean = rates(articles["tone"], pd.Series(1, articles.index), group, story, "tone").drop(columns=["n", "base"])
    negative = rates(articles["n_negative"], articles["sentences"], group, story, "negative_share")
    negative = negative.drop(columns=["stories", "thin"]).rename(columns={"n": "n_negative", "base": "sentences"})
    positive = rates(articles["n_positive"], articles["sentences"], group, story)["n"].rename("n_positive")
    return negative.join([positive, mean])


def darkest(groups: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Compare the group that has the largest share of clearly negative sentences with another.

    groups : rows of `tones`; those of fewer than three stories are passed over. pairs : `differences` of their
    negative_share.

    Returns one row, or none if no group has such a sentence or there is only one: that of `groups`, sure, beside,
    n_negative_beside and sentences_beside. It is compared with the group from which it differs most surely or, if no
    difference is sure, with the one before it (the first: with the one after it).

    >>> groups = pd.DataFrame({"negative_share": [0.1, 0.3], "n_negative": [1, 3], "sentences": 10, "thin": False}, ["A", "B"])
    >>> darkest(groups, pd.DataFrame({"lower": ["A"], "higher": ["B"], "sure": [True]}))[["sure", "beside"]].to_dict("index")
    {'B': {'sure': True, 'beside': 'A'}}
    """
    known = groups[~groups["thin"]]
    top = known[known["n_negative"] > 0].nlargest(1, "negative_share").index if len(known) > 1 else known.index[:0]
    sure = pairs[pairs["higher"].isin(top) & pairs["sure"]].head(1)
    at = known.index.get_indexer(top)
    other = known.index.get_indexer(sure["lower"]) if len(sure) else np.where(at > 0, at - 1, at + 1)
    beside = {f"{name}_beside": known[name].to_numpy()[other] for name in ("n_negative", "sentences")}
    return known.iloc[at].assign(sure=len(sure) > 0, beside=known.index[other], **beside)
