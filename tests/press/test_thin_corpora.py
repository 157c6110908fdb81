"""Corpora that cannot carry the question: every shipped notebook runs through, and says so in its standfirst."""

import json
import re

import pytest

from broadsheet import press
from broadsheet.press.plan import PROJECT

NAMES = sorted(
    path.stem for path in (PROJECT / "notebooks").glob("*.ipynb") if '"parameters"' in path.read_text("utf-8")
)

CORPORA = {
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


@pytest.fixture(scope="module", params=CORPORA, ids=list(CORPORA))
def thin(request, tmp_path_factory):
    """Return the name of a corpus, its site and what failed."""
    folder = tmp_path_factory.mktemp("thin")
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, CORPORA[request.param])))
    toml = folder / "reports.toml"
    toml.write_text("\n".join(f'[[report]]\nnotebook = "{name}"' for name in NAMES))
    return request.param, *press.run(press.plan(toml, str(folder / "a.jsonl"), str(folder)), lambda line: None)


def test_every_notebook_runs_through(thin):
    _, site, failed = thin
    reports = json.loads((site / "run.json").read_text("utf-8"))["reports"]
    assert failed == [], [report["why"] for report in reports]


def test_every_page_has_an_answer_without_holes(thin):
    _, site, _ = thin
    for name in NAMES:
        text = (site / f"{name}.html").read_text("utf-8")
        standfirst = re.search(r'class="standfirst">(.*?)</p>', text, re.DOTALL)
        assert standfirst, name
        assert len(standfirst[1]) > 20, name
        assert not re.search(
            r"\b(nan|NaN|NaT|None|inf)\b", re.sub(r"<style.*?</style>|<pre.*?</pre>|<[^>]+>", "", text, flags=re.DOTALL)
        ), name


def test_the_numbers_recount(thin):
    """The report on the corpus links to each article, whatever it holds."""
    _, site, _ = thin
    assert press.recount(site) > 0


def test_nothing_is_plotted_over_time_where_there_is_no_time(thin):
    _, site, _ = thin
    for name in NAMES:
        ids = re.findall(r'<figure class="picture" id="([^"]+)"', (site / f"{name}.html").read_text("utf-8"))
        assert [one for one in ids if "time" in one or "trend" in one or one == "coverage"] == [], name
