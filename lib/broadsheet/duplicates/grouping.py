"""Articles grouped into stories: which is the original, what the others took from where."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from broadsheet import store
from broadsheet.duplicates import kin, lines, shingles
from broadsheet.duplicates.learned import known, marked
from broadsheet.tokens import Rest, Tokens, collection, places

AT_ONCE = 5_000  # articles whose words are held at once
ORIGINAL, REPRINT, VERSION = "original", "reprint", "version"
CANDIDATES = 8  # earlier articles of a story among which the source of a reprint is looked for
RATHER = 1.05  # times as many words must another article share before it is the source, and not the original


def stories(articles: pd.DataFrame) -> pd.Series:
    """Group articles that tell one story in much the same words: reprints, versions and copies.

    articles : published, outlet, headline, body; one row each.

    Returns for each row, under its index, the number of its story: the place of the story's original among the rows,
    from 0. Words are kept in the store, so that texts known there are not read again.
    """
    articles = known(articles, "stories")
    bodies = articles["body"].tolist()
    keys = store.as_integers([store.key(body.encode()) for body in bodies])
    doc_ids = pd.RangeIndex(len(bodies)).astype("str").tolist()
    words = Tokens(doc_ids, lambda: places(keys, collection(), [], bodies.__getitem__))
    found = marked(*lines.lines_of(keys, lambda have: [have(body) for body in bodies]), articles)
    table, _ = derived(words, found, articles, keys)
    return table["story"].set_axis(articles.index)


def derived(
    words: Tokens, marks: pd.DataFrame, articles: pd.DataFrame, keys: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what each article is in its story, and the passages that it took over.

    words : of all articles. marks : what is not compared, as `learned.marked` gives it. articles : published, outlet.
    keys : of the bodies; equal ones are of one story whatever their days.

    Returns one row per article: story (number of its original), role (original; version, where its outlet had the
    story before; reprint), of (number of the article that it took most from; -1 for an original), shared (share of its
    words that stand there in runs of five or more, NaN for an original). And one row per run taken over, in one sentence: article, start, end.
    """
    day = kin.days(articles["published"])
    group = _grouped(words, marks, day, articles["outlet"], keys)
    members = np.flatnonzero(np.bincount(group)[group] > 1)
    text = _Texts(words, marks, members)
    ranked = _ranked(members, group, day, articles["outlet"], marks, text)
    story, of, shared = np.arange(len(day)), np.full(len(day), -1), np.full(len(day), np.nan)
    role = np.full(len(day), ORIGINAL, dtype=object)
    runs = [np.empty((3, 0), dtype=np.int64)]
    for _, one in ranked.groupby("group", sort=False):
        numbers, last = one.index.to_numpy(), {}  # the last article by outlet
        story[numbers] = numbers[0]
        for place, (number, outlet) in enumerate(zip(numbers.tolist(), one["outlet"], strict=True)):
            if place:
                role[number] = VERSION if outlet in last else REPRINT
                of[number] = last[outlet] if outlet in last else text.source(number, numbers[:place])
                held = text.in_common(number, of[number])
                shared[number] = held.mean() if len(held) else 1.0
                runs.append(text.runs(number, held))
            if outlet:
                last[outlet] = number
    table = pd.DataFrame({"story": story, "role": pd.Series(role, dtype="str"), "of": of, "shared": shared})
    article, start, end = np.concatenate(runs, axis=1)
    return table, pd.DataFrame({"article": article, "start": start, "end": end})


def _grouped(words: Tokens, marks: pd.DataFrame, day: np.ndarray, outlet: pd.Series, keys: np.ndarray) -> np.ndarray:
    """Return for each article the number of its group: those that have their text from one another."""
    order = np.lexsort([*keys.T, day])  # of one day by their texts, so that any order of the table gives the same
    number = np.empty_like(order)  # of each article in order of time
    number[order] = np.arange(len(order))
    outlets = np.where(outlet == "", -1, pd.factorize(outlet)[0])
    lots = ((number[article], shingle) for article, shingle in _shingles(words, marks))
    one, other = kin.pairs(shingles.postings(lots), day[order], outlets[order])
    _, first, same = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    ends = np.append(order[one], first[same.ravel()]), np.append(order[other], np.arange(len(day)))
    return kin.joined(len(day), *ends)


def _shingles(words: Tokens, marks: pd.DataFrame) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield article and hash of the shingles of some articles after the others."""
    for first in range(0, len(words.doc_ids), AT_ONCE):
        some = np.arange(first, min(first + AT_ONCE, len(words.doc_ids)))
        document, shingle = shingles.of(_clean(words, marks, some))
        kept = shingles.kept(shingle)
        yield document[kept] + first, shingle[kept]


def _clean(words: Tokens, marks: pd.DataFrame, articles: np.ndarray) -> Rest:
    """Return the words of some articles without what is marked in them."""
    ours = marks[marks["article"].isin(articles)]
    return Rest(words.of(articles), ours.assign(doc_id=words.doc_ids[ours["article"]]))


def _ranked(
    members: np.ndarray, group: np.ndarray, day: np.ndarray, outlet: pd.Series, marks: pd.DataFrame, text: "_Texts"
) -> pd.DataFrame:
    """Return the members of stories in the order in which they may have had them from one another.

    By day, an outlet that the datelines name as the agency being given one; on one day the outlet with the longest text
    comes first, as reprints trim, and of its own texts the shortest, as versions grow.
    """
    named = outlet.iloc[members].to_numpy()
    agencies = set(marks.loc[marks["article"].isin(members), "agency"]) - {0}
    is_agency = np.array([name != "" and lines.known_by(name) in agencies for name in named], dtype=bool)
    table = pd.DataFrame({"group": group[members], "outlet": named, "day": day[members] - is_agency}, index=members)
    table["length"] = [text.length(number) for number in members]
    longest = table.groupby(["group", "outlet", "day"])["length"].transform("max")
    table["longest"] = -longest.where(table["outlet"] != "", table["length"])
    return table.sort_values(["day", "longest", "length"], kind="stable")


class _Texts:
    """The words of some articles, to tell what two of them have in common."""

    def __init__(self, words: Tokens, marks: pd.DataFrame, articles: np.ndarray) -> None:
        tokens = _clean(words, marks, articles)
        self._place = {number: place for place, number in enumerate(articles.tolist())}
        self._edges = np.append(0, tokens.lengths.cumsum())
        self._start, self._end, self._sentence = tokens.start, tokens.end, tokens.sentence
        document, shingle = shingles.of(tokens)
        self._shingle, self._begins = shingle, np.searchsorted(document, np.arange(len(articles) + 1))

    def length(self, number: int) -> int:
        """Return how many words an article has."""
        place = self._place[number]
        return int(self._edges[place + 1] - self._edges[place])

    def in_common(self, number: int, other: int) -> np.ndarray:
        """Return for each word of an article whether it stands in a run of five words that the other has too."""
        held = np.isin(self._of(number), self._of(other))
        words = np.zeros(self.length(number), dtype=bool)
        for place in range(shingles.WORDS):
            words[place : place + len(held)] |= held
        return words

    def source(self, number: int, before: np.ndarray) -> int:
        """Return which of some articles, of which the first is the original, an article took most from."""
        original, *others = [before[0], *before[1:][-CANDIDATES:]]
        most, best = RATHER * self.in_common(number, original).sum(), original
        for other in others if most < self.length(number) else ():
            if (common := self.in_common(number, other).sum()) > most:
                most, best = common, other
        return best

    def runs(self, number: int, held: np.ndarray) -> np.ndarray:
        """Return the runs of an article's words that are held in common, sentence by sentence: its number, start, end."""
        at = self._edges[self._place[number]] + np.flatnonzero(held)
        parted = (np.diff(at) != 1) | (np.diff(self._sentence[at]) != 0)
        first, last = at[np.append(True, parted)[: len(at)]], at[np.append(parted, True)[: len(at)]]
        return np.stack([np.full(len(first), number), self._start[first], self._end[last]])

    def _of(self, number: int) -> np.ndarray:
        place = self._place[number]
        return self._shingle[self._begins[place] : self._begins[place + 1]]
