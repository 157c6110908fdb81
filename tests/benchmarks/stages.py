"""How long each part takes and how much memory it needs, beside named peers in the same run.

usage: python tests/benchmarks/stages.py [--corpus PATH] [--rounds N]

Peers alternate with ours, medians are reported, and a ratio says how many times as fast ours is.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import broadsheet
from broadsheet import sentiment, tables, timex, tokens

NOTEBOOKS = ("term_frequencies", "sentiment", "timeline")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", default="sample")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    whole_runs(broadsheet.corpus.find(given.corpus))  # first: a child's peak memory begins at its parent's
    news = broadsheet.load(given.corpus)
    megabytes = news.articles["body"].str.encode("utf-8").map(len).sum() / 1e6
    print(f"\n{len(news):,} articles, {megabytes:.1f} MB of text; {platform.machine()}, {os.cpu_count()} processors,")
    print(f"Python {platform.python_version()}; medians of {given.rounds} rounds.\n")
    engines(news, megabytes, given.rounds)
    words_beside_peers(news, megabytes, given.rounds)


def engines(news: "broadsheet.Corpus", megabytes: float, rounds: int) -> None:
    """Time each engine on bodies already in memory."""
    bodies, doc_ids = news.articles["body"].tolist(), news.articles["doc_id"].tolist()
    parts = {
        "load": lambda: broadsheet.load(news.path),
        "sentences": lambda: [tokens.sentences(body) for body in bodies],
        "words": lambda: tokens.tokenize(doc_ids, bodies, news.sentences),
        "dates": lambda: [timex.expressions(body) for body in bodies],
        "tone": lambda: sentiment.score(news.text(news.sentences)),
        "events": lambda: tables.events(news),
    }
    print("| part | seconds | MB/s |\n|---|---:|---:|")
    for name, part in parts.items():
        seconds = statistics.median(timed(part) for _ in range(rounds))
        print(f"| {name} | {seconds:.2f} | {megabytes / seconds:.1f} |", flush=True)


def words_beside_peers(news: "broadsheet.Corpus", megabytes: float, rounds: int) -> None:
    """Time our words, which keep spans, beside tokenizers that do less or as much."""
    from nltk.tokenize import NLTKWordTokenizer
    from sklearn.feature_extraction.text import CountVectorizer

    bodies, nltk_words = news.articles["body"].tolist(), NLTKWordTokenizer()
    peers = {
        "broadsheet words with spans": lambda: [tokens.words(body) for body in bodies],
        "scikit-learn CountVectorizer (no spans)": lambda: CountVectorizer().fit_transform(bodies),
        "NLTK NLTKWordTokenizer with spans": lambda: [list(nltk_words.span_tokenize(body)) for body in bodies],
    }
    took = {name: [] for name in peers}
    for _ in range(rounds):
        for name, peer in peers.items():
            took[name].append(timed(peer))
    ours = statistics.median(took["broadsheet words with spans"])
    print("\n| words | seconds | MB/s | ours is faster by |\n|---|---:|---:|---:|")
    for name, seconds in ((name, statistics.median(all_)) for name, all_ in took.items()):
        print(f"| {name} | {seconds:.2f} | {megabytes / seconds:.1f} | {seconds / ours:.2f} |", flush=True)


def whole_runs(corpus: Path) -> None:
    """Time `broadsheet check`, and `broadsheet run` for each notebook alone and for all, with peak memory."""
    print("| command | seconds | peak memory of its largest process, MiB |\n|---|---:|---:|")
    report("broadsheet check", ["check", str(corpus)])
    with tempfile.TemporaryDirectory() as folder:
        for names in (*((name,) for name in NOTEBOOKS), NOTEBOOKS):
            file = Path(folder, "reports.toml")
            file.write_text("\n".join(f'[[report]]\nnotebook = "{name}"' for name in names), encoding="utf-8")
            command = ["run", str(file), "--corpus", str(corpus), "--out", folder]
            report(f"broadsheet run: {', '.join(names)}", command)


def report(name: str, arguments: list[str]) -> None:
    """Run one command in a process of its own and print what it took."""
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "broadsheet", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{name} failed.")
    kibibytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    print(f"| {name} | {time.perf_counter() - began:.1f} | {kibibytes / 1024:.0f} |", flush=True)


def timed(part: Callable[[], object]) -> float:
    began = time.perf_counter()
    part()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
