"""Inflected forms put together, on request."""

import numpy as np
import pandas as pd
from nltk.stem.snowball import EnglishStemmer

from broadsheet.index import Tokens

SHORTEST = 4  # letters of a word that is stemmed: shorter ones (his, was) are mostly no inflected forms


def stems(tokens: Tokens) -> pd.Series:
    """Return for each term of the vocabulary the most used of the terms that have its stem.

    Words of letters, with or without a final 's, are stemmed; numbers, abbreviations, words of a hyphen and
    words of fewer than four letters stand for themselves. A label stands for its stem: `summed(tokens.counts.T, stems(tokens))`
    gives the uses of each label (row) in each article (column). Stemming joins what does not belong together (news and
    new) and parts what does (run and ran).

    Returns one row per term: label; of forms equally often used it is the first in the alphabet.
    Source: Porter (1980), Program 14(3), 130-137, in its second edition, Snowball's English, by NLTK.
    """
    known, n = tokens.vocabulary, tokens.counts.sum(axis=0).A1
    plain = known.str.removesuffix("'s")
    stemmed = np.asarray(plain.str.isalpha() & (plain.str.len() >= SHORTEST), dtype=bool)
    stem = plain.to_numpy(dtype=object)
    stemmer = EnglishStemmer()
    number, different = pd.factorize(stem[stemmed])
    stem = known.to_numpy(dtype=object)
    stem[stemmed] = np.array([stemmer.stem(word) for word in different], dtype=object)[number] if len(different) else ""
    stem, _ = pd.factorize(stem)
    order = np.lexsort([np.arange(len(known)), -n, stem])
    first = order[np.flatnonzero(np.diff(stem[order], prepend=-1))]  # stems are numbered from 0, so of each its best
    return pd.Series(known[first[stem]], index=known.rename("term"), name="label", dtype="str")
