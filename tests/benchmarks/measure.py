"""Seconds by alternating rounds, seconds and memory of processes, and the tables that show them."""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

CORES = "BENCHMARK_CORES"  # the environment names here the cores that `run.py` may use
STORE = "BROADSHEET_STORE"
PREFIX = "store-"
STEPS = Path(__file__).with_name("steps.py")
FASTER = "ours is faster by"


class Given(NamedTuple):
    """What `run.py` tells each part."""

    corpus: str
    rounds: int
    most: int  # articles that a corpus made for the purpose may have


def given() -> Given:
    """Return what `run.py` said."""
    corpus, rounds, most = sys.argv[1:]
    return Given(corpus, int(rounds), int(most))


class Tool(NamedTuple):
    """Something to measure, and how to count the hits in what it returns; that is not measured."""

    work: Callable[[], Any]
    hits: Callable[[Any], int] = int


class Took(NamedTuple):
    """What one tool took, and how many hits it found."""

    seconds: float
    hits: int


def alternate(tools: dict[str, Tool], rounds: int) -> dict[str, Took]:
    """Run every tool once a round, one after the other; return each one's median, and its hits.

    Before the rounds the first, which is ours, runs once unmeasured: its compiled loops are loaded then.
    """
    next(iter(tools.values())).work()
    took, hits = {name: [] for name in tools}, {}
    for _ in range(rounds):
        for name, tool in tools.items():
            began = time.perf_counter()
            found = tool.work()
            took[name].append(time.perf_counter() - began)
            hits[name] = int(tool.hits(found))
            del found
    return {name: Took(statistics.median(every), hits[name]) for name, every in took.items()}


class Ended(NamedTuple):
    """What a process took: wall time, the peak of its resident memory, and what it printed."""

    seconds: float
    mebibytes: float
    printed: str


def process(*command: str, **environment: str) -> Ended:
    """Run a command to its end. Its peak memory begins at ours, which is why callers import nothing large."""
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, env=os.environ | environment)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read().decode()
    if child.returncode:
        raise SystemExit(f"This failed: {' '.join(command)}\n{printed}")
    return Ended(seconds, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10), printed)


def broadsheet(*arguments: str, **environment: str) -> Ended:
    """Run `broadsheet` in a process of its own."""
    return process(sys.executable, "-m", "broadsheet", *arguments, **environment)


def step(name: str, *arguments: object) -> dict[str, Any]:
    """Do one step of `steps.py` in a process of its own; return its figures, and the peak of its memory."""
    ended = process(sys.executable, str(STEPS), name, *map(str, arguments))
    more = {"process_seconds": ended.seconds, "mebibytes": ended.mebibytes}
    return json.loads(ended.printed.splitlines()[-1]) | more


def middle(several: list[dict[str, float]], figure: str) -> float:
    """Return the median of one figure of several runs."""
    return statistics.median(one[figure] for one in several)


def largest(several: list[dict[str, float]], figure: str) -> float:
    """Return the largest of one figure of several runs, as is told of memory."""
    return max(one[figure] for one in several)


def new_store() -> str:
    """Begin an empty store, and return where it lies; `run.py` removes all at its end."""
    os.environ[STORE] = tempfile.mkdtemp(prefix=PREFIX)
    return os.environ[STORE]


def remove_store() -> None:
    """Remove the store that `new_store` began."""
    if Path(os.environ[STORE]).name.startswith(PREFIX):
        shutil.rmtree(os.environ[STORE])


@contextlib.contextmanager
def on_cores(number: int) -> Iterator[None]:
    """Bind this thread, and those that it starts, to so many cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, [int(core) for core in os.environ[CORES].split(",")][:number])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print a table, its first column to the left, the others to the right; each row as soon as it is there."""
    heads = list(heads)
    print()
    for row in (heads, ["---"] + ["---:"] * (len(heads) - 1)):
        print(_row(row))
    for row in rows:
        print(_row(row), flush=True)


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def say(line: str) -> None:
    """Print a paragraph."""
    print(f"\n{line}", flush=True)


def figure(number: float) -> str:
    """Write a number with three digits that count.

    >>> figure(0.0123456), figure(71.2345), figure(1234.5)
    ('0.0123', '71.2', '1,234')
    """
    digits = max(0, 2 - int(f"{number:e}".partition("e")[2]))
    return f"{number:,.{digits}f}"


def share(part: float, whole: float) -> str:
    """Write a share as one part of so many.

    >>> share(1, 250)
    '1/250'
    """
    return f"1/{figure(whole / part)}"
