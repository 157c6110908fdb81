"""corpus.toml maps columns, names outlets, skips files; its mistakes are explained."""

import json

import pandas as pd
import pytest

from broadsheet.errors import CorpusError
from broadsheet.readers import list_folder, read_articles

CSV = "when,fulltext,paper\n03/04/2021,It burned.,Bee\n"


def test_declared_columns_and_date_order_are_followed(corpus):
    toml = 'dates = "day first"\n[columns]\nbody = "fulltext"\npublished = "when"\noutlet = "Paper"\n'
    articles, audit = corpus({"a.csv": CSV, "corpus.toml": toml})
    assert articles[["body", "outlet"]].iloc[0].to_list() == ["It burned.", "Bee"]
    assert articles.published[0] == pd.Timestamp("2021-04-03")
    assert audit.notes[0] == ""


def test_the_outlet_is_the_first_folder_if_the_record_names_none(corpus):
    files = {"Bee/2021/a.txt": "One.", "Bee/b.csv": "text,outlet\nTwo.,Owl\n", "c.txt": "Three."}
    articles, _ = corpus(files | {"corpus.toml": 'outlet = "folder"'})
    assert list(articles.outlet) == ["Bee", "Owl", ""]


def test_one_outlet_may_be_set_for_all_records(corpus):
    assert corpus({"a/b.txt": "One.", "corpus.toml": 'outlet = "The Bee"'})[0].outlet[0] == "The Bee"


def test_ignored_files_are_skipped(corpus):
    files = dict.fromkeys(["a.txt", "b.bak", "sub/c.bak", "drafts/d.txt", "sub/drafts/e.txt", "old/f.txt"], "One.")
    _, audit = corpus(files | {"corpus.toml": 'ignore = ["*.bak", "drafts/*", "old"]'})
    assert list(audit.source) == ["a.txt", "sub/drafts/e.txt"]


def test_settings_beside_a_single_file_apply(corpus, tmp_path):
    corpus({"a.csv": CSV, "corpus.toml": '[columns]\nbody = "fulltext"\n'})
    assert read_articles(list_folder(tmp_path / "corpus" / "a.csv"))[0].body[0] == "It burned."


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('outlets = "x"', "Did you mean outlet?"),
        ('[columns]\nheadlin = "t"', "Did you mean headline?"),
        ('[columns]\nbody = "fultext"', "Did you mean fulltext?"),
        ('[columns]\nbody = "zzz"', "found fulltext, paper, when. Write one of these after `body =`"),
        ('[columns]\noutlet = "folder"', "above [columns]"),
        ("outlet = folder", "line 1"),
        ("outlet = 3", "`outlet` must be a name"),
        ('ignore = "*.bak"', "`ignore` must be a list"),
        ("ignore = [1]", "`ignore` must be a list"),
        ('columns = "body"', "`columns` must be a table"),
        ("[columns]\nbody = 1", "`columns` must be a table"),
        ('dates = "day last"', 'must be "day first" or "month first"'),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_mistake_in_the_settings_is_explained(corpus, toml, message):
    with pytest.raises(CorpusError) as error:
        corpus({"a.csv": CSV, "corpus.toml": toml})
    assert message in str(error.value)


def test_a_declared_column_may_be_absent_if_there_is_no_record(corpus):
    assert corpus({"corpus.toml": '[columns]\nbody = "fulltext"'})[0].empty


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("article.content.words", "It burned."),
        ("article.paragraphs", "It burned.\n\nIt sank."),
        ("article.blocks.line", "It burned.\n\nIt sank."),
        ("article.blocks.1.line", "It sank."),
        ("response.articles.article.content.words", "It burned."),
        ("Article.Content.Words", "It burned."),
    ],
)
def test_a_column_is_declared_by_its_path(corpus, path, body):
    article = {
        "content": {"words": "It burned."},
        "paragraphs": ["It burned.", "It sank."],
        "blocks": [{"line": "It burned."}, {"line": "It sank."}],
    }
    row = {"article": article, "by": [{"name": "Ada Roe"}, {"name": "Bo Lund"}], "days": ["2021-05-23", "2021-05-24"]}
    toml = f'[columns]\nbody = "{path}"\nbyline = "by.name"\npublished = "days.0"\n'
    articles, _ = corpus({"a.json": json.dumps([row]), "corpus.toml": toml})
    assert articles[["body", "byline"]].iloc[0].to_list() == [body, "Ada Roe, Bo Lund"]
    assert articles.published[0] == pd.Timestamp("2021-05-23")


def test_a_path_that_no_record_has_is_a_mistake(corpus):
    with pytest.raises(CorpusError, match="no record has that column"):
        corpus({"a.json": json.dumps([{"article": "It burned."}]), "corpus.toml": '[columns]\nbody = "story.words"\n'})


def test_a_column_whose_name_contains_a_full_stop_is_found(corpus):
    files = {"a.csv": "story.words,x\nIt burned.,1\n", "corpus.toml": '[columns]\nbody = "story.words"\n'}
    assert corpus(files)[0].body[0] == "It burned."
