"""Pages as a browser reads them: hostile articles stay text, the stylesheet works from a file, nothing sticks out."""

import json
import pathlib
import re
import shutil
import subprocess

import pytest

from broadsheet import press

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs chromium, chromium-browser or google-chrome on the PATH"
)

NOTEBOOK = pathlib.Path(__file__).parents[1] / "golden" / "notebooks" / "one_word.ipynb"
PHONE = 390  # pixels of a phone held upright
SCRIPT = '<script>document.title="pwned"</script>'
PICTURE = "<img src=x onerror='document.title=\"pwned\"'>"
OVERRIDE = "\u202eREVO DENRUT\u202d\u2066"
PAGES = ["article", "long article", "report", "evidence", "index", "list", "outlets"]
ARTICLES = [
    {
        "id": "hostile",
        "date": "2020-03-02",
        "outlet": SCRIPT,
        "title": SCRIPT,
        "author": PICTURE,
        "section": PICTURE,
        "text": f"A script came: {SCRIPT} and {PICTURE} again. {OVERRIDE} the script went.\n\n</p></article>{SCRIPT} on 1 March 2020.",
    },
    {"id": "long", "date": "2020-03-03", "outlet": "Bell", "title": "L" * 300, "text": "script" * 50_000},
    {
        "id": "plain",
        "date": "2020-03-04",
        "outlet": PICTURE,
        "text": f"One script, a second script, a third script: {PICTURE}",
    },
]
TOML = f"""title = '''{SCRIPT}'''
[[report]]
notebook = "one_word"
title = '''How often is {SCRIPT} used?'''
parameters = {{word = "script", top_n = 9}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the site of one small report over three hostile articles."""
    folder = tmp_path_factory.mktemp("browser")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    (folder / "reports.toml").write_text(TOML)
    (folder / "notebooks").mkdir()
    shutil.copy(NOTEBOOK, folder / "notebooks")
    made, failed = press.run(press.plan(folder / "reports.toml", str(folder / "corpus")), lambda line: None)
    assert failed == []
    return made


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Return a function: a page and further arguments in, what the browser prints out."""
    profile = tmp_path_factory.mktemp("profile")
    quiet = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars"

    def run(page: pathlib.Path, *more: str) -> str:
        asked = [CHROMIUM, *quiet.split(), f"--user-data-dir={profile}", *more, page.as_uri()]
        return subprocess.run(asked, capture_output=True, timeout=60, check=True).stdout.decode()

    return run


def pages(site: pathlib.Path) -> dict[str, pathlib.Path]:
    (evidence,) = site.glob("evidence/one_word/*.html")
    return {
        "article": site / "articles/hostile.html",
        "long article": site / "articles/long.html",
        "report": site / "one_word.html",
        "evidence": evidence,
        "index": site / "index.html",
        "list": site / "corpus/articles.html",
        "outlets": site / "corpus/outlets.html",
    }


@pytest.fixture(scope="module")
def dom(site, opened):
    """Return each page's document as the browser holds it once scripts, if any, have run."""
    return {name: opened(page, "--dump-dom") for name, page in pages(site).items()}


@pytest.mark.parametrize("name", PAGES)
def test_markup_in_articles_and_titles_is_text(dom, name):
    page = dom[name]
    assert re.findall(r"<(?:script|img|iframe)\b", page) == []
    assert re.findall(r"<[^>]* on\w+=", page) == []
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
    assert "pwned" not in title.replace('&lt;script&gt;document.title="pwned"', "")
    assert page.count("</article>") <= 1


@pytest.mark.parametrize("name", ["article", "report", "evidence", "list", "outlets"])
def test_what_was_printed_is_what_is_read(dom, name):
    assert "&lt;script&gt;" in re.sub(r"<title>.*?</title>|<header.*?</header>", "", dom[name], flags=re.DOTALL)


def test_turned_text_does_not_turn_what_follows(dom):
    """Marks that reverse the direction are kept as printed, each within an element that isolates it."""
    assert OVERRIDE in dom["article"]
    assert re.search(rf"<bdi>(?:(?!</bdi>).)*{OVERRIDE}", dom["evidence"], re.DOTALL)
    assert re.search(rf'<p dir="auto">(?:(?!</p>).)*{OVERRIDE}', dom["article"], re.DOTALL)


def test_a_line_of_300_kilobytes_is_whole_in_its_article_and_cut_elsewhere(dom, site):
    assert "script" * 50_000 in dom["long article"]
    assert max(page.stat().st_size for name, page in pages(site).items() if name != "long article") < 100_000


def test_the_stylesheet_works_from_a_file(site, opened, tmp_path):
    """An article looks other than the same article whose stylesheet is empty."""
    bare = pathlib.Path(shutil.copytree(site, tmp_path / "bare"))
    (bare / "style.css").write_text("")
    for folder, name in ((site, "styled.png"), (bare, "bare.png")):
        opened(folder / "articles/hostile.html", f"--screenshot={tmp_path / name}", "--window-size=600,600")
    assert (tmp_path / "styled.png").read_bytes() != (tmp_path / "bare.png").read_bytes()


@pytest.fixture(scope="module")
def widths(site, opened, tmp_path_factory):
    """Return how wide each page becomes in a frame as wide as a phone, read by a page of ours outside the site."""
    frames = "".join(
        f'<iframe name="{name}" src="{page.as_uri()}" style="width:{PHONE}px;height:800px;border:0"></iframe>'
        for name, page in pages(site).items()
    )
    read = "frame.name + '=' + frame.contentDocument.documentElement.scrollWidth + ';'"
    script = f"onload = () => {{ for (const frame of document.querySelectorAll('iframe')) told.textContent += {read} }}"
    phone = tmp_path_factory.mktemp("phone") / "phone.html"
    phone.write_text(f"<pre id=told></pre>{frames}<script>{script}</script>", "utf-8")
    told = re.search(r'id="told">([^<]*)', opened(phone, "--allow-file-access-from-files", "--dump-dom"))[1]
    return {name: int(width) for name, width in (part.split("=") for part in told.strip(";").split(";"))}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_phone(widths, name):
    assert widths[name] == PHONE
