"""Keyness: which terms set a target apart from a reference, and which differences are more than chance."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import sparse, special, stats

from broadsheet import schema
from broadsheet.errors import ParameterError
from broadsheet.index import Tokens
from broadsheet.statistics import permutation
from broadsheet.statistics.effect_sizes import HALF, effects
from broadsheet.statistics.rates import FEWEST_TESTED, LEVEL
from broadsheet.text import fold

FEWEST_DRAWS = 20  # with fewer no p falls below the level
ROUNDING = 1e-4  # relative: a draw that equals the data counts, though its sums are rounded differently
FIRST = ["n_target", "n_reference", "log_ratio", "log_ratio_low", "log_ratio_high"]
FIRST += ["stories_target", "stories_reference", "g2_stories", "p_adjusted", "sure"]

schema.declare(
    group=("group", "", "the articles compared with all the others"),
    n_target=("uses, target", ",", "uses of the term in the target"),
    n_reference=("uses, reference", ",", "uses of the term in the reference"),
    articles_target=("articles, target", ",", "articles of the target that use the term"),
    articles_reference=("articles, reference", ",", "articles of the reference that use the term"),
    stories_target=("stories, target", ",", "stories of the target that use the term"),
    stories_reference=("stories, reference", ",", "stories of the reference that use the term"),
    design_effect=("design effect", ",.1f", "variation of uses between stories, relative to independent uses"),
    g2_stories=("log-likelihood by stories", "+,.1f", "G2 / design effect; positive: over-used in the target"),
    p_g2=("p of log-likelihood", ".1g", "as if words were independent, before correction"),
    p_g2_bh=("p, Benjamini-Hochberg", ".1g", "p of log-likelihood corrected for the false discovery rate"),
    p_g2_bonferroni=("p, Bonferroni", ".1g", "p of log-likelihood times the number of rows"),
)


def keyness(
    tokens: Tokens,
    target: Iterable,
    story: Iterable,
    terms: Iterable[str] | None = None,
    draws: int = 500,
    seed: int = 0,
    full: bool = False,
) -> pd.DataFrame:
    """Compare how often a target and all other articles use each term.

    target, story : of each article of `tokens`: True for the target, and its story. terms : those compared, in any
    case; None for all. draws, seed : permutations, and where the dice begin. full : return every measure.

    Returns one row per term as printed, the surest difference first: n_target, n_reference, log_ratio with its 95 %
    interval (stories as observations), stories_target, stories_reference (that use it), g2_stories (g2 / design_effect;
    over-use positive), p_adjusted, sure (p_adjusted < .05). Full: also articles_target, articles_reference, the
    measures of `effects`, design_effect, and p_g2, p_g2_bh, p_g2_bonferroni, as if words were independent. No row if a
    side has one story.
    p_adjusted is the share of draws in which any tested term has as large a g2_stories when stories are dealt to the
    sides at random: of comparisons without a difference, 5 % have any sure term. What one story says on one side is one
    observation, so one long article makes no keyword. Terms of fewer than five stories are not tested; their p_adjusted
    is 1. Stories are taken as independent: if many tell one affair, p is too small; so it is if all texts of one side
    are far longer (three times: up to 18 % of comparisons without a difference have a sure term; 1.6 times: 3 %).
    Raises ParameterError when target or story has not one entry per article, or draws are too few.
    Source: Westfall and Young (1993), Resampling-Based Multiple Testing (single-step maxT); Rao and Scott (1992),
    Biometrics 48; Lijffijt et al. (2016), Digital Scholarship in the Humanities 31 (texts as observations).

    >>> from broadsheet import index
    >>> tokens = index.tokens_of(["eel lamp"] * 9 + ["oil lamp"] * 9)
    >>> keyness(tokens, [True] * 9 + [False] * 9, range(18))[["n_target", "n_reference", "sure"]].head(2).values.tolist()
    [[9, 0, True], [0, 9, True]]
    """
    rng, story = _dice(draws, seed), _per_article(tokens, "story", story)
    target = _per_article(tokens, "target", target)
    if target.dtype != bool and len(target):
        raise ParameterError(f"target is True or False for each article, not {target.dtype}. Write `column == value`.")
    here = tokens.lengths > 0
    table, chances = _compared(tokens, here, {"": target.astype(bool)[here]}, story[here], terms, (draws, rng))
    table = _judged(table, chances).droplevel("group")
    table = table.iloc[np.argsort(-table["g2_stories"].abs(), kind="stable")]
    return table if full else table[FIRST]


def contrasts(
    tokens: Tokens,
    group: Iterable,
    story: Iterable,
    terms: Iterable[str] | None = None,
    draws: int = 200,
    seed: int = 0,
    full: bool = False,
) -> pd.DataFrame:
    """Compare each group of articles with all the others as `keyness` does, corrected for all groups at once.

    group : of each article of `tokens`; an article without one is left out. The rest as for `keyness`.

    Returns one row per group and term, groups in order, in each the surest over-use first; columns as of `keyness`. Of
    corpora whose groups do not differ, 5 % have any sure term of any group. A group of one story has no rows, but is
    among the others. No row for fewer than two groups of two stories.

    >>> from broadsheet import index
    >>> tokens = index.tokens_of(["eel lamp"] * 9 + ["oil lamp"] * 9)
    >>> contrasts(tokens, ["Post"] * 9 + ["Wire"] * 9, range(18)).loc["Wire"].index[0]
    'oil'
    """
    rng, story, group = _dice(draws, seed), _per_article(tokens, "story", story), pd.Series(group)
    here = _per_article(tokens, "group", group.notna()) & (tokens.lengths > 0)
    group, story = group.to_numpy()[here], story[here]
    members = {name: group == name for name in sorted(pd.unique(group))}
    members = {name: each for name, each in members.items() if len(pd.unique(story[each])) > 1}
    members = members if len(members) > 1 else {}
    # Dealt anew for each group, the draws are as if independent, which for two-sided tests errs towards not sure (Sidak 1967).
    table, chances = _compared(tokens, here, members, story, terms, (draws, rng))
    table = _judged(table, chances)
    table = table.iloc[np.lexsort([-table["g2_stories"], table.index.codes[0]])]
    return table if full else table[FIRST]


def _dice(draws: int, seed: int) -> np.random.Generator:
    if draws < FEWEST_DRAWS:
        raise ParameterError(f"draws must be {FEWEST_DRAWS} or more for a p below {LEVEL}, got {draws}. Try 500.")
    return np.random.default_rng(seed)


def _per_article(tokens: Tokens, name: str, values: Iterable) -> np.ndarray:
    """Return a column as an array; raise ParameterError unless it has one entry per article."""
    values = pd.Series(values)
    if len(values) != len(tokens.doc_ids):
        raise ParameterError(
            f"{name} needs one entry per article of the tokens: {len(tokens.doc_ids):,}, found {len(values):,}. "
            "Take it from the catalogue of the same corpus."
        )
    if missing := values.isna().sum():
        raise ParameterError(f"{name} needs an entry for every article; {missing:,} are missing. Fill them in.")
    return values.to_numpy()


def _compared(
    tokens: Tokens,
    here: np.ndarray,
    targets: dict[str, np.ndarray],
    story: np.ndarray,
    terms: Iterable[str] | None,
    dice: tuple[int, np.random.Generator],
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the table of every target against the rest, and the largest g2_stories of each draw; `here`: articles used."""
    wanted = slice(None) if terms is None else np.unique(tokens.vocabulary.get_indexer([fold(term) for term in terms]))
    named = np.zeros(len(tokens.vocabulary), dtype=bool)
    named[wanted if terms is None else wanted[wanted >= 0]] = True
    counts, number = tokens.counts[np.flatnonzero(here)], pd.factorize(story, sort=True)[0]
    named &= counts.getnnz(axis=0) > 0
    counts, printed = counts[:, np.flatnonzero(named)], tokens.printed[named].rename("term")
    tables, chances = {}, []
    for name, target in targets.items():
        if min(len(pd.unique(number[side])) for side in (target, ~target)) > 1 and len(printed):
            table, largest = _contrast(counts, tokens.lengths[here], target, number, dice)
            tables[name], chances = table.set_axis(printed), [*chances, largest]
    if not tables:  # an empty table has the columns of any other
        four = np.arange(4)
        table, largest = _contrast(sparse.eye(4, dtype=int, format="csr"), np.ones(4), four < 2, four, (0, dice[1]))
        tables, chances = {"": table.iloc[:0].set_axis(printed[:0])}, [largest]
    pair = len(targets) == 2 and np.logical_or(*targets.values()).all()  # two sides of one comparison
    return pd.concat(tables, names=["group"]), np.max(chances[:1] if pair else chances, axis=0)


def _contrast(
    counts: sparse.csr_matrix,
    lengths: np.ndarray,
    target: np.ndarray,
    story: np.ndarray,
    dice: tuple[int, np.random.Generator],
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return every measure of one target, before it is judged, and the largest g2_stories of each draw."""
    both = permutation.sides(counts, lengths, target, story)
    every, *observed = (permutation.sums(both, rows) for rows in (slice(None), both.target, ~both.target))
    a, b = (side.n for side in observed)
    measures = effects(a, b, tuple(int(side.lengths.sum()) for side in observed))
    added = np.where(measures["smoothed"], HALF, 0)
    margin = permutation.margin(observed, (a + added, b + added)) / np.log(2)
    weight = permutation.unevenness(both.lengths, both.target.astype(float))
    named = {"target": target, "reference": ~target}
    table = {f"n_{name}": side.n for name, side in zip(named, observed, strict=True)}
    table |= {f"articles_{name}": counts[np.flatnonzero(rows)].getnnz(axis=0) for name, rows in named.items()}
    table |= {f"stories_{name}": side.stories for name, side in zip(named, observed, strict=True)}
    ends = {"log_ratio_low": measures["log_ratio"] - margin, "log_ratio_high": measures["log_ratio"] + margin}
    table = pd.DataFrame(table | dict(measures.items()) | ends)
    table["design_effect"] = 1 + permutation.excess(every) * weight
    return table, permutation.maxT(both, every, every.stories >= FEWEST_TESTED, *dice)


def _judged(table: pd.DataFrame, chances: np.ndarray) -> pd.DataFrame:
    """Add g2_stories and its p to a table; chances : the largest g2_stories of each draw."""
    g2_stories = (table["g2"] / table["design_effect"]).to_numpy()
    p = special.erfc(np.sqrt(np.abs(table["g2"].to_numpy()) / 2))  # chi-square with 1 degree of freedom
    tested = (table["stories_target"] + table["stories_reference"]).to_numpy() >= FEWEST_TESTED
    below = np.searchsorted(np.sort(chances), np.abs(g2_stories[tested]) * (1 - ROUNDING))
    p_adjusted = np.ones(len(table))
    p_adjusted[tested] = (1 + len(chances) - below) / (1 + len(chances))
    table = table.assign(g2_stories=g2_stories, p_g2=p, p_g2_bh=stats.false_discovery_control(p) if len(p) else p)
    return table.assign(p_g2_bonferroni=np.minimum(p * len(p), 1), p_adjusted=p_adjusted, sure=p_adjusted < LEVEL)
