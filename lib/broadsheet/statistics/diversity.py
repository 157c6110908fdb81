"""How varied running words are, and how evenly parts share the uses of a term."""

import numpy as np
from scipy import sparse

THRESHOLD = 0.72  # the type-token ratio at which a factor of MTLD is full
SAMPLE = 42  # words that HD-D draws


def running_words(term, edges, window, threshold, terms):
    """Count different words in running words, article by article. Compiled by numba.

    term : number of each token's term, below `terms`. edges : the first token of each article, then the end.

    Returns two arrays of one column per article: types summed over all windows, and these; factors of MTLD forwards and
    backwards, the last of each in part.
    """
    articles = len(edges) - 1
    windows, factors = np.zeros((2, articles), dtype=np.int64), np.zeros((2, articles))
    inside, seen = np.zeros(terms, dtype=np.int32), np.full(terms, -1, dtype=np.int64)
    factor = 0  # numbers the factors of all articles, so that `seen` need not be emptied
    for article in range(articles):
        first, last = edges[article], edges[article + 1]
        if last - first >= window:
            types = 0
            for token in range(first, last):
                types += inside[term[token]] == 0
                inside[term[token]] += 1
                if token - first >= window:
                    inside[term[token - window]] -= 1
                    types -= inside[term[token - window]] == 0
                if token - first >= window - 1:
                    windows[0, article] += types
            windows[1, article] = last - first - window + 1
            for token in range(last - window, last):
                inside[term[token]] = 0
        for backwards in range(2):
            types, length, factor = 0, 0, factor + 1
            for step in range(last - first):
                number = term[last - 1 - step] if backwards else term[first + step]
                types += seen[number] != factor
                seen[number] = factor
                length += 1
                if types / length < threshold:
                    factors[backwards, article] += 1
                    types, length, factor = 0, 0, factor + 1
            if length:
                factors[backwards, article] += (1 - types / length) / (1 - threshold)
    return windows, factors


def bag(counts: sparse.csr_matrix, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return HD-D and Yule's K of each row of `counts`; words : of each row."""
    row, most = np.repeat(np.arange(len(words)), np.diff(counts.indptr)), counts.data.max(initial=0) + 1
    pairs, uses = np.unique(row * most + counts.data, return_counts=True)
    row, n = np.divmod(pairs, most)
    missed = np.zeros(len(row))  # log of the probability that the draw lacks a term of n uses
    with np.errstate(divide="ignore", invalid="ignore"):
        for drawn in range(SAMPLE):
            left = words[row] - drawn
            missed += np.where(n < left, np.log1p(-n / left), -np.inf)
    hdd = np.bincount(row, -np.expm1(missed) * uses, len(words)) / SAMPLE
    same = np.bincount(row, uses * n.astype(float) ** 2, len(words)) - words
    k = 1e4 * same / np.maximum(words.astype(float), 1) ** 2
    return np.where(words >= SAMPLE, hdd, np.nan), np.where(words > 1, k, np.nan)


def evenness(counts: sparse.csc_matrix, words: np.ndarray) -> dict[str, np.ndarray]:
    """Return the measures of `dispersion` for each column of `counts` (parts x terms); words : of each part."""
    sizes, parts, terms = words / words.sum(), len(words), counts.shape[1]
    holders = np.diff(counts.indptr)
    term = np.repeat(np.arange(terms), holders)

    def over_parts(values: np.ndarray) -> np.ndarray:
        return np.bincount(term, values, terms)

    n = over_parts(counts.data)
    dp = 1 - over_parts(np.minimum(counts.data / np.maximum(n, 1)[term], sizes[counts.indices]))
    dp = np.where(n > 0, dp, 0).clip(0, 1)
    rate = counts.data / words[counts.indices]
    mean = over_parts(rate) / parts
    squares = over_parts((rate - mean[term]) ** 2) + (parts - holders) * mean**2
    variation = np.sqrt(squares / parts) / np.where(n > 0, mean, 1)
    distinct, place = np.unique(n, return_inverse=True)  # frequencies and sizes recur
    size, times = np.unique(sizes, return_counts=True)
    expected = np.array([-np.expm1(one * np.log1p(-size)) @ times for one in distinct])
    return {
        "n": n.astype(np.int64),
        "range": holders.astype(np.int64),
        "range_share": holders / parts,
        "range_expected": expected[place] if terms else np.empty(0),
        "dp": dp,
        "dp_norm": (dp / (1 - sizes.min())).clip(0, 1),
        "juilland_d": (1 - variation / np.sqrt(parts - 1)).clip(0, 1),
    }
