"""What every room's tests may use: the golden corpus, golden cases, and corpora typed into the test."""

import itertools
import pathlib
from typing import NamedTuple

import pytest

GOLDEN = pathlib.Path(__file__).parent / "golden"


class Case(NamedTuple):
    """One line of a golden file; `\\n` and `\\u00ad` stand for what they name, `|` parts the expected items."""

    label: str
    input: str
    expected: list[str]
    comment: str


@pytest.fixture(scope="session", autouse=True)
def own_store(tmp_path_factory):
    """Keep the tests' store apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROADSHEET_STORE", str(tmp_path_factory.mktemp("store")))
        yield


@pytest.fixture(scope="session")
def golden() -> pathlib.Path:
    """Return the folder of the golden corpus."""
    return GOLDEN / "corpus"


@pytest.fixture
def news(tmp_path):
    """Return a function: files by name in, the corpus loaded from a folder of their own out."""
    from broadsheet import load

    numbers = itertools.count()

    def made(files: dict[str, str]):
        folder = tmp_path / f"news{next(numbers)}"
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
        return load(folder)

    return made


def pytest_configure(config):
    """Declare the marker that hands a test its golden cases."""
    config.addinivalue_line("markers", "golden(folder): run once per case of golden/<folder>/*.tsv, as `case`")


def pytest_generate_tests(metafunc):
    """Give a test marked `golden` every case of its folder; the known failures must fail."""
    if marker := metafunc.definition.get_closest_marker("golden"):
        metafunc.parametrize("case", [case for kind in _KINDS for case in _cases(marker.args[0], kind)])


_KINDS = {"wild": [], "negative": [], "known_failures": [pytest.mark.xfail(strict=True, raises=AssertionError)]}


def _cases(folder: str, kind: str) -> list:
    lines = (GOLDEN / folder / f"{kind}.tsv").read_text("utf-8").splitlines()[1:]
    cells = [[_unescaped(cell) for cell in line.split("\t")] for line in lines]
    cases = [Case(label, text, [e for e in found.split("|") if e], why) for label, text, found, why in cells]
    return [pytest.param(case, id=f"{kind}-{case.label}", marks=_KINDS[kind]) for case in cases]


def _unescaped(cell: str) -> str:
    return cell.encode("latin-1", "backslashreplace").decode("unicode_escape")
