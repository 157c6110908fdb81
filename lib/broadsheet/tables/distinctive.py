"""Distinctive terms: words, names and phrases used far more than general English uses them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.index import Tokens
from broadsheet.statistics.general_english import general_english, parts_in
from broadsheet.statistics.rates import FEWEST_STORIES, LEVEL, summed
from broadsheet.tables.frequency import content_terms, printed_runs, term_rates
from broadsheet.text import fold

CONSTANT = 10.0  # uses per million words, added to both rates so that rare words do not lead for being rare
LEAST_TIMES = 2.0
LONGEST_PHRASE = 4  # words of a phrase
TIGHT = {1: 0.0, 2: 0.15, 3: 0.4, 4: 0.4}  # least strength of a phrase by its number of words; see `_strength`
MOST = 0.5  # share of a term's uses: one with more of them in a longer term gives way to it
JOINERS = frozenset({"of", "and", "for"})  # function words that a name may contain
# Words of any report, which general English uses less: they tell news from other prose, not one story from another.
REPORTING = frozenset(
    ["said", "says", "say", "told", "asked", "according", "spokesman", "spokeswoman", "reporters", "a.m.", "p.m."]
)

schema.declare(
    background=("background", ",.1f", "rate in general English or the reference; for a phrase, its rarest word's rate"),
    times=("times", ",.0f", "at least this many times the background rate; 10 per million are added to both rates"),
    phrase=("phrase", "", "true for a term of several words"),
)


def distinctive(news: Corpus, leave_out: Iterable[str] = (), reference: Corpus | None = None) -> pd.DataFrame:
    """Find the words, names and phrases that the articles use far more than general English does.

    leave_out : terms to leave out besides function words, in any case. reference : a corpus to compare with instead.

    Returns one row per term as printed, highest `times` first: n, articles, stories, per_million, per_million_low,
    per_million_high (missing below three stories), background (per million words; of a phrase that of its rarest word,
    an upper bound), times, phrase (several words?).
    times = (cautious rate + 10) / (background + 10), at least 2. The cautious rate is the lower end of a 95 % interval
    in which uses count as independent only as far as they spread over stories (below three stories, all do), times the
    share of the rate that remains without the outlet that uses the term most. So what one long article repeats and
    what one outlet prints under every article do not lead.
    A word gives way to a phrase, and a phrase to a longer one, that contains more than half of its uses; `gate's` gives
    way to `gate`. Names of outlets are left out. docs/distinctive.md tells more.
    Source: Kilgarriff (2009), Corpus Linguistics (the constant); Korn and Graubard (1998), Survey Methodology 24(2).

    >>> import broadsheet
    >>> distinctive(broadsheet.load("sample").counted()).index[:3].tolist()
    ['Tollmere', 'Netherstaith', 'Conservancy']
    """
    tokens, facts = news.tokens, news.catalogue
    left_out = {fold(term) for term in leave_out}
    runs = _runs(news, left_out)
    terms = _candidates(tokens, runs).drop(list(left_out), errors="ignore")
    uses = _uses(tokens, runs, terms)
    terms = terms.join(term_rates(uses, tokens, facts["story"]).set_axis(terms.index))
    terms["background"] = _background(terms.index, reference)
    stories = facts["story"].nunique()
    cautious = _cautious(terms, stories) * _elsewhere(uses, tokens.lengths, facts["outlet"])
    terms["times"] = (cautious + CONSTANT) / (terms["background"] + CONSTANT)
    fewest = 2 if stories >= FEWEST_STORIES else 1
    terms = terms[(terms["times"] >= LEAST_TIMES) & (terms["stories"] >= fewest)]
    terms = terms[~_within_longer(tokens, runs, terms)]
    terms = terms.drop(list(_outlets(facts["outlet"])), errors="ignore").assign(phrase=lambda rows: rows["length"] > 1)
    terms = terms.sort_index().sort_values(["times", "n"], ascending=False, kind="stable")
    return terms.set_axis(_printed(news, runs, terms)).drop(columns=["length", "number"])


class _Runs(NamedTuple):
    """Runs of one length of neighbouring words, each used twice or more."""

    at: np.ndarray  # of each token: the number of the run that begins there, -1 for none
    first: np.ndarray  # of each run: the first token at which it begins
    n: np.ndarray  # of each run: its uses


def _runs(news: Corpus, left_out: set[str]) -> list[_Runs]:
    """Find the runs of one word that carries content or may join a name, of two, and so on beyond the longest phrase."""
    tokens, usable = news.tokens, np.zeros(len(news.tokens.vocabulary) + 1, dtype=bool)  # the last for words not used
    usable[tokens.vocabulary.get_indexer([*content_terms(news, REPORTING | left_out), *(JOINERS - left_out)])] = True
    begin = np.flatnonzero(usable[tokens.term])
    runs = [_numbered(tokens.term[begin], begin, len(tokens))]
    for _ in range(LONGEST_PHRASE):
        last = runs[-1]
        begin = np.flatnonzero((last.at[:-1] >= 0) & (last.at[1:] >= 0) & tokens.follows[1:])
        runs.append(_numbered(last.at[begin] * len(last.n) + last.at[begin + 1], begin, len(tokens)))
    return runs


def _numbered(key: np.ndarray, begin: np.ndarray, size: int) -> _Runs:
    """Number the runs that begin at some of the tokens by a key that equal runs share."""
    code, distinct = pd.factorize(key)
    n, first = np.bincount(code, minlength=len(distinct)), np.empty(len(distinct), dtype=np.int64)
    first[code[::-1]] = begin[::-1]
    often, at = n >= 2, np.full(size, -1, dtype=np.int64)
    at[begin] = np.where(often, often.cumsum() - 1, -1)[code]
    return _Runs(at, first[often], n[often])


def _candidates(tokens: Tokens, runs: list[_Runs]) -> pd.DataFrame:
    """Return the runs that may be terms, by their folded words: length, number (in the runs of that length)."""
    least = (LEAST_TIMES - 1) * CONSTANT * len(tokens) / 1e6  # uses: fewer cannot be the least times the background
    vocabulary, joining, tables = tokens.vocabulary, tokens.vocabulary.isin(list(JOINERS)), []
    for length, run in enumerate(runs[:-1], 1):
        number = np.flatnonzero((run.n >= least) & (_strength(runs, length) >= TIGHT[length]))
        words = tokens.term[run.first[number][:, None] + np.arange(length)].reshape(-1, length)
        kept = ~(joining[words[:, 0]] | joining[words[:, -1]])
        terms = vocabulary.take(words[kept].ravel()).to_numpy(dtype=object).reshape(-1, length)
        names = pd.Index([" ".join(term) for term in terms], name="term", dtype="str")
        tables.append(pd.DataFrame({"length": length, "number": number[kept]}, names))
    terms = pd.concat(tables)
    plain = terms.index.str.removesuffix("'s")
    return terms[~(terms.index.str.endswith("'s") & ((terms["length"] > 1) | plain.isin(terms.index)))]


def _strength(runs: list[_Runs], length: int) -> np.ndarray:
    """Return the share of its parts' uses that each run contains, divided in two where the share is least.

    It is the geometric mean of the shares of the two parts, and 0 for a run that one word follows in most of its uses.
    """
    run, longer = runs[length - 1], runs[length]
    weakest, goes_on = np.ones(len(run.n)), np.zeros(len(run.n))
    for left in range(1, length):
        first, second = runs[left - 1], runs[length - left - 1]
        apart = first.n[first.at[run.first]] * second.n[second.at[run.first + left]]
        weakest = np.minimum(weakest, run.n / np.sqrt(apart))
    np.maximum.at(goes_on, run.at[longer.first], longer.n)
    return np.where((length > 1) & (goes_on > MOST * run.n), 0, weakest)


def _begins(run: _Runs, some: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the tokens at which uses of some runs of one length begin, and of each use the row in `some`."""
    row = np.full(len(run.n) + 1, -1)  # the last for tokens at which none begins
    row[some["number"]] = np.arange(len(some))
    begin = np.flatnonzero(row[run.at] >= 0)
    return begin, row[run.at[begin]]


def _uses(tokens: Tokens, runs: list[_Runs], terms: pd.DataFrame) -> sparse.csr_matrix:
    """Count how often each article (row) uses each term (column)."""
    document, blocks = tokens.document, [sparse.csr_matrix((len(tokens.doc_ids), 0), dtype=np.int64)]
    for length, some in terms.groupby("length"):
        begin, column = _begins(runs[length - 1], some)
        shape = len(tokens.doc_ids), len(some)
        blocks.append(sparse.csr_matrix((np.ones(len(begin), dtype=np.int64), (document[begin], column)), shape))
    return sparse.hstack(blocks, format="csr")


def _cautious(terms: pd.DataFrame, stories: int) -> pd.Series:
    """Return the lower end of each rate, from the number of independent uses that would leave it as uncertain."""
    error = (terms["per_million_high"] - terms["per_million"]) / stats.t.ppf(1 - LEVEL / 2, max(stories - 1, 1))
    independent = np.fmin(terms["n"], (terms["per_million"] / error) ** 2)
    return terms["per_million"] * stats.gamma.ppf(LEVEL / 2, independent) / independent


def _elsewhere(uses: sparse.csr_matrix, lengths: np.ndarray, outlet: pd.Series) -> np.ndarray:
    """Return the share of each term's rate that remains without the outlet that uses it most.

    An outlet with more than half of the words is not left out, since too little would remain to judge by.
    """
    by_outlet, words = (summed(part, outlet.where(outlet != ""))[0] for part in (uses, lengths[:, None]))
    cells, words = by_outlet.tocoo(), words.toarray().ravel() / max(lengths.sum(), 1)
    small = words[cells.row] <= MOST
    outlets, terms, share = cells.row[small], cells.col[small], np.ones(uses.shape[1])
    left = 1 - cells.data[small] / uses.sum(axis=0).A1[terms]
    np.minimum.at(share, terms, left / (1 - words[outlets]))
    return share


def _within_longer(tokens: Tokens, runs: list[_Runs], terms: pd.DataFrame) -> np.ndarray:
    """Tell which terms have more than half of their uses in longer terms that stay."""
    covered = np.zeros(len(tokens), dtype=np.int64)  # of each token: the last end of the longer uses begun by then
    gone = pd.Series(False, terms.index)
    for length, some in sorted(terms.groupby("length"), key=lambda group: -group[0]):
        begin, row = _begins(runs[length - 1], some)
        within = np.bincount(row, covered[begin] >= begin + length, len(some))
        gone[some.index] = within > MOST * some["n"]
        begin = begin[(within <= MOST * some["n"]).to_numpy()[row]]
        covered[begin] = np.maximum(covered[begin], begin + length)
        covered = np.maximum.accumulate(covered)
    return gone.to_numpy()


def _background(terms: pd.Index, reference: Corpus | None) -> np.ndarray:
    """Return the rate of each term's rarest part, per million words of general English or of the reference."""
    parts, rates = parts_in, general_english()
    if reference is not None:
        counts = reference.tokens.counts.sum(axis=0).A1 * 1e6 / max(len(reference.tokens), 1)
        parts, rates = str.split, dict(zip(reference.tokens.vocabulary, counts.tolist(), strict=True))
    return np.array([min((rates.get(part, 0.0) for part in parts(term)), default=0.0) for term in terms])


def _outlets(outlet: pd.Series) -> set[str]:
    """Return the terms that name an outlet of several articles: in full, in part or by its initials."""
    counts, names = outlet[outlet != ""].value_counts(), set()
    for name in counts.index[counts >= min(FEWEST_STORIES, counts.max())]:
        words = re.sub(r"^The | \(.*| - .*", "", name).split() or [name]
        names |= {" ".join(words), f"{words[0]} {words[-1]}", " ".join(words[-2:])} | {words[0]} & {words[0].upper()}
    return {fold(name) for name in names}


def _printed(news: Corpus, runs: list[_Runs], terms: pd.DataFrame) -> pd.Index:
    """Return each term as it is printed most often."""
    names = dict(zip(news.tokens.vocabulary, news.tokens.printed, strict=True))
    for length, some in terms[terms["phrase"]].groupby("length"):
        begin, row = _begins(runs[length - 1], some)
        names |= dict(zip(some.index, printed_runs(news, begin, length, row).sort_index(), strict=True))
    return pd.Index([names[term] for term in terms.index], name="term", dtype="str")
