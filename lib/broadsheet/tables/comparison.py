"""Compare groups of articles: which one stands out, by which words, and who wrote them."""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.errors import ParameterError, did_you_mean
from broadsheet.index import Tokens
from broadsheet.statistics.rates import FEWEST_TESTED, MOST_GROUPS
from broadsheet.tables.collocations import set_phrases
from broadsheet.tables.keyness import contrasts, keyness
from broadsheet.tables.kwic import lines

REST = "all others"
MOST_OF_GROUP = 50  # terms of a group that are looked for in set phrases
TIMES = {"year": "Y", "month": "M"}
MAJORITY = 0.5  # a share above it is the larger part
_NAMES = re.compile(r"\s*(?:[,;&]|\band\b)\s*")

schema.declare(
    ratio=("times the rate", ",.1f", "the group's rate divided by the rate elsewhere; empty if not used there"),
    author=("mostly by", "", "the author of more than half of the term's uses in the group, by bylines"),
    author_share=("share by the author", ".0%", "share of the term's uses in the group under the author's name"),
)


def groups(catalogue: pd.DataFrame, column: str) -> pd.Series:
    """Group articles by a column of the catalogue, the user's own included, or by year or month of publication.

    Returns the group of each article as text, by doc_id; missing where the column is empty.
    Raises ParameterError when there is no such column.

    >>> groups(pd.DataFrame({"doc_id": ["a", "b"], "outlet": ["Post", ""]}), "outlet").tolist()
    ['Post', nan]
    """
    facts = catalogue.set_index("doc_id")
    if column not in facts and column in TIMES:
        return facts["published"].dt.to_period(TIMES[column]).astype("str").replace("NaT", None).rename(column)
    if column not in facts:
        known = [*map(str, facts.columns), *TIMES]
        hint = did_you_mean(column, known)
        raise ParameterError(f"Articles have no column {column!r}; they have {', '.join(known)}.{hint}")
    values = facts[column]
    return values.astype("str").where(values.notna() & (values.astype("str") != ""))


def compared(group: pd.Series, story: Iterable, target: str = "", reference: str = "") -> pd.Series:
    """Choose the groups that are compared, and gather the articles of the other groups as "all others".

    group, story : of each article. With a target, it is compared with the reference, or with all others; with a reference
    alone, the other group with most stories is the target. With neither, the groups of five stories or more are compared
    (of two or more, if fewer than two groups have five), the twelve with most stories. An unknown name counts as none.

    Returns the group of each article, missing for articles that are not compared.

    >>> compared(pd.Series(["Post", "Wire", "Flare"]), range(3), target="Wire").tolist()
    ['all others', 'Wire', 'all others']
    """
    stories = pd.Series(np.asarray(story), group.index).groupby(group).nunique()
    stories = stories.sort_values(ascending=False, kind="stable")
    reference = reference if reference in stories.index and reference != target else ""
    if target not in stories.index:
        target = next(iter(stories.index.drop(reference)), "") if reference else ""
    fewest = FEWEST_TESTED if (stories >= FEWEST_TESTED).sum() > 1 else 2
    chosen = [target, reference] if target else stories[stories >= fewest].index[:MOST_GROUPS]
    return group.where(group.isin(chosen) | group.isna(), None if reference else REST)


def marks(
    tokens: Tokens, group: pd.Series, story: Iterable, terms: Iterable[str] | None = None, target: str = ""
) -> pd.DataFrame:
    """Compare the words of each group with those of all the others, or only the target with the others.

    group : of each article of `tokens`, as `compared` chose them. target : the only group wanted, if it is compared.

    Returns the rows of `contrasts`; for a target those of `keyness`, with its name as group. Every measure is there.

    >>> from broadsheet import index
    >>> tokens, group = index.tokens_of(["eel lamp"] * 9 + ["oil lamp"] * 9), pd.Series(["Post"] * 9 + ["Wire"] * 9)
    >>> marks(tokens, group, range(18), target="Wire").query("log_ratio > 0").index.tolist()
    [('Wire', 'oil')]
    """
    if target not in set(group):
        return contrasts(tokens, group, story, terms, full=True)
    here = np.flatnonzero(group.notna())
    words = keyness(tokens.of(here), group.iloc[here] == target, np.asarray(story)[here], terms, full=True)
    return pd.concat({target: words}, names=["group"])


def clearest(marks: pd.DataFrame, group: pd.Series, story: Iterable, target: str = "") -> pd.DataFrame:
    """Find the term that most clearly sets each group apart, the group with the clearest first.

    marks : rows of `marks`. group, story : of each article. target : the only group to look at, if it is compared.

    Returns one row per group: term; the columns of `marks`; n (uses in all groups); ratio with its ends (of the rates; missing
    where only one side uses the term); stories (of the group); groups, marked (groups with a sure term), others (the groups
    but this one; 0 for a pair); case: `none` (no sure term), `alone` (one group has some), `several`, `asked` (for the
    target) and `less` (the target uses the term less). "all others" has no row.

    >>> from broadsheet import index, tables
    >>> tokens, group = index.tokens_of(["eel lamp"] * 9 + ["oil lamp"] * 9), pd.Series(["Post"] * 9 + ["Wire"] * 9)
    >>> clearest(tables.contrasts(tokens, group, range(18)), group, range(18))["term"].to_dict()
    {'Post': 'eel', 'Wire': 'oil'}
    """
    names = [name for name in group.dropna().unique() if name != REST]
    asked = target in names
    rows = marks.reset_index()
    rows = rows[rows["group"].eq(target) if asked else rows["group"].isin(names)]
    rows = rows[(rows["g2_stories"] > 0) | (asked & rows["sure"])].assign(strength=rows["g2_stories"].abs())
    rows = rows.sort_values(["p_adjusted", "strength"], ascending=[True, False], kind="stable")
    rows = rows.drop(columns="strength").drop_duplicates("group")
    rows["n"] = rows["n_target"] + rows["n_reference"]
    both = (rows["n_target"] > 0) & (rows["n_reference"] > 0)
    for end in ("", "_low", "_high"):
        rows[f"ratio{end}"] = (2 ** rows[f"log_ratio{end}"]).where(both)
    told = pd.Series(np.asarray(story), group.index).groupby(group).nunique()
    marked = int(rows["sure"].sum())
    rows = rows.assign(stories=rows["group"].map(told), groups=len(names), marked=marked)
    rows["others"] = len(names) - 1 if len(names) > 2 else 0
    sure = "alone" if marked == 1 else "several"
    if asked:
        sure = rows["log_ratio"].gt(0).map({True: "asked", False: "less"})
    return rows.assign(case=pd.Series(sure, rows.index, dtype="str").where(rows["sure"], "none")).set_index("group")


def set_apart(tokens: Tokens, group: pd.Series, story: Iterable, marks: pd.DataFrame) -> pd.DataFrame:
    """Find the sure terms that a group uses mostly in set phrases: words that five of its stories repeat word for word.

    group, story : of each article of `tokens`. marks : rows of `marks`.

    Returns one row per group and term of which more than half of the uses are set, with the columns of `set_phrases`.

    >>> from broadsheet import index, tables
    >>> tokens, group = index.tokens_of(["read it all here now"] * 9 + ["lamp"] * 9), pd.Series(["Post"] * 9 + ["Wire"] * 9)
    >>> set_apart(tokens, group, range(18), tables.contrasts(tokens, group, range(18), ["read"]))["n_set"].to_dict()
    {('Post', 'read'): 9}
    """
    sure, story, sets = marks[marks["sure"] & (marks["log_ratio"] > 0)], np.asarray(story), {}
    for name, rows in sure.groupby("group", sort=False):
        own, terms = np.flatnonzero(group.eq(name)), rows.index.get_level_values("term")[:MOST_OF_GROUP]
        sets[name] = set_phrases(tokens.of(own), story[own], terms).set_axis(terms)  # as printed by all groups
    sets = pd.concat(sets or {"": set_phrases(tokens, story, [])}, names=["group"])
    return sets[sets["share_set"] > MAJORITY]


def authors(uses: pd.DataFrame, catalogue: pd.DataFrame) -> pd.DataFrame:
    """Find the author whose byline is on more than half of a term's uses.

    uses : rows of `lines`. catalogue : the articles of the group, with their bylines. An author over more
    than half of these articles is not named, since the byline is the outlet's own.

    Returns one row per such term: author, author_share.

    >>> facts = pd.DataFrame({"doc_id": list("abcd"), "byline": ["Ann Lee and Bo Orr", "Ann Lee", "Cy Poe", ""]})
    >>> ferry = pd.DataFrame({"term": "ferry", "doc_id": ["a", "b", "c"]})
    >>> authors(ferry, facts.iloc[[0, 1, 2, 3, 3]]).reset_index().round(2).values.tolist()
    [['ferry', 'Ann Lee', 0.67]]
    """
    names = catalogue[["doc_id"]].assign(author=catalogue["byline"].fillna("").str.split(_NAMES)).explode("author")
    names = names[names["author"].str.strip() != ""].drop_duplicates()
    names = names[names.groupby("author")["doc_id"].transform("size") <= MAJORITY * len(catalogue)]
    by = uses[["term", "doc_id"]].merge(names, on="doc_id").value_counts(["term", "author"], sort=False)
    by = by.sort_values(kind="stable").reset_index(name="author_share")
    by = by.drop_duplicates("term", keep="last").set_index("term")
    by["author_share"] /= uses["term"].value_counts()
    return by[by["author_share"] > MAJORITY]


def lines_by_group(news: Corpus, terms: Iterable[str], group: pd.Series) -> pd.DataFrame:
    """Find every use of each term in the groups compared: the rows of `lines`, with the group; group : by doc_id.

    >>> import broadsheet
    >>> news = broadsheet.load("sample")
    >>> lines_by_group(news, ["gate"], news.catalogue.set_index("doc_id")["outlet"])["group"].iloc[0]
    'Evening Flare'
    """
    rows = lines(news, terms)
    rows["group"] = rows["doc_id"].map(group)
    return rows.dropna(subset="group")
