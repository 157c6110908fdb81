"""What the articles say happened, or will happen, on the dates that they name."""

from typing import TYPE_CHECKING

import pandas as pd

from broadsheet import schema

if TYPE_CHECKING:
    from broadsheet.corpus import Corpus


def events(corpus: "Corpus") -> pd.DataFrame:
    """Return the dates that the articles name, each with a sentence that stands for it.

    Returns one row per date: begin, until, granularity, text (a sentence that names the date: of those
    that name fewest dates, the first published on the day or later, else the first), doc_id, start, end (its place),
    mentions, stories, outlets. Best first: named by most stories, then most often, then the nearest to the time in
    which the articles appeared, then the later date.
    """
    named = mentions(corpus)
    named["announced"] = named["published"] < named["begin"]
    ranked = named.sort_values(["dates_in_sentence", "announced", "published", "start"], kind="stable")
    best = ranked.drop_duplicates("value").set_index("value")
    grouped = named.groupby("value")
    table = best[["begin", "until", "granularity", "doc_id", "sentence_start", "sentence_end"]].assign(
        mentions=grouped.size(),
        stories=grouped["story"].nunique(),
        outlets=named["outlet"].replace("", None).groupby(named["value"]).nunique(),
    )
    table = table.rename(columns={"sentence_start": "start", "sentence_end": "end"}).reset_index(drop=True)
    table["text"] = corpus.text(table)
    first, last = named["published"].min(), named["published"].max()
    table["away"] = (table["begin"] - table["begin"].clip(first, last)).abs()
    best_first = table.sort_values(
        ["stories", "mentions", "away", "begin"], ascending=[False, False, True, False], kind="stable"
    )
    return best_first.reset_index(drop=True)[list(schema.EVENTS)]


def mentions(corpus: "Corpus") -> pd.DataFrame:
    """Return every date that an article names: the columns of `corpus.timex`, the sentence that holds
    it (sentence_start, sentence_end, dates_in_sentence) and its article's published, outlet, story."""
    dates = corpus.timex.assign(start=corpus.timex["start"].astype("int64"))
    sentences = corpus.tokens.sentences()  # also those that are marked for the most part, but not where the date stands
    sentences = sentences.rename(columns={"start": "sentence_start", "end": "sentence_end"})
    holding = pd.merge_asof(
        dates.reset_index().sort_values("start"),
        sentences.assign(start=sentences["sentence_start"].astype("int64")).sort_values("start"),
        on="start",
        by="doc_id",
    ).sort_values("index")
    facts = corpus.catalogue[["doc_id", "published", "outlet", "story"]]
    named = holding.drop(columns="index").merge(facts, on="doc_id").reset_index(drop=True)
    dates_in_sentence = named.groupby(["doc_id", "sentence"])["value"].transform("nunique")
    return named.assign(dates_in_sentence=dates_in_sentence)
