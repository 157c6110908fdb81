"""How often keyness calls chance a difference, and how often it finds one that was planted, beside plain G2.

usage: python tests/evaluation/keyness.py CORPUS [--halvings 200] [--runs 100] [--articles 400]

In each outlet with enough articles:
  null   its articles are halved at random: halvings with any term called significant, at .05 after correction. Again
         with three tenths of them as the target, told in stories of three, so that its observations are longer.
  power  of a random halving, one half's documents are halved again, and in these a word is planted at three times its
         rate: a real word, as bursty as it is, of those of which the target expects 500 uses or more. Uses are added
         anywhere, independently; or, harder, those that stand there are trebled, which makes bursts of bursts.
"""

import argparse
from types import SimpleNamespace

import numpy as np
import pandas as pd
from scipy import sparse

from broadsheet import load
from broadsheet.tables import keyness

LEVEL = 0.05
EXPECTED = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus")
    parser.add_argument("--halvings", type=int, default=200)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--articles", type=int, default=400)
    asked = parser.parse_args()
    news = load(asked.corpus)
    sizes = news.catalogue["outlet"].value_counts()
    for outlet in sizes[sizes >= asked.articles].index:
        part = news.select(outlet=outlet).counted()
        story = part.catalogue["story"].to_numpy()
        tokens = counted(part.tokens.counts, part.tokens.vocabulary)
        print(f"{outlet}: {sizes[outlet]} articles, {len(set(story))} stories, {tokens.lengths.sum():,} words")
        null(tokens, story, asked.halvings, parting=halved, name="halves")
        null(tokens, story, asked.halvings, parting=in_threes, name="three tenths, in stories of three")
        power(tokens, story, asked.runs)


def counted(counts, vocabulary) -> SimpleNamespace:
    """Return what keyness asks of tokens, from a matrix of counts."""
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    return SimpleNamespace(
        counts=counts, vocabulary=vocabulary, printed=vocabulary, lengths=lengths, doc_ids=range(len(lengths))
    )


def halved(rng: np.random.Generator, story: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a random half of the articles as the target, and the stories as they are."""
    return rng.permutation(len(story)) < len(story) // 2, story


def in_threes(rng: np.random.Generator, story: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return three tenths of the articles as the target, each three of them as one story, and the others as their own."""
    order = rng.permutation(len(story))
    target = order < len(story) * 3 // 10
    return target, np.where(target, order // 3, len(story) + order)


def null(tokens: SimpleNamespace, story: np.ndarray, times: int, parting, name: str) -> None:
    """Print how often partings without a difference have any significant term, and how often intervals hold 1."""
    rng, alarms = np.random.default_rng(1), []
    for seed in range(times):
        target, stories = parting(rng, story)
        table = keyness(tokens, target, stories, seed=seed, full=True)
        both = table[(table["stories_target"] + table["stories_reference"] >= 20) & ~table["smoothed"]]
        alarms.append(
            {
                "sure": table["sure"].sum(),
                "g2, Bonferroni": (table["p_g2_bonferroni"] < LEVEL).sum(),
                "g2, Benjamini-Hochberg": (table["p_g2_bh"] < LEVEL).sum(),
                "covered": ((both["log_ratio_low"] <= 0) & (both["log_ratio_high"] >= 0)).mean(),
            }
        )
    found = pd.DataFrame(alarms)
    print(f"  null, {name}: of {times} partings, with any significant term (terms per parting):")
    for measure in found.columns[:3]:
        print(f"    {measure:24} {(found[measure] > 0).sum():4} ({found[measure].mean():.2f})")
    print(f"    intervals of the log ratio that hold 0, terms of twenty stories or more: {found['covered'].mean():.1%}")


def power(tokens: SimpleNamespace, story: np.ndarray, runs: int) -> None:
    """Print how often a word is found of which half of the target's documents are made to use three times as much."""
    often = np.flatnonzero(tokens.counts.sum(axis=0).A1 >= 2 * EXPECTED)
    for kind in ("added anywhere", "trebled where they stand"):
        rng, found = np.random.default_rng(2), []
        for seed in range(runs):
            target, _ = halved(rng, story)
            word = rng.choice(often)
            chosen = np.flatnonzero(target)[rng.permutation(target.sum()) < target.sum() // 2]
            column = tokens.counts[:, [word]].toarray().ravel()
            expected = column.sum() / tokens.lengths.sum() * tokens.lengths[chosen]
            more = rng.poisson(2 * expected) if kind == "added anywhere" else 2 * column[chosen]
            planted = sparse.csr_matrix((more, (chosen, np.full(len(chosen), word))), tokens.counts.shape)
            table = keyness(counted(tokens.counts + planted, tokens.vocabulary), target, story, seed=seed, full=True)
            row = table.loc[tokens.vocabulary[word]]
            found.append({"word": row.name, "sure": row["sure"] and row["g2"] > 0})
        found = pd.DataFrame(found).astype({"sure": bool})
        missed = sorted(found.loc[~found["sure"], "word"].unique())
        print(
            f"  power, uses {kind}: {found['sure'].mean():.0%} of {runs} words found; missed: {', '.join(missed) or 'none'}"
        )


if __name__ == "__main__":
    main()
