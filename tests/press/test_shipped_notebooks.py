"""Every shipped notebook, on the golden corpus and on corpora that cannot carry its question: it runs through and recounts."""

import json
import re

import pandas as pd
import pytest

from broadsheet import press
from broadsheet.press.reports_file import PROJECT

NAMES = sorted(
    path.stem for path in (PROJECT / "notebooks").glob("*.ipynb") if '"parameters"' in path.read_text("utf-8")
)

LARGEST = 300_000  # bytes of a report's page
THIN = {
    "one undated article of one word": [{"text": "Rain."}],
    "undated, no outlet": [
        {"text": f"The weir at Orrin holds {n} herons. The keeper of the weir is glad, the eels are not."}
        for n in range(5)
    ],
    "all on one day, one outlet": [
        {
            "date": "2020-03-02",
            "outlet": "Bell & <Co>",
            "title": f"Gate {n}",
            "text": f"The lock gate stuck on 1 March 2020. It hurt {n} eels.",
        }
        for n in range(4)
    ],
}


@pytest.fixture(scope="module", params=["golden", *THIN])
def made(request, golden, tmp_path_factory):
    """Return the name of a corpus, its site and the reports that failed."""
    folder = tmp_path_factory.mktemp("shipped")
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, THIN.get(request.param, []))))
    toml = folder / "reports.toml"
    toml.write_text("\n".join(f'[[report]]\nnotebook = "{name}"' for name in NAMES))
    corpus = folder / "a.jsonl" if request.param in THIN else golden
    return request.param, *press.run(press.plan(toml, str(corpus), str(folder)), lambda line: None)


def test_every_notebook_runs_through(made):
    _, site, failed = made
    reports = json.loads((site / "run.json").read_text("utf-8"))["reports"]
    assert failed == [], [report["why"] for report in reports]


def test_every_page_has_an_answer_without_holes(made):
    _, site, _ = made
    for name in NAMES:
        text = (site / f"{name}.html").read_text("utf-8")
        standfirst = re.search(r'class="standfirst">(.*?)</p>', text, re.DOTALL)
        assert standfirst, name
        assert len(standfirst[1]) > 15, name
        assert not re.search(
            r"\b(nan|NaN|NaT|None|inf)\b", re.sub(r"<style.*?</style>|<pre.*?</pre>|<[^>]+>", "", text, flags=re.DOTALL)
        ), name


def test_the_numbers_recount(made):
    corpus, site, _ = made
    assert press.recount(site) >= (50 if corpus == "golden" else 0)


def test_no_page_is_too_large(made):
    _, site, _ = made
    assert [path.name for path in site.glob("*.html") if path.stat().st_size > LARGEST] == []


def test_every_exported_column_is_explained_in_its_own_words(made):
    """The meaning of a column that nobody declared says only its name."""
    _, site, _ = made
    for path in site.glob("tables/*/codebook.csv"):
        codebook = pd.read_csv(path)
        bare = codebook["meaning"].isna() | codebook["meaning"].str.contains("computed in the notebook")
        assert codebook.loc[bare, ["table", "column"]].to_numpy().tolist() == [], path


def test_nothing_is_plotted_over_time_where_there_is_no_time(made):
    corpus, site, _ = made
    for name in NAMES if corpus in THIN else []:
        ids = re.findall(r'<figure class="picture" id="([^"]+)"', (site / f"{name}.html").read_text("utf-8"))
        assert [one for one in ids if "time" in one or "trend" in one or one == "coverage"] == [], name
