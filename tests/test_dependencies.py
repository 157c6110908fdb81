"""What is declared, what is locked and what is imported are the same; each test says where they disagree."""

import ast
import json
import pathlib
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import yaml

import broadsheet

PROJECT = pathlib.Path(__file__).resolve().parents[1]
DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
TOOLS = {  # declared though nothing imports them
    "ipykernel": "the kernel that runs the notebooks",
    "jupyterlab": "what an analyst opens them in",
    "nbstripout": "keeps outputs out of the repository",
    "pre-commit": "runs the lints before a commit",
    "pytest-xdist": "runs the tests on two cores",
    "ruff": "lints and formats",
    "setuptools": "builds the package",
    "wheel": "builds the package",
}
PEERS = ("benchmarks", "evaluation")  # under tests/: they measure other libraries where these happen to be installed


def plain(requirement: str) -> str:
    """Return a requirement's name in the one spelling that all package tools agree on."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


RUN = {plain(one) for one in DECLARED["dependencies"]}
DEVELOP = {plain(one) for one in DECLARED["optional-dependencies"]["develop"]}


def pins() -> dict[str, list[str]]:
    """Return the requirement lines of the lock, by name."""
    lines = (PROJECT / "requirements.lock").read_text("utf-8").splitlines()
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.strip() and not line.lstrip().startswith("#"):
            found.setdefault(plain(line), []).append(line)
    return found


def sources(*folders: str) -> dict[str, list[str]]:
    """Return the Python of every module and notebook of some folders, by path."""
    found = {}
    for folder in folders:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            found[path.relative_to(PROJECT).as_posix()] = [path.read_text("utf-8")]
        for path in sorted((PROJECT / folder).rglob("*.ipynb")):
            cells = json.loads(path.read_text("utf-8"))["cells"]
            found[path.relative_to(PROJECT).as_posix()] = [
                "".join(c["source"]) for c in cells if c["cell_type"] == "code"
            ]
    return {
        where: texts for where, texts in found.items() if not where.startswith(tuple(f"tests/{peer}" for peer in PEERS))
    }


def third_party(*folders: str) -> dict[str, set[str]]:
    """Return what the folders import that is neither Python's own nor ours: module, and who imports it."""
    found: dict[str, set[str]] = {}
    for where, texts in sources(*folders).items():
        for node in (node for text in texts for node in ast.walk(ast.parse(text))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for module in {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"broadsheet", "conftest"}:
                found.setdefault(module, set()).add(where)
    return found


def undeclared(imports: dict[str, set[str]], declared: set[str]) -> dict[str, list[str]]:
    homes = packages_distributions()
    return {
        module: sorted(where)
        for module, where in imports.items()
        if not {plain(home) for home in homes.get(module, [])} & declared
    }


def test_every_declared_dependency_is_pinned_in_the_lock():
    assert sorted((RUN | DEVELOP) - set(pins())) == []


def test_the_lock_pins_exact_versions_and_names_no_address():
    exact = re.compile(r"[a-z0-9][a-z0-9._-]*==[\w.!+]+(\s*;.*)?")
    assert [line for lines in pins().values() for line in lines if not exact.fullmatch(line.rstrip(" \\"))] == []
    text = (PROJECT / "requirements.lock").read_text("utf-8")
    assert re.findall(r"\S*://\S*|(?m:^\s*-.*$)", text) == []


def test_what_the_library_and_the_notebooks_import_is_declared():
    assert undeclared(third_party("lib", "notebooks"), RUN) == {}


def test_what_the_tests_import_is_declared():
    assert undeclared(third_party("tests"), RUN | DEVELOP) == {}


def test_what_is_declared_is_imported_or_is_a_tool():
    homes = packages_distributions()
    used = {plain(home) for module in third_party("lib", "notebooks", "tests") for home in homes.get(module, [])}
    assert sorted((RUN | DEVELOP) - used - set(TOOLS)) == []
    assert sorted(set(TOOLS) - RUN - DEVELOP) == []


def test_conda_gets_python_pip_and_two_items():
    given = yaml.safe_load((PROJECT / "environment.yml").read_text("utf-8"))["dependencies"]
    assert given[-1] == {"pip": ["-r requirements.lock", "-e ."]}
    assert [re.match(r"\w+", one)[0] for one in given[:-1]] == ["python", "pip"]
    assert given[0].removeprefix("python") == DECLARED["requires-python"]


def test_the_version_is_one():
    cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text("utf-8"))
    assert {str(cited["version"]), DECLARED["version"], broadsheet.__version__} == {DECLARED["version"]}
    assert cited["license"] == DECLARED["license"]
