"""Terms that stand in the same words again and again: lists of links, standing titles, formulas."""

import numpy as np
import pandas as pd

from broadsheet.index import Tokens

COLUMNS = ("n", "n_set", "share_set", "run", "run_stories")


def set_phrases(
    tokens: Tokens, story: pd.Series | np.ndarray, terms: pd.Index | list[str], length: int = 5, fewest: int = 5
) -> pd.DataFrame:
    """Return how many uses of each term stand in a run of words that several stories hold word for word.

    story : of each article of `tokens`, in their order. terms : of the vocabulary; one that it lacks has no row.
    length : words of a run, the term among them; it may go on beyond a sentence and over what is left out, but not beyond
    an article. What holds no letter is alike in it, so that `3 of 12` and `4 of 9` are one.
    fewest : stories that must hold a run.

    Returns one row per term, in the order given: n (uses), n_set (those in such a run), share_set (of n), run (the one
    that most stories hold, as terms), run_stories (that hold it). A word that a writer chooses stands in ever new
    company; where most uses are set, it is page furniture that no rule knows, or a formula of the house.
    """
    number, every, rows = pd.factorize(np.asarray(story))[0], tokens.term, {}
    named = np.asarray(tokens.vocabulary.str.contains(r"[^\W\d_]"), dtype=bool)
    as_one = np.where(named, np.arange(1, len(named) + 1), 0)
    for term, code in zip(terms, tokens.vocabulary.get_indexer(pd.Index(terms, dtype="str")), strict=True):
        at = np.flatnonzero(every == code)
        if code >= 0 and len(at):
            rows[term] = _row(tokens, number, as_one, at, (length, fewest))
    index = pd.Index(list(rows), name="term", dtype="str")
    return pd.DataFrame(list(rows.values()), columns=list(COLUMNS), index=index)


def _row(tokens: Tokens, story: np.ndarray, as_one: np.ndarray, at: np.ndarray, least: tuple[int, int]) -> tuple:
    """Return the row of one term, whose uses are the tokens of these numbers; as_one : what each term counts as in a run."""
    length, fewest = least
    first = (at[:, None] - np.arange(length)).ravel()  # of every run that holds a use
    use = np.repeat(np.arange(len(at)), length)
    article = tokens.documents_at(at)[use]
    opens = np.cumsum(tokens.lengths) - tokens.lengths
    whole = (first >= opens[article]) & (first + length <= opens[article] + tokens.lengths[article])
    first, use, article = first[whole], use[whole], article[whole]
    if not len(first):
        return len(at), 0, 0.0, "", 0
    runs = tokens.term[first[:, None] + np.arange(length)].astype(np.int64)
    alike = as_one[runs]
    code = np.zeros(len(runs), dtype=np.int64)
    for words in alike.T:  # numbered afresh after each word, so that the code stays small
        code = pd.factorize(code * (len(tokens.vocabulary) + 1) + words)[0]
    stories = pd.Series(story[article]).groupby(code).nunique().to_numpy()[code]
    held = len(np.unique(use[stories >= fewest]))
    equal = np.flatnonzero(stories == stories.max())
    most = equal[np.lexsort(runs[equal].T[::-1])[0]]  # the first by its words
    return len(at), held, held / len(at), " ".join(tokens.vocabulary[runs[most]]), int(stories[most])
