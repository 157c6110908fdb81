"""Which terms the articles use, how often and where."""

import functools
import re
from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.index import Tokens
from broadsheet.statistics.diversity import evenness
from broadsheet.statistics.rates import margins, summed
from broadsheet.text import STOPWORDS, fold

FEWEST_USES = 2
LETTER = r"[^\W\d_]"
URL_MARKS = ("://", "www.", ".com", ".org", ".net", ".gov", ".edu", ".co/")  # .co/ belongs to link shorteners
URL = re.compile(  # `Awww.` and `.comedy` are no marks
    r"(?<!\S)\S*?(?:://|(?<![^\W_])www\.|\.(?:com|org|net|gov|edu)(?![^\W_])|\.co/)\S*", re.IGNORECASE
)
URL_SHARE = 0.5  # of a term's uses: more of them in addresses make it a part of addresses

schema.declare(
    tf_idf=("tf-idf", ",.1f", "uses times the natural log of (articles / articles that contain the term)"),
    range=("parts with it", ",", "stories, or other parts of the corpus, that use the term"),
    range_share=("share of parts", ".1%", "parts that use the term, of all parts"),
    range_expected=("parts, by chance", ",.0f", "parts that would use it if its uses were scattered at random"),
    dp=("DP", ".2f", "share of the uses that would have to move to make it even; 0: even, near 1: in few parts"),
    dp_norm=("DPnorm", ".2f", "deviation of proportions, scaled so that 1 is all uses in the smallest part"),
    juilland_d=("Juilland's D", ".2f", "1: even, 0: all uses in one part; with many parts, near 1 for most terms"),
    n_address=("uses in addresses", ",", "uses of the term within web addresses"),
)


def frequency(news: Corpus, leave_out: Iterable[str] = ()) -> pd.DataFrame:
    """Count the uses of each content term that is used twice or more.

    leave_out : words to leave out besides function words, in any case.

    Returns one row per term as printed, most used first: n (uses), articles, stories (that use it), per_million with
    per_million_low and per_million_high (95 %, see `rates`), tf_idf (0 for a term that every article uses).

    >>> import broadsheet
    >>> frequency(broadsheet.load("sample"), ["said"])[["n", "articles"]].head(1).reset_index().values.tolist()
    [['Tollmere', 71, 39]]
    """
    tokens = news.tokens
    column = tokens.vocabulary.get_indexer(content_terms(news, leave_out))
    often = np.flatnonzero(tokens.counts.sum(axis=0).A1[column] >= FEWEST_USES)
    table = term_rates(tokens.counts[:, column[often]], tokens, news.catalogue["story"])
    table["tf_idf"] = table["n"] * np.log(max(len(news), 1) / table["articles"])
    table.index = tokens.printed[column[often]].rename("term")
    return table.sort_values(["n", "articles"], ascending=False, kind="stable")


def term_rates(counts: sparse.spmatrix, tokens: Tokens, story: pd.Series) -> pd.DataFrame:
    """Compute the rate of each term, a column of `counts` with one row per article, with its 95 % interval by story.

    Returns one row per term, in order: n, articles, stories, per_million, per_million_low, per_million_high.
    """
    by_story, words = (summed(part, story)[0] for part in (counts, tokens.lengths[:, None]))
    words, n = words.toarray().ravel().astype(float), counts.sum(axis=0).A1
    rate, squares = n / max(words.sum(), 1), by_story.multiply(by_story).sum(axis=0).A1
    spread = squares - 2 * rate * (words @ by_story) + rate**2 * (words**2).sum()
    spread = np.where(spread > 1e-9 * squares, spread, 0)  # what is left of rounding
    margin = margins(spread, words.sum(), (words > 0).sum())
    table = {
        "n": n,
        "articles": counts.getnnz(axis=0).astype(np.int64),
        "stories": by_story.getnnz(axis=0).astype(np.int64),
        "per_million": rate * 1e6,
        "per_million_low": np.maximum(rate - margin, 0) * 1e6,
        "per_million_high": np.minimum(rate + margin, 1) * 1e6,
    }
    return pd.DataFrame(table)


def content_terms(news: Corpus, leave_out: Iterable[str] = ()) -> pd.Index:
    """Return the terms that may carry a story: with a letter, no function words, no parts of web addresses.

    leave_out : further words to leave out, in any case; a final 's does not count.

    Returns the terms folded and in order.

    >>> import broadsheet
    >>> content_terms(broadsheet.load("sample"), ["aboard"])[:2].tolist()
    ['1,000th', '10.45pm']
    """
    vocabulary = news.tokens.vocabulary
    out = STOPWORDS | {fold(word).strip() for word in leave_out} | {fold(term) for term in url_terms(news).index}
    wanted = vocabulary.str.contains(LETTER) & ~vocabulary.str.removesuffix("'s").isin(list(out))
    return vocabulary[np.asarray(wanted, dtype=bool)]


def uses(tokens: Tokens, terms: Iterable[str] | pd.DataFrame | None = None) -> tuple[sparse.csr_matrix, pd.Index]:
    """Count how often each article (row) uses each term or phrase (column); return the counts and the terms as printed.

    terms : in any case, or their uses as `lines` returns them; None for the whole vocabulary. A term given twice counts
    once, an unused one has no column.

    >>> from broadsheet import index
    >>> counts, terms = uses(index.tokens_of(["eel lamp", "eel eel"]), ["lamp", "Eel"])
    >>> counts.toarray().tolist(), terms.tolist()
    ([[1, 1], [0, 2]], ['lamp', 'eel'])
    """
    if terms is None:
        return tokens.counts, tokens.printed.rename("term")
    if isinstance(terms, pd.DataFrame):
        number, names = pd.factorize(terms["term"])
        at = tokens.numbers_of(terms["doc_id"]), number
        matrix = sparse.csr_matrix((np.ones(len(terms), dtype=np.int64), at), (len(tokens.doc_ids), len(names)))
        return matrix, pd.Index(names, name="term", dtype="str")
    wanted = pd.Index([" ".join(fold(term).split()) for term in terms], dtype="str").unique()
    number = tokens.vocabulary.get_indexer(wanted)
    phrases = [sparse.csr_matrix(tokens.uses(phrase).to_numpy()[:, None]) for phrase in wanted[number < 0]]
    matrix = sparse.hstack([tokens.counts[:, number[number >= 0]], *phrases], format="csr")
    place = np.concatenate([np.flatnonzero(number >= 0), np.flatnonzero(number < 0)])
    order = np.argsort(place)
    order = order[matrix.getnnz(axis=0)[order] > 0]
    printed = dict(zip(tokens.vocabulary, tokens.printed, strict=True))
    names = [" ".join(printed.get(word, word) for word in term.split(" ")) for term in wanted[place[order]]]
    return matrix[:, order], pd.Index(names, name="term", dtype="str")


def printed_runs(news: Corpus, first: np.ndarray, length: int, number: np.ndarray) -> pd.Series:
    """Return the most used printed form of each run of words; uses that open a sentence count only if all do.

    first : the first token of each use. number : which run each use is of.
    """
    tokens, opens = news.tokens, np.zeros(len(news.tokens) + 1, dtype=bool)
    opens[tokens.sentence_edges] = True
    ends = {"start": tokens.start[first], "end": tokens.end[first + length - 1]}
    forms = news.text(pd.DataFrame({"doc_id": tokens.doc_ids[tokens.document[first]]} | ends))
    forms = pd.DataFrame({"run": number, "form": forms.str.split().str.join(" "), "inside": ~opens[first], "n": 1})
    forms = forms.groupby(["run", "form"]).sum().sort_values(["inside", "n"], ascending=False, kind="stable")
    return forms.reset_index().drop_duplicates("run").set_index("run")["form"]


@functools.lru_cache(maxsize=2)
def url_terms(news: Corpus) -> pd.DataFrame:
    """List the terms that are mostly parts of web addresses, such as `https` and `www`.

    An address is the text between two blanks that contains a scheme (`://`), `www.` or the end of a host such as
    `.com`.

    Returns one row per term, most used first: n (uses), n_address (uses within addresses, more than half of n).

    >>> import broadsheet
    >>> url_terms(broadsheet.load("sample")).columns.tolist()
    ['n', 'n_address']
    """
    bodies = news.articles[["doc_id", "body"]].itertuples(index=False, name=None)
    lowered = ((doc_id, body, body.lower()) for doc_id, body in bodies)
    marked = ((doc_id, body) for doc_id, body, small in lowered if any(mark in small for mark in URL_MARKS))
    spans = [(doc_id, *match.span()) for doc_id, body in marked for match in URL.finditer(body)]
    tokens = news.tokens
    number, _ = tokens.within(pd.DataFrame(spans, columns=list(schema.SPANS)))
    inside = np.bincount(tokens.term[number], minlength=len(tokens.vocabulary))
    row = np.flatnonzero(inside)
    n = tokens.counts[:, row].sum(axis=0).A1
    table = pd.DataFrame({"n": n, "n_address": inside[row]}, tokens.printed[row].rename("term"))
    return table[table["n_address"] > URL_SHARE * table["n"]].sort_values("n", ascending=False, kind="stable")


def dispersion(
    news: Corpus | Tokens, part: Iterable, terms: Iterable[str] | pd.DataFrame | None = None
) -> pd.DataFrame:
    """Measure how evenly the parts of a corpus, such as its stories, share the uses of each term.

    part : of each article: its story or its doc_id; missing for none. A part is as large as its words are many. terms :
    words or phrases, in any case, or their uses as `lines` returns them; None for the whole vocabulary.

    Returns one row per used term as printed, in the order given: n, range (parts that use it), range_share (of all
    parts), range_expected (if its uses were scattered at random over all words), dp (share of its uses that would have to
    move to make it even), dp_norm (1 is all uses in the smallest part), juilland_d (1 even, 0 all in one part). A rare
    word has a dp near 1: read range beside range_expected. Of hundreds of parts juilland_d is near 1 for most words:
    prefer dp. No row for fewer than two parts.
    Source: Gries (2008), International Journal of Corpus Linguistics 13(4); Lijffijt and Gries (2012), ibid. 17(1);
    Juilland and Chang-Rodríguez (1964), Frequency Dictionary of Spanish Words; Biber et al. (2016), ibid. 21(4).

    >>> from broadsheet import index
    >>> dispersion(index.tokens_of(["eel lamp", "eel eel"]), ["a", "b"], ["eel", "lamp"])[["n", "range", "dp"]].round(2).values.tolist()
    [[3.0, 2.0, 0.17], [1.0, 1.0, 0.5]]
    """
    tokens = getattr(news, "tokens", news)
    counts, names = uses(tokens, terms)
    words = summed(tokens.lengths[:, None], part)[0].toarray().ravel()
    by_part = summed(counts, part)[0][words > 0].tocsc()
    words = words[words > 0] if (words > 0).sum() > 1 else np.ones(2)
    table = pd.DataFrame(evenness(by_part, words), index=names)
    return table[table["n"] > 0] if by_part.shape[0] > 1 else table.iloc[:0]
