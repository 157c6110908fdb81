"""What chance does when stories change sides: evidence that takes each story on a side as one observation."""

import numpy as np
from scipy import sparse, stats

from broadsheet.tables.sides import Sides

AT_ONCE = 100  # draws held at once
LEVEL = 0.95
TINY = np.float32(1e-9)  # stands for a count of nought in a logarithm, which is then multiplied by nought


def dispersion(parts: sparse.csr_matrix, lengths: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Return, for each term, the sum of (n - rate x length)^2 over the observations, times k / (k - 1) for k of them."""
    squares = np.bincount(parts.indices, parts.data.astype(float) ** 2, parts.shape[1]).astype(float)
    squares += rate**2 * (lengths.astype(float) ** 2).sum() - 2 * rate * (lengths @ parts)
    return squares * len(lengths) / (len(lengths) - 1)


def excess(both: Sides, used: np.ndarray) -> np.ndarray:
    """Return how much more the uses of each term vary from observation to observation than independent uses would.

    used : uses of each term, 1 or more. A term that one story alone uses, s times, has about s - 1; none less than 0.
    """
    rate = used / both.lengths.sum()
    return np.maximum(dispersion(both.parts, both.lengths, rate) / used - 1, 0)


def unevenness(lengths: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return what the excess weighs when observations of these lengths (words) are parted into target and rest.

    target : 1 for the target, else 0; one column per parting. It weighs 1 where the texts of both sides are of a
    length, more where those of the smaller side are longer, for then they are the fewer for their words; never less.
    The variance of an observation is taken as m + (excess) m^2, with m the uses expected at its length.
    """
    share, heavy = _share(lengths, target), _share(lengths.astype(float) ** 2, target)
    return np.maximum(((1 - share) ** 2 * heavy + share**2 * (1 - heavy)) / (share * (1 - share)), 1)


def _share(weights: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the target's share of some weights, in the target's precision."""
    return (weights / weights.sum()).astype(target.dtype) @ target


def largest(
    by_term: sparse.csr_matrix, over: np.ndarray, both: Sides, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Return, for each draw, the largest g2_stories of any term when the observations are dealt to the sides anew.

    by_term : terms x articles, in single precision. over : the `excess` of each term. As many observations as
    before make the target.
    """
    dealt = rng.permuted(np.tile(both.target.astype(np.float32), (draws, 1)), axis=1)
    used, over = by_term.sum(axis=1).A1[:, None], over.astype(np.float32)[:, None]
    found = []
    for first in range(0, draws, AT_ONCE):
        target = np.ascontiguousarray(dealt[first : first + AT_ONCE].T)
        g2 = _g2(by_term @ target[both.observation], used, _share(both.lengths, target))
        g2 /= 1 + over * unevenness(both.lengths, target)
        found.append(g2.max(axis=0, initial=0))
    return np.concatenate(found)


def _g2(a: np.ndarray, used: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return the log-likelihood (2 cells) of each term and draw, in place: to ask for memory costs more than to count."""
    expected, b = used * share, used - a
    g2 = np.maximum(a, TINY)
    g2 /= expected
    np.log(g2, out=g2)
    g2 *= a
    rest = np.maximum(b, TINY)
    rest /= np.subtract(used, expected, out=expected)
    np.log(rest, out=rest)
    rest *= b
    g2 += rest
    g2 *= 2
    return g2


def margin(both: Sides, n: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return half the width of a 95 % interval of the natural log of each term's ratio of rates.

    n : uses of each term in the target and in the reference, 0.5 added to both where one is 0. Each rate is a ratio of
    sums over observations with its linearised standard error, but never surer than if uses were independent;
    Student's t, with one degree of freedom fewer than the smaller side has observations.
    Source: Cochran (1977), Sampling Techniques, 3rd ed., section 6.4.
    """
    variance = np.zeros(both.parts.shape[1])
    for side, uses in zip((both.target, ~both.target), n, strict=True):
        parts, lengths = both.parts[side], both.lengths[side]
        spread = dispersion(parts, lengths, parts.sum(axis=0).A1 / lengths.sum())
        variance += np.maximum(spread, uses) / uses**2
    freedom = min(both.target.sum(), (~both.target).sum()) - 1
    return stats.t.ppf((1 + LEVEL) / 2, freedom) * np.sqrt(variance)
