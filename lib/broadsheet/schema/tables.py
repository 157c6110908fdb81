"""The columns of the tables that Broadsheet returns, with their meaning."""

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
    "body": "the text; offsets count its code points",
    "source": "file below the corpus and, in a file of several articles, the record",
    "story": "doc_id of the story's original article",
}

AUDIT = {
    "source": "file below the corpus",
    "record": "record within the file, from 1; a file rejected whole is record 1",
    "doc_id": "the article's id; empty when it was set aside",
    "kept": "whether the record became an article",
    "reason": "why it was set aside; empty for a kept record",
    "notes": "doubts about a kept record, joined by `; `; of a record in another language, the language",
}

SENTENCES = {
    "doc_id": "the article",
    "sentence": "number of the sentence in its article, from 0",
    "start": "offset of its first character in the body",
    "end": "offset after its last character",
    "paragraph": "number of its paragraph in the article, from 0",
    "repeat": "pull quote, boilerplate or none: the kind of marked passage that covers half of it or more",
}

TOKENS = {
    "doc_id": "the article",
    "sentence": "number of the sentence in its article",
    "start": "offset of its first character in the body",
    "end": "offset after its last character",
    "term": "the word as counted: case and apostrophes folded",
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
    "anchor": "the source of the value: `text` where the expression names its own year",
}

EVENTS = {
    "begin": "first day of the event's date",
    "until": "last day of the event's date",
    "granularity": "day or month",
    "text": "a sentence that names the date",
    "doc_id": "the article of this sentence",
    "start": "offset of its first character in the body",
    "end": "offset after its last character",
    "mentions": "how often articles name the date",
    "stories": "stories that name it",
    "outlets": "outlets that name it",
}

TONE = {
    "doc_id": "the article",
    "sentence": "number of the sentence in its article",
    "start": "offset of its first character in the body",
    "end": "offset after its last character",
    "negative": "share of negative words, weighted, 0 to 1 (VADER)",
    "neutral": "share of neutral words, weighted, 0 to 1 (VADER)",
    "positive": "share of positive words, weighted, 0 to 1 (VADER)",
    "compound": "VADER's compound score, -1 to 1",
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
    "story": "doc_id of the story's original; the article itself if it shares its text with no other",
    "role": "original, reprint (of another outlet's text) or version (of its own outlet's)",
    "of": "doc_id of the article from which it took most; empty for an original",
    "shared": "share of its words that also occur there, in runs of five or more; missing for an original",
}

EVIDENCE = {"key": "the number that counts the passage"} | SPANS | {"text": "the passage: body[start:end]"}


def require(frame: pd.DataFrame, columns: dict[str, str], table: str) -> pd.DataFrame:
    """Return `frame` if it has every column of `columns`; raise SchemaError naming the missing ones otherwise."""
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise SchemaError(
            f"{table} needs the columns {', '.join(columns)}; it lacks {', '.join(missing)} and has {', '.join(map(str, frame.columns))}."
        )
    return frame
