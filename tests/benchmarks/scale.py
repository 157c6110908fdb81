"""What grows with the corpus: building, the store, memory, the first answer, and what one per cent more costs."""

import tempfile
from pathlib import Path

import measure
from measure import figure, largest, middle, share

SIZES = (1_000, 10_000, 33_000, 100_000)  # articles
MORE = 100  # one article in so many is added later
FIRST, LATER = "1.jsonl", "2.jsonl"

Runs = dict[str, list[dict[str, float]]]


def main() -> None:
    corpus, rounds, most = measure.given()
    term = measure.step("describe", corpus)["term"]
    print("\n## Scale: from a thousand articles to a hundred thousand")
    measure.say(
        f"Articles are drawn from the corpus; where it has too few, copies are edited to bring new words. Each step is a process of its own; "
        f"times begin after the imports, memory is the peak of what is resident. *Counting* opens a built corpus and counts *{term}*: `load`, then "
        "`tokens.uses`; *counting alone* is the latter. Then one per cent of new articles is added as a second file. *Engine* reads and stores texts that "
        "lie in memory: the new ones, as a share of all before. *Build again* reads all files again and the words of the new ones."
    )
    measured = {size: of_size(corpus, size, term, rounds) for size in SIZES if size <= most}
    measure.table(
        (
            "articles", "MB of text", "shards", "types that are new in a shard, at least", "load, s", "build, s", "MB/s", "store per byte of text", "peak of build, MiB",
        ),
        (building(size, *one) for size, one in measured.items()),
    )  # fmt: skip
    measure.table(
        (
            "articles", "counting, s", "of the build", "counting alone, s", "of the build", "peak of counting, MiB", "engine, 1 % more, s", "of all before", "build again, s", "of the first",
        ),
        (growing(size, runs) for size, (runs, _) in measured.items()),
    )  # fmt: skip
    measure.say(
        "Asked, at 100,000 articles: counting below 1/100 of the build; engine for 1 % more below 1/20; build again below 2/3 (1/1.5) of the first; at least 5 % of the types new."
    )


def of_size(corpus: str, size: int, term: str, rounds: int) -> tuple[Runs, dict[str, float]]:
    """Measure every step with a corpus of so many articles; the figures by step, one per round, and what the store holds."""
    with tempfile.TemporaryDirectory() as folder:
        first, later = Path(folder, FIRST), Path(folder, LATER)
        runs: Runs = {name: [] for name in ("load", "build", "count", "again", "engine")}
        measure.step("make", corpus, first, 0, size)
        for _ in range(rounds):
            later.unlink(missing_ok=True)
            measure.new_store()
            runs["load"].append(measure.step("load", folder))
            measure.new_store()
            runs["build"].append(measure.step("build", folder))
            held = measure.step("new_types")
            runs["count"].append(measure.step("count", folder, term))
            measure.step("make", corpus, later, size, size + size // MORE)
            runs["again"].append(measure.step("build", folder))
            runs["engine"].append(measure.step("engine", folder, size))
    return runs, held


def building(size: int, runs: Runs, held: dict[str, float]) -> list[str]:
    seconds, text = middle(runs["build"], "seconds"), middle(runs["build"], "bytes")
    return [
        f"{size:,}",
        figure(text / 1e6),
        held["shards"],
        "" if held["least"] is None else f"{held['least']:.1%}",
        figure(middle(runs["load"], "seconds")),
        figure(seconds),
        figure(text / 1e6 / seconds),
        figure(middle(runs["build"], "store") / text),
        f"{largest(runs['build'], 'mebibytes'):,.0f}",
    ]


def growing(size: int, runs: Runs) -> list[str]:
    build, engine = middle(runs["build"], "seconds"), middle(runs["engine"], "seconds")
    counting, alone = middle(runs["count"], "seconds"), middle(runs["count"], "tokens_seconds")
    more, again = middle(runs["engine"], "more_seconds"), middle(runs["again"], "seconds")
    return [
        f"{size:,}",
        figure(counting),
        share(counting, build),
        figure(alone),
        share(alone, build),
        f"{largest(runs['count'], 'mebibytes'):,.0f}",
        figure(more),
        share(more, engine),
        figure(again),
        share(again, build),
    ]


if __name__ == "__main__":
    main()
