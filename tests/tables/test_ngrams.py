"""Runs of words: worked out by hand, run again by NLTK, and the measure that the notebook takes from NLTK."""

from collections import Counter

import nltk
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.collocations import BigramAssocMeasures
from scipy.stats import chi2_contingency

from broadsheet.schema import TOKENS
from broadsheet.tables import ngrams
from broadsheet.text import STOPWORDS


def nltk_runs(tokens, bodies, n, skip=frozenset()):
    """Cut each sentence wherever more than white space parts two words, and let NLTK run over the pieces."""
    found, piece, last, before = Counter(), [], None, None
    for row in [*tokens.frame().itertuples(), None]:
        place = row and (row.doc_id, row.sentence)
        if not (row and last and place == before and bodies[row.doc_id][last : row.start].isspace()):
            runs = (run for run in nltk.ngrams(piece, n) if not skip & {run[0], run[-1]})
            found.update((*before, " ".join(run)) for run in runs)
            piece = []
        if row:
            piece, last, before = [*piece, row.term], row.end, place
    return found


def found_runs(runs):
    return Counter(runs[["doc_id", "sentence", "term"]].astype({"term": "str"}).itertuples(index=False, name=None))


def test_pairs_overlap_and_stay_within_a_sentence(read):
    """`The old lamp. Old lamp oil`: two pairs in the first sentence, two in the second, none across the stop."""
    pairs = ngrams(read(["The old lamp. Old lamp oil", "Oil"]), 2)
    assert list(pairs.columns) == list(TOKENS)
    assert list(pairs.itertuples(index=False, name=None)) == [
        ("d0", 0, 0, 7, "the old"),
        ("d0", 0, 4, 12, "old lamp"),
        ("d0", 1, 14, 22, "old lamp"),
        ("d0", 1, 18, 26, "lamp oil"),
    ]


def test_punctuation_parts_what_white_space_joins(read):
    pairs = ngrams(read(["dark,\tcold  and\nwet (Ostrey) “lamp” oil— and more"]), 2)
    assert list(pairs["term"]) == ["cold and", "and wet", "and more"]


def test_a_skipped_word_may_stand_inside_a_run_but_not_at_its_ends(read):
    runs = ngrams(read(["The keeper of the lamp"]), 3, skip=frozenset({"the", "of"}))
    assert list(runs["term"]) == []
    assert list(ngrams(read(["keeper of lamps"]), 3, skip=frozenset({"of"}))["term"]) == ["keeper of lamps"]


@pytest.mark.parametrize("n", [1, 2, 3, 6])
@pytest.mark.parametrize("skip", [frozenset(), STOPWORDS])
def test_runs_are_those_of_nltk(corpus, n, skip):
    bodies = corpus.articles.set_index("doc_id")["body"]
    found = found_runs(ngrams(corpus.tokens, n, skip))
    assert found == nltk_runs(corpus.tokens, bodies, n, skip)
    assert len(found)


def test_the_golden_corpus_has_its_pairs_as_counted_by_hand(corpus):
    """`marrow head` stands in all eight articles that name it, `212 steps` in two, `the lamp` in the council's vote
    (1), the dark night (1), the failure (2), the lit lamp (1) and the three storm warnings (3). `the dark` stands in
    the failure and the letter; `dark and`, parted by a comma, nowhere."""
    by_hand = {"marrow head": 8, "212 steps": 2, "the lamp": 8, "the dark": 2, "dark and": 0}
    uses = ngrams(corpus.tokens, 2)["term"].value_counts()
    assert {pair: uses.get(pair, 0) for pair in by_hand} == by_hand


@pytest.mark.parametrize("n", [2, 9])
def test_texts_shorter_than_the_run_have_none(read, n):
    runs = ngrams(read(["Rain.", "!", "Sun"]), n)
    assert runs.empty
    assert list(runs.columns) == list(TOKENS)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text("ab., \n", max_size=20), min_size=1, max_size=4), st.integers(1, 4))
def test_any_runs_are_those_of_nltk_and_slice_back(read, bodies, n):
    tokens = read(bodies)
    runs = ngrams(tokens, n)
    assert found_runs(runs) == nltk_runs(tokens, {f"d{number}": body for number, body in enumerate(bodies)}, n)
    for run in runs.itertuples():
        body = bodies[int(run.doc_id[1:])]
        assert read([body[run.start : run.end]]).frame()["term"].tolist() == run.term.split()


@pytest.mark.parametrize(
    ("together", "first", "second", "words"),
    [(8, 8, 8, 512), (3, 11, 40, 512), (1, 30, 40, 512), (5, 9, 2_000, 90_000)],
)
def test_the_log_likelihood_that_the_notebook_takes_from_nltk_is_scipys_g_test(together, first, second, words):
    table = [
        [together, first - together],
        [second - together, words - first - second + together],
    ]
    expected = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert BigramAssocMeasures.likelihood_ratio(together, (first, second), words) == pytest.approx(expected, rel=1e-6)
