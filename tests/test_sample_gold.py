"""The gold sheet of the sample: every string stands where it says, and what it plants is there."""

import collections
import csv
import json
import pathlib
import re

import pandas as pd
import pytest

import broadsheet

DATA = pathlib.Path(__file__).parents[1] / "data"
GOLD = DATA / "sample-gold"
KINDS = {
    "times": ("type", {"DATE", "TIME", "DURATION", "SET"}),
    "quotations": ("kind", {"direct", "partial", "indirect"}),
    "repeats": (
        "kind",
        {"pull quote", "sign-off", "copyright", "read more", "photograph", "correction", "credit", "dateline"},
    ),
    "stories": ("role", {"original", "reprint", "version"}),
    "events": ("agrees", {"yes", "no"}),
}
VALUE = (
    re.compile(  # of TIMEX3: a day, month, season, week, year or decade, with a time; a duration; a set; now and then
        r"(\d{4}(-(\d\d(-\d\d)?|SP|SU|FA|WI|W\d\d(-WE|-\d)?|[QH]\d))?(T(\d\d(:\d\d)?|NI|MO|AF|EV|MI|DT))?|\d{2,3}"
        r"|T(\d\d(:\d\d)?|NI|MO|AF|EV|MI|DT)|PT?[\dX.]+(SP|SU|FA|WI|WE|NI|MO|AF|EV|[A-Z])(T?[\d.]+[A-Z])*|XXXX-.+"
        r"|PRESENT_REF|PAST_REF|FUTURE_REF)"
    )
)
SHARED = 80  # characters that a reprint has in common with its original, at least, in one piece


def rows(name: str) -> list[dict[str, str]]:
    with (GOLD / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def planted() -> dict:
    return json.loads((GOLD / "planted.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def articles():
    """Return the articles by the names that the gold sheet calls them: file, or file#id where a file holds several."""
    news = broadsheet.load(DATA / "sample")
    place = news.audit.set_index("doc_id")
    several = place["source"].duplicated(keep=False)
    names = {doc_id: f"{source}#{doc_id}" if several[doc_id] else source for doc_id, source in place["source"].items()}
    return news.articles.assign(article=news.articles["doc_id"].map(names)).set_index("article")


@pytest.mark.parametrize("name", ["times", "quotations", "repeats", "events"])
def test_every_string_stands_where_the_sheet_says(articles, name):
    bodies = articles["body"]
    wrong = [row for row in rows(name) if bodies[row["article"]].count(row["text"]) < int(row["nth"])]
    assert not wrong
    assert all(row["text"] and int(row["nth"]) > 0 for row in rows(name))


@pytest.mark.parametrize("name", KINDS)
def test_every_row_is_of_a_kind_and_stands_once(articles, name):
    column, kinds = KINDS[name]
    assert {row[column] for row in rows(name)} == kinds
    assert {row["article"] for row in rows(name)} <= set(articles.index)
    assert len({tuple(row.values()) for row in rows(name)}) == len(rows(name))


def test_every_article_is_read_for_times_and_quotations(articles):
    assert {row["article"] for row in rows("times")} == set(articles.index)
    letters = {name for name in articles.index if "letters" in name}
    assert {row["article"] for row in rows("quotations")} >= set(articles.index) - letters - {
        "Tollmere Ledger/2024-03-04-ferry-timetable.txt"
    }


def test_values_of_times_are_written_as_timex3_has_them():
    assert not [row for row in rows("times") if not VALUE.fullmatch(row["value"])]


def test_direct_and_partial_quotations_stand_within_marks():
    opened = [row for row in rows("quotations") if row["kind"] == "direct" and row["text"][0] in "“‘"]
    partial = [row for row in rows("quotations") if row["kind"] == "partial"]
    assert len(opened) > 0.9 * sum(row["kind"] == "direct" for row in rows("quotations"))
    assert all(row["text"][0] in "“‘" for row in partial)


def test_a_pull_quote_stands_in_the_text_too(articles):
    pulled = [row for row in rows("repeats") if row["kind"] == "pull quote"]
    assert len(pulled) >= 5
    for row in pulled:
        assert articles["body"][row["article"]].count(row["text"].strip("“”. ")) >= 2, row


def test_a_reprint_shares_a_passage_with_what_it_derives_from(articles):
    bodies, derived = articles["body"], [row for row in rows("stories") if row["of"]]
    for row in derived:
        one, other = bodies[row["article"]], bodies[row["of"]]
        assert any(one[at : at + SHARED] in other for at in range(len(one) - SHARED + 1)), row
    originals = collections.Counter(row["story"] for row in rows("stories") if row["role"] == "original")
    assert set(originals.values()) == {1}
    assert set(originals) == {row["story"] for row in derived}


def test_an_event_is_dated_by_its_articles_as_the_sheet_says():
    """What an article says is the event's day, or coarser; unless the sheet says that the two disagree."""
    told = collections.defaultdict(set)
    for row in rows("events"):
        told[row["event"]].add((row["day"], row["what"]))
        assert agree(row["day"], row["said"]) == (row["agrees"] == "yes"), row
    assert all(len(said) == 1 for said in told.values())


def agree(day: str, said: str) -> bool:
    """Say whether two dates or spans have a day in common, as far as either tells."""
    one, other = span(day), span(said)
    return one[0] <= other[1] and other[0] <= one[1]


def span(value: str) -> tuple[str, str]:
    """Return the first and the last day that a date or a span may mean; a season or a week is taken for its year."""
    first, _, last = value.partition("/")
    return first_day(first), first_day(last or first, "12", "31")


def first_day(value: str, month: str = "01", day: str = "01") -> str:
    """Return the day that a date names, with month and day as given where it does not say them."""
    known = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\d-])", value) or re.match(r"(\d{4})()()", value)
    return "-".join([known[1], known[2] or month, known[3] or day])


def test_what_is_planted_agrees_with_the_rest_of_the_sheet(articles):
    wrong = {(row["article"], row["said"]) for row in rows("events") if row["agrees"] == "no"}
    assert len(wrong) >= 2
    assert {row["article"] for row in rows("phenomena")} <= set(articles.index)
    assert {"wire reprint", "updated twice", "outlets disagree on a date", "silent outlet"} <= {
        row["phenomenon"] for row in rows("phenomena")
    }


def test_speakers_and_cues_stand_in_the_article_and_quotations_are_numbered(articles):
    numbers = collections.defaultdict(list)
    for row in rows("quotations"):
        body = articles["body"][row["article"]]
        assert row["speaker"] in body, row
        assert all(part in body for part in row["cue"].split()), row
        numbers[row["article"]].append(int(row["quotation"]))
    assert all(set(found) == set(range(1, max(found) + 1)) for found in numbers.values())


def test_the_readme_tells_how_many_rows_there_are():
    said = dict(re.findall(r"\| (\w+)\.csv \| ([\d,]+) \|", (GOLD / "README.md").read_text("utf-8")))
    assert {name: int(number) for name, number in said.items()} == {
        path.stem: len(rows(path.stem)) for path in GOLD.glob("*.csv")
    }
    readme = (DATA.parent / "README.md").read_text("utf-8")
    assert f"{len(rows('times')):,} time expressions, {len(rows('quotations')):,} passages of speech" in readme
    assert re.findall(r"([\d,]+) articles by a broadsheet", readme) == [
        str(sum(1 for _ in broadsheet.load(DATA / "sample").catalogue.index))
    ]


def test_the_rise_is_as_planted(articles):
    rise = planted()["rise"]
    held = articles["body"].str.contains(rf"\b{rise['term']}(?:s|['’]s)?\b", case=False)
    month = articles["published"].dt.strftime("%Y-%m")
    assert {m: [int(held[month == m].sum()), int((month == m).sum())] for m in sorted(month.unique())} == rise[
        "articles"
    ]


def test_one_outlet_alone_is_silent_for_one_month(articles):
    table = pd.crosstab(articles["outlet"], articles["published"].dt.strftime("%Y-%m"))
    silent = [(outlet, month) for outlet in table.index for month in table.columns if not table.loc[outlet, month]]
    assert silent == [(planted()["silence"]["outlet"], planted()["silence"]["month"])]


def test_each_form_of_file_is_in_the_sample(articles):
    assert {name.partition("#")[0].rpartition(".")[2] for name in articles.index} == {
        "txt",
        "md",
        "csv",
        "json",
        "jsonl",
    }
