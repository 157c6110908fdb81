"""Group articles into stories, and find the original of each and the text that the others took over."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from broadsheet.duplicates import lines, rolling_hash, shingles, similarity
from broadsheet.duplicates.fingerprints import Fingerprints, stored_fingerprints
from broadsheet.duplicates.house_lines import completed, marked_passages
from broadsheet.index import Tokens

AT_ONCE = 5_000  # articles in stories whose words are in memory at once
ORIGINAL, REPRINT, VERSION = "original", "reprint", "version"
CANDIDATES = 8  # earlier articles of a story that may be the source of a reprint
MARGIN = 1.05  # times as many words must another article share to be the source instead of the original


def stories(articles: pd.DataFrame) -> pd.Series:
    """Group articles that tell one story in much the same words: reprints, versions and copies.

    articles : published, outlet, headline, body; one row each.

    Returns the story of each row, under its index: the row number of the story's original, from 0. Words are kept in
    the store, so that texts known there are not read again.
    """
    articles = completed(articles, "stories")
    found, keys = stored_fingerprints(articles["body"].tolist())
    ranked = _ranked(found, marked_passages(found.lines, articles), articles, keys)
    return pd.Series(_numbered(ranked, len(articles)), articles.index, name="story")


def story_roles(
    words: Tokens, found: Fingerprints, marks: pd.DataFrame, articles: pd.DataFrame, keys: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the role of each article in its story, and the passages that it took over.

    words, found : of all articles. marks : passages that are not compared, as `marked_passages` returns them.
    articles : published, outlet. keys : of the bodies; equal ones share a story whatever their days.

    Returns one row per article: story (number of its original), role (original; version, if its outlet had the story
    before; reprint), of (number of the article that it took most from; -1 for an original), shared (share of its words
    that are also there in runs of five or more, NaN for an original). And one row per run taken over, within a
    sentence: article, start, end.
    """
    ranked = _ranked(found, marks, articles, keys)
    taken = [one for some in _lots(ranked) for one in _taken(some, _Texts(words, marks, np.sort(some.index)))]
    size, numbers = len(articles), [one.number for one in taken]
    role, of, shared = np.full(size, ORIGINAL, dtype=object), np.full(size, -1), np.full(size, np.nan)
    role[numbers], of[numbers], shared[numbers] = ([one[field] for one in taken] for field in (1, 2, 3))
    columns = {"role": pd.Series(role, dtype="str"), "of": of, "shared": shared}
    table = pd.DataFrame({"story": _numbered(ranked, size)} | columns)
    article, start, end = np.concatenate([np.empty((3, 0), dtype=np.int64), *(one.runs for one in taken)], axis=1)
    return table, pd.DataFrame({"article": article, "start": start, "end": end})


def _grouped(
    found: Fingerprints, marks: pd.DataFrame, day: np.ndarray, outlet: pd.Series, keys: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each article the number of its group of similar texts, and its length in words."""
    order = np.lexsort([*keys.T, day])  # within a day by text, so that the order of the table does not matter
    number = np.empty(len(order), dtype=np.int32)  # of each article in order of time
    number[order] = np.arange(len(order))
    outlets = np.where(outlet == "", -1, pd.factorize(outlet)[0])
    postings = shingles.postings(_compared(found, marks, number), len(number))
    one, other = similarity.similar_pairs(postings, day[order], outlets[order])
    marked = np.bincount(marks["article"], marks["after"] - marks["first"], len(day)).astype(np.int64)
    return similarity.connected(order[one], order[other], keys), np.diff(found.edges) - marked


def _compared(found: Fingerprints, marks: pd.DataFrame, number: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the shingles outside the marks, lot by lot: the number of the article, the hash."""
    begun = 0
    for kept in found.shingles:
        upto = begun + len(kept.edges) - 1
        some = marks.iloc[slice(*np.searchsorted(marks["article"], [begun, upto]))]
        document, shingle = shingles.outside(kept, some.assign(article=some["article"] - begun))
        yield number[begun:upto][document], shingle
        begun = upto


def _ranked(found: Fingerprints, marks: pd.DataFrame, articles: pd.DataFrame, keys: np.ndarray) -> pd.DataFrame:
    """Return the articles that share a story, story by story: story (number of its original), outlet.

    A story's articles are in the order in which they may have copied one another: by day, the agency that datelines
    name a day earlier. Within a day the outlet with the longest text comes first, since reprints trim, and of its own
    texts the shortest, since versions grow.
    """
    day, outlet = similarity.days(articles["published"]), articles["outlet"]
    group, length = _grouped(found, marks, day, outlet, keys)
    members = np.flatnonzero(np.bincount(group)[group] > 1)
    named = outlet.iloc[members].to_numpy()
    agency = lines.agencies(named)
    is_agency = (agency > 0) & np.isin(agency, marks.loc[marks["article"].isin(members), "agency"])
    table = pd.DataFrame({"group": group[members], "outlet": named, "day": day[members] - is_agency}, index=members)
    table["length"] = length[members]
    longest = table.groupby(["group", "outlet", "day"])["length"].transform("max")
    table["longest"] = -longest.where(table["outlet"] != "", table["length"])
    table = table.sort_values(["day", "longest", "length"], kind="stable")
    table["story"] = table.index.to_series().groupby(table["group"]).transform("first")
    return table.iloc[np.argsort(pd.factorize(table["group"])[0], kind="stable")][["story", "outlet"]]


def _numbered(ranked: pd.DataFrame, size: int) -> np.ndarray:
    """Return the story of each of so many articles: its own number if it shares none."""
    story = np.arange(size)
    story[ranked.index] = ranked["story"]
    return story


def _lots(ranked: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the articles in lots of whole stories."""
    opens = np.append(np.flatnonzero(ranked.index == ranked["story"]), len(ranked))
    lots = np.searchsorted(opens, np.arange(0, len(ranked) + AT_ONCE, AT_ONCE))
    for first, after in pairwise(np.unique(opens[lots.clip(max=len(opens) - 1)])):
        yield ranked.iloc[first:after]


class _Copy(NamedTuple):
    """An article's role in its story; fields as in `story_roles`, and the runs that it took over."""

    number: int
    role: str
    of: int
    shared: float
    runs: np.ndarray


def _taken(ranked: pd.DataFrame, text: "_Texts") -> Iterator[_Copy]:
    """Yield the role and the source of each article that is not an original."""
    story, before, last = -1, [], {}
    for number, original, outlet in zip(ranked.index.tolist(), ranked["story"].tolist(), ranked["outlet"], strict=True):
        if original != story:
            story, before, last = original, [], {}
        else:
            own = last.get(outlet) if outlet != "" else None
            source, common = text.source(number, before, original if own is None else own)
            role = REPRINT if own is None else VERSION
            yield _Copy(number, role, source, common.mean() if len(common) else 1.0, text.runs(number, common))
        before.append(number)
        last[outlet] = number


class _Texts:
    """The words of some articles, to find what two of them have in common."""

    def __init__(self, words: Tokens, marks: pd.DataFrame, articles: np.ndarray) -> None:
        ours = marks[marks["article"].isin(articles)]
        tokens = words.of(articles).masked(ours.assign(doc_id=words.doc_ids[ours["article"]]))
        self._place = {number: place for place, number in enumerate(articles.tolist())}
        self._edges = np.append(0, tokens.lengths.cumsum())
        self._start, self._end, self._sentence = tokens.start, tokens.end, tokens.sentence
        _, word, self._shingle = shingles.shingles(rolling_hash.hash_words(tokens), self._edges, one_in=1)
        self._begins = np.searchsorted(word, self._edges)
        self._sorted = self._shingle.copy()
        for first, after in zip(self._begins[:-1], self._begins[1:], strict=True):
            self._sorted[first:after].sort()

    def in_common(self, number: int, other: int) -> np.ndarray:
        """Say of each word of an article whether it is in a run of five words that the other has too."""
        place, of = self._place[number], self._place[other]
        ours = self._shingle[self._begins[place] : self._begins[place + 1]]
        theirs = self._sorted[self._begins[of] : self._begins[of + 1]]
        shared = np.searchsorted(theirs, ours, side="right") > np.searchsorted(theirs, ours)
        words = np.zeros(self._edges[place + 1] - self._edges[place], dtype=bool)
        if len(words) < shingles.WORDS:  # too short for a shingle: in one story only if equal
            return ~words
        for step in range(shingles.WORDS):
            words[step : step + len(shared)] |= shared
        return words

    def source(self, number: int, before: list[int], rather: int) -> tuple[int, np.ndarray]:
        """Return the article that an article took most from, and which words; `rather` unless another shares clearly more."""
        best, common = rather, self.in_common(number, rather)
        most = MARGIN * common.sum()
        for other in [before[0], *before[1:][-CANDIDATES:]] if most < len(common) else ():
            if (shared := self.in_common(number, other)).sum() > most:
                most, best, common = shared.sum(), other, shared
        return best, common

    def runs(self, number: int, common: np.ndarray) -> np.ndarray:
        """Return the runs of words that an article has in common with another, within sentences: its number, start, end."""
        at = self._edges[self._place[number]] + np.flatnonzero(common)
        breaks = (np.diff(at) != 1) | (np.diff(self._sentence[at]) != 0)
        first, last = at[np.append(True, breaks)[: len(at)]], at[np.append(breaks, True)[: len(at)]]
        return np.stack([np.full(len(first), number), self._start[first], self._end[last]])
