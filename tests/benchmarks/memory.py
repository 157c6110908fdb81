"""How much memory two gigabytes of text take, built and counted by processes of their own."""

import tempfile
from pathlib import Path

import measure
from measure import figure

TEXT = 2_000_000_000  # bytes
ASKED = "1,536"  # MiB


def main() -> None:
    corpus, _, most = measure.given()
    print("\n## Memory: two gigabytes of text")
    known = measure.step("describe", corpus)
    articles = min(int(TEXT * known["articles"] / known["bytes"]), most)
    with tempfile.TemporaryDirectory() as folder:
        made = measure.step("make", corpus, Path(folder, "news.jsonl"), 0, articles)
        built = measure.broadsheet("build", folder)
        asked = measure.step("ask", folder, known["term"])
    measure.say(
        f"{made['articles']:,} articles, resampled with new words, {made['bytes'] / 1e6:,.0f} MB of text; measured once, on all cores. Resident memory includes the files that are "
        f"mapped into it. The questions: the number of words ({asked['words']:,}), the uses of *{known['term']}* ({asked['uses']:,}), the articles that use it "
        f"({asked['articles']:,}), its rate in {asked['months']:,} months. Seconds are those of the whole process."
    )
    measure.table(
        ("process", "seconds", "peak of resident memory, MiB", "asked, at most"),
        [
            ("broadsheet build", figure(built.seconds), f"{built.mebibytes:,.0f}", ASKED),
            ("load and questions", figure(asked["process_seconds"]), f"{asked['mebibytes']:,.0f}", ASKED),
        ],
    )


if __name__ == "__main__":
    main()
