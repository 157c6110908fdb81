"""The compiled loop stays within its arrays: numba checks every index."""

import json
import os
import pathlib
import random
import subprocess
import sys

import pytest

import broadsheet

LIBRARY = pathlib.Path(broadsheet.__file__).parents[1]
READ = """
import json, sys
from broadsheet.text import passes
from broadsheet.text.batch import Batch
for most, bodies in json.load(sys.stdin):
    passes.MOST_WORDS = most
    assert len(passes.by_loop(Batch.of(body.encode() for body in bodies)).tokens) > 1 or not bodies
"""
EDGES = [
    [""],
    ["", ""],
    [" "],
    ["."],
    ["a"],
    ["é"],
    ["𐐨"],
    ["U."],
    ["“"],
    ['"'],
    ["a" * 1000],
    [" " * 1000],
    ["." * 1000],
    [" .\n" * 1000],
    ["a " * 1000],
    ["a. " * 1000],
    ["A.\n\n" * 1000],
    ["—" * 127 + "a" + "—" * 127],
    ["😀" * 1000],
    ["$1$2$3%4%" * 100],
    [" ".join(map(str, range(3000)))],
    [" ".join(map(chr, range(0x4E00, 0x5E00)))],
]


def reads(bodies: list[tuple[int, list[str]]], cache: pathlib.Path) -> str:
    """Return what is complained of when bodies are read with every index looked at."""
    looked = {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": str(LIBRARY)}
    ran = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(bodies),
        env=os.environ | looked,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return ran.stderr


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Return a folder for the code compiled so, apart from what is used otherwise."""
    return tmp_path_factory.mktemp("checked")


def test_no_text_makes_the_loop_leave_an_array(pieces, cache):
    several = random.Random(0)
    mixed = ["".join(several.choices(pieces, k=several.randint(0, 60))) for _ in range(600)]
    bodies = [[], *EDGES, *([text] for text in mixed), mixed]
    assert reads([(most, one) for one in bodies for most in (1, 1 << 18)], cache) == ""
