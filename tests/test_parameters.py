"""Parameters: declared in one cell; wrong values are named with the allowed ones."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet import parameters
from broadsheet.errors import ParameterError
from broadsheet.parameters import Parameter, check, declared, fit, of_notebook

CELL = """
corpus: str = "sample"  # folder or file of articles
since: str = ""  # first day [YYYY-MM-DD]
top_n: int = 30  # how many terms [1..200]
share: float = 0.5  # least share of articles [0..1]
by: str = ""  # width of a period [day|week|month]
terms: list[str] = ["lamp", "it's"]  # terms to follow
ends: list[str] = ["dark"]  # [dark|bright]
tries: int = 5  # [5|10]
deep: bool = False
spread: list[str] = [
    "one",
]  # over several lines
"""
SAID = declared(CELL, "x.ipynb")


def notebook(path, *cells):
    path.write_text(json.dumps({"cells": [{"source": text, "metadata": {"tags": tags}} for text, tags in cells]}))
    return path


def test_a_cell_declares_name_type_default_help_and_range():
    assert list(SAID) == ["corpus", "since", "top_n", "share", "by", "terms", "ends", "tries", "deep", "spread"]
    assert SAID["top_n"] == Parameter("top_n", "int", 30, "how many terms", "1..200")
    assert SAID["by"] == Parameter("by", "str", "", "width of a period", "day|week|month")
    assert SAID["since"].allowed == "YYYY-MM-DD"
    assert SAID["deep"] == Parameter("deep", "bool", False, "", "")
    assert (SAID["spread"].default, SAID["spread"].help) == (["one"], "over several lines")


def test_a_hash_within_a_string_is_not_a_comment():
    assert declared('tag: str = "#news [1..2]"  # hashtag', "x")["tag"] == Parameter(
        "tag", "str", "#news [1..2]", "hashtag", ""
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("top_n = 30", "`top_n = 30` must have the form `name: type = default"),
        ("top_n: int", "must have the form"),
        ("import os", "`import os` must have the form"),
        ("a.b: int = 3", "must have the form"),
        (
            "top_n: Optional[int] = 3",
            "top_n has the type Optional[int]; parameters may be str, int, float, bool, list[str]",
        ),
        ("top_n: int = 3 * 10", "the default of top_n must be a plain value, not `3 * 10`"),
        ("top_n: int = 0  # [1..9]", "the default of top_n must be from 1 to 9, got 0"),
        ('top_n: int = "3"', "the default of top_n must be of type int, got '3' (str)"),
        ("top_n: int = ", "is not valid Python"),
        ('by: str = "x"  # [1..9]', "the default of by must be one of 1..9, got 'x'"),
        ("top_n: int = 3  # [a..b]", "the default of top_n must be one of a..b, got 3"),
    ],
)
def test_a_line_that_is_not_a_declaration_is_an_error_with_the_right_form(source, said):
    with pytest.raises(ParameterError) as refused:
        declared(source, "x.ipynb")
    assert said in str(refused.value)
    assert "x.ipynb" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("top_n", 1), ("top_n", 200), ("share", 0), ("share", 1.0), ("by", ""), ("by", "week"), ("since", ""),
        ("since", "2024-02-29"), ("terms", []), ("terms", ["x"]), ("deep", True), ("ends", ["dark", "bright"]),
        ("ends", []), ("tries", 10), ("corpus", "../elsewhere"),
    ],
)  # fmt: skip
def test_a_value_that_fits_raises_nothing(name, value):
    assert SAID[name].problem(value) == ""
    fit(SAID, {name: value}, "x")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("top_n", 0, "must be from 1 to 200, got 0"),
        ("top_n", 201, "must be from 1 to 200"),
        ("top_n", 30.0, "must be of type int, got 30.0 (float)"),
        ("top_n", True, "must be of type int, got True (bool)"),
        ("top_n", "30", "must be of type int, got '30' (str)"),
        ("top_n", None, "must be of type int, got None"),
        ("share", 1.01, "must be from 0 to 1, got 1.01"),
        ("share", float("nan"), "must be from 0 to 1, got nan"),
        ("by", "weekly", "must be one of day, week, month, got 'weekly'. Did you mean week?"),
        ("since", "2024-02-30", "must be a day as YYYY-MM-DD, got '2024-02-30'"),
        ("since", "20240218", "must be a day as YYYY-MM-DD"),
        ("since", 20240218, "must be of type str"),
        ("terms", "lamp", "must be of type list[str], got 'lamp' (str)"),
        ("terms", [1], "must be of type list[str]"),
        ("ends", ["dark", "brite"], "must be one of dark, bright, got ['dark', 'brite']. Did you mean bright?"),
        ("tries", 7, "must be one of 5, 10, got 7"),
        ("deep", 1, "must be of type bool, got 1 (int)"),
    ],
)
def test_a_wrong_value_is_an_error_with_the_allowed_values(name, value, said):
    assert said in SAID[name].problem(value)
    with pytest.raises(ParameterError, match=f"x.ipynb: {name} must be"):
        fit(SAID, {name: value}, "x.ipynb")


def test_every_wrong_value_is_named_and_an_unknown_name_gets_a_suggestion():
    with pytest.raises(ParameterError) as refused:
        fit(SAID, {"topn": 3, "top_n": 0, "by": "day", "deep": "yes"}, "x.ipynb")
    lines = str(refused.value).splitlines()
    assert len(lines) == 3
    assert lines[0] == (
        "x.ipynb does not declare 'topn'; it declares corpus, since, top_n, share, by, terms, ends, tries, deep, spread. Did you mean top_n?"
    )


def test_a_running_notebook_is_checked_against_the_cell_that_ran():
    namespace = {"In": ["", "import os", CELL.strip()]} | {name: one.default for name, one in SAID.items()}
    check(namespace)
    with pytest.raises(ParameterError, match="this notebook: top_n must be from 1 to 200, got 0"):
        check(namespace | {"top_n": 0})
    wider = CELL.strip().replace("1..200", "0..200")
    check(namespace | {"top_n": 0, "In": [*namespace["In"], wider, "top_n = 0"]})
    with pytest.raises(ParameterError, match="Run the parameters cell first"):
        check(namespace | {"In": ["", "import os"]})


@pytest.mark.parametrize(("name", "hint"), [("terms", "`term` of word.ipynb"), ("stems", "tables.stems")])
def test_a_retired_parameter_names_what_replaces_it(name, hint):
    with pytest.raises(ParameterError, match=rf"x.ipynb does not declare '{name}'.*{hint}"):
        fit({"corpus": SAID["corpus"]}, {name: []}, "x.ipynb")
    fit(SAID, {"terms": []}, "x.ipynb")  # a notebook of one's own may declare it


def test_the_values_checked_last_are_in_use():
    check({"In": [CELL], **{name: parameter.default for name, parameter in SAID.items()}, "top_n": 7})
    assert parameters.in_use()[:3] == [
        ("corpus", "sample", "folder or file of articles"),
        ("since", "", "first day"),
        ("top_n", 7, "how many terms"),
    ]
    assert len(parameters.in_use()) == len(SAID)


def test_a_notebooks_tagged_cell_is_read(tmp_path):
    path = notebook(tmp_path / "x.ipynb", ("# not this: 1", []), (CELL, ["wide", "parameters"]))
    assert of_notebook(path) == SAID


@pytest.mark.parametrize("cells", [[], [(CELL, ["parameter"])], [(CELL, ["parameters"]), (CELL, ["parameters"])]])
def test_a_notebook_needs_exactly_one_tagged_cell(tmp_path, cells):
    tagged = sum("parameters" in tags for _, tags in cells)
    with pytest.raises(ParameterError, match=f"x.ipynb has {tagged} cells tagged `parameters`.*JupyterLab: select"):
        of_notebook(notebook(tmp_path / "x.ipynb", *cells))


@pytest.mark.parametrize("content", [None, "", "[]", "3", "{}", '{"cells": 3}'])
def test_a_file_that_is_not_a_notebook_is_named(tmp_path, content):
    path = tmp_path / "x.ipynb"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ParameterError, match=r"x\.ipynb cannot be read as a notebook"):
        of_notebook(path)


VALUES = {
    "str": st.text(),
    "int": st.integers(),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "list[str]": st.lists(st.text(), max_size=3),
}
HELP = st.text(st.characters(categories=["L", "N", "Zs"]), max_size=20).map(" ".join)


@settings(deadline=None, max_examples=100)
@given(st.data(), st.sampled_from(list(parameters.TYPES)), HELP.map(str.strip))
def test_any_declaration_is_parsed(data, kind, text):
    value = data.draw(VALUES[kind])
    found = declared(f"name: {kind} = {value!r}  # {text}", "x")
    assert found == {"name": Parameter("name", kind, value, text, "")}
    assert found["name"].problem(value) == ""
    others = {type(v).__name__: v for v in ("", 0, 0.5, False, [""]) if parameters.TYPES[kind] is not type(v)}
    fitting = {name for name, other in others.items() if not found["name"].problem(other)}
    assert fitting == ({"int"} if kind == "float" else set())


@settings(deadline=None, max_examples=50)
@given(st.integers(-9, 9), st.integers(-9, 9), st.integers(-12, 12))
def test_a_range_includes_its_ends(low, high, value):
    said = Parameter("n", "int", 0, "", f"{low}..{high}")
    assert (said.problem(value) == "") == (low <= value <= high)
