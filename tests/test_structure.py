"""The project's own rules: imports go one way, modules and rooms stay small."""

import ast
import pathlib
import re
import subprocess
from collections.abc import Iterator

import pytest

PROJECT = pathlib.Path(__file__).resolve().parents[1]
LIBRARY = PROJECT / "lib" / "broadsheet"
ROOMS = [
    "errors",
    "schema",
    "store",
    "text",
    "index",
    "statistics",
    "timex",
    "sentiment",
    "duplicates",
    "readers",
    "corpus",
    "parameters",
    "tables",
    "report",
    "figures",
    "press",
    "cli",
]
ENGINES = {"text", "index", "statistics", "timex", "sentiment", "duplicates"}
# numba compiles anew when this file changes, and a call costs it more than the work: one file, few long functions.
COMPILED = {LIBRARY / "text" / "loop.py", LIBRARY / "index" / "kernels.py"}
FACE = {"__init__.py", "__main__.py"}  # of the package itself: they lead to the rooms, and no room imports them

MODULES = sorted(LIBRARY.rglob("*.py"))


def name(path: pathlib.Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def room(path: pathlib.Path) -> str:
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


def imported(path: pathlib.Path) -> Iterator[str]:
    """Yield every module that a file imports, wherever in it; `from broadsheet import x` is broadsheet.x."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} imports by dots; name the module whole"
            yield from (
                [f"broadsheet.{alias.name}" for alias in node.names] if node.module == "broadsheet" else [node.module]
            )


def rooms_of(path: pathlib.Path) -> set[str]:
    """Return the rooms that a file imports, besides its own."""
    parts = [module.split(".") for module in imported(path)]
    return {part[1] if part[1:] else "__init__" for part in parts if part[0] == "broadsheet"} - {room(path)}


ROOMED = [path for path in MODULES if not (path.parent == LIBRARY and path.name in FACE)]


def test_every_module_stands_in_a_room_that_is_known():
    assert {room(path) for path in ROOMED} == set(ROOMS)


@pytest.mark.parametrize("path", ROOMED, ids=name)
def test_a_room_imports_only_rooms_before_it(path):
    assert rooms_of(path) - set(ROOMS[: ROOMS.index(room(path))]) == set()


@pytest.mark.parametrize("path", [path for path in ROOMED if room(path) in ENGINES], ids=name)
def test_an_engine_knows_no_other_engine_but_the_words(path):
    assert rooms_of(path) <= {"errors", "schema", "store", "text", "index"}


@pytest.mark.parametrize("path", [path for path in ROOMED if room(path) == "press"], ids=name)
def test_the_press_analyses_nothing(path):
    assert rooms_of(path) & (ENGINES | {"tables"}) == set()


def test_only_the_press_runs_notebooks():
    tools = {"papermill", "nbclient", "nbconvert", "jupyter_client"}
    users = {room(path) for path in MODULES if tools & {module.split(".")[0] for module in imported(path)}}
    assert users == {"press"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_has_one_job_said_in_its_first_line_and_few_lines(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert len(text.splitlines()) <= (360 if path in COMPILED else 250)


CAPS = {"text": 900, "index": 900, "statistics": 900, "duplicates": 1300, "tables": 1800, "press": 1500}
HELPER = {"corpus", "parameters"}


@pytest.mark.parametrize("of", CAPS)
def test_a_room_keeps_to_its_lines(of):
    assert sum(len(path.read_text("utf-8").splitlines()) for path in ROOMED if room(path) == of) <= CAPS[of]


def test_the_helper_that_notebooks_see_is_thin():
    assert sum(len(path.read_text("utf-8").splitlines()) for path in ROOMED if room(path) in HELPER) <= 900


def test_the_measures_fill_at_most_twelve_modules():
    assert len([path for path in ROOMED if room(path) == "tables" and path.name != "__init__.py"]) <= 12


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in set(MODULES) - COMPILED:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name(path)}:{node.lineno} {node.name}", node


def test_no_function_is_long():
    """Up to 45 lines, its docstring apart."""
    long = []
    for where, node in functions():
        said = node.body[0] if ast.get_docstring(node) else None
        lines = node.end_lineno - node.lineno + 1 - (said.end_lineno - said.lineno + 1 if said else 0)
        long += [f"{where}: {lines} lines"] if lines > 45 else []
    assert long == []


def test_no_function_takes_more_than_seven_arguments():
    """A verb may have eight: a notebook names each."""
    wide = []
    for where, node in functions():
        if where.startswith("lib/broadsheet/report/verbs.py"):
            continue
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        wide += [where] if len([one for one in given if one.arg not in {"self", "cls"}]) > 7 else []
    assert wide == []


def tracked() -> list[pathlib.Path]:
    """Return the files that are, or would be, committed."""
    asked = ["git", "-C", str(PROJECT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(asked, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and a checkout: which files are tracked is git's to say")
    return [PROJECT / path for path in listed.split("\0") if path and (PROJECT / path).is_file()]


def test_no_tracked_file_names_a_machines_folder():
    places = {str(PROJECT), str(pathlib.Path.home())} | ({str(PROJECT.parent)} - {"/", "/tmp"})
    forms = [rf"(?<![\w.:/]){re.escape(place)}(?![\w-])" for place in places if place != "/"]
    own = re.compile("|".join([*forms, r"(?<![\w.:/])/(?:home|Users)/\w", r"\b[A-Z]:\\Users"]))
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "ignore")
        if path != pathlib.Path(__file__).resolve():
            found += [f"{name(path)}: {match[0]}" for match in own.finditer(text)]
    assert found == []
