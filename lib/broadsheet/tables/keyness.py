"""Which terms set a target apart from a reference, and which of the differences chance would not make."""

import numpy as np
import pandas as pd
from scipy import special, stats

from broadsheet.errors import CorpusError, ParameterError
from broadsheet.index import Tokens
from broadsheet.tables import chance
from broadsheet.tables.effects import HALF, effects
from broadsheet.tables.sides import Counted, compared, per_article, sides, told

FEWEST_STORIES = 5  # that use a term, on both sides together: with fewer it is not tested
LEVEL = 0.05
FEWEST_DRAWS = 20  # with fewer no p falls below the level
ROUNDING = 1e-4  # relative; a draw that equals the data must count, and is not added up in the same order


def keyness(
    tokens: Tokens,
    target: pd.Series | np.ndarray,
    story: pd.Series | np.ndarray,
    terms: pd.Index | None = None,
    draws: int = 500,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare how often a target and all other articles use each term, and say which differences chance would not make.

    target : whether each article of `tokens`, in their order, is of the target; the others are the reference.
    story : of each article. terms : those compared, None for all; rates are per words of any kind all the same.
    draws, seed : how often stories are dealt to the sides anew, and where the dice begin.

    Returns one row per term that is used, the most surely over-used first: n_target, n_reference; articles_target,
    articles_reference, stories_target, stories_reference that use it; the measures of `effects`; log_ratio_low,
    log_ratio_high (95 %, stories as observations; see `chance.margin`); design_effect (how many times as much the
    term varies from story to story as independent uses would; 1 or more); g2_stories (g2 / design_effect);
    p_g2 (of g2 as a chi-square), p_g2_bh and p_g2_bonferroni (the same corrected for all rows, after Benjamini &
    Hochberg and after Bonferroni), all three as if words were independent; p_adjusted; sure (p_adjusted < .05).

    p_adjusted is the share of draws, the data among them, in which chance gives any tested term a g2_stories as large:
    of comparisons without a difference, 5 % have any sure term at all. What one story says on one side is one
    observation (see `sides`), so that one long article makes no keyword. A term that fewer than five stories use is
    not tested, its p_adjusted 1. Stories are taken as independent: where one affair is told in many, p is too small.
    So it is where all texts of one side are far longer: three times as long, up to 18 % of comparisons without a
    difference have a sure term (simulated, of very bursty terms); 1.6 times, 3 %.

    Raises ParameterError when target or story has not one entry per article, a term is unknown or draws are too few;
    CorpusError when no term is left or a side has fewer than two stories.
    Source: Westfall & Young (1993), Resampling-Based Multiple Testing (single-step maxT); Rao & Scott (1992),
    Biometrics 48 (counts over a design effect); Lijffijt et al. (2016), Digital Scholarship in the Humanities 31
    (texts, not words, as observations).
    """
    rng = _dice(draws, seed)
    target, story = per_article(tokens, "target", target), per_article(tokens, "story", story)
    if target.dtype != bool:
        raise ParameterError(
            f"target is True or False for each article, found {target.dtype}. Write `column == value`."
        )
    for name, side in {"target": target, "reference": ~target}.items():
        if (found := told(tokens, side, story)) < 2:
            raise CorpusError(
                f"The {name} needs articles of two stories or more, to see how stories vary; its {side.sum():,} "
                f"articles have {found} with a word in them. Choose a wider {name}."
            )
    here = tokens.lengths > 0
    story = pd.factorize(story[here], sort=True)[0]
    table, chances = _contrast(compared(tokens, terms, here), target[here], story, draws, rng)
    return _judged(table, chances)


def contrasts(
    tokens: Tokens,
    group: pd.Series,
    story: pd.Series | np.ndarray,
    terms: pd.Index | None = None,
    draws: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare each group of articles with all the others as `keyness` does, corrected for all groups at once.

    group : of each article of `tokens`, in their order; an article without one is left out. The rest as for `keyness`.

    Returns one row per group and term, groups in order, with the columns of `keyness`: `.loc[name]` is its table.
    A draw's largest g2_stories is that of any term of any group: of corpora whose groups do not differ, 5 % have any
    sure term of any group. A group of fewer than two stories has no rows, but is among the others.

    Raises ParameterError as `keyness` does, CorpusError when no term is left or fewer than two groups have two stories.
    """
    rng = _dice(draws, seed)
    story, known = per_article(tokens, "story", story), per_article(tokens, "group", pd.notna(group))
    here = known & (tokens.lengths > 0)
    group, story = np.asarray(group)[here], pd.factorize(story[here], sort=True)[0]
    members = {name: group == name for name in sorted(pd.unique(group))}
    members = {name: each for name, each in members.items() if len(pd.unique(story[each])) > 1}
    if len(members) < 2:
        raise CorpusError(
            f"A contrast needs two groups with articles of two stories or more, found {len(members)}"
            f"{''.join(f' ({name})' for name in members)}. Group by another column, or choose more articles."
        )
    counted = compared(tokens, terms, here)
    found = {name: _contrast(counted, each, story, draws, rng) for name, each in members.items()}
    # Dealt anew for each group, they are as if independent, which for two-sided tests errs towards silence (Sidak 1967).
    chances = np.max([largest for _, largest in found.values()], axis=0)
    return _judged(pd.concat({name: table for name, (table, _) in found.items()}, names=["group"]), chances)


def _dice(draws: int, seed: int) -> np.random.Generator:
    if draws < FEWEST_DRAWS:
        raise ParameterError(f"draws must be {FEWEST_DRAWS} or more for a p below {LEVEL}, got {draws}. Try 500.")
    return np.random.default_rng(seed)


def _contrast(
    counted: Counted, target: np.ndarray, story: np.ndarray, draws: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the table of one target, before it is judged, and the largest g2_stories of each draw."""
    both = sides(counted.lengths, target, story)
    every, *observed = chance.parted(counted, both)
    a, b = (side.n for side in observed)
    measures = effects(a, b, tuple(int(side.lengths.sum()) for side in observed))
    log_ratio, added = measures["log_ratio"], np.where(measures["smoothed"], HALF, 0)
    margin = chance.margin(observed, (a + added, b + added)) / np.log(2)
    over, weight = chance.excess(every), chance.unevenness(both.lengths, both.target.astype(float))
    articles = counted.counts[target].getnnz(axis=0)
    counts = {
        "n_target": a,
        "n_reference": b,
        "articles_target": articles,
        "articles_reference": counted.sums.rows - articles,
        "stories_target": observed[0].stories,
        "stories_reference": observed[1].stories,
    }
    by_story = {
        "log_ratio_low": log_ratio - margin,
        "log_ratio_high": log_ratio + margin,
        "design_effect": 1 + over * weight,
    }
    table = pd.DataFrame(counts | dict(measures.items()) | by_story).set_axis(counted.terms)
    return table, chance.largest(counted.counts, both, every, every.stories >= FEWEST_STORIES, draws, rng)


def _judged(table: pd.DataFrame, chances: np.ndarray) -> pd.DataFrame:
    """Return the table with what chance makes of it, the most surely over-used first in each group.

    chances : the largest g2_stories of each draw.
    """
    g2_stories = (table["g2"] / table["design_effect"]).to_numpy()
    p = special.erfc(np.sqrt(np.abs(table["g2"].to_numpy()) / 2))  # chi-square with 1 degree of freedom
    tested = (table["stories_target"] + table["stories_reference"]).to_numpy() >= FEWEST_STORIES
    below = np.searchsorted(np.sort(chances), np.abs(g2_stories[tested]) * (1 - ROUNDING))
    p_adjusted = np.ones(len(table))
    p_adjusted[tested] = (1 + len(chances) - below) / (1 + len(chances))
    table = table.assign(
        g2_stories=g2_stories,
        p_g2=p,
        p_g2_bh=stats.false_discovery_control(p),
        p_g2_bonferroni=np.minimum(p * len(p), 1),
        p_adjusted=p_adjusted,
        sure=p_adjusted < LEVEL,
    )
    groups = table.index.codes[0] if isinstance(table.index, pd.MultiIndex) else np.zeros(len(table))
    return table.iloc[np.lexsort([-g2_stories, groups])]
