"""The form of the notebooks: short cells between prose, no programs that assemble sentences."""

import ast
import itertools
import json
import pathlib
import re
import statistics

import pytest

from broadsheet import parameters

PROJECT = pathlib.Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
COMMON = ["corpus", "since", "until", "outlet", "query"]

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: pathlib.Path) -> list[dict]:
    return json.loads(path.read_text("utf-8"))["cells"]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def is_parameters(cell: dict) -> bool:
    return "parameters" in cell["metadata"].get("tags", [])


def steps(path: pathlib.Path) -> list[str]:
    """Return the code of each cell but for the parameters."""
    return [source(cell) for cell in cells(path) if cell["cell_type"] == "code" and not is_parameters(cell)]


def lines(code: str) -> list[str]:
    return [line for line in code.splitlines() if line.strip()]


def lines_that_build_text(code: str) -> int:
    """Count the lines with an f-string, a join or format of text, text added up, or text chosen by a condition."""

    def is_text(node: ast.AST) -> bool:
        return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))

    def builds(node: ast.AST) -> bool:
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        return (
            isinstance(node, ast.JoinedStr)
            or (called and node.func.attr in {"format", "join"} and is_text(node.func.value))
            or (isinstance(node, ast.BinOp) and (is_text(node.left) or is_text(node.right)))
            or (isinstance(node, ast.IfExp) and (is_text(node.body) or is_text(node.orelse)))
        )

    building = (range(node.lineno, node.end_lineno + 1) for node in ast.walk(ast.parse(code)) if builds(node))
    return len(set(itertools.chain.from_iterable(building)))


@each_notebook
def test_it_has_few_code_cells_of_few_short_lines(path):
    code = steps(path)
    assert len(code) <= 25
    assert statistics.median(len(lines(step)) for step in code) <= 4
    assert [line for step in code for line in lines(step) if len(line) > 100] == []


@each_notebook
def test_at_most_a_quarter_of_its_lines_build_text(path):
    code = steps(path)
    assert sum(map(lines_that_build_text, code)) <= sum(len(lines(step)) for step in code) / 4


@each_notebook
def test_no_more_than_two_code_cells_follow_one_another(path):
    kinds = ((kind, len(list(run))) for kind, run in itertools.groupby(cells(path), lambda cell: cell["cell_type"]))
    assert max(length for kind, length in kinds if kind == "code") <= 2


@each_notebook
def test_it_defines_nothing_and_guards_nothing(path):
    for step in steps(path):
        assert "if len(" not in step
        kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.While | ast.Lambda | ast.If
        assert [node for node in ast.walk(ast.parse(step)) if isinstance(node, kinds)] == []


@each_notebook
def test_it_opens_with_a_question_and_a_short_paragraph(path):
    first = cells(path)[0]
    title, _, opening = source(first).partition("\n")
    assert first["cell_type"] == "markdown"
    assert re.fullmatch(r"# .+\?", title)
    assert 20 < len(opening.split()) < 60


@each_notebook
def test_it_has_at_most_five_sections_before_its_methods(path):
    text = "\n".join(source(cell) for cell in cells(path) if cell["cell_type"] == "markdown")
    headings = re.findall(r"^## (.+)", text, re.MULTILINE)
    assert "Methods and limits" in headings
    assert headings.index("Methods and limits") <= 5


@each_notebook
def test_it_declares_the_common_parameters_first_and_checks_them_next(path):
    declared = parameters.of_notebook(path)
    assert list(declared)[: len(COMMON)] == COMMON
    assert {declared[common].type for common in COMMON} == {"str"}
    assert [parameter.name for parameter in declared.values() if not parameter.help] == []
    code = [cell for cell in cells(path) if cell["cell_type"] == "code"]
    assert [index for index, cell in enumerate(code) if is_parameters(cell)] == [0]
    assert "parameters.check(globals())" in source(code[1])


@pytest.mark.parametrize(
    "path", [*NOTEBOOKS, *sorted((PROJECT / "tests/golden/notebooks").glob("*.ipynb"))], ids=lambda path: path.stem
)
def test_it_is_committed_without_outputs(path):
    code = [cell for cell in cells(path) if cell["cell_type"] == "code"]
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"] is not None] == []


def test_text_built_in_code_is_counted():
    assert (
        lines_that_build_text(
            'a = f"{x} y"\nb = ", ".join(z)\nc = "s" if x else ""\nd = "a" + x\nreport.note("plain {x}", row)'
        )
        == 4
    )
