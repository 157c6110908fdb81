"""Collocates, neighbours, phrases and runs: worked out by hand, by brute force, and by NLTK and SciPy."""

from collections import Counter

import nltk
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.collocations import BigramAssocMeasures
from scipy import stats

from broadsheet.schema import TOKENS
from broadsheet.statistics import association
from broadsheet.tables import collocations, cooccurrences, lines, phrases, set_phrases
from broadsheet.tables.collocations import COLUMNS
from broadsheet.text import STOPWORDS, fold

MEASURES = ["expected", "pmi", "mi3", "log_dice", "g2", "t"]


def by_nltk(n, near, n_term, total):
    """NLTK's measures of one table; it has no MI3 with a logarithm, and no sign."""
    cells, expected = (n, (near, n_term), total), near * n_term / total
    return [
        expected,
        BigramAssocMeasures.pmi(*cells),
        np.log2(BigramAssocMeasures.mi_like(*cells, power=3) * total),
        14 + np.log2(BigramAssocMeasures.dice(*cells)),
        BigramAssocMeasures.likelihood_ratio(*cells) * (-1 if n < expected else 1),
        BigramAssocMeasures.student_t(*cells),
    ]


def of(tokens, node, stories=None, leave_out=(), **more):
    return collocations(tokens, node, stories or range(len(tokens.doc_ids)), leave_out=leave_out, **more)


def test_counts_are_those_worked_out_by_hand(read):
    """Of 10 tokens 3 are lamps; 5 of the other 7 stand next to one, `old` between two but once; `oil` 2 times of 3."""
    tokens = read(["The lamp, old lamp oil burned. The oil", "Oil lamp"])
    table = of(tokens, "Lamp", span=1, fewest=1, stories=["s", "s"])
    assert table.columns.tolist() == COLUMNS
    assert table[["n", "n_term", "articles", "stories"]].T.to_dict("list") == {
        "old": [1, 1, 1, 1],
        "oil": [2, 3, 2, 1],
        "The": [1, 2, 1, 1],
    }
    assert table.loc["oil", "expected"] == pytest.approx(4 * 3 / 7)


@pytest.mark.parametrize("node", ["lamp", "the", "head", "Marrow Head"])
def test_measures_are_nltks(corpus, node):
    tokens, story = corpus.tokens, corpus.catalogue["story"]
    table, near = collocations(tokens, node, story, 4, fewest=1, leave_out=()), cooccurrences(tokens, node, 4)
    total = len(tokens) - len(node.split()) * tokens.uses(node).sum()
    held = near.assign(story=near["doc_id"].astype("str").map(dict(zip(tokens.doc_ids, story, strict=True))))
    by_term = held.groupby("term", observed=True)
    assert table["n"].sum() == len(near)
    for term, row in table.iterrows():
        assert row["n"] == by_term.size()[term]
        assert row["articles"] == by_term["doc_id"].nunique()[term]
        assert row["stories"] == by_term["story"].nunique()[term]
        expected = by_nltk(row["n"], len(near), tokens.uses(term).sum(), total)
        assert row[MEASURES].tolist() == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert table["g2"].is_monotonic_decreasing


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 50), st.integers(0, 500), st.integers(0, 500), st.integers(1, 10_000))
def test_association_is_nltks_and_scipys(both, first, second, neither):
    cells = np.array([[both, first], [second, neither]])
    found = association(both, both + first, both + second, cells.sum())
    expected = by_nltk(both, both + first, both + second, cells.sum())
    assert [float(found[name]) for name in MEASURES] == pytest.approx(expected, rel=1e-9, abs=1e-7)
    if first and second:
        theirs = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
        assert abs(found["g2"]) == pytest.approx(theirs, rel=1e-9, abs=1e-9)


def test_a_word_that_shuns_the_node_has_negative_measures(read):
    table = of(read(["lamp oil", "eel oil oil oil oil oil eel", "lamp eel"]), "lamp", fewest=1)
    assert table.loc["oil", ["pmi", "g2", "t"]].lt(0).all()


def test_rare_words_and_those_left_out_have_no_row_but_count_as_words(read):
    tokens = read(["the lamp oil", "the lamp oil", "the lamp eel"])
    every = of(tokens, "lamp", fewest=1)
    some = of(tokens, "lamp", fewest=2, leave_out=["The"])
    assert some.index.tolist() == ["oil"]
    pd.testing.assert_frame_equal(some, every.loc[["oil"]])


def test_order_of_articles_does_not_matter(read):
    bodies = ["lamp oil burned", "oil lamp", "eel lamp oil. The lamp", "the eel"]
    table = of(read(bodies), "lamp", fewest=1, stories=["a", "b", "c", "a"])
    again = of(read(bodies[::-1]), "lamp", fewest=1, stories=["a", "c", "b", "a"])
    pd.testing.assert_frame_equal(again, table)


def test_what_nobody_uses_has_no_collocates(corpus, read):
    for tokens in (corpus.tokens, read([]), read(["lamp"])):
        table = of(tokens, "snow" if len(tokens) != 1 else "lamp")
        assert table.empty
        assert table.columns.tolist() == COLUMNS
        assert table.index.name == "term"


def test_function_words_are_left_out_unless_asked_for(corpus):
    table = collocations(corpus.tokens, "lamp", corpus.catalogue["story"], fewest=1)
    assert not set(map(fold, table.index)) & STOPWORDS
    assert len(table)


def by_brute_force(tokens, term, span):
    """Return the rows within `span` tokens of the term, in the same sentence."""
    frame = tokens.frame()
    own = list(frame[["doc_id", "sentence"]].itertuples(index=False, name=None))
    terms = frame["term"].tolist()
    nodes = [row for row, one in enumerate(terms) if one == term]
    near = [
        row
        for row, one in enumerate(terms)
        if one != term and any(abs(row - node) <= span and own[row] == own[node] for node in nodes)
    ]
    return frame.assign(term=frame["term"].cat.rename_categories(tokens.printed)).iloc[near].reset_index(drop=True)


def test_near_words_are_those_worked_out_by_hand(read):
    """`old` stands near both lamps and is one row; the second sentence and article lie beyond the window."""
    tokens = read(["The lamp, old lamp oil burned. The oil", "Oil lamp"])
    table = cooccurrences(tokens, "Lamp", span=1)
    assert list(table.columns) == list(TOKENS)
    assert list(table.itertuples(index=False, name=None)) == [
        ("d0", 0, 0, 3, "The"),
        ("d0", 0, 10, 13, "old"),
        ("d0", 0, 19, 22, "oil"),
        ("d1", 0, 0, 3, "oil"),
    ]


def test_the_words_of_a_phrase_are_not_near_it(read):
    tokens = read(["Old north gate shut. North gate, north gate again"])
    assert cooccurrences(tokens, "NORTH gate", span=1)["term"].tolist() == ["Old", "shut", "again"]
    assert cooccurrences(tokens, lines(tokens, ["north gate"]), span=1)["start"].tolist() == [0, 15, 44]


@pytest.mark.parametrize(("node", "span"), [("snow", 5), ("", 5), ("lamp snow", 5), ("lamp", 0)])
def test_what_nobody_uses_and_a_span_of_nought_have_nothing_near(corpus, read, node, span):
    for table in (cooccurrences(corpus.tokens, node, span), cooccurrences(read([]), node, span)):
        assert table.empty
        assert list(table.columns) == list(TOKENS)


@pytest.mark.parametrize("span", [1, 5, 10_000])
@pytest.mark.parametrize("term", ["lamp", "the", "head"])
def test_the_golden_corpus_is_as_brute_force_finds_it(corpus, term, span):
    table = cooccurrences(corpus.tokens, term, span)
    assert table.equals(by_brute_force(corpus.tokens, term, span))
    assert len(table)


def test_a_sentence_long_span_finds_all_other_words_of_the_sentences_that_hold_the_term(corpus):
    frame = corpus.tokens.frame()
    holding = frame[frame["term"] == "lamp"][["doc_id", "sentence"]].drop_duplicates()
    others = frame.merge(holding, on=["doc_id", "sentence"])
    assert len(cooccurrences(corpus.tokens, "lamp", len(corpus.tokens))) == (others["term"] != "lamp").sum()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(st.sampled_from(["a ", "b ", "a. ", "B. ", "c, ", "\n\n"]), max_size=15).map("".join), max_size=3
    ),
    st.integers(0, 6),
)
def test_any_articles_are_as_brute_force_finds_them(read, bodies, span):
    tokens = read(bodies)
    for term in ("a", "b"):
        assert cooccurrences(tokens, term, span).equals(by_brute_force(tokens, term, span))


def nltk_pairs(tokens, bodies):
    """Cut each sentence wherever more than white space parts two words, and let NLTK pair the words of each piece."""
    found, piece, last, before = Counter(), [], None, None
    for row in [*tokens.frame().itertuples(), None]:
        place = row and (row.doc_id, row.sentence)
        if not (row and last and place == before and bodies[row.doc_id][last : row.start].isspace()):
            found.update(map(" ".join, nltk.bigrams(piece)))
            piece = []
        if row:
            piece, last, before = [*piece, row.term], row.end, place
    return found


def test_phrases_are_pairs_of_content_terms_with_the_association_of_a_plain_count(typed):
    """Of 9 pairs of content terms `north gate` is 4; north is first in 4 of them and gate second in 5."""
    bodies = ["The North gate shut. North gate", "north Gate shut", "north gate, old gate", "old eel. Old eel", "eel"]
    corpus = typed(bodies, stories=[0, 0, 1, 2, 3])
    table = phrases(corpus)
    assert table[["n", "articles", "stories"]].T.to_dict("list") == {"North gate": [4, 3, 2]}
    cells = [[4, 0], [1, 4]]
    theirs = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
    assert table["g2"].tolist() == pytest.approx([theirs], rel=1e-9)
    assert len(lines(corpus, table.index)) == 4
    assert phrases(corpus, ["GATE"]).empty


def test_phrases_are_the_pairs_of_nltk(corpus):
    pairs = nltk_pairs(corpus.tokens, corpus.articles.set_index("doc_id")["body"])
    table = phrases(corpus)
    assert [pairs[fold(pair)] for pair in table.index] == table["n"].tolist()
    assert len(table)


def test_punctuation_parts_what_white_space_joins(typed):
    bodies = ["eel,\tcold  lamp and\nwet (Ostrey) “oil” cold lamp— wet eel"] * 3 + ["oil wet", "lamp. Eel"]
    assert set(phrases(typed(bodies)).index) == {"cold lamp", "wet eel"}


def test_without_pairs_there_are_no_phrases(typed):
    full = phrases(typed(["north gate"] * 3 + ["old eel"] * 3)).dtypes.to_dict()
    for corpus in (typed([]), typed(["", "the gate"]), typed(["gate"])):
        assert phrases(corpus).empty
        assert phrases(corpus).dtypes.to_dict() == full


LINK = "Gate keepers balk at lengthy trial"
BODIES = [f"The ferry number{n} sailed early {LINK}. Keepers{n} balk" for n in range(5)]


def test_a_link_printed_under_five_stories_is_a_set_phrase(read):
    """`balk` stands in it five times of ten, `lengthy` always, `ferry` never: what follows it is new each time."""
    table = set_phrases(read(BODIES), list("abcde"), ["lengthy", "ferry", "balk", "unheard"])
    assert table.index.tolist() == ["lengthy", "ferry", "balk"]
    assert table["n"].tolist() == [5, 5, 10]
    assert table["n_set"].tolist() == [5, 0, 5]
    assert table["share_set"].tolist() == [1, 0, 0.5]
    assert table.loc["lengthy", ["run", "run_stories"]].tolist() == ["Gate keepers balk at lengthy", 5]


def test_numbers_are_alike_in_a_run(read):
    table = set_phrases(read([f"Hide caption {n} of {n + 9} photos" for n in range(5)]), list("abcde"), ["caption"])
    assert table.loc["caption", "n_set"] == 5


def test_articles_of_one_story_say_it_once(read):
    table = set_phrases(read(BODIES), list("aabbc"), ["lengthy"])
    assert table.loc["lengthy", ["n_set", "run_stories"]].tolist() == [0, 3]


def test_a_run_ends_with_its_article(read):
    """No run of five words holds `gate` within an article of four; over the edge there would be one."""
    table = set_phrases(read(["a lamp gate went"] * 6), list("abcdef"), ["gate"])
    assert table.loc["gate"].tolist() == [6, 0, 0, "", 0]


def test_the_order_of_articles_does_not_matter(read):
    stories = list("abcde")
    there, back = set_phrases(read(BODIES), stories, ["balk"]), set_phrases(read(BODIES[::-1]), stories[::-1], ["balk"])
    assert there.equals(back)


def test_a_word_and_a_figure_are_two_things_in_a_run(read):
    """Three words before the figure and the last word of the vocabulary: no run of one story is that of the other."""
    table = set_phrases(read(["a gate zz", "b gate 7"]), list("ab"), ["gate"], length=3, fewest=2)
    assert table.loc["gate", "n_set"] == 0


def test_of_runs_that_are_equally_common_the_first_by_its_words_is_named(read):
    bodies = ["one two gate three four"] * 5 + ["five six gate seven eight"] * 5
    tables = [set_phrases(read(some), list("abcdefghij"), ["gate"]) for some in (bodies, bodies[::-1])]
    assert [table.loc["gate", "run"] for table in tables] == ["five six gate seven eight"] * 2


def test_no_terms_no_rows(read):
    assert set_phrases(read(BODIES), list("abcde"), []).empty
    assert set_phrases(read([]), [], ["balk"]).empty
