"""The codebook: the columns of the reports' tables and of their CSV files, and how each is written."""

from typing import Any, NamedTuple

import pandas as pd


class Column(NamedTuple):
    """How a report shows a column: its heading, the form of its values, what they mean."""

    label: str
    form: str
    meaning: str


COLUMNS = {
    "term": Column("term", "", "a word, case and apostrophes folded, or several joined by blanks"),
    "n": Column("uses", ",", "how often the term is used, in tokens"),
    "once": Column("each story once", ",", "uses in one article of each story: the original where it is selected"),
    "articles": Column(
        "articles",
        ",",
        "articles that the row counts: those that hold its term or passages, or are of its period or outlet",
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
    "range": Column("stories with it", ",", "stories, or other parts of the corpus, that hold the term: its range"),
    "range_share": Column("share of parts", ".1%", "parts that hold the term, of all parts"),
    "range_expected": Column(
        "stories, by chance",
        ",.0f",
        "stories, or other parts, that would hold the term were its uses strewn at random over all words",
    ),
    "dp": Column(
        "DP", ".2f", "deviation of proportions: share of the uses that evenness would move; 0 even, near 1 in few"
    ),
    "dp_norm": Column("DPnorm", ".2f", "deviation of proportions, scaled so that 1 is all uses in the smallest part"),
    "juilland_d": Column("Juilland's D", ".2f", "1 even, 0 all uses in one part; of many parts near 1 for most terms"),
    "types": Column("different words", ",", "different terms in the articles counted"),
    "mattr": Column(
        "MATTR", ".3f", "mean share of different words in every 50 running words, or as many as the text says"
    ),
    "mattr_low": Column("low", ".3f", "lower end of the 95 % interval, stories as observations"),
    "mattr_high": Column("high", ".3f", "upper end of the 95 % interval, stories as observations"),
    "mtld": Column("MTLD", ",.0f", "mean number of running words that keep the share of different ones above .72"),
    "mtld_low": Column("low", ",.0f", "lower end of the 95 % interval, by drawing stories anew"),
    "mtld_high": Column("high", ",.0f", "upper end of the 95 % interval, by drawing stories anew"),
    "hdd": Column("HD-D", ".3f", "expected share of different words among 42 drawn at random"),
    "yule_k": Column("Yule's K", ",.0f", "10,000 times the chance that two words drawn are the same; low is varied"),
    "n_term": Column("uses in all", ",", "uses of the term anywhere, near the other word or not"),
    "expected": Column("by chance", ",.1f", "how often the term would stand near the other word by chance"),
    "pmi": Column("PMI", "+.2f", "binary log of uses near the word over uses expected there; high for rare words"),
    "mi3": Column("MI3", "+.2f", "binary log of the cube of uses near the word over uses expected there"),
    "log_dice": Column("logDice", ".2f", "14 + binary log of Dice's coefficient; at most 14, one less is half as firm"),
    "t": Column(
        "t", "+.2f", "uses near the word less those expected there, over the root of the uses; high for frequent words"
    ),
    "periods": Column("periods", ",", "periods that hold the term"),
    "direction": Column("direction", "", "whether the rate rises or falls from period to period"),
    "slope": Column(
        "change per period",
        "+.2g",
        "uses per million words more (+) or less in each period than in the one before, the median (Theil-Sen)",
    ),
    "tau": Column("tau", "+.2f", "Kendall's tau-b of rate and time: 1 rises in every step, -1 falls in every step"),
    "q": Column(
        "q",
        ".1g",
        "p corrected for all terms tested after Benjamini and Hochberg: the false discovery rate up to this row",
    ),
    "disagrees": Column("disagrees", "", "whether the rate by days, or by months, goes the other way"),
    "change": Column("change", "", "whether the term is new since the day or vanished"),
    "likeness": Column("likeness", ".2f", "how alike two words are written, of 1"),
    "label": Column("word", "", "the most used of the forms that share a stem"),
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
        "p by stories",
        ".1g",
        "probability that chance, dealing stories to the sides, gives any term as large a value (Westfall & Young's maxT)",
    ),
    "sure": Column(
        "more than chance (maxT)", "", "whether p by stories, which is corrected for all terms compared, is below .05"
    ),
    "tested": Column("tested", "", "whether so many stories use the term that chance can be judged"),
    "sure_bonferroni": Column(
        "more than chance (Bonferroni)", "", "whether p times the terms compared, Bonferroni's correction, is below .05"
    ),
    "author": Column(
        "author", "", "who is named in the bylines over more than half of the uses, on the side that has more"
    ),
    "author_share": Column("author's share", ".0%", "share of the uses that stand under bylines with that name"),
    "mostly_by": Column("mostly by", "", "the author and the author's share"),
    "n_set": Column("in set phrases", ",", "uses that stand in a run of five words that five stories or more hold"),
    "share_set": Column("share", ".0%", "share of the uses that stand in such a run"),
    "run": Column("the commonest of them", "", "the run that most stories hold, its words folded"),
    "run_stories": Column("stories with it", ",", "stories that hold the run"),
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
    "text": Column("passage", "", "the passage as printed, or how the article begins"),
    "left": Column("left", "", "what stands before the keyword, as printed"),
    "node": Column("keyword", "", "the keyword as printed"),
    "right": Column("right", "", "what stands after the keyword, as printed"),
    "doc_id": Column("article", "", "the article's id"),
    "start": Column("start", "", "offset of the passage's first character in the body"),
    "end": Column("end", "", "offset after its last character"),
    "date": Column("date", "when", "the date named, as people write it"),
    "mentions": Column("mentions", ",", "how often the articles name the date"),
    "reason": Column("reason", "", "why a record was set aside or is in doubt; of a passage, why it does not count"),
    "records": Column("records", ",", "records of the corpus"),
    "passages": Column("passages", ",", "passages that the row counts"),
    "reprints": Column("reprints", ",", "articles that took their text from another outlet's"),
    "versions": Column("versions", ",", "articles that took their text from an earlier one of their outlet"),
    "median_words": Column("median words", ",.0f", "half of the articles have fewer words that count"),
    "counted": Column("words", ",", "words that count: those outside marked passages"),
    "marked_share": Column("marked", ".1%", "share of the words that stand in marked passages"),
    "first": Column("first", "when", "first day of publication, of what the row counts"),
    "last": Column("last", "when", "last day of publication, of what the row counts"),
    "role": Column("role", "", "original; reprint, of another outlet's text; version, of its own outlet's"),
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
    kind = values.dtype.kind
    form = {"i": ",", "u": ",", "f": ",.3g", "M": "when"}.get(kind, "")
    return Column(name.replace("_", " "), form, f"{name.replace('_', ' ')}, as the notebook computes it")


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
