"""What the first use on a machine costs, when the loops are compiled, and what every later start costs."""

import sys
import tempfile
from pathlib import Path

import measure
from measure import figure

WORTH_COMPILING = 12_000_000  # bytes of text; more than `passes.WORTH_COMPILING`, or nothing would be compiled
ASKED = {"compiling": "below 10", "start": "below 1"}
STARTS = {
    "Python alone": "pass",
    "and import broadsheet": "import broadsheet",
    "and load a built corpus, and count": "import sys, broadsheet; print(broadsheet.load(sys.argv[1]).tokens.uses(sys.argv[2]).sum())",
}


def main() -> None:
    corpus, rounds, _ = measure.given()
    print("\n## First use, and every later start")
    known = measure.step("describe", corpus)
    with tempfile.TemporaryDirectory() as folder:
        articles = int(WORTH_COMPILING * known["articles"] / known["bytes"])
        made = measure.step("make", corpus, Path(folder, "news.jsonl"), 0, articles)
        measure.say(f"{articles:,} articles, {made['bytes'] / 1e6:.1f} MB of text; wall time of whole processes.")
        built(folder)  # whatever is to be compiled is compiled now
        runs = [
            {"cold": built(folder, NUMBA_CACHE_DIR=tempfile.mkdtemp()), "warm": built(folder)} for _ in range(rounds)
        ]
        starts = [
            {name: measure.process(sys.executable, "-c", code, folder, known["term"]).seconds for name, code in STARTS.items()}
            for _ in range(rounds)
        ]  # fmt: skip
    cold, warm = measure.middle(runs, "cold"), measure.middle(runs, "warm")
    last = list(STARTS)[-1]
    measure.table(
        ("process", "seconds", "asked"),
        [
            ("broadsheet build, nothing compiled", figure(cold), ""),
            ("broadsheet build, compiled before", figure(warm), ""),
            ("the difference: compiling", figure(cold - warm), ASKED["compiling"]),
            *((name, figure(measure.middle(starts, name)), ASKED["start"] if name == last else "") for name in STARTS),
        ],
    )


def built(folder: str, **environment: str) -> float:
    """Return the seconds that `broadsheet build` takes with an empty store."""
    measure.new_store()
    return measure.broadsheet("build", folder, **environment).seconds


if __name__ == "__main__":
    main()
