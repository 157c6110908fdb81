"""reports.toml: what is checked before a kernel starts, what a matrix becomes, where paths count from."""

import json
import pathlib
import shutil

import pytest

from broadsheet import press
from broadsheet.errors import CorpusError, ParameterError
from broadsheet.press.reports_file import PROJECT

ONE = 'corpus = "corpus"\n[[report]]\nnotebook = "one_word"\n'


def rows(counts: dict[str, int]) -> str:
    """Return a JSON-lines file with so many articles of each outlet."""
    numbered = [(outlet, number) for outlet, n in counts.items() for number in range(n)]
    return "\n".join(
        json.dumps({"outlet": outlet, "text": f"Gauge {number} of {outlet}."}) for outlet, number in numbered
    )


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('titel = "X"\n' + ONE, ["'titel'", "Did you mean title?"]),
        (ONE + 'parametres = {word = "x"}', ["'parametres'", "Did you mean parameters?"]),
        ('corpus = "corpus"\n[[report]]\nnotebook = "one_wrd"', ["'one_wrd'", "Did you mean one_word?"]),
        ('corpus = "corpus"\n[[report]]\ntitle = "X"', ["notebook"]),
        ('corpus = "corpus"', ["[[report]]"]),
        ("corpus = ", ["TOML"]),
        (ONE + "parameters = {topn = 3}", ["'topn'", "corpus, since, until", "Did you mean top_n?"]),
        (ONE + 'matrix = {wrod = ["a"]}', ["'wrod'", "Did you mean word?"]),
        (ONE + 'parameters = {top_n = "three"}', ["top_n", "int", "'three'"]),
        (ONE + "parameters = {top_n = true}", ["top_n", "int", "True"]),
        (ONE + "parameters = {top_n = 0}", ["top_n", "1 to 200", "0"]),
        (ONE + 'parameters = {by = "months"}', ["by", "day, week, month", "Did you mean month?"]),
        (ONE + 'parameters = {since = "2020-02-30"}', ["since", "YYYY-MM-DD", "2020-02-30"]),
        (ONE + "matrix = {top_n = [3, 201]}", ["top_n", "1 to 200", "201"]),
        (ONE + 'parameters = {corpus = "x"}', ["corpus", "once"]),
        (ONE + 'name = "index"', ["'index'"]),
        (ONE + 'name = "run"', ["'run'"]),
        (ONE + 'name = "a/b"', ["'a/b'"]),
        (ONE + 'name = "../up"', ["'../up'"]),
        (ONE + '[[report]]\nnotebook = "one_word"', ["two reports", "'one_word'"]),
    ],
)
def test_a_mistake_is_named_with_what_exists(planned, toml, said):
    with pytest.raises(ParameterError) as error:
        planned(toml)
    assert [part for part in said if part not in str(error.value)] == []


def test_every_wrong_value_is_named_at_once(planned):
    with pytest.raises(ParameterError, match=r"top_n.*\n.*by"):
        planned(ONE + 'parameters = {top_n = 0, by = "year"}')


@pytest.mark.parametrize(
    "toml",
    [
        'corpus = "corpus"\n[report]\nnotebook = "one_word"',
        'corpus = "corpus"\nreport = ["one_word"]',
        'corpus = 5\n[[report]]\nnotebook = "one_word"',
        ONE + "name = 5",
        ONE + "parameters = 5",
        ONE + 'matrix = ["word"]',
        ONE + 'matrix = {word = "lock"}',
        ONE + "matrix = {top_n = 5}",
        ONE + "matrix = {top_n = []}",
    ],
)
def test_a_value_of_the_wrong_kind_is_a_mistake_and_not_a_crash(planned, toml):
    with pytest.raises(ParameterError):
        planned(toml)


def test_a_matrix_makes_a_page_for_each_combination(planned):
    plan = planned(
        ONE + 'title = "Uses"\nparameters = {by = "day"}\nmatrix = {word = ["Lock Gate", "eels"], top_n = [2, 5]}'
    )
    assert [(report.name, report.parameters) for report in plan.reports] == [
        ("one_word--lock-gate--2", {"by": "day", "word": "Lock Gate", "top_n": 2}),
        ("one_word--lock-gate--5", {"by": "day", "word": "Lock Gate", "top_n": 5}),
        ("one_word--eels--2", {"by": "day", "word": "eels", "top_n": 2}),
        ("one_word--eels--5", {"by": "day", "word": "eels", "top_n": 5}),
    ]
    assert len({report.title for report in plan.reports}) == 4


@pytest.mark.parametrize(
    ("counts", "outlets", "left_out"),
    [
        ({f"Gazette {n}": n for n in range(9, 23)}, [f"Gazette {n}" for n in range(22, 10, -1)], "2"),
        ({"Bell": 10, "Horn": 9}, ["Bell"], "1"),
        ({"Bell": 3, "Horn": 5, "Drum": 1, "Pipe": 4, "Reed": 2, "": 9}, ["Horn", "Pipe", "Bell", "Reed"], "1"),
        ({"Bell": 3, "Horn": 5}, ["Horn", "Bell"], ""),
    ],
    ids=["twelve of those with ten articles", "ten articles where any has ten", "four of a small corpus", "no rest"],
)
def test_star_takes_the_most_frequent_values_and_counts_the_others(planned, counts, outlets, left_out):
    plan = planned(ONE + 'matrix = {outlet = "*"}', {"corpus/a.jsonl": rows(counts)})
    assert [report.parameters["outlet"] for report in plan.reports] == outlets
    assert {report.left_out.partition(" ")[0] for report in plan.reports} == {left_out}


def test_a_matrix_without_values_does_not_repeat_a_report_that_stands_already(planned):
    """Where no article names an outlet, a page for each would be the page of all, once more."""
    unnamed = {"corpus/a.jsonl": rows({"": 3})}
    by_outlet = '[[report]]\nnotebook = "one_word"\nname = "again"\nmatrix = {outlet = "*"}\n'
    assert [report.name for report in planned(ONE + by_outlet, unnamed).reports] == ["one_word"]
    assert [report.name for report in planned(ONE + 'matrix = {outlet = "*"}', unnamed).reports] == ["one_word"]
    differing = ONE + "parameters = {top_n = 3}\n" + by_outlet
    assert [report.name for report in planned(differing, unnamed).reports] == ["one_word", "again"]


def test_star_needs_a_column_of_the_articles(planned):
    with pytest.raises(ParameterError, match="'word'"):
        planned(ONE + 'matrix = {word = "*"}')


def test_star_without_any_value_is_one_page_and_said(planned):
    (report,) = planned(ONE + 'matrix = {outlet = "*"}').reports
    assert "--" not in report.name
    assert "outlet" in report.left_out


@pytest.mark.parametrize("place", ["corpus", "data/corpus"])
def test_the_corpus_is_found_beside_the_file_and_in_its_data(lay_out, tmp_path, monkeypatch, place):
    files = {f"desk/{place}/a.txt": "The weir broke.", "desk/mine.toml": ONE, "elsewhere/b.txt": "x"}
    lay_out(tmp_path, files)
    lay_out(tmp_path / "desk", {}, "one_word")
    monkeypatch.chdir(tmp_path / "elsewhere")
    plan = press.plan(pathlib.Path("../desk/mine.toml"))
    assert plan.corpus.path == tmp_path / "desk" / place
    assert pathlib.Path(plan.corpus_as_given) == tmp_path / "desk" / place
    assert plan.out == tmp_path / "desk" / "reports"


def test_corpus_and_out_count_from_the_working_folder(lay_out, tmp_path, monkeypatch):
    lay_out(tmp_path, {"reports.toml": ONE, "corpus/a.txt": "Rain.", "deep/corpus/b.txt": "Sun."}, "one_word")
    monkeypatch.chdir(tmp_path / "deep")
    plan = press.plan(corpus="corpus", out="made")
    assert plan.file == tmp_path / "reports.toml"
    assert plan.corpus.articles["body"].tolist() == ["Sun."]
    assert plan.out == tmp_path / "deep" / "made"


def test_the_nearest_reports_file_upwards_serves(lay_out, tmp_path, monkeypatch):
    lay_out(tmp_path, {"reports.toml": ONE, "corpus/a.txt": "Rain.", "deep/er/b.txt": "x"}, "one_word")
    monkeypatch.chdir(tmp_path / "deep" / "er")
    plan = press.plan()
    assert plan.file == tmp_path / "reports.toml"
    assert plan.out == tmp_path / "reports"


def test_without_a_reports_file_the_shipped_one_serves(lay_out, tmp_path, monkeypatch):
    lay_out(tmp_path, {"mine/a.txt": "Rain."})
    monkeypatch.chdir(tmp_path)
    plan = press.plan(corpus="mine")
    assert plan.file == PROJECT / "reports.toml"
    assert plan.out == tmp_path / "reports"
    assert {report.notebook.parent for report in plan.reports} == {PROJECT / "notebooks"}
    assert plan.corpus.path == tmp_path / "mine"


def test_a_notebook_beside_the_file_goes_before_the_projects_own(planned, tmp_path):
    toml = 'corpus = "corpus"\n[[report]]\nnotebook = "timeline"\n[[report]]\nnotebook = "one_word.ipynb"'
    beside = tmp_path / "notebooks"
    assert [report.notebook.parent for report in planned(toml).reports] == [PROJECT / "notebooks", beside]
    shutil.copy(beside / "one_word.ipynb", beside / "timeline.ipynb")
    assert [report.notebook.parent for report in planned(toml).reports] == [beside, beside]


def test_the_title_is_the_files_else_the_corpus(planned):
    assert planned('title = "Orrin"\n' + ONE).title == "Orrin"
    assert planned(ONE).title == "corpus"


def test_a_missing_file_or_corpus_names_itself(lay_out, tmp_path, monkeypatch, planned):
    with pytest.raises(ParameterError, match=r"none\.toml"):
        press.plan(pathlib.Path("none.toml"))
    with pytest.raises(CorpusError, match="nowhere"):
        planned(ONE.replace('"corpus"', '"nowhere"'))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no_parameters_cell", "0 cells tagged"),
        ("two_parameters_cells", "2 cells tagged"),
        ("bad_default", "default of top_n"),
        ("unknown_type", "top_n has the type int | None"),
    ],
)
def test_a_notebook_without_sound_parameters_is_refused(lay_out, tmp_path, monkeypatch, name, said):
    toml = f'corpus = "corpus"\n[[report]]\nnotebook = "{name}"'
    lay_out(tmp_path, {"reports.toml": toml, "corpus/a.txt": "Rain."}, name)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ParameterError) as error:
        press.plan()
    assert said in str(error.value)
    assert name in str(error.value)


def test_reports_of_one_notebook_say_in_what_they_differ(planned):
    """Their words tell the first two apart, so that top_n need not; the third has a title of its own."""
    again = '[[report]]\nnotebook = "one_word"\nparameters = {word = "eel", top_n = 5}\nname = '
    titles = [report.title for report in planned(ONE + again + '"two"\n' + again + '"three"\ntitle = "Eels"').reports]
    question = titles[0].partition(" (")[0]
    assert titles[1:] == [f"{question} (word: eel)", "Eels"]


def test_a_report_alone_has_the_title_of_its_notebook(planned):
    assert "(" not in planned(ONE).reports[0].title


MATRIX = '[[report]]\nnotebook = "one_word"\nname = "by_word"\nmatrix = {word = ["Lock Gate", "eels"]}\n'


@pytest.mark.parametrize(
    ("only", "made", "others"),
    [
        ((), ["one_word", "by_word--lock-gate", "by_word--eels"], ()),
        (["one_word"], ["one_word"], ("by_word",)),
        (["by_word"], ["by_word--lock-gate", "by_word--eels"], ("one_word",)),
        (["by_word--eels", "one_word"], ["one_word", "by_word--eels"], ("by_word",)),
    ],
)
def test_an_edition_can_have_only_some_reports(planned, only, made, others):
    planned(ONE + MATRIX)
    plan = press.plan(only=only)
    assert [report.name for report in plan.reports] == made
    assert plan.others == others
    assert plan.command == " ".join(["broadsheet run", *(f"--only {name}" for name in only)])


def test_an_unknown_report_is_named_with_those_that_exist(planned):
    planned(ONE + MATRIX)
    with pytest.raises(ParameterError, match=r"'by_wrd'.* one_word, by_word\. Did you mean by_word\?"):
        press.plan(only=["by_wrd"])


def test_any_term_gets_a_page_of_its_own(planned):
    terms = ["R&D", "and/or", "../x", "x", "🦆", "{source}", "*the*", "the", "<b>", "'", "C++"]
    plan = planned(ONE + f"matrix = {{word = {json.dumps(terms, ensure_ascii=False)}}}")
    assert [report.parameters["word"] for report in plan.reports] == terms
    assert len({report.name for report in plan.reports}) == len(terms)
