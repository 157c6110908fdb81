"""Which words carry the stories: terms used far more than general English uses them."""

import functools
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse, stats

from broadsheet import schema
from broadsheet.index import Tokens
from broadsheet.tables.frequency import content_terms, summed, term_rates
from broadsheet.tables.rates import FEWEST_STORIES
from broadsheet.text import fold

if TYPE_CHECKING:
    from broadsheet.corpus import Corpus

CONSTANT = 10.0  # uses per million words, added to both rates: rare words do not lead for being rare
LEAST_TIMES = 2.0
LONGEST = 4  # words of a phrase
TIGHT = {1: 0.0, 2: 0.15, 3: 0.4, 4: 0.4}  # least strength of a phrase by its number of words, see `_strength`
MOST = 0.5  # of its uses: a term of which more are part of a longer one gives way to it
JOINERS = frozenset(("of", "and", "for"))  # function words that may be inside a name
# Words of any report, which general English uses less: they tell news from other prose, not one story from another.
REPORTING = frozenset(
    (
        "said",
        "says",
        "say",
        "told",
        "tells",
        "asked",
        "according",
        "spokesman",
        "spokeswoman",
        "reporters",
        "a.m.",
        "p.m.",
    )
)

COLUMNS = (
    "n",
    "articles",
    "stories",
    "per_million",
    "per_million_low",
    "per_million_high",
    "background",
    "times",
    "phrase",
)

schema.declare(
    background=(
        "in general English",
        ",.1f",
        "uses per million words of general English or of the reference corpus; 0.0 if rarer than 1 in 10 million; "
        "for a phrase, the rate of its rarest word, which is more than its own",
    ),
    times=(
        "times",
        ",.0f",
        "how many times the background rate the term is used at least: the lower end of its rate, by stories and without "
        "the outlet that uses it most, over the background rate, with 10 per million added to both",
    ),
    phrase=("phrase", "", "true for a term of several words"),
)


def distinctive(news: "Corpus", leave_out: Iterable[str] = (), reference: "Corpus | None" = None) -> pd.DataFrame:
    """Find the words, names and phrases that the articles use far more than general English does.

    leave_out : terms to leave out besides function words, in any case. reference : a corpus to compare with instead.

    Returns one row per term as printed, highest `times` first: n (uses), articles, stories, per_million with
    per_million_low and per_million_high (95 %, by story; missing below three stories), background (uses per million
    words of the reference; of a phrase the rate of its rarest word, an upper bound), times and phrase (several words?).
    times = (cautious rate + 10) / (background + 10), rates per million; rows with less than 2 are left out. The cautious
    rate is the lower end of a 95 % interval that counts uses as independent only as far as they spread over stories,
    reduced to what is left without the outlet that uses the term most. So neither one long article nor the standing
    words of one outlet lead. Below three stories, each use counts as independent.
    A word gives way to a phrase, and a phrase to a longer one, that contains more than half of its uses; `gate's` gives way
    to `gate`. Names of the outlets are left out.
    Source: Kilgarriff (2009), Corpus Linguistics conference (the added constant); Korn and Graubard (1998), Survey
    Methodology 24(2) (effective sample size); background: Speer (2022), wordfreq.

    >>> import broadsheet
    >>> distinctive(broadsheet.load("sample").counted()).index[:3].tolist()
    ['Tollmere', 'Netherstaith', 'Conservancy']
    """
    tokens, facts = news.tokens, news.catalogue
    left_out = {fold(term) for term in leave_out}
    runs = _runs(tokens, _usable(news, left_out))
    terms = _candidates(tokens, runs).drop(list(left_out), errors="ignore")
    terms = terms[~_possessives(terms)]
    uses = _uses(tokens, runs, terms)
    terms = terms.join(term_rates(uses, tokens, facts["story"]).set_axis(terms.index))
    terms["background"] = _background(terms.index, reference)
    stories = facts["story"].nunique()
    cautious = _cautious(terms, stories) * _elsewhere(uses, tokens.lengths, facts["outlet"])
    terms["times"] = (cautious + CONSTANT) / (terms["background"] + CONSTANT)
    fewest = 2 if stories >= FEWEST_STORIES else 1
    terms = terms[(terms["times"] >= LEAST_TIMES) & (terms["stories"] >= fewest)]
    terms = terms[~_mostly_shorter(terms)]
    terms = terms[~_mostly_longer(tokens, runs, terms)]
    terms = terms[~_names_outlet(terms.index, facts["outlet"])].sort_index()
    terms = terms.assign(phrase=terms["length"] > 1).sort_values(["times", "n"], ascending=False, kind="stable")
    return terms.set_axis(_printed(news, runs, terms))[list(COLUMNS)]


class _Runs(NamedTuple):
    """Runs of so many neighbouring words, each used twice or more."""

    at: np.ndarray  # of each token: the number of the run that begins there, -1 for none
    first: np.ndarray  # of each run: the first token at which it begins
    n: np.ndarray  # of each run: its uses


def _usable(news: "Corpus", left_out: set[str]) -> np.ndarray:
    """Tell of each token whether it may be part of a term: it carries content, or may join the words of a name."""
    vocabulary = news.tokens.vocabulary
    usable = vocabulary.isin(content_terms(news, REPORTING | left_out)) | vocabulary.isin(list(JOINERS - left_out))
    return np.asarray(usable, dtype=bool)[news.tokens.term]


def _runs(tokens: Tokens, usable: np.ndarray) -> list[_Runs]:
    """Find the runs of one usable word, of two, and so on to one more than the longest phrase has."""
    usable = np.flatnonzero(usable)
    runs = [_numbered(tokens.term[usable], usable, len(tokens))]
    for _ in range(LONGEST):
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
    vocabulary, tables = tokens.vocabulary.to_numpy(dtype=object), []
    joining = np.asarray(tokens.vocabulary.isin(list(JOINERS)))
    for length, run in enumerate(runs[:-1], 1):
        number = np.flatnonzero(_strength(runs, length) >= TIGHT[length])
        words = tokens.term[run.first[number][:, None] + np.arange(length)].reshape(-1, length)
        kept = ~(joining[words[:, 0]] | joining[words[:, -1]])
        names = [" ".join(term) for term in vocabulary[words[kept]]]
        index = pd.Index(names, name="term", dtype="str")
        tables.append(pd.DataFrame({"length": length, "number": number[kept]}, index))
    return pd.concat(tables)


def _strength(runs: list[_Runs], length: int) -> np.ndarray:
    """Return of each run the share of its parts' uses that it contains, divided in two where the share is least.

    The share is the geometric mean of those of the two parts; a run that mostly goes on with one certain word has 0.
    """
    run, longer = runs[length - 1], runs[length]
    weakest, goes_on = np.ones(len(run.n)), np.zeros(len(run.n))
    for left in range(1, length):
        parts = (runs[left - 1], run.first), (runs[length - left - 1], run.first + left)
        first, second = (part.n[part.at[begin]] for part, begin in parts)
        weakest = np.minimum(weakest, run.n / np.sqrt(first * second))
    np.maximum.at(goes_on, run.at[longer.first], longer.n)
    return np.where((length > 1) & (goes_on > MOST * run.n), 0, weakest)


def _possessives(terms: pd.DataFrame) -> np.ndarray:
    """Tell which terms are phrases that end in 's, or such words whose plain form is used as often as they are."""
    ends = np.asarray(terms.index.str.endswith("'s"), dtype=bool)
    plain = terms.index.str.removesuffix("'s")
    return ends & ((terms["length"] > 1) | plain.isin(terms.index))


def _uses(tokens: Tokens, runs: list[_Runs], terms: pd.DataFrame) -> sparse.csr_matrix:
    """Count how often each article (row) uses each term (column)."""
    document, blocks = tokens.document, [sparse.csr_matrix((len(tokens.doc_ids), 0), dtype=np.int64)]
    for length, some in terms.groupby("length"):
        begin, column = _begins(runs[length - 1], some)
        shape = len(tokens.doc_ids), len(some)
        blocks.append(sparse.csr_matrix((np.ones(len(begin), dtype=np.int64), (document[begin], column)), shape))
    return sparse.hstack(blocks, format="csr")


def _begins(run: _Runs, some: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the tokens at which uses of some runs of one length begin, and of each use the row in `some`."""
    row = np.full(len(run.n) + 1, -1)  # the last for tokens at which none begins
    row[some["number"]] = np.arange(len(some))
    of_token = row[run.at]
    begin = np.flatnonzero(of_token >= 0)
    return begin, of_token[begin]


def _cautious(terms: pd.DataFrame, stories: int) -> pd.Series:
    """Return the lower end of each rate, by the number of independent uses that would leave it as uncertain."""
    error = (terms["per_million_high"] - terms["per_million"]) / stats.t.ppf(0.975, max(stories - 1, 1))
    independent = np.fmin(terms["n"], (terms["per_million"] / error) ** 2)
    return terms["per_million"] * stats.gamma.ppf(0.025, independent) / independent


def _elsewhere(uses: sparse.csr_matrix, lengths: np.ndarray, outlet: pd.Series) -> np.ndarray:
    """Return the share of each term's rate that remains without the outlet that uses it most.

    An outlet with more than half of the words is not left out, since too little would remain to judge by.
    """
    by_outlet, words = (summed(part, outlet.where(outlet != ""))[0] for part in (uses, lengths[:, None]))
    cells, share, total = by_outlet.tocoo(), np.ones(uses.shape[1]), max(lengths.sum(), 1)
    own_words = words.toarray().ravel()[cells.row] / total
    own_uses = cells.data / uses.sum(axis=0).A1[cells.col]
    small = own_words <= MOST
    np.minimum.at(share, cells.col[small], ((1 - own_uses) / (1 - own_words))[small])
    return share


def _mostly_shorter(terms: pd.DataFrame) -> np.ndarray:
    """Tell of each term whether it contains a phrase that it has no more than half of the uses of."""
    n = terms.loc[terms["length"] > 1, "n"].to_dict()

    def parts(term: str) -> Iterator[str]:
        words = term.split(" ")
        for length in range(2, len(words)):
            yield from (" ".join(words[first : first + length]) for first in range(len(words) - length + 1))

    found = [any(uses <= MOST * n.get(part, 0) for part in parts(term)) for term, uses in terms["n"].items()]
    return np.array(found, dtype=bool)


def _mostly_longer(tokens: Tokens, runs: list[_Runs], terms: pd.DataFrame) -> np.ndarray:
    """Tell of each term whether more than half of its uses are parts of a longer term that stays."""
    covered = np.zeros(len(tokens), dtype=np.int64)  # of each token: the last end of the longer uses begun by then
    gone = pd.Series(False, terms.index)
    for length, some in sorted(terms.groupby("length"), key=lambda group: -group[0]):
        begin, row = _begins(runs[length - 1], some)
        within = np.bincount(row, covered[begin] >= begin + length, len(some))
        gone[some.index] = within > MOST * some["n"]
        begin = begin[~gone[some.index].to_numpy()[row]]
        covered[begin] = np.maximum(covered[begin], begin + length)
        covered = np.maximum.accumulate(covered)
    return gone.to_numpy()


def _background(terms: pd.Index, reference: "Corpus | None") -> np.ndarray:
    """Return the rate of each term's rarest part, per million words of general English or of the reference."""
    rates = general_english() if reference is None else _rates_of(reference.tokens)
    parts = _parts if reference is None else str.split
    return np.array([min((rates.get(part, 0.0) for part in parts(term)), default=0.0) for term in terms])


def _rates_of(tokens: Tokens) -> dict[str, float]:
    rate = tokens.counts.sum(axis=0).A1 * 1e6 / max(len(tokens), 1)
    return dict(zip(tokens.vocabulary, rate.tolist(), strict=True))


def _parts(term: str) -> Iterator[str]:
    """Yield the words of a term as the general list spells them.

    >>> list(_parts("u.s.-led covid-19 #gates 1990s"))
    ['u.s.', 'led', 'covid', 'gates', '0000s']
    """
    for part in re.split(r"[-_\s]", term):
        part = part.lstrip("#@$£€¥")
        if any(character.isalpha() for character in part):
            yield re.sub(r"\d", "0", part) if len(re.findall(r"\d", part)) > 1 else part


@functools.cache
def general_english() -> dict[str, float]:
    """Read how often general English uses each word, per million words; see the table's first lines for its source."""
    table = resources.files(__package__).joinpath("background.txt").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {word: float(rate) for rate, words in rows for word in words.split(" ")}


def _names_outlet(terms: pd.Index, outlet: pd.Series) -> np.ndarray:
    """Tell which terms name an outlet: by its last word and others of its name, or by the initials that it begins with."""
    names = [re.sub(r" \(.*| - .*", "", name).split() for name in outlet.unique() if name]
    initials = {fold(words[0]) for words in names if words[0].isupper()}
    known = [(fold(words[-1]), {fold(word) for word in words}) for words in names]

    def is_name(term: str) -> bool:
        words = term.split(" ")
        return term in initials or any(words[-1] == last and every.issuperset(words) for last, every in known)

    return np.array([is_name(term) for term in terms], dtype=bool)


def _printed(news: "Corpus", runs: list[_Runs], terms: pd.DataFrame) -> pd.Index:
    """Return each term as it is printed most often: for a phrase, uses that open a sentence count only if all do."""
    tokens = news.tokens
    names = dict(zip(tokens.vocabulary, tokens.printed, strict=True))
    opens = np.zeros(len(tokens) + 1, dtype=bool)
    opens[tokens.sentence_edges] = True
    for length, some in terms[terms["length"] > 1].groupby("length"):
        begin, row = _begins(runs[length - 1], some)
        spans = {
            "doc_id": tokens.doc_ids[tokens.document[begin]],
            "start": tokens.start[begin],
            "end": tokens.end[begin + length - 1],
        }
        forms = news.text(pd.DataFrame(spans)).str.split().str.join(" ")
        forms = pd.DataFrame({"row": row, "form": forms, "inside": ~opens[begin], "n": 1})
        counted = (
            forms.groupby(["row", "form"], as_index=False)
            .sum()
            .sort_values(["inside", "n"], ascending=False, kind="stable")
        )
        best = counted.drop_duplicates("row").set_index("row")["form"]
        names |= dict(zip(some.index, best.sort_index(), strict=True))
    return pd.Index([names[term] for term in terms.index], name="term", dtype="str")
