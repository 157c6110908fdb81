"""The recount: it passes over a sound site, and finds each kind of tampering by name."""

import pandas as pd
import pytest

from broadsheet.errors import ParameterError, ResourceError
from broadsheet.press import recount

PAGE = """<p>In <a href="articles/a.html#s0">one article</a>:
<a data-key="term:eels" data-n="2" href="#e-eels">2</a> <a data-key="term:weir" data-n="1" href="evidence/weir.html">1</a>
<a href="evidence/rain.html" data-n="1201" data-key="rain"><b>1,201</b></a></p>
<aside id="e-eels"><li>eels<li>Eels</aside><aside id="e-weir"><li>weir</aside>"""


@pytest.fixture
def site(tmp_path):
    """Return a sound site of one report with three linked numbers."""
    rows = [("term:eels", "a", 4, 8, "eels"), ("term:eels", "a", 21, 25, "Eels"), ("term:weir", "b", 0, 4, "weir")]
    rows += [("rain", "c", 5 * n, 5 * n + 4, "rain") for n in range(1201)]
    (tmp_path / "evidence").mkdir()
    pd.DataFrame(rows, columns=["key", "doc_id", "start", "end", "text"]).to_parquet(tmp_path / "evidence/eels.parquet")
    lists = {"evidence/weir.html": "<li>weir", "evidence/rain.html": "<li>rain" * 500}
    for name, text in {"eels.html": PAGE, "index.html": "<h1>", "run.json": "{}", **lists}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "articles").mkdir()
    for name, text in {"a": "The eels ran;<br>young Eels", "b": "weir", "c": "rain " * 1201}.items():
        (tmp_path / "articles" / f"{name}.html").write_text(f"<p>{text}</p>")
    return tmp_path


def test_a_sound_site_recounts_every_linked_number(site):
    assert recount(site) == 3


def test_a_site_without_linked_numbers_recounts_none(site):
    (site / "eels.html").write_text("<p>2 eels</p>")
    assert recount(site) == 0


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('href="#e-eels">2<', 'href="#e-eels">3<'),
        ('data-n="2" href="#e-eels">2<', 'data-n="3" href="#e-eels">3<'),
        ('data-n="2"', 'data-n="3"'),
        (">2<", ">2 uses<"),
        (">2<", "><"),
        ('data-n="2" href="#e-eels">2<', 'data-n="two" href="#e-eels">two<'),
        ('"term:eels"', '"term:eel"'),
        ('data-key="term:eels"', ""),
        ('"term:eels"', '"term:weir"'),
        ('href="#e-eels">2<', 'href="#e-none">2<'),
        ('href="#e-eels">2<', 'href="#e-weir">2<'),
        ("evidence/weir.html", "evidence/none.html"),
        ("evidence/weir.html", "evidence/rain.html"),
        ('<aside id="e-eels">', "<aside>"),
        ("<li>Eels", ""),
        ("<b>1,201</b>", "<b>1,200</b>"),
    ],
)
def test_a_page_that_was_changed_is_found(site, was, becomes):
    assert was in PAGE
    (site / "eels.html").write_text(PAGE.replace(was, becomes, 1))
    with pytest.raises(ResourceError, match=r"eels\.html"):
        recount(site)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.drop(0),
        lambda rows: pd.concat([rows, rows.iloc[[2]].assign(start=30, end=34)]),
        lambda rows: pd.concat([rows.drop(0), rows.loc[[1]]]),
        lambda rows: rows.assign(key=rows["key"].replace("term:weir", "term:wear")),
        lambda rows: rows.assign(end=rows["end"] + (rows["key"] == "term:weir")),
        lambda rows: rows.assign(text=rows["text"].replace("weir", "the weir")),
        lambda rows: rows.assign(text=rows["text"].replace("weir", "    ")),
        lambda rows: rows.assign(text=rows["text"].replace("weir", "wear")),
    ],
    ids=["fewer", "more", "one twice", "another key", "another end", "longer text", "blank text", "another text"],
)
def test_evidence_that_was_changed_is_found(site, change):
    file = site / "evidence/eels.parquet"
    change(pd.read_parquet(file)).to_parquet(file)
    with pytest.raises(ResourceError, match="does not recount"):
        recount(site)


def test_a_page_of_passages_that_lost_one_is_found(site):
    (site / "evidence/rain.html").write_text("<li>rain" * 499)
    with pytest.raises(ResourceError, match="lists 499 passages, not 500"):
        recount(site)


def test_evidence_that_is_gone_is_found(site):
    (site / "evidence/eels.parquet").unlink()
    with pytest.raises(ResourceError, match=r"eels\.parquet is missing"):
        recount(site)


def test_articles_that_are_gone_are_found(site):
    for page in site.glob("articles/*"):
        page.unlink()
    with pytest.raises(ResourceError, match="is not on its article's page"):
        recount(site)


def test_a_folder_that_is_no_site_is_said(tmp_path):
    with pytest.raises(ParameterError, match=r"run\.json"):
        recount(tmp_path)
