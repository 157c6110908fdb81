"""One edition over the golden corpus, looked at from every side; then editions that go wrong."""

import contextlib
import io
import json
import pathlib
import re
import urllib.parse

import nbformat
import pandas as pd
import pytest

from broadsheet import cli, load, parameters, press, schema
from broadsheet.press import render

NAMES = ["everything", "one_word"]
LOADS = {  # elements that fetch what they name as soon as the page is opened
    "img": ("src", "srcset"),
    "link": ("href",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "source": ("src", "srcset"),
    "input": ("src",),
    "body": ("background",),
}
NEVER = {"script", "iframe", "frame", "object", "embed", "video", "audio", "base", "form"}


def edition(toml: str, folder: pathlib.Path, news: pathlib.Path) -> pathlib.Path:
    """Make an edition in `folder`; return its site."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "reports.toml"
    file.write_text(toml)
    site, failed = press.run(press.plan(file, str(news), str(folder)), lambda line: None)
    assert failed == []
    return site


@pytest.fixture(scope="session")
def site(tmp_path_factory, golden, lay_out):
    """Return a site over the golden corpus: a report with every item, a small one, a page for each outlet."""
    reports = [f'[[report]]\nnotebook = "{name}"\nparameters = {{word = "lamp"}}' for name in NAMES]
    by_outlet = '[[report]]\nnotebook = "one_word"\nname = "by_outlet"\nmatrix = {outlet = "*"}'
    folder = lay_out(tmp_path_factory.mktemp("edition"), {}, *NAMES)
    return edition("\n".join([*reports, by_outlet]), folder, golden)


@pytest.fixture(scope="session")
def pages(site, elements):
    """Return the elements of every page, by path below the site."""
    return {
        path.relative_to(site).as_posix(): elements(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def record(site):
    return json.loads((site / "run.json").read_text("utf-8"))


def test_every_notebook_article_and_list_has_a_page(pages, golden):
    kept = load(golden).articles
    assert {f"{name}.html" for name in NAMES} <= set(pages)
    assert {f"articles/{doc_id}.html" for doc_id in kept["doc_id"]} <= set(pages)
    assert {"index.html", "corpus/articles.html", "corpus/outlets.html", "corpus/set-aside.html"} <= set(pages)


def test_every_page_is_a_whole_page(site, pages):
    for name, found in pages.items():
        tags = [tag for tag, _ in found]
        assert (site / name).read_text("utf-8").startswith("<!doctype html>"), name
        assert [tags.count(tag) for tag in ("html", "title", "main")] == [1, 1, 1], name
        assert tags.count("h1") == 1 or name.startswith("articles/"), name  # an article may have no headline
        assert ("meta", {"charset": "utf-8"}) in found, name
        assert dict(found)["html"].get("lang"), name


def test_no_page_asks_anything_of_another_address(site, pages):
    for name, found in pages.items():
        assert not {tag for tag, _ in found} & NEVER, name
        for tag, given in found:
            loaded = [given[attribute] for attribute in LOADS.get(tag, ()) if attribute in given]
            assert [address for address in loaded if re.match(r"\s*(\w+:)?//|\s*http", address)] == [], (name, tag)
            assert [attribute for attribute in given if attribute.startswith("on")] == [], (name, tag)
            assert given.get("http-equiv", "").lower() != "refresh", name
            assert not re.search(r"url\(\s*['\"]?(?!#|data:)", given.get("style", "")), (name, tag)
    for path in [*site.rglob("*.html"), *site.rglob("*.css")]:
        styles = (
            path.read_text("utf-8")
            if path.suffix == ".css"
            else "".join(re.findall(r"<style.*?</style>", path.read_text("utf-8"), re.DOTALL))
        )
        assert not re.search(r"@import|url\(\s*['\"]?(?!#|data:)", styles), path
        assert "fetch(" not in path.read_text("utf-8"), path


def test_every_local_address_leads_to_a_file_and_a_place(site, pages):
    ids = {name: {given["id"] for _, given in found if "id" in given} for name, found in pages.items()}
    broken, followed = [], 0
    for name, found in pages.items():
        for tag, given in found:
            for address in (given.get("href"), given.get("src")):
                if address is None or re.match(r"https?:|data:|mailto:", address) or address == "#closed":
                    continue  # `#closed` names no place: it closes a panel of passages
                path, _, place = address.partition("#")
                target = (site / name).parent / urllib.parse.unquote(path) if path else site / name
                inside = target.resolve().relative_to(site.resolve()).as_posix() if target.is_file() else ""
                if not inside or (place and tag == "a" and urllib.parse.unquote(place) not in ids.get(inside, ())):
                    broken.append((name, address))
                followed += 1
    assert broken == []
    assert followed > 200


def test_nothing_on_the_site_names_the_machine_it_was_made_on(site, golden):
    """The notebooks and run.json name the corpus as it was given; the pages name files below the corpus."""
    for path in [*site.glob("articles/*.html"), *site.glob("corpus/*.html"), *site.glob("tables/**/*.csv")]:
        assert str(golden) not in path.read_text("utf-8"), path


def test_each_id_stands_once_on_its_page(pages):
    for name, found in pages.items():
        ids = [given["id"] for tag, given in found if "id" in given and tag not in {"path", "clippath", "g"}]
        assert len(ids) == len(set(ids)), (name, {one for one in ids if ids.count(one) > 1})


def test_every_picture_says_what_it_shows(pages):
    pictures = [
        (name, given.get("alt") or given.get("aria-label"))
        for name, found in pages.items()
        for tag, given in found
        if tag == "img" or (tag == "svg" and given.get("role") == "img")
    ]
    assert [name for name, said in pictures if not said or len(said) < 15] == []
    assert {"everything.html", "index.html"} == {name for name, _ in pictures}


def test_the_index_leads_to_every_report_with_its_answer(site, pages):
    text = (site / "index.html").read_text("utf-8")
    leads = {given.get("href") for tag, given in pages["index.html"] if tag == "a"}
    assert {f"{name}.html" for name in NAMES} <= leads
    for name in NAMES:
        answer = re.search(r'class="standfirst">(.*?)</p>', (site / f"{name}.html").read_text("utf-8"), re.DOTALL)[1]
        assert f"<p>{re.sub('</?a[^>]*>', '', answer)}</p>" in text, name


def test_the_set_aside_are_listed_with_their_reason(site):
    """The golden corpus holds one empty record and one undated notice."""
    text = (site / "corpus/set-aside.html").read_text("utf-8")
    reasons = ["Coast Wire/withdrawn.txt", "no body", "Coast Wire/notice.txt", "no date"]
    assert [one for one in reasons if one not in text] == []


def test_the_run_is_recorded_as_promised(record, golden):
    assert {"edition", "started", "finished", "corpus", "reports", "versions", "git_commit"} <= set(record)
    counts = {"seen": 13, "kept": 12, "set_aside": 1}
    assert record["corpus"] == {"path": str(golden), "hash": load(golden).hash} | counts
    assert pd.Timestamp(record["started"]) <= pd.Timestamp(record["finished"])
    assert {"python", "broadsheet", "pandas", "papermill"} <= set(record["versions"])
    assert [report["name"] for report in record["reports"]][:2] == NAMES
    for report in record["reports"]:
        assert {"name", "status", "why", "seconds", "parameters", "page", "values"} <= set(report)
        assert (report["status"], report["why"]) == ("made", "")
        assert report["seconds"] > 0
        assert report["page"] == f"{report['name']}.html"
    assert [report["values"]["articles"] for report in record["reports"]] == [12, 12, 5, 4, 3]


def test_the_numbers_of_the_site_recount(site, pages):
    linked = [name for name, found in pages.items() for tag, given in found if tag == "a" and "data-n" in given]
    assert press.recount(site) == len(linked) > 20
    assert {f"{name}.html" for name in NAMES} < set(linked)


def test_evidence_is_the_text_of_the_articles(site, golden):
    bodies = load(golden).articles.set_index("doc_id")["body"]
    for name in NAMES:
        rows = pd.read_parquet(site / f"evidence/{name}.parquet")
        assert list(rows.columns) == list(schema.EVIDENCE)
        assert not rows.duplicated(["key", "doc_id", "start", "end"]).any()
        assert rows["text"].tolist() == [bodies[row.doc_id][row.start : row.end] for row in rows.itertuples()]


def test_a_word_counted_by_hand_has_its_passages(site):
    """`lamp` in the golden articles: 3 storm warnings of 1, council vote 2, dark night 1, the keeper 1, lamp fails 2,
    lit again 2."""
    rows = pd.read_parquet(site / "evidence/one_word.parquet")
    assert rows.loc[rows["key"] == "term:lamp", "text"].str.lower().tolist() == ["lamp"] * 11


def test_the_first_twelve_numbers_open_in_place_and_the_others_on_pages_of_their_own(site, pages):
    """The thirty words of the table are the thirty keys of `everything`; its first finding counts one of them."""
    hrefs = dict.fromkeys(given["href"] for tag, given in pages["everything.html"] if tag == "a" and "data-n" in given)
    assert [href.startswith("#e-") for href in hrefs] == [True] * 12 + [False] * 18
    text = (site / "everything.html").read_text("utf-8")
    for href in hrefs:
        if href.startswith("#"):
            opened = re.search(rf'id="{re.escape(href[1:])}".*?(?=<aside|</body>)', text, re.DOTALL)[0]
            assert 1 <= len(re.findall(r'href="articles/[^"#]+#s\d+"', opened)) <= 5, href
        else:
            opened = (site / href).read_text("utf-8")
            assert 1 <= len(re.findall(r'href="../../articles/[^"#]+#s\d+"', opened)) <= 500, href


def test_a_report_opens_with_its_question_its_answer_its_figure_its_findings_and_its_contents(site):
    text = (site / "everything.html").read_text("utf-8")
    opening = ["<main", "</h1>", 'class="standfirst"', 'class="glance"', 'id="figure-rates"', 'id="in-brief"']
    order = [*opening, 'id="contents"', '<h2 id="section-', 'id="table-terms"', "<details"]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert text.count('id="figure-rates"') == 1
    contents = text.partition('id="contents"')[2].partition("</nav>")[0]
    assert re.findall(r'href="#([^"]+)"', contents) == re.findall(r'<(?:h2|details)[^>]* id="(section-[^"]+)"', text)


def test_every_page_leads_to_all_reports(pages):
    for name, found in pages.items():
        root = "../" * name.count("/")
        leads = {given.get("href") for tag, given in found if tag == "a"}
        assert {f"{root}{one}" for one in ("everything.html", "one_word.html", "index.html#report-by_outlet")} <= leads


def test_a_table_of_more_than_ten_rows_is_folded(site):
    text = (site / "everything.html").read_text("utf-8")
    assert "Show all 30 rows" in text.partition('id="table-terms"')[2].partition("</figure>")[0]
    assert "Show all" not in text.partition('id="table-lines"')[2].partition("</figure>")[0]


def test_the_parameters_are_printed_once(site):
    assert [(site / f"{name}.html").read_text("utf-8").count("<code>top_n</code>") for name in NAMES] == [1, 1]


def test_every_table_has_a_csv_and_every_column_a_meaning(site):
    for name in NAMES:
        folder = site / "tables" / name
        files = {path.name: list(pd.read_csv(path, nrows=0)) for path in folder.glob("*.csv")}
        codebook, package = pd.read_csv(folder / "codebook.csv"), json.loads((folder / "datapackage.json").read_text())
        meanings = {f"{table}.csv": rows["column"].tolist() for table, rows in codebook.groupby("table")}
        fields = {one["path"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]}
        assert files == meanings | {"codebook.csv": ["table", "column", "meaning"]}
        assert fields == meanings
        assert codebook["meaning"].str.strip().all()


def test_files_have_every_row_and_spreadsheets_read_their_accents(site):
    folder = site / "tables/everything"
    assert [len(pd.read_csv(folder / f"{name}.csv")) for name in ("terms", "rates")] == [40, 40]
    assert {path.read_bytes()[:3] for path in folder.glob("*.csv")} == {b"\xef\xbb\xbf"}


def test_the_executed_notebooks_are_there_with_their_outputs(site, golden):
    for name in NAMES:
        ran = nbformat.read(site / f"notebooks/{name}.ipynb", 4)
        code = [cell for cell in ran.cells if cell.cell_type == "code"]
        assert all(cell.execution_count for cell in code), name
        assert any(cell.outputs for cell in code), name
        assert str(golden) in "".join(cell.source for cell in code), name
        assert not any(output.output_type == "error" for cell in code for output in cell.outputs)


def test_the_page_says_the_value_of_every_parameter(site):
    for name in NAMES:
        text = (site / f"{name}.html").read_text("utf-8")
        for parameter in parameters.of_notebook(site.parent / "notebooks" / f"{name}.ipynb"):
            assert f"<code>{parameter}</code>" in text, (name, parameter)


def test_nothing_of_the_work_is_left_behind(site):
    assert {path.name for path in site.parent.iterdir()} == {"reports.toml", "site", "notebooks"}
    assert list(site.rglob(".*")) == []


def test_where_more_passages_are_counted_than_a_page_shows_it_says_where_the_others_are(tmp_path, lay_out):
    lay_out(tmp_path, {"corpus/a.txt": "date 2020-03-02\n" + "The lamp. " * 1010}, "one_word")
    toml = '[[report]]\nnotebook = "one_word"\nparameters = {word = "lamp"}'
    made = edition(toml, tmp_path, tmp_path / "corpus")
    (page,) = made.glob("evidence/one_word/*.html")
    text = page.read_text("utf-8")
    assert "These are the first 500 in reading order. The other 510 are" in text
    assert '<a href="../one_word.parquet">the report’s evidence file</a>' in text
    assert "<code>term:lamp</code>" in text
    assert (page.parent / "../one_word.parquet").exists()


# Editions that go wrong: run as a user would, told by exit code, message and what is published.

ARTICLES = {
    "corpus/gate.txt": "date 2020-03-02\nThe lock gate on the Orrin stuck. The keeper freed it.",
    "corpus/eels.txt": "date 2020-03-09\nThe eels came up the Orrin early.",
}


def told(*arguments: str) -> tuple[int, str, str]:
    """Return the exit code of a command, and what it said on stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(list(arguments))
    return code, out.getvalue(), err.getvalue()


def listed(*notebooks: str) -> str:
    return 'corpus = "corpus"\n' + "\n".join(f'[[report]]\nnotebook = "{name}"' for name in notebooks)


@pytest.fixture(scope="session")
def broken(tmp_path_factory, lay_out):
    """Return a folder whose edition held a failing, a dying and a good notebook, and what the command said."""
    notebooks = ["raises_midway", "dies", "prints_and_shows"]
    folder = lay_out(tmp_path_factory.mktemp("broken"), ARTICLES | {"reports.toml": listed(*notebooks)}, *notebooks)
    return folder, told("run", str(folder / "reports.toml"))


def test_a_failed_report_makes_exit_code_1_and_the_run_ends_with_the_link_of_the_index(broken):
    folder, (code, out, _) = broken
    index = folder / "reports/site/index.html"
    assert code == 1
    assert re.search(r"2 of 3 .*raises_midway, dies", out)
    assert out.splitlines()[-2:] == [str(index), index.as_uri()]


def test_a_failed_report_has_a_page_that_says_why_and_where(broken, elements):
    folder, _ = broken
    text = (folder / "reports/site/raises_midway.html").read_text("utf-8")
    assert "ValueError: the weir holds 6 herons &lt;b&gt;&amp;&lt;/b&gt; no gauge" in text
    assert "heron = 6" in text
    assert "\x1b" not in text
    assert "script" not in {tag for tag, _ in elements(text)}
    assert "This far it went" not in text


def test_a_kernel_that_dies_stops_no_other_report(broken):
    folder, _ = broken
    assert "could not be" in (folder / "reports/site/dies.html").read_text("utf-8")
    reports = json.loads((folder / "reports/site/run.json").read_text("utf-8"))["reports"]
    assert [report["status"] for report in reports] == ["failed", "failed", "made"]
    assert "6 herons" in reports[0]["why"]
    assert reports[1]["why"]


def test_the_good_report_is_published_with_what_it_printed_and_showed(broken):
    text = (broken[0] / "reports/site/prints_and_shows.html").read_text("utf-8")
    shown = ["printed &lt;i&gt;plainly&lt;/i&gt; 2", "&lt;b&gt;weir&lt;/b&gt;", "<table", "2.25"]
    assert [one for one in shown if one not in text] == []


def test_the_index_says_what_failed_and_why(broken):
    text = (broken[0] / "reports/site/index.html").read_text("utf-8")
    shown = ["2 reports could not be made", "6 herons", 'href="prints_and_shows.html"']
    assert [one for one in shown if one not in text] == []


def test_the_notebook_is_kept_as_far_as_it_ran(broken):
    ran = nbformat.read(broken[0] / "reports/site/notebooks/raises_midway.ipynb", 4)
    assert any(output.output_type == "error" for cell in ran.cells for output in cell.get("outputs", []))


def test_the_next_edition_replaces_the_last_one_whole(lay_out, tmp_path, elements):
    """`the` stands five times in the two articles (counted by hand), `script` nowhere."""
    old = {"reports/site/index.html": "old", "reports/site/gone.html": "old", "reports/kept.txt": "mine"}
    toml = listed("one_word") + '\nmatrix = {word = ["the", "script"]}'
    lay_out(tmp_path, ARTICLES | old | {"reports.toml": toml}, "one_word")
    code, _, err = told("run", str(tmp_path / "reports.toml"))
    assert (code, err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["kept.txt", "site"]
    assert not (tmp_path / "reports/site/gone.html").exists()
    pages = {
        word: elements((tmp_path / f"reports/site/one_word--{word}.html").read_text()) for word in ("the", "script")
    }
    linked = {word: [given["data-n"] for _, given in found if "data-n" in given] for word, found in pages.items()}
    assert linked == {"the": ["5", "5"], "script": []}
    assert press.recount(tmp_path / "reports/site") == 2


def test_a_disk_that_fills_up_leaves_the_last_edition_standing(lay_out, tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(render.Renderer, "corpus_pages", full)
    toml = listed("prints_and_shows")
    lay_out(tmp_path, ARTICLES | {"reports.toml": toml, "reports/site/index.html": "old"}, "prints_and_shows")
    code, _, err = told("run", str(tmp_path / "reports.toml"))
    assert code == 3
    assert "No space left" in err
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["site"]
    assert (tmp_path / "reports/site/index.html").read_text() == "old"


def test_a_page_that_cannot_be_made_stops_no_other_report(lay_out, tmp_path):
    notebooks = ["counts_a_stranger", "prints_and_shows"]
    lay_out(tmp_path, ARTICLES | {"reports.toml": listed(*notebooks)}, *notebooks)
    code, _, _ = told("run", str(tmp_path / "reports.toml"))
    assert code == 1
    assert (tmp_path / "reports/site/prints_and_shows.html").is_file()


@pytest.mark.parametrize(
    ("files", "arguments", "code", "said"),
    [
        ({}, [], 2, ["'corpus'", "searched"]),
        ({"corpus/.hidden": "x"}, [], 2, ["contains no article"]),
        ({"corpus/a.txt": " \n"}, [], 2, ["1 empty", "broadsheet check"]),
        (ARTICLES, ["--corpus", "nowhere"], 2, ["'nowhere'", "searched"]),
        (ARTICLES | {"taken": "a file"}, ["--out", "taken"], 3, ["taken", "--out"]),
        (ARTICLES | {"taken": "a file"}, ["--out", "taken/deep"], 3, ["taken/deep", "--out"]),
    ],
    ids=["missing corpus", "empty corpus", "blank corpus", "missing --corpus", "file for --out", "file above --out"],
)
def test_a_run_that_cannot_begin_says_so_and_touches_nothing(
    lay_out, tmp_path, monkeypatch, files, arguments, code, said
):
    lay_out(tmp_path, files | {"reports.toml": listed("one_word"), "reports/site/index.html": "old"}, "one_word")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    got, out, err = told("run", *arguments)
    assert got == code
    assert err.startswith("broadsheet: ")
    assert [part for part in said if part not in err] == []
    assert "Traceback" not in err + out
    assert "index.html" not in out
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "reports/site/index.html").read_text() == "old"


def test_an_edition_of_some_reports_says_which_are_missing(lay_out, tmp_path):
    lay_out(tmp_path, ARTICLES | {"reports.toml": listed(*NAMES)}, *NAMES)
    code, _, _ = told("run", str(tmp_path / "reports.toml"), "--only", "one_word")
    site = tmp_path / "reports/site"
    assert (code, sorted(path.name for path in site.glob("*.html"))) == (0, ["index.html", "one_word.html"])
    assert "Without <code>--only</code> it also has everything." in (site / "index.html").read_text("utf-8")


def test_whatever_an_outlet_is_named_the_site_is_sound(lay_out, tmp_path, elements):
    outlets = ["{source}", "*Star* [x](http://example.org)", "<b>Bold</b> & Co", "\ue0000\ue001"]
    rows = [
        {"outlet": name, "title": name, "date": "2020-03-02", "text": f"The {name} gate stuck."} for name in outlets
    ]
    toml = listed("everything") + '\nmatrix = {outlet = "*"}'
    lay_out(tmp_path, {"corpus/a.jsonl": "\n".join(map(json.dumps, rows)), "reports.toml": toml}, "everything")
    site, failed = press.run(press.plan(tmp_path / "reports.toml"), lambda line: None)
    assert failed == []
    assert press.recount(site) > 20
    for page in site.rglob("*.html"):
        found = elements(page.read_text("utf-8"))
        assert "b" not in {tag for tag, _ in found}
        assert not any("example.org" in given.get("href", "") for _, given in found)
