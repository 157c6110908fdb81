"""What makes two groups of texts differ: each term's part in the whole difference."""

import numpy as np
import pandas as pd

from broadsheet.errors import CorpusError, ParameterError


def word_shift(target: pd.Series, reference: pd.Series, score: pd.Series | None = None) -> pd.DataFrame:
    """Share out the difference of two groups among the terms that make it.

    target, reference : uses of each term on either side, by term (n_target and n_reference of `keyness`).
    score : a number per term, its valence for instance; terms without one are left out of everything.

    Returns one row per term, the largest part first; p is its share of the uses counted here, m the mean of both p.
    share_target, share_reference : p.
    proportion : p_target - p_reference, the proportion shift; over-use positive; sums to 0.
    divergence : (p_target log2(p_target / m) + p_reference log2(p_reference / m)) / 2, in bits, never negative; sums
    to the Jensen-Shannon divergence of the groups: 0 alike, 1 without a common term.
    With a score also: score, and contribution, proportion x (score - mean score of the reference); sums to the mean
    score of the target less that of the reference. It is positive for more of what scores above the reference's mean
    and for less of what scores below it.

    Raises CorpusError when a side has no use of any term counted, ParameterError when counts are negative.
    Source: Gallagher et al. (2021), Generalized word shift graphs, EPJ Data Science 10:4.
    """
    table = pd.DataFrame({"target": target, "reference": reference}).fillna(0)
    if (table < 0).any(axis=None):
        raise ParameterError(f"Uses are counts of 0 or more, found {table.min(axis=None):g}. Give n, not a difference.")
    if score is not None:
        table = table.join(score.rename("score").dropna(), how="inner")
    table = table[table["target"] + table["reference"] > 0].rename_axis("term")
    for side in ("target", "reference"):
        if not table[side].sum():
            raise CorpusError(
                f"A shift needs uses on both sides; the {side} has none of the {len(table):,} terms counted. "
                "Choose a wider side" + (", or scores for more terms." if score is not None else ".")
            )
    shares = table[["target", "reference"]] / table[["target", "reference"]].sum()
    shift = shares.add_prefix("share_").assign(
        proportion=shares["target"] - shares["reference"],
        divergence=_bits(shares["target"], shares.mean(axis=1)) + _bits(shares["reference"], shares.mean(axis=1)),
    )
    if score is not None:
        away = table["score"] - (table["score"] * shares["reference"]).sum()
        shift = shift.assign(score=table["score"], contribution=shift["proportion"] * away)
    part = shift["divergence" if score is None else "contribution"]
    return shift.iloc[np.argsort(-part.abs(), kind="stable")]


def _bits(share: pd.Series, mean: pd.Series) -> pd.Series:
    """Return half of what each term adds to the divergence of the shares from their mean."""
    return share * np.log2((share / mean).where(share > 0, 1)) / 2
