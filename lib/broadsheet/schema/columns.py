"""The codebook: the heading, format and meaning of each column."""

from typing import Any, NamedTuple

import pandas as pd

from broadsheet.errors import SchemaError
from broadsheet.schema import tables


class Column(NamedTuple):
    """One column of a table: its heading, the format of its values, and their meaning and unit.

    form : a format specification such as `,.0f`; "" for text, `when` for days and periods.
    """

    label: str
    form: str
    meaning: str


CODEBOOK: dict[str, Column] = {}
"""Every declared column by name."""

_ENDS = {
    "_low": Column("low", "", "lower end of the 95 % interval of {}, by story"),
    "_high": Column("high", "", "upper end of the 95 % interval of {}, by story"),
    "_lower": Column("lower", "", "{} of the lower of the two groups"),
    "_higher": Column("higher", "", "{} of the higher of the two groups"),
}


def declare(**columns: tuple[str, str, str]) -> dict[str, Column]:
    """Add columns to the codebook, each as (label, form, meaning), and return them.

    The ends of an interval, `x_low` and `x_high`, and the rates of two groups, `x_lower` and `x_higher`, follow from `x`
    and need no declaration.

    Raises SchemaError when a column is already declared with other content.
    """
    for name, given in columns.items():
        column = Column(*given)
        known = CODEBOOK.setdefault(name, column)
        if known != column:
            raise SchemaError(f"Column {name!r} is declared twice: {known} and {column}. Rename one of them.")
    return {name: CODEBOOK[name] for name in columns}


def column(name: str, values: pd.Series) -> Column:
    """Look up how to show a column; the format of an undeclared one follows the type of its values.

    Its meaning is that of the corpus table that has such a column, if there is one.

    >>> column("byline", pd.Series(dtype="str")).meaning
    'who wrote it; empty when unknown'
    """
    if name in CODEBOOK:
        return CODEBOOK[name]
    for ending, end in _ENDS.items():
        if name.endswith(ending) and (of := CODEBOOK.get(name.removesuffix(ending))):
            return Column(end.label, of.form, end.meaning.format(of.label))
    form = {"i": ",", "u": ",", "f": ",.3g", "M": "when"}.get(values.dtype.kind, "")
    label = name.replace("_", " ")
    known = [table[name] for table in (tables.ARTICLES, tables.AUDIT, tables.SENTENCES, tables.TONE) if name in table]
    return Column(label, form, known[0] if known else f"{label}, computed in the notebook")


def when(day_or_period: Any) -> str:
    """Write a day, week, month or year as people do.

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


declare(
    term=(
        "term",
        "",
        "a word, or several separated by spaces, as most often printed; counts ignore case",
    ),
    n=("uses", ",", "uses of the term among the words counted; in other tables, passages that the row counts"),
    articles=("articles", ",", "articles that contain the term or passage, or that the row is about"),
    stories=("stories", ",", "stories behind the row; articles that share their text are one story"),
    outlets=("outlets", ",", "outlets behind the row"),
    outlet=("outlet", "", "the publisher"),
    story=("story", "", "doc_id of the article from which the story's others took their text"),
    headline=("headline", "", "headline as printed; for several articles, that of the first"),
    period=("period", "when", "day, week, month or year of publication"),
    published=("published", "when", "day of publication"),
    first=("first", "when", "first day of publication among the articles of the row"),
    last=("last", "when", "last day of publication among the articles of the row"),
    tokens=("words", ",", "words counted in the articles of the row"),
    base=("base", ",.0f", "the denominator of the rate, summed over the articles of the row"),
    per_million=("per million words", ",.0f", "uses per million words counted"),
    share=("share", ".0%", "the row's share of its base"),
    tone=("tone", "+.2f", "mean VADER compound of the articles, -1 to 1; each article's is the mean of its sentences"),
    compound=("score", "+.2f", "VADER compound of the sentence, -1 to 1"),
    sentences=("sentences", ",", "sentences scored"),
    thin=("thin", "", "true if there are too few stories for an interval (fewer than three)"),
    p=("p", ".1g", "p-value of the row's test before correction; see the methods of the report"),
    p_adjusted=("adjusted p", ".1g", "p-value corrected for all comparisons of the table"),
    sure=("sure", "", "true if the corrected p-value is below .05"),
    doc_id=("article", "", "the article's id"),
    start=("start", "", "offset of the passage's first character in the body"),
    end=("end", "", "offset after its last character"),
    text=("passage", "", "the passage as printed"),
    left=("left", "", "text before the keyword, as printed"),
    node=("keyword", "", "the keyword as printed"),
    right=("right", "", "text after the keyword, as printed"),
)

# Columns of the tables that a corpus itself has.
declare(
    records=("records", ",", "records of the corpus"),
    kept=("kept", "", "whether the record became an article"),
    reason=("reason", "", "why the passage is marked, or the record set aside or in doubt"),
    passages=("passages", ",", "marked passages; in a table of stories, passages taken over"),
    words=("words printed", ",", "words of the articles as printed"),
    counted=("words counted", ",", "words without repeats and boilerplate"),
    marked_share=("not counted", ".1%", "share of the words that are repeats or boilerplate"),
    median_words=("median words", ",.0f", "words counted in the median article"),
    reprints=("reprints", ",", "articles with text from another outlet"),
    versions=("versions", ",", "articles with text from an earlier article of their outlet"),
    role=("role", "", "original; reprint of another outlet's text; version of the outlet's own"),
    article=("article", "", "the article's id, which links it to its passages"),
    of=("taken from", "", "the article from which this one took most text; empty for an original"),
    origin=("text from", "", "the outlet whose text was taken over"),
    shared=("shared", ".0%", "share of the article's words that are also in the other, in runs of five or more"),
)
