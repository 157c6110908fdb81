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


def table(rows: list[str], faulty: dict[int, str]) -> str:
    """Return a CSV of dated rows, some of them replaced, by their number from 1."""
    return "id,date,text\n" + "\n".join(faulty.get(number, row) for number, row in enumerate(rows, 1)) + "\n"


PLAIN = [f"N{n},2021-05-{n:02},The weir held on day {n}" for n in range(1, 31)]
QUOTED = [f'"N{n}","2021-05-{n:02}","The weir held, on day {n}"' for n in range(1, 31)]
LONG = [
    f'N{n},2021-05-{n:02},"The weir held, on day {n}.\n\nSo did the quay, the mill, the gate."' for n in range(1, 31)
]


@pytest.mark.parametrize("place", [1, 3, 30])
@pytest.mark.parametrize("rows", [PLAIN, QUOTED, LONG])
def test_a_quotation_mark_that_is_never_closed_costs_its_row(one, rows, place):
    articles, audit = one("a.csv", table(rows, {place: f'N{place},2021-05-{place:02},"The weir held on day {place}'}))
    assert list(audit.record[audit.reason == "malformed"]) == [place]
    assert len(audit) == 30
    assert articles.headline.tolist() == [""] * 29
    assert articles.doc_id.tolist() == [f"N{n}" for n in range(1, 31) if n != place]


@pytest.mark.parametrize("close", [7, 8])
@pytest.mark.parametrize("rows", [PLAIN, LONG])
def test_a_quotation_mark_that_a_later_row_closes_swallows_no_row(one, rows, close):
    faulty = {3: 'N3,2021-05-03,"The weir held', close: f'N{close},2021-05-{close:02},A plank of 5"'}
    articles, audit = one("a.csv", table(rows, faulty))
    assert list(audit.record[audit.reason == "malformed"]) == [3]
    assert articles.doc_id.tolist() == [f"N{n}" for n in range(1, 31) if n != 3]


def test_rows_without_figures_are_recognised_by_their_cells(one):
    rows = [
        "title,text",
        "Mill,It burned",
        'Weir,"It broke',
        "Quay,It sank",
        "Gate,It shut",
        'Lock,It broke at 5"',
        "Ferry,It sails",
    ]
    articles, audit = one("a.csv", "\n".join(rows))
    assert list(audit.reason) == ["", "malformed", "", "", "", ""]
    assert articles.headline.tolist() == ["Mill", "Quay", "Gate", "Lock", "Ferry"]


def test_paragraphs_with_as_many_commas_as_a_row_stay_in_their_cell(one):
    text = "Roe, who came late, left.\nLund, her brother, stayed.\nOn Monday, 12 May 2021, it rained."
    articles, audit = one("a.csv", f'title,date,text\nMill,2021-05-23,"{text}"\nWeir,2021-05-24,"{text} Twice."\n')
    assert audit.kept.all()
    assert articles.body.tolist() == [text, text + " Twice."]


def test_the_rest_of_a_faulty_row_makes_no_articles(one):
    """The second row has a stray mark in its first line; its other lines belong to it, until a row begins."""
    broken = '2,2021-05-24,"The "weir" broke.\n\nNobody, said Roe, was hurt.\nIt rained."'
    _, audit = one("a.csv", f"id,date,text\n1,2021-05-23,It burned.\n{broken}\n3,2021-05-25,It sank.\n")
    assert list(audit.doc_id[audit.kept]) == ["1", "3"]
    assert list(audit.reason) == ["", "malformed", "malformed", ""]


def test_open_quotation_marks_are_read_over_once(one, monkeypatch):
    """As many lines are looked at as there are, twice at most, though every second row opens a mark."""
    from broadsheet.readers import rows

    seen = []
    lines = rows.Pieces.lines
    monkeypatch.setattr(rows.Pieces, "lines", lambda pieces: (seen.append(line) or line for line in lines(pieces)))
    content = "id,date,text\n" + "".join(f'{n},2021-05-23,"Open {n}\n{n},2021-05-24,Shut {n}\n' for n in range(2000))
    _, audit = one("a.csv", content)
    assert audit.kept.sum() == 2000
    assert len(seen) < 8 * 4000


def test_the_end_of_a_quotation_is_not_looked_for_without_end(one, monkeypatch):
    from broadsheet.readers import rows

    monkeypatch.setattr(rows, "LONGEST_ROW", 100_000)
    content = 'id,date,text\n1,2021-05-23,"Open\n' + "".join(
        f"{n},2021-05-24,{'w ' * 400}{n}\n" for n in range(2, 2000)
    )
    _, audit = one("a.csv", content)
    assert audit.kept.sum() == 1998


@pytest.mark.parametrize("row", ['x","y\n', 'x,"y\n', 'x,"\n', 'x,"y""\n', 'x,"y\\"\n'])
def test_faults_without_number_are_read_in_time_that_grows_with_them(one, row):
    """Each row is a fault of its own or closes the one before; a reader that starts anew at each would never end."""
    _, audit = one("a.csv", "a,text\n" + row * 50_000)
    assert len(audit) >= 25_000


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("sep=;\ntitle;text\nMill;It burned, all of it.\n", "It burned, all of it."),
        ("\ufeffsep=,\r\ntitle,text\r\nMill,It burned.\r\n", "It burned."),
        ('title, text\nMill, "It burned, all of it."\n', "It burned, all of it."),
        ('title,text\nMill, "It burned, all of it."\n', "It burned, all of it."),
        ('title,text\nMill,"\\"It burned,\\" she said."\n', '"It burned," she said.'),
        ('title,text\nMill,"She said \\"It burned.\\""\nWeir,It broke.\n', 'She said "It burned."'),
        ('title,text\nMill,"One \\"line\\",\nanother ""line""."\n', 'One "line",\nanother "line".'),
        ('title,text\nMill,"C:\\mill\\"\n', "C:\\mill\\"),
        ('title,text\nMill,A plank of 5" length.\n', 'A plank of 5" length.'),
        ("Search for: mill\n2 May 2021\n\ntitle;date;text\nMill;2021-05-23;It burned.\n", "It burned."),
    ],
)
def test_the_dialects_of_exports_are_read(one, content, body):
    articles, audit = one("a.csv", content)
    assert articles.body[0] == body
    assert audit.kept.all()
    assert articles.headline[0] == "Mill"


def test_tab_separated_quotations_stay_text_although_another_row_has_too_many_cells(one):
    content = 'title\ttext\nMill\t"It burned," said Ada Roe.\nWeir\ta\tb\nQuay\t"No, she said.\n'
    articles, audit = one("a.tsv", content)
    assert list(audit.reason) == ["", "malformed", ""]
    assert articles.body.tolist() == ['"It burned," said Ada Roe.', '"No, she said.']


def test_cells_that_cross_the_pieces_of_a_file_stay_whole(one):
    bodies = [f'The "weir", {n}\n' + "w, " * (20_000 + 7 * n) + "." for n in range(40)]
    rows = "".join(f'{n},"{body.replace(chr(34), chr(34) * 2)}"\n' for n, body in enumerate(bodies))
    articles, audit = one("a.csv", f"id,text\n{rows}")
    assert audit.kept.all()
    assert articles.body.tolist() == bodies
