"""CSV and TSV: the delimiter is detected, cells are kept entire, only bad rows are set aside."""

import pytest

ROWS = [["title", "date", "text"], ["Mill", "2021-05-23", "It burned."], ["Weir", "2021-05-24", "It broke."]]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_the_delimiter_is_found_whatever_the_ending(one, mark, name):
    articles, audit = one(name, "\n".join(mark.join(row) for row in ROWS))
    assert list(articles.headline) == ["Mill", "Weir"]
    assert list(articles.source) == [f"{name}#1", f"{name}#2"]
    assert list(audit.record) == [1, 2]


def test_the_delimiter_that_gives_the_header_most_cells_is_used(one):
    articles, _ = one("a.csv", "title;date, time;text\nMill;2021-05-23;It burned, at noon, to the ground.\n")
    assert articles.body[0] == "It burned, at noon, to the ground."


def test_quoted_cells_may_contain_lines_quotes_and_delimiters(one):
    articles, _ = one("a.csv", 'title,text\r\n"Mill, ""The""","It burned.\r\n\r\nAt noon, all of it."\r\n')
    assert articles.headline[0] == 'Mill, "The"'
    assert articles.body[0] == "It burned.\n\nAt noon, all of it."


def test_very_large_cells_are_read(one):
    assert len(one("a.csv", "text\n" + "w" * 200_000)[0].body[0]) == 200_000


def test_missing_cells_are_empty_and_surplus_cells_are_malformed(one):
    _, audit = one("a.csv", "text,title,date\nShort.\na,b,c,d\n\nFull.,Mill,2021-05-23\n,,\n")
    assert list(audit.reason) == ["", "malformed", "", "no body"]
    assert list(audit.notes) == ["no date", "", "", ""]
    assert list(audit.record) == [1, 2, 3, 4]


def test_a_stray_quotation_mark_costs_its_row_only(one):
    _, audit = one("a.csv", 'title,text\n"Mill" burns,x\nWeir,It broke.\nEnd,"never closed\n')
    assert list(audit.reason) == ["malformed", "", "malformed"]


def test_tab_separated_text_may_open_with_a_quotation(one):
    articles, audit = one("a.tsv", 'title\ttext\nMill\t"It burned," said Ada Roe.\nWeir\tIt broke.\n')
    assert articles.body[0] == '"It burned," said Ada Roe.'
    assert audit.kept.all()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("title,text\n", "empty"),
        ("title,date\n", "empty"),
        ('""\n', "empty"),
        ("title,summary\nMill,Gone\nWeir,Gone\n", "no text column"),
    ],
)
def test_a_table_without_articles_is_one_row(one, content, reason):
    _, audit = one("a.csv", content)
    assert audit[["record", "reason"]].values.tolist() == [[1, reason]]


def test_nameless_and_repeated_columns_are_all_kept(one):
    articles, _ = one("a.csv", ",text,desk,desk\n0,It burned.,city,night\n")
    assert articles[["column 1", "desk", "desk-2"]].iloc[0].to_list() == ["0", "city", "night"]
