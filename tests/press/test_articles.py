"""Articles as pages: text that stays text, sentences with addresses, lists that lose nothing."""

import html
import json
import re

import pytest

from broadsheet.corpus import load
from broadsheet.press import addresses, articles


@pytest.fixture
def printed(tmp_path):
    """Return a function: bodies in, each body's HTML out."""

    def made(*bodies: str) -> list[str]:
        file = tmp_path / "a.jsonl"
        file.write_text("\n".join(json.dumps({"id": str(n), "text": body}) for n, body in enumerate(bodies)))
        return [str(text) for _, text in articles.rendered(load(file))]

    return made


HOSTILE = [
    '<script>document.title="pwned"</script>',
    "<img src=x onerror=alert(1)>",
    "</p></article><style>*{display:none}</style>",
    "&lt;b&gt; &amp; &#60;i>",
    "\u202eright to left\u202c \u2067and back\u2069",
    "x" * 300_000,
    "<a href='javascript:x()'>1 March 2020</a>",
]


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: body[:12])
def test_markup_marks_and_long_lines_stay_the_text_that_was_printed(printed, elements, body):
    (text,) = printed(body)
    assert {tag for tag, _ in elements(text)} <= {"p", "span", "mark"}
    assert html.unescape(re.sub(r"<[^>]*>", "", text)) == body


def test_each_paragraph_finds_its_own_direction(printed, elements):
    (text,) = printed("The weir.\n\nשלום.")
    assert [given.get("dir") for tag, given in elements(text) if tag == "p"] == ["auto", "auto"]


def test_each_sentence_has_an_address_in_order(printed):
    (text,) = printed("The gate stuck. The keeper came.\n\nBoats moved on.")
    assert re.findall(r'id="(s\d+)">([^<]+)<', text) == [
        ("s0", "The gate stuck."),
        ("s1", "The keeper came."),
        ("s2", "Boats moved on."),
    ]
    assert text.count("<p ") == 2


def test_dates_are_marked_where_they_stand(printed):
    first, second = printed("It stuck on 1 March 2020 & on 2 March 2020.", "It did not.")
    assert re.findall(r"<mark[^>]*>([^<]+)</mark>", first) == ["1 March 2020", "2 March 2020"]
    assert "<mark" not in second


def test_an_article_without_a_headline_is_called_by_how_it_begins():
    assert articles.title("Gate stuck", "It did.") == "Gate stuck"
    assert articles.title("", "It did.") == "It did."
    called = articles.title("", "The keeper of the lock " * 9)
    assert len(called) < 100
    assert called.removesuffix(" …").split()[-1] in {"The", "keeper", "of", "the", "lock"}


def test_the_list_is_newest_first_with_the_undated_last(tmp_path):
    for name, text in {"a": "date 2020-03-02\nOld.", "b": "Undated.", "c": "date 2020-03-09\nNew."}.items():
        (tmp_path / f"{name}.txt").write_text(text)
    corpus = load(tmp_path)
    (rows,) = articles.lists(corpus, addresses.article_files(corpus.articles["doc_id"]))
    assert [row["title"] for row in rows] == ["New.", "Old.", "Undated."]
    assert rows[2]["published"] == "undated"


def test_a_long_list_is_parted_and_loses_none(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(json.dumps({"text": f"Gauge {n}."}) for n in range(articles.PER_LIST + 1)))
    corpus = load(file)
    pages = articles.lists(corpus, addresses.article_files(corpus.articles["doc_id"]))
    assert [len(rows) for rows in pages] == [articles.PER_LIST, 1]
    assert len({row["file"] for rows in pages for row in rows}) == articles.PER_LIST + 1


def test_outlets_are_counted_and_the_unnamed_are_said(tmp_path):
    rows = [("Bell", "2020-03-02"), ("Bell", "2020-03-09"), ("", "")]
    (tmp_path / "a.jsonl").write_text(
        "\n".join(json.dumps({"outlet": o, "date": d, "text": f"{o} {d} rain."}) for o, d in rows)
    )
    assert [tuple(row.values()) for row in articles.outlets(load(tmp_path))] == [
        ("Bell", 2, "2 Mar 2020", "9 Mar 2020"),
        ("not named", 1, "undated", "undated"),
    ]


def test_what_does_not_count_is_marked_with_its_reason_and_stays_in_the_text(printed):
    """The date within the copyright line is marked as well; without such a line nothing is."""
    body = "It stuck. It was freed.\n\n© 2020 Weir Weekly, 1 March 2020. All rights reserved."
    marked, plain = printed(body, "It stuck. It was freed.")
    (reason, inside) = re.findall(r'<span class="left-out" data-reason="([^"]+)">(.*?)</span></span>', marked)[0]
    assert reason == "copyright"
    assert re.sub(r"<[^>]*>", "", inside) == "© 2020 Weir Weekly, 1 March 2020."
    assert "<mark" in inside
    assert "left-out" not in plain
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", marked)) == re.sub(r"\s+", " ", body)


def test_sentences_that_no_blank_parts_are_not_parted_by_one(printed):
    (text,) = printed("The gate stuck.Then it froze. It thawed.")
    assert re.sub(r"<[^>]*>", "", text) == "The gate stuck.Then it froze. It thawed."


def test_a_reprint_leads_to_the_article_that_it_has_its_text_from(tmp_path):
    """Nine of ten sentences are taken over; the two outlets' articles are a day apart."""
    lines = [
        f"Keeper number {n} of the weir at Orrin counted {n * 7} herons and {n * 3} eels before dark."
        for n in range(10)
    ]
    rows = [
        {"id": "one", "date": "2020-03-01", "outlet": "Weir Wire", "text": "\n\n".join(lines)},
        {"id": "two", "date": "2020-03-02", "outlet": "Orrin Post", "text": "\n\n".join(["Herons again.", *lines[1:]])},
        {"id": "three", "date": "2020-03-02", "outlet": "Orrin Post", "text": "Nothing of that kind was seen."},
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    (story,) = articles.stories(load(file), {"one": "one.html", "two": "two.html", "three": "three.html"})
    assert [(row["file"], row["role"], row["of"]) for row in story] == [
        ("one.html", "original", ""),
        ("two.html", "reprint", "one.html"),
    ]
    assert [(row["outlet"], row["published"]) for row in story] == [
        ("Weir Wire", "1 Mar 2020"),
        ("Orrin Post", "2 Mar 2020"),
    ]
    assert story[0]["shared"] == ""
    assert 90 <= int(story[1]["shared"].rstrip("%")) < 100
