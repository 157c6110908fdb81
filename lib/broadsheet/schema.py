"""The tables that Broadsheet hands out, declared once: their columns, what each holds, how it is written."""

from typing import Any, NamedTuple

import pandas as pd

from broadsheet.errors import SchemaError

ARTICLES = {
    "doc_id": "the article's id: the user's own, else a short hash of date, outlet, url and body",
    "published": "day of publication, without a time zone; NaT when unknown",
    "outlet": "who published it; empty when unknown",
    "headline": "as printed; empty when there is none",
    "byline": "who wrote it; empty when unknown",
    "section": "the outlet's section; empty when unknown",
    "url": "its address; empty when unknown",
    "body": "the text as read; every offset counts its code points",
    "source": "file below the corpus and, where a file holds several, the record",
    "story": "doc_id of the original of the story that the article tells",
}

AUDIT = {
    "source": "file below the corpus",
    "record": "record within the file, from 1; a file refused whole is record 1",
    "doc_id": "the article's id; empty when it was set aside",
    "kept": "whether the record became an article",
    "reason": "why it was set aside; empty when kept",
    "notes": "what is in doubt about a kept record, joined by `; `; the language of one in another language",
}

SENTENCES = {
    "doc_id": "the article",
    "sentence": "number of the sentence in its article, from 0",
    "start": "offset of its first character in the body",
    "end": "offset after its last character",
    "paragraph": "number of its paragraph in the article, from 0",
    "repeat": "pull quote, boilerplate or none: what half of it or more is marked for",
}

TOKENS = {
    "doc_id": "the article",
    "sentence": "number of the sentence in its article",
    "start": "offset of its first character in the body",
    "end": "offset after its last character",
    "term": "what the word counts as: case and apostrophes folded",
}

TIMEX = {
    "doc_id": "the article",
    "start": "offset of the expression's first character in the body",
    "end": "offset after its last character",
    "text": "the expression as printed",
    "type": "TIMEX3 type",
    "value": "TIMEX3 value: 2024-08-18 for a day, 2024-08 for a month",
    "begin": "first day that the value covers",
    "until": "last day that the value covers",
    "granularity": "day or month",
    "anchor": "what the value was read from: `text` when the expression names its own year",
}

EVENTS = {
    "begin": "first day of the event's date",
    "until": "last day of the event's date",
    "granularity": "day or month",
    "text": "the sentence that stands for the date: one of those that name it",
    "doc_id": "the article that holds this sentence",
    "start": "offset of its first character in the body",
    "end": "offset after its last character",
    "mentions": "how often the articles name the date",
    "stories": "stories that name it",
    "outlets": "outlets that name it",
}

SPANS = {
    "doc_id": "the article",
    "start": "offset of the passage's first character in the body",
    "end": "offset after its last character",
}

REPEATS = SPANS | {
    "reason": "why it is marked: pull quote, headline, dateline, photograph, credit, copyright, advertisement, read more, "
    "share, subscription, correction, note, sign-off, standing line"
}

STORIES = {
    "doc_id": "the article",
    "story": "doc_id of the original of its story, the article itself where none has the story from another",
    "role": "original; version, where its outlet had the story before; reprint",
    "of": "doc_id of the article that it took most from; empty for an original",
    "shared": "share of its words that stand there too, in runs of five or more; missing for an original",
}

EVIDENCE = {"key": "the number that the passage belongs to"} | SPANS | {"text": "the passage: body[start:end]"}


class Column(NamedTuple):
    """How a report shows a column: its heading, the form of its values, what they mean."""

    label: str
    form: str
    meaning: str


COLUMNS = {
    "term": Column("term", "", "a word, case and apostrophes folded, or several joined by blanks"),
    "n": Column("uses", ",", "how often the term is used, in tokens"),
    "once": Column("each story once", ",", "uses in the first article of each story alone"),
    "articles": Column(
        "articles", ",", "articles that the row counts: those that hold the term, or appeared in the period"
    ),
    "stories": Column(
        "stories", ",", "stories that the row rests on: articles that have their text from one another are one"
    ),
    "stories_earlier": Column("stories, earlier half", ",", "stories of the earlier half that use the term"),
    "all_earlier": Column("of", ",", "stories of the earlier half"),
    "stories_later": Column("stories, later half", ",", "stories of the later half that use the term"),
    "all_later": Column("of", ",", "stories of the later half"),
    "p": Column("p", ".1g", "probability that chance alone parts the stories so unevenly, before any correction"),
    "outlets": Column("outlets", ",", "outlets that name the date"),
    "per_million": Column("per million words", ",.0f", "uses per million tokens of the articles counted"),
    "per_million_low": Column("low", ",.0f", "lower end of the 95 % interval, stories as observations"),
    "per_million_high": Column("high", ",.0f", "upper end of the 95 % interval, stories as observations"),
    "tf_idf": Column("tf-idf", ",.1f", "uses times the natural log of (articles / articles that hold the term)"),
    "g2": Column(
        "log-likelihood",
        ",.0f",
        "log-likelihood against chance: of how often the words stand together, or of how unevenly the sides use the "
        "term (2 cells, after Rayson & Garside; positive: over-used in the target); 10.8 is p < .001 for one row, "
        "were words independent",
    ),
    "g2_4": Column("log-likelihood, 4 cells", ",.0f", "log-likelihood ratio of the two-by-two table, after Dunning"),
    "g2_stories": Column(
        "log-likelihood by stories",
        ",.1f",
        "log-likelihood over the design effect: stories, not words, as observations",
    ),
    "design_effect": Column(
        "design effect", ",.1f", "how many times as much the term varies from story to story as independent uses would"
    ),
    "group": Column("group", "", "the articles that are compared with all the others"),
    "n_target": Column("uses, target", ",", "how often the target uses the term, in tokens"),
    "n_reference": Column("uses, reference", ",", "how often the reference uses the term, in tokens"),
    "per_million_target": Column("per million, target", ",.0f", "uses per million tokens of the target"),
    "per_million_reference": Column("per million, reference", ",.0f", "uses per million tokens of the reference"),
    "articles_target": Column("articles, target", ",", "articles of the target that use the term"),
    "articles_reference": Column("articles, reference", ",", "articles of the reference that use the term"),
    "stories_target": Column("stories, target", ",", "stories of the target that use the term"),
    "stories_reference": Column("stories, reference", ",", "stories of the reference that use the term"),
    "log_ratio": Column(
        "log ratio", "+.2f", "binary log of the rate in the target over that in the reference: +1 is twice as often"
    ),
    "log_ratio_low": Column("low", "+.2f", "lower end of the 95 % interval, stories as observations"),
    "log_ratio_high": Column("high", "+.2f", "upper end of the 95 % interval, stories as observations"),
    "diff": Column("%DIFF", "+,.0%", "difference of the rates, of the rate in the reference"),
    "odds_ratio": Column(
        "odds ratio", ",.2f", "odds of the term, to all other words, in the target over the reference"
    ),
    "odds_ratio_low": Column("low", ",.2f", "lower end of the 95 % interval (Woolf), were words independent"),
    "odds_ratio_high": Column("high", ",.2f", "upper end of the 95 % interval (Woolf), were words independent"),
    "log_odds_z": Column(
        "weighted log-odds", "+.1f", "z-score of the log-odds ratio, all texts as its prior, after Monroe and others"
    ),
    "smoothed": Column("smoothed", "", "whether log ratio and %DIFF have 0.5 added to both counts, one being 0"),
    "p_g2": Column("p of log-likelihood", ".1g", "as a chi-square, were words independent; before any correction"),
    "p_g2_bh": Column("p, Benjamini-Hochberg", ".1g", "p of log-likelihood, false discoveries held for all rows"),
    "p_g2_bonferroni": Column("p, Bonferroni", ".1g", "p of log-likelihood times the rows"),
    "p_adjusted": Column(
        "p by stories", ".1g", "probability that chance, dealing stories to the sides, gives any term as large a value"
    ),
    "sure": Column("sure", "", "whether chance, after correction, explains the difference in fewer than 5 % of cases"),
    "share_target": Column("share, target", ".3%", "of the uses counted in the target"),
    "share_reference": Column("share, reference", ".3%", "of the uses counted in the reference"),
    "proportion": Column("proportion shift", "+.3%", "share in the target less share in the reference"),
    "divergence": Column("divergence", ".5f", "the term's part in the Jensen-Shannon divergence of the sides, in bits"),
    "score": Column("score", "+.2f", "the term's own score, its valence for instance"),
    "contribution": Column("contribution", "+.4f", "the term's part in the difference of the sides' mean scores"),
    "period": Column("period", "when", "day, week or month of publication"),
    "tokens": Column("words", ",", "tokens in the articles counted"),
    "published_articles": Column("articles published", ",", "every article of the period, the denominator"),
    "period_stories": Column("stories of the period", ",", "stories of the period, whether they hold the term or not"),
    "share_low": Column("low", ".0%", "lower end of the 95 % interval, stories as observations"),
    "share_high": Column("high", ".0%", "upper end of the 95 % interval, stories as observations"),
    "share": Column("share", ".0%", "articles that fit, of all articles of the period"),
    "outlet": Column("outlet", "", "who published it"),
    "published": Column("published", "when", "day of publication"),
    "tone": Column("tone", "+.2f", "mean VADER compound, -1 to 1: per article the mean of its sentences"),
    "tone_low": Column("low", "+.2f", "lower end of the 95 % interval, stories as observations"),
    "tone_high": Column("high", "+.2f", "upper end of the 95 % interval, stories as observations"),
    "compound": Column("score", "+.2f", "VADER compound of the sentence, -1 to 1"),
    "sentences": Column("sentences", ",", "sentences scored"),
    "negative_sentences": Column("clearly negative", ",", "sentences with a compound of -0.5 or below"),
    "positive_sentences": Column("clearly positive", ",", "sentences with a compound of 0.5 or above"),
    "text": Column("passage", "", "the passage as printed"),
    "doc_id": Column("article", "", "the article's id"),
    "start": Column("start", "", "offset of the passage's first character in the body"),
    "end": Column("end", "", "offset after its last character"),
    "date": Column("date", "when", "the date named, as people write it"),
    "mentions": Column("mentions", ",", "how often the articles name the date"),
    "reason": Column("reason", "", "why a record was set aside or is in doubt, or why a passage is marked"),
    "records": Column("records", ",", "records of the corpus"),
    "passages": Column("passages", ",", "passages that the row counts"),
    "reprints": Column("reprints", ",", "articles that took their text from another outlet's"),
    "versions": Column("versions", ",", "articles that took their text from an earlier one of their outlet"),
    "median_words": Column("median words", ",.0f", "half of the articles have fewer words that count"),
    "counted": Column("words", ",", "words that count: those outside marked passages"),
    "marked_share": Column("marked", ".1%", "share of the words that stand in marked passages"),
    "first": Column("first", "when", "first day of publication"),
    "last": Column("last", "when", "last day of publication"),
    "role": Column("role", "", "reprint, of another outlet's text, or version, of its own outlet's"),
    "origin": Column("from", "", "the outlet whose text was taken over"),
    "shared": Column("shared", ".0%", "share of the article's words that stand in the other, in runs of five or more"),
    "notes": Column("in doubt", "", "what is in doubt about the record"),
    "thin": Column("thin", "", "whether the period holds too little to be read alone"),
}
"""The columns of the reports' tables and of their CSV files: the codebook."""


def column(name: str, values: pd.Series) -> Column:
    """Return how to show the column `name`; one that is not declared is shown by its type."""
    if name in COLUMNS:
        return COLUMNS[name]
    kind = "i" if len(values) and hasattr(values.iloc[0], "passages") else values.dtype.kind
    form = {"i": ",", "u": ",", "f": ",.3g", "M": "when"}.get(kind, "")
    return Column(name.replace("_", " "), form, f"{name.replace('_', ' ')}, as the notebook computes it")


def require(frame: pd.DataFrame, columns: dict[str, str], table: str) -> pd.DataFrame:
    """Return `frame` when it has every column of `columns`; else say which are missing."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise SchemaError(
            f"{table} needs the column(s) {', '.join(columns)}; {', '.join(missing)} missing, found {', '.join(map(str, frame.columns))}."
        )
    return frame


def when(day_or_period: Any) -> str:
    """Return a day, week, month or year as people write it.

    >>> when("2024-08-18"), when("2024-08"), when("2024"), when(pd.Period("2024-08-18", "W"))
    ('18 Aug 2024', 'Aug 2024', '2024', 'week of 12 Aug 2024')
    """
    first, _, last = str(day_or_period)[:21].partition("/")
    if len(first) == len("2024"):
        return first
    day = pd.Timestamp(first[:10])
    if len(first) == len("2024-08"):
        return f"{day:%b %Y}"
    return f"{'week of ' if last else ''}{day.day} {day:%b %Y}"
