"""Articles grouped into stories: reprints in every form, versions, and what is missing, twisted or much."""

import pandas as pd
import pytest

from broadsheet.duplicates import stories
from broadsheet.errors import SchemaError


def groups(articles: pd.DataFrame) -> set[frozenset[str]]:
    """Return the bodies that are told as one story."""
    story = stories(articles)
    return {frozenset(bodies) for _, bodies in articles["body"].groupby(story.to_numpy())}


def reprints(write, body: str) -> dict[str, str]:
    """Return a body as others print it."""
    lines = body.split("\n\n")
    return {
        "another first line": "\n\n".join([write.sentence(), *lines]),
        "tail cut": "\n\n".join(lines[:5]),
        "paragraph inserted": "\n\n".join([*lines[:4], write.sentence(), *lines[4:]]),
        "first paragraph anew": "\n\n".join([write.sentence(), *lines[1:]]),
        "copy-edited": write.edited(body),
        "in capitals": body.upper(),
        "lines of Windows": body.replace("\n", "\r\n"),
        "paragraphs run together": body.replace("\n\n", " "),
        "line breaks of print": body.replace("\n", "\u2028"),
        "with a notice": f"TOLLMERE (Northern Wire) – {body}\n\nRead more\n\n© 2024 Northern Wire. All rights reserved.",
    }


@pytest.fixture(scope="module")
def story(writer):
    """Return an article and how others print it."""
    body = writer(1).body(10)
    return {"as printed": body} | reprints(writer(2), body)


def test_a_reprint_belongs_to_the_story_however_it_was_changed(writer, table, story):
    others = [writer(seed).body() for seed in range(10, 20)]
    for form, body in story.items():
        articles = table([story["as printed"], body, *others], [f"o{n}" for n in range(12)])
        assert groups(articles) == {frozenset([story["as printed"], body])} | {
            frozenset([other]) for other in others
        }, form


def test_one_story_in_all_its_forms_over_a_week_is_one(table, story):
    days = [f"2024-03-{1 + number % 7:02}" for number in range(len(story))]
    assert stories(table(list(story.values()), [f"o{n}" for n in range(len(story))], days)).nunique() == 1


def test_a_story_is_numbered_by_its_earliest_article_under_the_index_given(table, story):
    bodies = [story["tail cut"], story["as printed"], "It rained."]
    articles = table(bodies, ["Flare", "Wire", "Flare"], ["2024-03-02", "2024-03-01", "2024-03-01"])
    found = stories(articles.set_axis(["x", "y", "z"]))
    assert found.to_dict() == {"x": 1, "y": 1, "z": 2}


def test_articles_that_share_only_boilerplate_are_two_stories(writer, table):
    notice = (
        "Ring the quay office to report a gull. The number is on the board by the old bridge, at all hours of the day."
    )
    terms = (
        "© 2024 Tollmere Ledger. All rights reserved. Nothing of this may be printed or sent on without being paid for."
    )
    for ending in (notice, terms, f"{notice}\n\n{terms}"):
        bodies = [f"{writer(seed).body()}\n\n{ending}" for seed in (1, 2)]
        assert stories(table(bodies)).tolist() == [0, 1]


def test_articles_that_quote_one_speech_are_not_one_story(writer, table):
    speech = "“" + " ".join(writer(5).sentence() for _ in range(3)) + "”"
    bodies = ["\n\n".join([writer(seed).body(8), speech, writer(seed + 50).body(8)]) for seed in range(4)]
    assert stories(table(bodies, [f"o{n}" for n in range(4)])).nunique() == 4


def test_the_order_of_articles_does_not_change_which_are_one_story(writer, table, story):
    bodies = [*story.values(), *reprints(writer(3), writer(4).body(12)).values(), "It rained.", "", writer(9).body()]
    rows = [(body, f"o{n % 4}", f"2024-03-{1 + n % 9:02}" if n % 5 else None) for n, body in enumerate(bodies)]

    def found(order):
        return groups(table(*map(list, zip(*order, strict=True))))

    assert max(len(group) for group in found(rows)) >= len(story)
    for seed in range(5):
        assert found(writer(seed).shuffled(rows)) == found(rows)


def test_ten_thousand_copies_are_one_story(writer, table):
    articles = table([writer(1).body()] * 10_000, [f"o{n % 50}" for n in range(10_000)])
    assert set(stories(articles)) == {0}


def test_ten_thousand_copies_with_light_edits_are_one_story(writer, table):
    body, editor = writer(1).body(), writer(2)
    articles = table([body, *(editor.edited(body) for _ in range(9_999))], [f"o{n % 50}" for n in range(10_000)])
    assert stories(articles).nunique() == 1


def test_undated_articles_without_an_outlet_are_grouped_too(writer, table, story):
    found = stories(table([*story.values(), writer(7).body()], outlet="", published=None))
    assert found.tolist() == [found[0]] * len(story) + [len(story)]


@pytest.mark.parametrize("body", ["", " \n", "It rained.", "Share"])
def test_equal_bodies_are_one_story_however_short_and_far_apart(table, body):
    assert stories(table([body, "It froze.", body], published=["2024-03-01", None, "1999-01-01"])).tolist() == [2, 1, 2]


def test_articles_of_one_sentence_are_stories_of_their_own(writer, table):
    bodies = [writer(seed).sentence() for seed in range(30)]
    assert stories(table(bodies)).tolist() == list(range(30))


def test_one_article_is_one_story_and_none_are_none(writer, table):
    assert stories(table([writer(1).body()])).tolist() == [0]
    found = stories(table([]))
    assert found.tolist() == []
    assert found.dtype == "int64"


def test_an_article_of_two_megabytes_and_its_beginning_are_one_story(writer, table):
    body = writer(1).body(9_000)
    assert stories(table([body, body[:100_000], writer(2).body()], ["a", "b", "c"])).tolist() == [0, 0, 2]


@pytest.mark.parametrize("missing", ["published", "outlet", "headline", "body"])
def test_a_missing_column_is_named(table, missing):
    with pytest.raises(SchemaError, match=missing):
        stories(table(["It rained."]).drop(columns=missing))


def article(outlet: str, day: int, body: str) -> str:
    return f"---\noutlet: {outlet}\ndate: 2024-03-{day:02}\n---\n{body}"


def told(corpus) -> dict[str, tuple[str, str]]:
    """Return role and source of each article by the name of its file."""
    name = corpus.audit.set_index("doc_id")["source"].str.removesuffix(".txt").to_dict()
    return {name[row.doc_id]: (row.role, name.get(row.of, "")) for row in corpus.stories.itertuples()}


def test_a_later_text_by_the_same_outlet_is_a_version_and_by_another_a_reprint(writer, news):
    write, body = writer(2), writer(1).body(10)
    update = write.sentence() + "\n\n" + body
    second = writer(3).body(2) + "\n\n" + body
    corpus = news(
        {
            "a.txt": article("Wire", 1, body),
            "b.txt": article("Wire", 1, second),
            "c.txt": article("Flare", 2, second[:-200]),
            "d.txt": article("Wire", 3, update),
            "e.txt": article("Post", 3, writer(9).body()),
        }
    )
    assert told(corpus) == {
        "a": ("original", ""),
        "b": ("version", "a"),
        "c": ("reprint", "b"),
        "d": ("version", "b"),
        "e": ("original", ""),
    }
    assert corpus.stories["shared"].isna().tolist() == [True, False, False, False, True]
    assert corpus.stories["shared"][1:4].between(0.8, 1).all()


@pytest.mark.parametrize(
    ("named", "outlet"), [("Northern Wire", "northern wire"), ("AP", "AP"), ("AP", "Associated Press")]
)
def test_the_agency_that_a_dateline_names_has_the_original_of_the_day(writer, table, named, outlet):
    """Else the longest text has it: that of an outlet whose name is another."""
    body = writer(1).body(10)
    bodies = [f"TOLLMERE ({named}) – {body}\n\n{writer(2).sentence()}", body]
    assert stories(table(bodies, ["Flare", outlet])).tolist() == [1, 1]
    assert stories(table(bodies, ["Flare", f"{outlet} 5"])).tolist() == [0, 0]


def test_passages_taken_over_leave_out_the_reprints_own_sentence(writer, news):
    """A reprint's own sentence, in the middle, is not among the passages."""
    lines, own = writer(1).body(6).split("\n\n"), writer(2).sentence()
    reprint = "\n\n".join([*lines[:3], own, *lines[3:]])
    corpus = news({"a.txt": article("Wire", 1, "\n\n".join(lines)), "b.txt": article("Flare", 2, reprint)})
    taken = corpus.text(corpus.taken).tolist()
    assert len(set(corpus.taken["doc_id"])) == 1
    assert "".join(taken).count(own) == 0
    assert sum(len(text.split()) for text in taken) == len(" ".join(lines).split())
