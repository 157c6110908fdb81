"""The worked example of CONTRIBUTING.md runs after the cells of the notebook that it extends."""

import json
import pathlib
import re

import pytest

from broadsheet import report

PROJECT = pathlib.Path(__file__).resolve().parents[1]


@pytest.fixture
def shown(monkeypatch):
    """Return the list that fills with each item that a verb displays."""
    items = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: items.append(bundle[report.MIME]))
    return items


def test_the_section_added_to_word_states_a_finding_and_shows_a_table_with_linked_counts(shown):
    cells = json.loads((PROJECT / "notebooks/word.ipynb").read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    section = (PROJECT / "CONTRIBUTING.md").read_text("utf-8").split("\n## ")[1]
    example = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    namespace = {"In": code[:1]}
    for step in [*code, *(re.sub("^   ", "", block, flags=re.MULTILINE) for block in example)]:
        exec(step, namespace)
    *_, finding, table = shown
    assert (finding["kind"], table["kind"], table["name"]) == ("takeaway", "table", "openings")
    assert "of its uses" in finding["sentence"]
    counts = [cell["n"] for row in table["rows"] for cell in row if isinstance(cell, dict)]
    assert len(counts) == len(table["rows"])
    assert sum(counts) > 0
