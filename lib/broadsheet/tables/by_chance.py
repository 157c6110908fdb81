"""What plain measures make of articles that are dealt to two sides at random."""

import numpy as np
import pandas as pd
from scipy import special

from broadsheet.index import Tokens
from broadsheet.tables.effects import log_likelihood
from broadsheet.tables.keyness import LEVEL
from broadsheet.tables.word_shift import word_shift


def by_chance(
    tokens: Tokens, target: np.ndarray, story: pd.Series | np.ndarray, terms: pd.Index, draws: int = 20, seed: int = 0
) -> pd.DataFrame:
    """Return what log-likelihood and the divergence say of sides between which there is no difference but chance.

    target : whether each article of `tokens` is of the target; as many stories as they tell, whole and drawn at random,
    make the target of a draw. terms : those compared, of the vocabulary.

    Returns one row per draw, but for those in which a side uses no term: significant (terms of which the log-likelihood,
    two cells, has p < .05 after Bonferroni's correction, words taken as independent; the right number is nearly always
    0), divergence (Jensen-Shannon, in bits).
    """
    dice = np.random.default_rng(seed)
    counts = tokens.counts[:, tokens.vocabulary.get_indexer(terms)].T.tocsr()
    used, lengths = counts.sum(axis=1).A1, tokens.lengths
    number, names = pd.factorize(np.asarray(story))
    most = min(len(np.unique(number[np.asarray(target)])), max(len(names) - 1, 1))
    rows = []
    for _ in range(draws):
        side = (dice.permutation(len(names)) < most)[number]
        a, words = counts @ side.astype(np.int64), int(lengths[side].sum())
        sides = pd.Series(a, terms), pd.Series(used - a, terms)
        if min(side.sum() for side in sides) > 0:
            g2 = log_likelihood(a[used > 0], (used - a)[used > 0], (words, int(lengths.sum()) - words))
            significant = special.chdtrc(1, np.abs(g2)) * len(g2) < LEVEL
            rows.append((int(significant.sum()), word_shift(*sides)["divergence"].sum()))
    return pd.DataFrame(rows, columns=["significant", "divergence"]).rename_axis("draw")
