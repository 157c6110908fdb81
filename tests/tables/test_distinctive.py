"""Distinctive terms: rates and times worked out by hand, and which of several terms stays."""

import itertools
import pathlib
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import load, schema
from broadsheet.statistics.general_english import general_english
from broadsheet.tables.distinctive import distinctive
from broadsheet.text import fold

COLUMNS = [
    "n",
    "articles",
    "stories",
    "per_million",
    "per_million_low",
    "per_million_high",
    "background",
    "times",
    "phrase",
]
SAMPLE = pathlib.Path(__file__).parents[2] / "data" / "sample"
FILLER = ["".join(letters) for letters in itertools.product("bdfghjklmn", "aeiou", "prstvwxz", "aeiou")]


@pytest.fixture
def corpus(news):
    """Return a function: lists of phrases in, a corpus of one article each out, filled up to `words` words each.

    Commas keep the phrases apart, and no two articles share a filler, so each is a story of its own.
    """

    def made(*articles, words=40, outlets=None):
        fillers, files = iter(FILLER), {}
        for number, phrases in enumerate(articles):
            missing = words - sum(len(phrase.split()) for phrase in phrases)
            outlet = outlets[number] if outlets else "all"
            body = ", ".join([next(fillers), *phrases, *itertools.islice(fillers, missing - 1)])
            files[f"{outlet}/{number}.txt"] = body + "."
        files["corpus.toml"] = 'language = "any"\n' + 'outlet = "folder"\n' * bool(outlets)
        return news(files)

    return made


@pytest.fixture(scope="module")
def sample():
    """Return the distinctive terms of the sample, and the sample as it is counted."""
    counted = load(SAMPLE).counted()
    return distinctive(counted), counted


def test_rates_and_times_are_those_worked_out_by_hand(corpus):
    """Four stories of ten words; the reference has each word once in 100 words: 10,000 per million.

    eel: 8 of 40 words, alike in all stories, so all 8 uses count as independent. Half of the 2.5 % point of chi-square
    with 16 degrees of freedom is 3.454; 200,000 x 3.454 / 8 = 86,345; (86,345 + 10) / (10,000 + 10) = 8.627.
    storm: 2, 2, 0, 0 of 10 words. Rate 0.1, residuals 1, 1, -1, -1, variance 4 x 4/3 / 40^2 = 1/300, effective uses
    0.01 x 300 = 3. Half of the 2.5 % point with 6 is 0.6187; 100,000 x 0.6187 / 3 = 20,623; times 2.061. Interval: 3.182
    (t, 3 degrees of freedom) x 0.05774 = 0.1837, so it ends at 0 and 283,700.
    lamp: 4 uses in one story, so it has no row.
    """
    reference = corpus(["eel", "storm", "lamp"], words=100)
    bodies = (
        ["eel", "eel", "storm", "storm"],
        ["eel", "eel", "storm", "storm"],
        ["eel", "eel"],
        ["eel"] * 2 + ["lamp"] * 4,
    )
    table = distinctive(corpus(*bodies, words=10), reference=reference)
    assert table.index.tolist() == ["eel", "storm"]
    assert table[["n", "articles", "stories", "per_million", "background"]].values.tolist() == [
        [8, 4, 4, 200_000, 10_000],
        [4, 2, 2, 100_000, 10_000],
    ]
    assert table["times"].tolist() == pytest.approx([8.627, 2.061], abs=0.001)
    assert table.loc["storm", ["per_million_low", "per_million_high"]].tolist() == pytest.approx([0, 283_700], abs=100)


def test_what_one_long_article_repeats_does_not_lead(corpus):
    bodies = [["zither"] * 20 + ["ketch"], ["zither", "ketch", "ketch"], *[["ketch"] * 2] * 6]
    table = distinctive(corpus(*bodies))
    assert table.loc["zither", "n"] > table.loc["ketch", "n"]
    assert table.index[0] == "ketch"


def test_a_word_gives_way_to_a_phrase_with_more_than_half_of_its_uses(corpus):
    table = distinctive(corpus(*[["sluice gate", "sluice gate", "gate", "gate"]] * 5))
    assert table[["n", "phrase"]].to_dict("index") == {
        "sluice gate": {"n": 10, "phrase": True},
        "gate": {"n": 20, "phrase": False},
    }


@pytest.mark.parametrize(("alone", "stay"), [(0, {"Ann Orme Trust"}), (1, {"Ann Orme Trust", "Orme Trust"})])
def test_a_phrase_gives_way_to_a_longer_one_with_more_than_half_of_its_uses(corpus, alone, stay):
    table = distinctive(corpus(*[["Ann Orme Trust"] + ["Orme Trust"] * alone] * 5))
    assert set(table.index[table["phrase"]]) == stay


def test_a_phrase_that_one_word_follows_in_most_uses_is_unfinished(corpus):
    bodies = [["mayor Ada Holm", "Ada Holm", "mayor", "mayor", "mayor"]] * 5
    table = distinctive(corpus(*bodies))
    assert table.index[table["phrase"]].tolist() == ["Ada Holm"]


def test_function_words_join_a_name_but_neither_begin_nor_end_one(corpus):
    table = distinctive(corpus(*[["the Bay of Orrin is", "Bay of Orrin"]] * 5))
    assert table.index.tolist() == ["Bay of Orrin"]


def test_the_possessive_gives_way_to_its_word_unless_it_stands_alone(corpus):
    table = distinctive(corpus(*[["Moll", "Moll’s", "Lloyd’s"]] * 5))
    assert sorted(table.index) == ["Lloyd’s", "Moll"]


def test_words_of_any_report_and_those_left_out_are_no_terms(corpus):
    news = corpus(*[["the keeper said", "eel", "eel trap", "on Monday", "https://example.org/eel"]] * 5)
    assert not set(distinctive(news, leave_out=["EEL", "trap"]).index) & {
        "said",
        "the",
        "Monday",
        "eel",
        "trap",
        "eel trap",
    }


def test_what_one_outlet_alone_prints_and_the_names_of_outlets_do_not_lead(corpus):
    bodies = [["ketch", "ketch", "Evening Flare"] + ["newsdesk"] * 12 * (number < 3) for number in range(9)]
    outlets = ["Evening Flare"] * 3 + ["Post"] * 3 + ["Wire"] * 3
    assert {"newsdesk", "Evening Flare"} <= set(distinctive(corpus(*bodies)).index)
    assert distinctive(corpus(*bodies, outlets=outlets)).index.tolist() == ["ketch"]


def test_one_article_has_terms_without_an_interval(corpus):
    table = distinctive(corpus(["ketch"] * 6 + ["sluice gate"] * 3))
    assert table.index.tolist() == ["ketch", "sluice gate"]
    assert table[["per_million_low", "per_million_high"]].isna().all(axis=None)


def test_no_article_gives_no_row(sample):
    _, news = sample
    nothing = distinctive(news.select(since="1999-01-01", until="1999-01-02"))
    assert nothing.columns.tolist() == COLUMNS
    assert len(nothing) == 0
    assert nothing.index.name == "term"


def test_the_order_of_articles_is_irrelevant(corpus):
    bodies = [
        ["sluice gate", "ketch"],
        ["ketch", "ketch", "Ann Orme"],
        ["sluice gate", "Ann Orme", "gate"],
        ["sluice gate", "gate"],
    ]
    one, other = (distinctive(corpus(*some)) for some in (bodies, bodies[::-1]))
    assert one.drop(columns="times").equals(other.drop(columns="times"))
    assert one["times"].tolist() == pytest.approx(other["times"].tolist())


def test_n_equals_the_passages_found_for_every_term_of_the_sample(sample):
    table, news = sample
    assert {term: len(news.tokens.find(term)) for term in table.index} == table["n"].to_dict()


def test_a_stranger_learns_from_the_sample_what_it_is_about(sample):
    table, _ = sample
    assert {"Tollmere", "Moll", "Conservancy", "barrier", "Sallow Estuary Conservancy", "flood"} <= set(
        table.index[:40]
    )
    assert table["times"].is_monotonic_decreasing
    assert table.index.is_unique


def test_every_column_is_declared():
    assert set(COLUMNS) - {"per_million_low", "per_million_high"} <= set(schema.CODEBOOK)


def test_the_general_list_is_small_names_its_licence_and_is_folded():
    table = resources.files("broadsheet.statistics").joinpath("background.txt")
    text, rates = table.read_text("utf-8"), general_english()
    assert len(text.encode()) < 1_000_000
    assert "Attribution-ShareAlike 4.0" in text[:2000]
    assert all(word == fold(word) for word in rates)
    assert rates["the"] == max(rates.values())
    assert 500_000 < sum(rates.values()) < 1_000_000


@settings(max_examples=20, deadline=None)
@given(words=st.lists(st.sampled_from(["eel", "gate", "sluice", "of", "Moll's", "Moll", "."]), max_size=60))
def test_n_equals_the_passages_found_in_any_text(words, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    (folder / "one.txt").write_text("A beginning. " + " ".join(words), encoding="utf-8")
    news = load(folder)
    assert all(len(news.tokens.find(term)) == n for term, n in distinctive(news)["n"].items())
