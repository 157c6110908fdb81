"""Every public name is documented; the test says which is not."""

import ast
import doctest
import importlib
import inspect
import pathlib

import broadsheet
from broadsheet import schema, tables

LIBRARY = pathlib.Path(broadsheet.__file__).parent
MODULES = sorted(LIBRARY.rglob("*.py"))


def public(node, name):
    """Yield a module's or class's public functions, methods and classes, named by where they stand."""
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            yield f"{name}.{child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{name}.{child.name}")


def test_every_public_function_and_class_says_what_it_does():
    found = [(path.relative_to(LIBRARY).as_posix(), ast.parse(path.read_text("utf-8"))) for path in MODULES]
    names = [pair for name, tree in found for pair in public(tree, name)]
    assert "corpus/corpus.py.Corpus.select" in dict(names)
    assert [name for name, node in names if not ast.get_docstring(node)] == []


def test_a_docstring_begins_with_one_sentence():
    unfinished = []
    for path in MODULES:
        for name, node in public(ast.parse(path.read_text("utf-8")), path.name):
            first = (ast.get_docstring(node) or "").split("\n\n")[0]
            unfinished += [] if first.rstrip().endswith((".", "?")) else [name]
    assert unfinished == []


def test_every_name_of_the_face_can_be_had_and_there_are_at_most_ten():
    assert len(broadsheet.__all__) <= 10
    assert [name for name in broadsheet.__all__ if not getattr(broadsheet, name).__doc__] == []


def test_every_name_that_a_room_promises_can_be_had():
    rooms = [importlib.import_module(f"broadsheet.{path.parent.name}") for path in LIBRARY.glob("*/__init__.py")]
    assert "broadsheet.index" in [room.__name__ for room in rooms]
    assert [
        (room.__name__, name) for room in rooms for name in getattr(room, "__all__", []) if not hasattr(room, name)
    ] == []


def test_every_public_measure_has_an_example_that_runs():
    measures = {name: measure for name, measure in vars(tables).items() if inspect.isfunction(measure)}
    assert {"frequency", "kwic", "rates"} <= measures.keys()
    finder = doctest.DocTestFinder(recurse=False)
    examples = {name: finder.find(measure, name) for name, measure in measures.items()}
    assert [name for name, found in examples.items() if not any(test.examples for test in found)] == []


def test_every_exported_column_is_declared():
    """The codebook has a heading and a meaning for each; the ends of intervals follow from their measure."""
    assert [name for name, column in schema.CODEBOOK.items() if not (column.label and column.meaning)] == []


def test_a_name_that_is_none_is_an_attribute_error():
    assert not hasattr(broadsheet, "utils")
