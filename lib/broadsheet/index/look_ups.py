"""Count and find terms in the articles of one shard, by its postings."""

import bisect
import operator

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet.index import kernels
from broadsheet.index.part import LONGEST, Part, gaps, in_order
from broadsheet.index.shard_arrays import AnyShard, printed_words_of, terms_of
from broadsheet.text.automaton import FOLLOWS

POSTINGS = ("posting_starts", "posting_articles", "posting_counts", "letters", "letter_starts")


def used_terms(part: Part) -> np.ndarray:
    """Return whether the articles use each term of the shard."""
    starts, size = part.shard["posting_starts"], len(part.shard["tokens"]) - 1
    times = np.bincount(part.places, minlength=size)  # one body may be that of several articles
    if times.all() and not len(part.left_out):
        return np.diff(starts) > 0
    uses = np.append(0, (times[part.shard["posting_articles"]] * part.shard["posting_counts"]).cumsum())
    return np.diff(uses[starts]) > np.bincount(part.terms_of(part.left_out), minlength=len(starts) - 1)


def counts_in(part: Part, numbers: np.ndarray, terms: int) -> sparse.csr_matrix:
    """Count how often each article (row) uses each term (column).

    numbers : the column of each term of the shard, -1 for a term without one. terms : the number of columns.
    """
    shard = part.shard
    columns = np.repeat(numbers, np.diff(shard["posting_starts"]))
    uses, rows = shard["posting_counts"].astype(np.int64), shard["posting_articles"].astype(np.int32)
    if (columns < 0).any():
        rows, uses, columns = rows[columns >= 0], uses[columns >= 0], columns[columns >= 0]
    counts = sparse.csr_matrix((uses, (rows, columns)), shape=(len(shard["keys"]), terms))
    counts = counts if in_order(part.places, counts.shape[0]) else counts[part.places]
    if not len(part.left_out):
        return counts
    rows, columns = part.article_of(part.left_out), numbers[part.terms_of(part.left_out)]
    used = columns >= 0
    lost = (np.ones(used.sum(), dtype=np.int64), (rows[used], columns[used]))
    counts -= sparse.csr_matrix(lost, shape=counts.shape)
    counts.eliminate_zeros()
    return counts


def uses_in(part: Part, term: str) -> np.ndarray:
    """Count how often each article uses a term."""
    shard, (number, postings) = part.shard, _postings_of(part.shard, term)
    uses = np.zeros(len(shard["tokens"]) - 1, dtype=np.int64)
    uses[shard["posting_articles"][postings]] = shard["posting_counts"][postings]
    lost = part.left_out[part.terms_of(part.left_out) == number]
    return uses[part.places] - np.bincount(part.article_of(lost), minlength=len(part.places))


def find_in(part: Part, terms: list[str]) -> np.ndarray:
    """Return document, start and end of each use of terms that follow one another."""
    (first, postings), *others = [_postings_of(part.shard, term) for term in terms]
    users = np.flatnonzero(np.isin(part.places, part.shard["posting_articles"][postings]))
    part = Part(part.number, part.shard, part.documents[users], part.places[users], part.mask)
    article, token, start, end = _hits(part, first)
    found = np.stack([article, token, start, start, end])
    for number in [None, *(number for number, _ in others)]:
        found = found if number is None else _continued(part, found, number)
        if part.mask is not None:
            found = found[:, ~part.mask.cover(part.documents[found[0]] * LONGEST + found[3])]
    return np.stack([part.documents[found[0]], found[2], found[4]])


def _continued(part: Part, found: np.ndarray, term: int) -> np.ndarray:
    """Return the uses (article, last token, start, start of the last token, end) that a term follows, including it."""
    shard = part.shard
    article, token, start, _, end = found[:, found[1] + 1 < shard["tokens"][part.places[found[0]] + 1]]
    word, begin = shard["word"][token + 1], end + gaps(shard, token + 1)
    same = (shard["gap"][token + 1] & FOLLOWS > 0) & (shard["term"][word] == term)
    return np.stack([article, token + 1, start, begin, begin + shard["lengths"][word]])[:, same]


def _hits(part: Part, term: int) -> np.ndarray:
    """Return article (place in `documents`), token, start and end of each use of a term, given by its number in the shard."""
    shard, wanted, steps = part.shard, part.shard["term"] == term, int(part.edges[-1])

    def by_arrays(word: np.ndarray, *_: object) -> np.ndarray:
        rows = np.flatnonzero(wanted[word[part.tokens]])
        article, start = part.article_of(rows), part.starts()[rows].astype(np.int64)
        token = rows + part.offset(article)
        return np.stack([article, token, start, start + shard["lengths"][word[token]]])

    arrays = [shard[name] for name in ("word", "gap", "far", "lengths", "tokens")]
    return kernels.quick(kernels.hits, steps, by_arrays)(*arrays, part.places, wanted, steps)


def forms_in(part: Part, numbers: np.ndarray) -> pd.DataFrame:
    """Count the printed forms of terms, by `numbers`: term, form, n, inside (uses that do not open a sentence)."""
    opens = np.zeros(part.edges[-1] + 1, dtype=bool)
    opens[part.heads()[1]] = True
    word, opens = part.kept(part.shard["word"][part.tokens]), part.kept(opens[:-1])
    size = len(part.shard["term"])
    n, inside = np.bincount(word, minlength=size), np.bincount(word[~opens], minlength=size)
    used, forms = np.flatnonzero(n), printed_words_of(part.shard)
    term, form = numbers[part.shard["term"][used]], forms.take(used).to_numpy(zero_copy_only=False)
    return pd.DataFrame({"term": term, "form": form, "n": n[used], "inside": inside[used]})


def _postings_of(shard: AnyShard, term: str) -> tuple[int, slice]:
    """Return the number of a term in a shard, and its postings; -1 and none if the shard lacks it."""
    terms, starts = terms_of(shard), shard["posting_starts"]
    at = bisect.bisect_left(terms, term, key=operator.methodcaller("as_py"))
    return (at, slice(*starts[at : at + 2])) if term in terms[at : at + 1].to_pylist() else (-1, slice(0, 0))
