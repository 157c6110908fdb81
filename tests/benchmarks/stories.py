"""Articles grouped into stories, beside MinHash with locality-sensitive hashing."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import measure
from measure import figure, largest, middle

GROUPERS = Path(__file__).with_name("groupers.py")
QUICK, SIZES = 2_000, (10_000, 100_000)  # articles; the sizes are for a longer look
ONCE = 20_000  # articles, of more than which there is one round
TEXT, STORED = "Broadsheet, from texts", "Broadsheet, words in the store"
TIMES = ("processor", "clock")
SETTING_OF = {"datasketch": "datasketch, xxhash", "datasketch, xxhash": "datasketch, xxhash", "rensa": "rensa"}
ASKED = "Asked, at 100,000 articles: 5 times as fast as datasketch's MinHashLSH at equal F1; at most 13 times as long as 10,000 articles."

Runs = list[dict[str, Any]]
Setting = dict[str, Any]


def main() -> None:
    corpus, rounds, most = measure.given()
    print("\n## Stories: articles that tell the same in much the same words")
    measure.say(
        "Articles in families, resampled: see `families.py`. A copy has another headline, outlet and day; it lacks up to 30 % of its end, one word in 50 is another, "
        "and an unrelated paragraph and a line of promotion stand in it. F1, precision and recall are of pairs of articles. Each tool is a process of its own; seconds are "
        "those of the processor and of the clock, from texts in memory (strings of Python) to groups, with what is written to the store, without imports. Memory is the peak of what is resident, "
        "with the texts and with what reading them in takes. The others: shingles of words between blanks in small letters, 128 permutations, `MinHash.bulk` and an insertion session "
        "(or `RMinHash.from_token_sets`, `insert_many`, `query_all`), then connected components; *checked* pairs are those that the signatures show to be similar enough. "
        "Each has the setting of those tried that had its best F1 (to three digits, unchecked rather than checked) with the smallest number of articles."
    )
    settings, measured = {}, {}
    for size in [size for size in SIZES if size <= most] or [min(QUICK, most)]:
        with tempfile.TemporaryDirectory() as folder:
            file = str(Path(folder, "articles.parquet"))
            made = step("make", corpus, size, file)
            if not settings:
                tried = {tool: step("tune", file, tool)["tried"] for tool in dict.fromkeys(SETTING_OF.values())}
                settings = {tool: best(tried[of]) for tool, of in SETTING_OF.items()}
                trials(size, tried)
            measured[size] = of_size(file, settings, rounds if size <= ONCE else 1)
            show(size, made, step("rest", file)["mebibytes"], measured[size], settings)
    if len(measured) > 1:
        grown(measured)
    measure.say(ASKED)


def step(name: str, *arguments: object) -> dict[str, Any]:
    """Do one step of `groupers.py` in a process of its own; return its figures, and the peak of its memory."""
    ended = measure.process(sys.executable, str(GROUPERS), name, *map(str, arguments))
    return json.loads(ended.printed.splitlines()[-1]) | {"mebibytes": ended.mebibytes}


def best(tried: list[Setting]) -> Setting:
    """Return the setting of the best F1; of several, one that checks no pairs."""
    return max(tried, key=lambda one: (round(one["scores"][2], 3), not one["checked"], one["threshold"]))


def of_size(file: str, settings: dict[str, Setting], rounds: int) -> dict[str, Runs]:
    """Group the articles by every tool, one after the other in each round; the figures of each."""
    runs: dict[str, Runs] = {name: [] for name in (TEXT, STORED, *settings)}
    for _ in range(rounds):
        measure.new_store()
        runs[TEXT].append(step("group", file, "ours"))
        runs[STORED].append(step("group", file, "ours"))
        measure.remove_store()
        for tool, setting in settings.items():
            runs[tool].append(step("group", file, tool, setting["words"], setting["threshold"], setting["checked"]))
    return runs


def trials(size: int, tried: dict[str, list[Setting]]) -> None:
    """Show the F1 of every setting that was tried."""
    thresholds = list(dict.fromkeys(one["threshold"] for one in next(iter(tried.values()))))
    rows: dict[tuple, dict[float, str]] = {}
    for tool, settings in tried.items():
        for one in settings:
            name = f"{tool}: {one['words']} words{', checked' * one['checked']}"
            rows.setdefault(name, {})[one["threshold"]] = f"{one['scores'][2]:.4f}"
    measure.table(
        (f"F1 with {size:,} articles, by threshold", *thresholds),
        ([name, *(row[threshold] for threshold in thresholds)] for name, row in rows.items()),
    )


def show(size: int, made: dict[str, int], rest: float, runs: dict[str, Runs], settings: dict[str, Setting]) -> None:
    """Show what each tool took for articles of one size, and how well it did."""
    measure.say(
        f"{size:,} articles, {made['bytes'] / 1e6:,.0f} MB of text, {made['families']:,} families, {made['copied']:,} of them with copies. "
        f"The articles alone take {rest:,.0f} MiB."
    )
    seconds = {name: [middle(some, of) for of in TIMES] for name, some in runs.items()}

    def row(name: str) -> list[str]:
        precision, recall, f1 = runs[name][-1]["scores"]
        one = settings.get(name)
        setting = f"{one['words']} words, {one['threshold']}{', checked' * one['checked']}" if one else ""
        ratios = (
            theirs / own for ours in (TEXT, STORED) for theirs, own in zip(seconds[name], seconds[ours], strict=True)
        )
        scores = (f"{score:.4f}" for score in (f1, precision, recall))
        return [
            name,
            setting,
            *scores,
            *map(figure, (*seconds[name], *ratios)),
            f"{largest(runs[name], 'mebibytes'):,.0f}",
        ]

    faster = [f"ours {of} is faster by, {time}" for of in ("from texts", "from the store") for time in TIMES]
    measure.table(
        (
            "tool",
            "shingles, threshold",
            "F1",
            "precision",
            "recall",
            *(f"seconds, {time}" for time in TIMES),
            *faster,
            "peak, MiB",
        ),
        map(row, runs),
    )


def grown(measured: dict[int, dict[str, Runs]]) -> None:
    """Show how many times as long the larger number of articles takes."""
    small, large = min(measured), max(measured)
    times = {
        name: middle(runs, TIMES[0]) / middle(measured[small][name], TIMES[0]) for name, runs in measured[large].items()
    }
    measure.table(
        (f"{large:,} articles in place of {small:,}", "times as long"), ((name, figure(n)) for name, n in times.items())
    )


if __name__ == "__main__":
    main()
