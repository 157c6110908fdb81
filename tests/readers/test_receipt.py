"""The receipt: which fields supply our columns, and which look like dates or text but do not."""

import json

import pytest

from broadsheet.readers import list_folder, mappings, no_article, read_articles

LONG = "The weir broke at noon, and nobody could say when the town would have water again, or who would pay. "


def receipt(tmp_path, name: str, content: str, toml: str = ""):
    (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "corpus.toml").write_text(toml, "utf-8")
    return mappings(list_folder(tmp_path))


def test_fields_and_three_examples_are_named(tmp_path):
    rows = [{"title": f"Mill {n}", "day": f"2021-05-0{n}", "text": LONG, "lead": LONG * 2, "n": n} for n in range(1, 6)]
    (mapping,) = receipt(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))
    assert (mapping.ending, mapping.files) == (".jsonl", 1)
    assert mapping.columns["headline"] == ("title", ("Mill 1", "Mill 2", "Mill 3"))
    assert mapping.columns["body"][0] == "text"
    assert mapping.columns["body"][1][0].endswith("…")
    assert mapping.dates == {"day": ("2021-05-01", "2021-05-02", "2021-05-03")}
    assert list(mapping.texts) == ["lead"]
    assert mapping.others == {"n": ("1", "2", "3")}


def test_nested_fields_are_named_by_their_path(tmp_path):
    (mapping,) = receipt(
        tmp_path, "a.json", json.dumps([{"title": "Mill", "day": {"printed": "2021-05-23"}, "text": LONG}])
    )
    assert list(mapping.dates) == ["day.printed"]


def test_a_declared_path_is_the_field(tmp_path):
    content = json.dumps([{"story": {"parts": [{"t": "It burned."}, {"t": "It sank."}]}}])
    (mapping,) = receipt(tmp_path, "a.json", content, '[columns]\nbody = "story.parts.t"\n')
    assert mapping.columns["body"] == ("story.parts.t", ("It burned. It sank.",))


def test_the_only_long_field_is_the_text_and_is_named(tmp_path):
    (mapping,) = receipt(tmp_path, "a.csv", f'headline,narrative\nMill,"{LONG * 3}"\nWeir,"{LONG * 4}"\n')
    assert (mapping.by_content, mapping.columns["body"][0]) == ("narrative", "narrative")
    articles, audit = read_articles(list_folder(tmp_path))
    assert articles.body.tolist() == [(LONG * 3).strip(), (LONG * 4).strip()]
    assert audit.kept.all()


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_of_two_long_fields_none_is_taken_and_both_are_named_with_the_line_to_write(tmp_path, name):
    rows = [{"headline": "Mill", "narrative": LONG * 3, "remarks": LONG * 2}]
    table = f'headline,narrative,remarks\nMill,"{LONG * 3}","{LONG * 2}"\n'
    (mapping,) = receipt(tmp_path, name, table if name == "a.csv" else json.dumps(rows))
    assert (mapping.by_content, list(mapping.texts)) == ("", ["narrative", "remarks"])
    articles, audit = read_articles(list_folder(tmp_path))
    assert articles.empty
    message = no_article(tmp_path, audit)
    assert "narrative, remarks" in message
    assert 'body = "narrative"' in message


def test_a_file_that_cannot_be_read_has_no_fields(tmp_path):
    (mapping,) = receipt(tmp_path, "a.json", "<html>")
    assert (mapping.files, mapping.columns, mapping.others) == (1, {}, {})
