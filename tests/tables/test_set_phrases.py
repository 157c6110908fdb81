"""Terms that stand in the same words again and again."""

from broadsheet.tables import set_phrases

LINK = "Gate keepers balk at lengthy trial"
BODIES = [f"The ferry number{n} sailed early {LINK}. Keepers{n} balk" for n in range(5)]


def test_a_link_printed_under_five_stories_is_a_set_phrase(read):
    """`balk` stands in it five times of ten, `lengthy` always, `ferry` never: what follows it is new each time."""
    table = set_phrases(read(BODIES), list("abcde"), ["lengthy", "ferry", "balk", "unheard"])
    assert table.index.tolist() == ["lengthy", "ferry", "balk"]
    assert table["n"].tolist() == [5, 5, 10]
    assert table["n_set"].tolist() == [5, 0, 5]
    assert table["share_set"].tolist() == [1, 0, 0.5]
    assert table.loc["lengthy", ["run", "run_stories"]].tolist() == ["gate keepers balk at lengthy", 5]


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
