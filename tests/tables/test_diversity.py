"""Lexical diversity: each measure written out plainly from its paper, and by SciPy."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from broadsheet.errors import ParameterError
from broadsheet.index import kernels
from broadsheet.tables import diversity, intervals

COLUMNS = ["articles", "tokens", "types", "mattr", "mattr_low", "mattr_high"]
COLUMNS += ["mtld", "mtld_low", "mtld_high", "hdd", "yule_k"]
NAMES = [f"{first}{second}o" for first, second in itertools.product("bdfghklmnprst", "aeiou")]


def mattr(texts, window):
    shares = [len(set(text[i : i + window])) / window for text in texts for i in range(max(len(text) - window + 1, 0))]
    return np.mean(shares) if shares else np.nan


def factors(text):
    """McCarthy and Jarvis: a factor is full when the ratio falls below .72; the rest is part of one."""
    full, types, length = 0, set(), 0
    for word in text:
        types.add(word)
        length += 1
        if len(types) / length < 0.72:
            full, types, length = full + 1, set(), 0
    return full + ((1 - len(types) / length) / (1 - 0.72) if length else 0)


def mtld(texts):
    words = sum(map(len, texts))
    sides = [sum(map(factors, texts)), sum(factors(text[::-1]) for text in texts)]
    return np.mean([words / side for side in sides]) if all(sides) else np.nan


def bag(texts):
    """HD-D by the hypergeometric distribution, K by Yule's formula."""
    words = list(itertools.chain(*texts))
    n = pd.Series(words).value_counts()
    hdd = sum((1 - stats.hypergeom(len(words), m, 42).pmf(0)) / 42 for m in n) if len(words) >= 42 else np.nan
    spectrum = n.value_counts()
    k = 1e4 * (sum(m * m * v for m, v in spectrum.items()) - len(words)) / len(words) ** 2
    return [hdd, k if len(words) > 1 else np.nan]


def text(seed, length, few=12):
    return list(np.random.default_rng(seed).choice(NAMES[:few], length))


def test_every_measure_is_as_its_paper_has_it(read):
    texts = [text(0, 130), text(1, 75, 40), text(2, 40), text(3, 300, 60), []]
    group = pd.Series(["x", "x", "y", "y", "y"])
    table = diversity(read([" ".join(words) for words in texts]), group, pd.Series(range(5)))
    assert table.columns.tolist() == COLUMNS
    for name, own in {"x": texts[:2], "y": texts[2:]}.items():
        row = table.loc[name]
        assert row[["tokens", "types"]].tolist() == [sum(map(len, own)), len(set(itertools.chain(*own)))]
        expected = [mattr(own, 50), mtld(own), *bag(own)]
        assert row[["mattr", "mtld", "hdd", "yule_k"]].tolist() == pytest.approx(expected, rel=1e-9)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=60), min_size=1, max_size=4),
    st.integers(2, 20),
)
def test_any_articles_are_as_the_papers_have_them(read, texts, window):
    tokens, group, story = (
        read([" ".join(words) for words in texts]),
        pd.Series(["x"] * len(texts)),
        pd.Series(range(len(texts))),
    )
    table = diversity(tokens, group, story, window)
    if not any(texts):
        assert table.empty
        return
    expected = [mattr(texts, window), mtld(texts), *bag(texts)]
    assert table.loc["x", ["mattr", "mtld", "hdd", "yule_k"]].tolist() == pytest.approx(expected, rel=1e-9, nan_ok=True)
    again = diversity(read([" ".join(words) for words in texts[::-1]]), group, story[::-1], window)
    pd.testing.assert_frame_equal(again, table, rtol=1e-9)


def test_compiled_it_is_the_same(read, monkeypatch):
    tokens = read([" ".join(text(seed, 200)) for seed in range(3)])
    plain = diversity(tokens, pd.Series(["x"] * 3), pd.Series(range(3)))
    monkeypatch.setattr(kernels, "ENOUGH", 0)
    monkeypatch.setattr(kernels, "FEW", 0)
    pd.testing.assert_frame_equal(diversity(tokens, pd.Series(["x"] * 3), pd.Series(range(3))), plain, rtol=1e-12)


def test_length_alone_does_not_move_them(read):
    """Eight times as many words of the same kind: the share of different words falls, the measures stay."""
    tokens = read([" ".join(text(1, 250, 60)), " ".join(text(2, 2000, 60))])
    short, long = (row for _, row in diversity(tokens, pd.Series(["x", "y"]), pd.Series(range(2))).iterrows())
    assert long["types"] / long["tokens"] < 0.3 * short["types"] / short["tokens"]
    assert long["mattr"] == pytest.approx(short["mattr"], rel=0.05)
    assert long["hdd"] == pytest.approx(short["hdd"], rel=0.05)


def test_intervals_treat_stories_as_observations(read):
    texts = [text(seed, 90, 10 + 3 * seed) for seed in range(12)]
    table = diversity(read([" ".join(words) for words in texts]), pd.Series(["x"] * 12), pd.Series(range(12)))
    types = pd.DataFrame({"x": [mattr([words], 50) * 41 * 50 for words in texts]})
    formula = intervals(types, pd.DataFrame({"x": [41 * 50] * 12})).loc["x"]
    row = table.loc["x"]
    assert row[["mattr_low", "mattr_high"]].tolist() == pytest.approx(formula.tolist(), rel=1e-9)
    assert row["mtld_low"] < row["mtld"] < row["mtld_high"]


def test_groups_may_be_periods_and_articles_of_none_are_left_out(read):
    period = pd.Series(pd.PeriodIndex(["2019-03", "2019-01", "NaT", "2019-03"], freq="M"), name="period")
    table = diversity(read(["a b", "c c", "d", "a"]), period, pd.Series(range(4)))
    assert table.index.astype("str").tolist() == ["2019-01", "2019-03"]
    assert table.index.name == "period"
    assert table[["articles", "tokens", "types"]].to_numpy().tolist() == [[1, 2, 1], [2, 3, 2]]


def test_columns_may_be_labelled_by_article(corpus):
    facts, bare = corpus.catalogue.set_index("doc_id"), corpus.catalogue
    table = diversity(corpus.tokens, facts["outlet"], facts["story"].set_axis(bare.index))
    pd.testing.assert_frame_equal(table, diversity(corpus.tokens, bare["outlet"], bare["story"]))


def test_without_words_or_groups_the_table_is_empty(read):
    for tokens, group in ((read([]), []), (read(["", ""]), ["x", "y"]), (read(["a b"]), [None])):
        table = diversity(tokens, pd.Series(group, dtype="str"), pd.Series(range(len(group))))
        assert table.empty
        assert table.columns.tolist() == COLUMNS


def test_a_window_of_one_word_is_refused(corpus):
    with pytest.raises(ParameterError, match="at least two words, not 1"):
        diversity(corpus.tokens, corpus.catalogue["outlet"], corpus.catalogue["story"], window=1)
