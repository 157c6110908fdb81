"""A desk to plan and print from: a folder with a reports.toml, notebooks and a few articles."""

import html.parser
import pathlib
import shutil

import nbformat
import pytest

from broadsheet import press
from broadsheet.press.plan import Plan

NOTEBOOKS = pathlib.Path(__file__).parents[1] / "golden" / "notebooks"

ARTICLES = {
    "corpus/gate.txt": "date 2020-03-02\nThe lock gate on the Orrin stuck on 1 March 2020. The keeper freed it.\n\nThe boats moved on.",
    "corpus/eels.txt": "date 2020-03-09\nThe eels came up the Orrin early. Nobody at the weir knew why.",
}


@pytest.fixture(scope="session")
def lay_out():
    """Return a function: a folder, files by name and names of golden notebooks in; the folder with all of them out."""

    def made(folder: pathlib.Path, files: dict[str, str], *notebooks: str) -> pathlib.Path:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for name in notebooks:
            (folder / "notebooks").mkdir(exist_ok=True)
            shutil.copy(NOTEBOOKS / f"{name}.ipynb", folder / "notebooks")
        return folder

    return made


@pytest.fixture
def planned(tmp_path, lay_out, monkeypatch):
    """Return a function: the text of a reports.toml beside the articles and `one_word` in, the plan out."""
    monkeypatch.chdir(tmp_path)

    def made(toml: str, articles: dict[str, str] = ARTICLES) -> Plan:
        lay_out(tmp_path, articles | {"reports.toml": toml}, "one_word")
        return press.plan()

    return made


class _Elements(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.fixture(scope="session")
def elements():
    """Return a function: HTML in, its elements as (tag, attributes) out."""

    def read(text: str) -> list[tuple[str, dict[str, str]]]:
        parser = _Elements()
        parser.feed(text)
        return parser.found

    return read


@pytest.fixture
def notebook():
    """Return a function: Markdown (text) and outputs of code cells (lists) in, an executed notebook out."""

    def made(*cells: str | list) -> nbformat.NotebookNode:
        read = [
            nbformat.v4.new_markdown_cell(cell)
            if isinstance(cell, str)
            else nbformat.v4.new_code_cell("step()", outputs=cell)
            for cell in cells
        ]
        return nbformat.v4.new_notebook(cells=read)

    return made
