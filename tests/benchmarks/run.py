"""Measure speed and memory, beside other tools on the same corpus in the same run.

usage: build/bench/bin/python tests/benchmarks/run.py [--corpus PATH] [--rounds N] [--only NAME] [--all] [--most N] [--write PATH]

Each part is a script of its own, started in a process that is bound to one core and to one thread per
library, unless the part says that it takes all. Tools are run one after the other in every round; medians are
shown, and how many times as fast ours is. Part `memory` takes minutes: it is run with --all or when it is named; part
`stories` groups more articles with --all.
"""

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import machine

HERE = Path(__file__).parent
PARTS = {  # name: how many cores it may use, None for all
    "formats": 1,
    "reading": 1,
    "asking": 1,
    "scale": 1,
    "first_use": 1,
    "stages": None,
    "stories": 1,
    "terms": 1,
    "memory": None,
}
LONG = ("memory",)
QUICK = {"stories": 2_000}  # articles of the largest corpus to make, where neither --all nor --most is given
THREADS = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS",
)  # fmt: skip


def main() -> None:
    given = arguments()
    if missing := [name for name, found in machine.facts().items() if found == machine.MISSING]:
        raise SystemExit(
            f"Not installed here: {', '.join(missing)}. `make bench` installs what is measured and runs this."
        )
    names = [given.only] if given.only else [name for name in PARTS if given.all or name not in LONG]
    lines = itertools.chain(head(given.rounds), *(part(name, given) for name in names))
    with given.write.open("w", encoding="utf-8") as page:
        for line in lines:
            print(line, flush=True)
            print(line, file=page, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", default="sample", help="folder or file of articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--all", action="store_true", help="also what takes minutes")
    parser.add_argument("--most", type=int, help="articles of the largest corpus to make, for a quick look")
    parser.add_argument("--write", type=Path, default=Path(os.devnull), help="write the results into this file, too")
    return parser.parse_args()


def head(rounds: int) -> Iterator[str]:
    """Yield how the results were made, and on what."""
    yield "# Speed and memory, measured"
    yield f"\nMade by `{command()}`; medians of {rounds} rounds. Tools that are compared ran one after the other within"
    yield "each round, in one process bound to one core with one thread per library, unless a table says otherwise."
    yield '"Ours is faster by" is their time divided by ours; below 1 ours is slower. "Asked" is what we set out to reach.'
    yield "\n| measured on | |\n|---|---|"
    yield from (f"| {name} | {fact} |" for name, fact in machine.facts().items())


def command() -> str:
    """Return the command that was given, with PATH in place of the user's own paths."""
    paths = {sys.argv[i + 1] for i, one in enumerate(sys.argv[:-1]) if one in {"--corpus", "--write"}}
    return " ".join(
        ["build/bench/bin/python tests/benchmarks/run.py", *("PATH" if one in paths else one for one in sys.argv[1:])]
    )


def part(name: str, given: argparse.Namespace) -> Iterator[str]:
    """Run one part; yield what it prints, line by line."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        cores = sorted(os.sched_getaffinity(0))
        environment = os.environ | {
            "TMPDIR": folder,
            "BROADSHEET_STORE": folder + "/store",
            "BENCHMARK_CORES": ",".join(map(str, cores)),
        }
        most = given.most or (10**9 if given.all else QUICK.get(name, 10**9))
        if few := PARTS[name]:
            environment |= dict.fromkeys(THREADS, str(few)) | {"TOKENIZERS_PARALLELISM": "false"}
        child = subprocess.Popen(
            [sys.executable, str(HERE / f"{name}.py"), given.corpus, str(given.rounds), str(most)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            preexec_fn=lambda: os.sched_setaffinity(0, cores[:few]),
        )
        yield from (line.rstrip("\n") for line in child.stdout)
        if child.wait():
            raise SystemExit(f"The part {name} failed.")


if __name__ == "__main__":
    main()
