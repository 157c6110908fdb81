"""Collocations: words near a word, pairs of neighbouring words, and repeated phrases."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.index import Tokens
from broadsheet.statistics import association
from broadsheet.store import runs
from broadsheet.tables.frequency import LETTER, content_terms, printed_runs
from broadsheet.text import STOPWORDS, fold

SPAN, FEWEST_USES = 5, 3
COLUMNS = ["n", "expected", "n_term", "articles", "stories", "pmi", "mi3", "log_dice", "g2", "t"]

schema.declare(
    expected=("by chance", ",.1f", "uses of the term near the other word that you would expect by chance"),
    n_term=("uses in all", ",", "all uses of the term, near or not"),
    pmi=("PMI", "+.2f", "binary log of n / expected; high for rare words"),
    mi3=("MI3", "+.2f", "binary log of n³ / expected"),
    log_dice=("logDice", ".2f", "14 + binary log of Dice's coefficient; at most 14, one point less is half as strong"),
    g2=("log-likelihood", ",.0f", "G2, signed; 10.8 would be p < .001 for one row if words were independent"),
    t=("t", "+.2f", "(n - expected) / square root of n; high for frequent words"),
    n_set=("in set phrases", ",", "uses within a run of words that several stories repeat"),
    share_set=("share in set phrases", ".0%", "share of the uses within such a run"),
    run=("most repeated run", "", "the run with the term that most stories contain"),
    run_stories=("stories with the run", ",", "stories that contain it"),
)


def collocations(
    tokens: Tokens,
    node: str | pd.DataFrame,
    story: pd.Series,
    span: int = SPAN,
    fewest: int = FEWEST_USES,
    leave_out: Iterable[str] = STOPWORDS,
) -> pd.DataFrame:
    """Rank the words near a node by how much more often than by chance they occur there.

    node : a word or phrase, in any case, or its uses as `lines` returns them. story : of each article of `tokens`. span
    : words on either side, within the sentence. fewest : least uses near the node. leave_out : terms without a row;
    they still count.

    Returns one row per term as printed, highest g2 first: n (uses near the node), expected (by chance), n_term (uses
    anywhere), articles, stories (with the term near the node), pmi, mi3, log_dice, g2 (four cells; negative below
    expected), t.
    All rest on one table of all tokens but the node's own: near the node or not, this term or another. So expected =
    tokens near the node x n_term / these tokens, and a token near two nodes counts once. Programs that use the node's
    own frequency instead (AntConc, Sketch Engine) print a PMI higher by the binary log of the window, and another
    logDice.
    Source: Church and Hanks (1990), Computational Linguistics 16(1); Dunning (1993), ibid. 19(1); Evert (2008), Corpora
    and Collocations; Oakes (1998), Statistics for Corpus Linguistics (MI3); Rychlý (2008), RASLAN, 6-9 (logDice).

    >>> from broadsheet import index
    >>> tokens = index.tokens_of(["The north gate. The north gate! The gate by the north road."])
    >>> collocations(tokens, "gate", ["a"], fewest=2)[["n", "n_term"]].reset_index().values.tolist()
    [['north', 3, 3]]
    """
    near, of_node = _near(tokens, node, span)
    size, holders = len(tokens.vocabulary), max(len(tokens.doc_ids), 1)
    term, document = tokens.term[near].astype(np.int64), tokens.documents_at(near)
    n = np.bincount(term, minlength=size)
    row = np.flatnonzero((n >= max(fewest, 1)) & ~tokens.vocabulary.isin([fold(word) for word in leave_out]))
    every = tokens.counts.sum(axis=0).A1 if len(row) else np.zeros(size, dtype=np.int64)
    table = pd.DataFrame({"n": n[row], "n_term": every[row]}, index=tokens.printed[row].rename("term"))
    for name, holder in {"articles": document, "stories": pd.factorize(np.asarray(story))[0][document]}.items():
        table[name] = np.bincount(pd.unique(term * holders + holder) // holders, minlength=size)[row]
    table = table.assign(**association(n[row], len(near), every[row], len(tokens) - of_node))
    return table.sort_values(["g2", "n"], ascending=False, kind="stable")[COLUMNS]


def cooccurrences(tokens: Tokens, node: str | pd.DataFrame, span: int = SPAN) -> pd.DataFrame:
    """List each word near a node: the passages behind n of `collocations`; arguments as there.

    Returns one row per word, in reading order: doc_id, sentence, start, end, term (as printed most often). A word near
    two uses of the node is one row; the node itself is none.

    >>> from broadsheet import index
    >>> cooccurrences(index.tokens_of(["Old gate, old lamp."]), "gate", span=1)[["start", "term"]].values.tolist()
    [[0, 'old'], [10, 'old']]
    """
    frame = tokens.frame(_near(tokens, node, span)[0])
    return frame.assign(term=frame["term"].cat.rename_categories(tokens.printed))


def _near(tokens: Tokens, node: str | pd.DataFrame, span: int) -> tuple[np.ndarray, int]:
    """Return the numbers of the tokens near a node, and how many tokens are the node's own."""
    uses = tokens.find(node) if isinstance(node, str) else node
    own, first = (np.unique(tokens.within(part)[0]) for part in (uses, uses.assign(end=uses["start"] + 1)))
    last = own[np.searchsorted(own, np.append(first[1:], len(tokens))) - 1] if len(first) else first
    edges = tokens.sentence_edges
    after = np.searchsorted(edges, first, side="right")
    begin = np.maximum(first - span, edges[after - 1])
    end = np.minimum(last + 1 + span, edges[after])
    begin = np.maximum(begin, np.append(0, end)[:-1])  # what is near two nodes counts once
    near = runs(begin, np.maximum(end - begin, 0))
    return near[~np.isin(near, own)], len(own)


def phrases(news: Corpus, leave_out: Iterable[str] = ()) -> pd.DataFrame:
    """Rank pairs of neighbouring content terms by how strongly they are associated.

    leave_out : words to leave out besides function words, in any case.

    Returns one row per pair used three times or more, and more often than by chance, highest g2 first: n, articles,
    stories, g2 (see `association`; of all pairs of content terms). `lines` has the passages behind n.

    >>> import broadsheet
    >>> phrases(broadsheet.load("sample"))[["n", "stories"]].head(1).reset_index().values.tolist()
    [['Northern Wire', 33, 15]]
    """
    tokens, size = news.tokens, len(news.tokens.vocabulary)
    wanted = np.asarray(tokens.vocabulary.isin(content_terms(news, leave_out)), dtype=bool)[tokens.term]
    first = np.flatnonzero(wanted[:-1] & wanted[1:] & tokens.follows[1:])
    number, pairs = pd.factorize(tokens.term[first] * np.int64(size) + tokens.term[first + 1])
    uses = pd.DataFrame({"pair": number, "articles": tokens.document[first]})
    uses["stories"] = news.catalogue["story"].to_numpy()[uses["articles"]]
    table = uses.groupby("pair")[["articles", "stories"]].nunique()
    table.insert(0, "n", np.bincount(number, minlength=len(pairs)))
    one, other = (table.groupby(side)["n"].transform("sum") for side in np.divmod(pairs, max(size, 1)))
    table["g2"] = association(table["n"], one, other, len(first))["g2"]
    table = table[(table["n"] >= FEWEST_USES) & (table["n"] * len(first) > one * other)]
    table = table.sort_values("g2", ascending=False, kind="stable")
    kept = np.isin(number, table.index)
    return table.set_axis(printed_runs(news, first[kept], 2, number[kept])[table.index].rename("term"))


def set_phrases(
    tokens: Tokens, story: Iterable, terms: Iterable[str], length: int = 5, fewest: int = 5
) -> pd.DataFrame:
    """Count the uses of each term in runs of words that several stories repeat word for word: link lists, formulas.

    story : of each article of `tokens`. terms : words, in any case; one that is not used has no row. length : words of
    a run; it may cross sentences and passages left out, but not articles; words without a letter are alike. fewest :
    stories that must contain a run.

    Returns one row per term, in the order given: n (uses), n_set (uses in such a run), share_set (of n), run (the one
    that most stories contain), run_stories. A word that a writer chooses has ever new neighbours; if most of its uses
    are set, it is page furniture that no rule knows, or a formula of the house.

    >>> from broadsheet import index
    >>> tokens = index.tokens_of([f"{word} read our full story here" for word in ("Now", "Gate", "Lamp", "Eel", "Oil")])
    >>> set_phrases(tokens, range(5), ["full"])[["n", "n_set", "run"]].values.tolist()
    [[5, 5, 'read our full story here']]
    """
    number, numbers = pd.factorize(np.asarray(story))[0], tokens.vocabulary.get_indexer([fold(term) for term in terms])
    named = np.asarray(tokens.vocabulary.str.contains(LETTER), dtype=bool)
    as_one = np.where(named, np.arange(1, len(named) + 1), 0)
    uses = {code: np.flatnonzero(tokens.term == code) for code in numbers if code >= 0}
    rows = [_set_row(tokens, number, as_one, at, (length, fewest)) for at in uses.values()]
    table = pd.DataFrame(rows, columns=["n", "n_set", "share_set", "run", "run_stories"])
    return table.set_axis(tokens.printed[np.array(list(uses), dtype=np.int64)].rename("term"))


def _set_row(tokens: Tokens, story: np.ndarray, as_one: np.ndarray, at: np.ndarray, least: tuple[int, int]) -> tuple:
    """Return the row of one term, used by the tokens `at`; as_one : by term, its number in a run."""
    length, fewest = least
    first = (at[:, None] - np.arange(length)).ravel()  # of every run that contains a use
    use = np.repeat(np.arange(len(at)), length)
    article = tokens.documents_at(at)[use]
    opens = np.cumsum(tokens.lengths) - tokens.lengths
    whole = (first >= opens[article]) & (first + length <= opens[article] + tokens.lengths[article])
    first, use, article = first[whole], use[whole], article[whole]
    if not len(first):
        return len(at), 0, 0.0, "", 0
    words = tokens.term[first[:, None] + np.arange(length)].astype(np.int64)
    _, run = np.unique(as_one[words], axis=0, return_inverse=True)
    stories = pd.Series(story[article]).groupby(run.ravel()).transform("nunique").to_numpy()
    n_set = len(np.unique(use[stories >= fewest]))
    equal = np.flatnonzero(stories == stories.max())
    most = equal[np.lexsort(words[equal].T[::-1])[0]]  # the first by its words
    return len(at), n_set, n_set / len(at), " ".join(tokens.printed[words[most]]), int(stories[most])
