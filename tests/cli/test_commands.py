"""The command line: output, exit codes, and messages on stderr."""

import json
import os
import pathlib
import subprocess
import sys

import pandas as pd
import pytest

from broadsheet.cli import main
from broadsheet.press.reports_file import PROJECT

NOTEBOOKS = pathlib.Path(__file__).parents[1] / "golden" / "notebooks"


@pytest.fixture
def news(tmp_path, monkeypatch):
    """Return a folder of five records, two of them sound, in a working folder of its own."""
    files = {
        "a.txt": "date 2020-03-02\nThe weir broke.",
        "b.txt": "date 2020-02-30\nThe eels came.",
        "c.txt": "date 2020-03-09\nThe lock gate stuck.",
        "d.txt": " \n",
        "e.png": "no picture",
    }
    (tmp_path / "news").mkdir()
    for name, text in files.items():
        (tmp_path / "news" / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "news"


@pytest.fixture
def site(tmp_path):
    """Return the smallest published site: one number and its passage."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "run.json").write_text("{}")
    (tmp_path / "r.html").write_text('<a data-key="k" data-n="1" href="#e">1</a><aside id="e"><li>weir</aside>')
    row = {"key": ["k"], "doc_id": ["a"], "start": [0], "end": [4], "text": ["weir"]}
    pd.DataFrame(row).to_parquet(tmp_path / "evidence/r.parquet")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/a.html").write_text("<p>weir")
    return tmp_path


def test_check_lists_doubtful_records_and_counts(news, capsys):
    assert main(["check", "news"]) == 0
    *lines, total, articles, stories, words, undated = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in lines] == ["b.txt", "d.txt", "e.png"]
    for line, said in zip(lines, ["impossible date", "empty", "unknown format"], strict=True):
        assert said in line
    assert total == "5 records seen, 3 kept, 2 set aside."
    assert articles.startswith("3 articles, ")
    assert articles.endswith(": not named 3.")
    assert stories == "3 stories; 0 reprints, 0 versions."
    assert words == "10 words, 0.0% of them not counted."
    assert undated == "1 article without a date."


def test_check_as_json_has_the_whole_audit_and_the_figures(news, capsys):
    assert main(["check", "news", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["seen"], told["kept"], told["set_aside"]) == (5, 3, 2)
    assert (told["holds"]["articles"], told["holds"]["stories"], told["holds"]["words"]) == (3, 3, 10)
    assert (told["holds"]["outlets"], told["holds"]["marked"]) == ({"not named": 3}, {})
    assert [(row["source"], row["record"], row["kept"], row["reason"], row["notes"]) for row in told["audit"]] == [
        ("a.txt", 1, True, "", ""),
        ("b.txt", 1, True, "", "impossible date"),
        ("c.txt", 1, True, "", ""),
        ("d.txt", 1, False, "empty", ""),
        ("e.png", 1, False, "unknown format", ""),
    ]
    assert [bool(row["doc_id"]) for row in told["audit"]] == [True, True, True, False, False]


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_check_writes_nothing_beside_the_articles(news, capsys, more):
    before = sorted(news.parent.rglob("*"))
    main(["check", "news", *more])
    assert sorted(news.parent.rglob("*")) == before


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_check_of_a_folder_without_articles_lists_its_records_and_exits_with_1(news, capsys, more):
    for path in news.glob("[abc].txt"):
        path.unlink()
    assert main(["check", "news", *more]) == 1
    assert "2" in capsys.readouterr().out


def test_check_of_a_missing_folder_names_the_places_searched(news, capsys):
    assert main(["check", "nwes"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("broadsheet: ")
    assert "'nwes'" in err
    assert str(news.parent) in err


@pytest.fixture
def empty_store(tmp_path, monkeypatch):
    """Return the folder of a store that nobody has written to."""
    monkeypatch.setenv("BROADSHEET_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def test_build_prints_the_texts_read_and_the_size_of_the_store(news, empty_store, capsys):
    """Ten words in three articles; two records are set aside."""
    assert main(["build", "news"]) == 0
    out, err = capsys.readouterr()
    first, second = out.splitlines()
    assert first.startswith("3 articles, 10 words: 3 texts read (0 kB)")
    assert second.startswith(f"The store in {empty_store} contains ")
    assert err == ""
    assert list(empty_store.glob("tokens-*/*.shard"))


def test_build_has_nothing_to_read_the_second_time(news, empty_store, capsys):
    main(["build", "news"])
    capsys.readouterr()
    assert main(["build", "news"]) == 0
    assert capsys.readouterr().out.startswith("3 articles, 10 words: nothing new to read")


def test_build_reads_only_new_articles(news, empty_store, capsys):
    main(["build", "news"])
    capsys.readouterr()
    (news / "f.txt").write_text("It was mended.")
    assert main(["build", "news"]) == 0
    assert capsys.readouterr().out.startswith("4 articles, 13 words: 1 text read")


def test_build_prints_the_size_of_removed_results(news, empty_store, capsys):
    (empty_store / "tokens-0").mkdir(parents=True)
    (empty_store / "tokens-0" / "old.shard").write_bytes(bytes(2_000_000))
    os.utime(empty_store / "tokens-0" / "old.shard", (0, 0))
    assert main(["build", "news"]) == 0
    assert "2 MB unused for thirty days were removed" in capsys.readouterr().out
    assert not (empty_store / "tokens-0").exists()


def test_build_of_a_missing_folder_names_the_places_searched(news, empty_store, capsys):
    assert main(["build", "nwes"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("broadsheet: There is no corpus 'nwes'")
    assert not empty_store.exists()


def test_build_of_a_folder_without_articles_refers_to_check(news, empty_store, capsys):
    for path in news.glob("[abc].txt"):
        path.unlink()
    assert main(["build", "news"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "broadsheet check" in err


def test_build_with_a_store_that_cannot_be_written_prints_one_line_with_the_fix(news, empty_store, capsys):
    empty_store.write_text("A file.")
    assert main(["build", "news"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "BROADSHEET_STORE" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("notebook", sorted(PROJECT.glob("notebooks/*.ipynb")), ids=lambda path: path.stem)
def test_params_prints_every_parameter_with_its_type_and_help(capsys, notebook):
    assert main(["params", str(notebook)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines][:5] == ["corpus", "since", "until", "outlet", "query"]
    assert all(len(line.split()) >= 5 for line in lines)


def test_params_prints_defaults_ranges_and_choices(capsys):
    assert main(["params", str(NOTEBOOKS / "one_word.ipynb")]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert list(lines) == ["corpus", "since", "until", "outlet", "query", "word", "top_n", "by"]
    assert lines["word"].split() == ["word", "str", "'the'", "the", "word", "that", "is", "counted"]
    assert lines["top_n"].split() == ["top_n", "int", "3", "a", "number", "in", "a", "range", "[1..200]"]
    assert lines["by"].endswith("[day|week|month]")


@pytest.mark.parametrize(
    "name", ["no_parameters_cell", "two_parameters_cells", "bad_default", "unknown_type", "absent"]
)
def test_params_of_an_unsound_notebook_is_a_wrong_argument(capsys, name):
    assert main(["params", str(NOTEBOOKS / f"{name}.ipynb")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{name}.ipynb" in err


def test_recount_prints_the_number_of_links(site, capsys):
    assert main(["recount", str(site)]) == 0
    assert capsys.readouterr().out.startswith("1 ")


def test_recount_fails_by_name_on_a_number_that_does_not_recount(site, capsys):
    (site / "r.html").write_text('<a data-key="k" data-n="2" href="#e">2</a><aside id="e"><li>weir</aside>')
    assert main(["recount", str(site)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "r.html" in err
    assert "'k'" in err


def test_recount_of_a_folder_that_is_not_a_site_fails(tmp_path, capsys):
    assert main(["recount", str(tmp_path)]) == 2
    assert "run.json" in capsys.readouterr().err


def test_run_checks_its_reports_before_it_starts(news, capsys):
    pathlib.Path("reports.toml").write_text('corpus = "news"\n[[report]]\nnotebook = "timelnie"')
    assert main(["run"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Did you mean timeline?" in err
    assert not pathlib.Path("reports").exists()


def test_run_of_a_report_that_the_file_lacks_names_the_nearest(news, capsys):
    pathlib.Path("reports.toml").write_text('corpus = "news"\n[[report]]\nnotebook = "timeline"')
    assert main(["run", "--only", "timelnie", "--only", "timeline"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Did you mean timeline?" in err


def test_run_hands_the_reports_asked_for_to_the_plan(news, monkeypatch):
    asked = []
    monkeypatch.setattr("broadsheet.press.plan", lambda *given, only: asked.append((given, only)) or 1 / 0)
    for arguments in (["--only", "a", "--only", "b"], []):
        with pytest.raises(ZeroDivisionError):
            main(["run", *arguments])
    assert asked == [((None, "", ""), ["a", "b"]), ((None, "", ""), [])]


def test_run_of_an_absent_file_is_a_wrong_argument(news, capsys):
    assert main(["run", "mine.toml"]) == 2
    assert "mine.toml" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["chek", "x"], ["check"], ["build"], ["check", "x", "--jsn"], ["run", "--corpus"]]
)
def test_wrong_arguments_make_exit_code_2_and_show_the_usage(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: broadsheet" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "build", "run", "params", "recount"])
def test_every_command_explains_itself(capsys, command):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert command in capsys.readouterr().out


def test_the_module_is_the_command_and_hands_on_its_exit_code(news):
    ran = subprocess.run(
        [sys.executable, "-m", "broadsheet", "check", "nwes"],
        env=os.environ | {"PYTHONPATH": str(PROJECT / "lib")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("broadsheet: ")
    assert "Traceback" not in ran.stderr
