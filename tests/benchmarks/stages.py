"""The whole way from articles to a site, and each engine by itself."""

import statistics
import tempfile
from pathlib import Path

import measure
from measure import figure

NOTEBOOKS = ("term_frequencies", "sentiment", "timeline")


def main() -> None:
    corpus, rounds, _ = measure.given()
    print("\n## Whole runs, and each engine")
    whole_runs(corpus, rounds)  # first: a child's peak memory begins at its parent's
    engines(corpus, rounds)


def whole_runs(corpus: str, rounds: int) -> None:
    """Measure commands on all cores: `check`, `build`, and `run` for each notebook alone and for all."""
    measure.say("Commands on all cores; memory is that of each command's largest process.")
    with tempfile.TemporaryDirectory() as folder:
        commands = {"broadsheet check": ["check", corpus], "broadsheet build": ["build", corpus]} | {
            f"broadsheet run, built before: {', '.join(names)}": run(Path(folder), corpus, names)
            for names in (*((name,) for name in NOTEBOOKS), NOTEBOOKS)
        }
        measure.table(
            ("command", "seconds", "peak memory, MiB"),
            (row(name, arguments, rounds) for name, arguments in commands.items()),
        )


def run(folder: Path, corpus: str, names: tuple[str, ...]) -> list[str]:
    """Return the arguments that run some notebooks."""
    file = folder / f"{'-'.join(names)}.toml"
    file.write_text("\n".join(f'[[report]]\nnotebook = "{name}"' for name in names), encoding="utf-8")
    return ["run", str(file), "--corpus", corpus, "--out", str(folder)]


def row(name: str, arguments: list[str], rounds: int) -> list[str]:
    """Measure one command; a build begins with an empty store, which the runs after it use."""
    ended = []
    for _ in range(rounds):
        if arguments[0] == "build":
            measure.new_store()
        ended.append(measure.broadsheet(*arguments))
    seconds, memory = statistics.median(one.seconds for one in ended), max(one.mebibytes for one in ended)
    return [name, figure(seconds), f"{memory:,.0f}"]


def engines(corpus: str, rounds: int) -> None:
    """Measure each engine on bodies already in memory, words and sentences into an empty store."""
    from steps import keep

    import broadsheet
    from broadsheet import sentiment, tables, timex

    news = broadsheet.load(corpus)
    bodies, sentences = news.articles["body"].tolist(), news.text(news.sentences)
    megabytes = sum(len(body.encode()) for body in bodies) / 1e6

    def stored() -> None:
        measure.new_store()
        keep(bodies)

    def loaded() -> None:
        measure.new_store()
        broadsheet.load(corpus)

    parts = {
        "words and sentences": stored,
        "load": loaded,
        "dates": lambda: timex.tag_all(bodies, [None] * len(bodies)),
        "tone": lambda: sentiment.score(sentences),
        "events": lambda: tables.events(news),
    }
    tools = {name: measure.Tool(part, lambda _: 0) for name, part in parts.items()}
    with measure.on_cores(1):
        took = measure.alternate(tools, rounds)
    measure.say(f"Engines on one core, {len(news):,} articles, {megabytes:.1f} MB of text.")
    measure.table(
        ("engine", "seconds", "MB/s"),
        ((name, figure(one.seconds), figure(megabytes / one.seconds)) for name, one in took.items()),
    )


if __name__ == "__main__":
    main()
