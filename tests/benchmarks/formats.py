"""From files to articles: each format of tables with audit, ids and language; and loading with a first count."""

import csv
import json
import tempfile
import time
from pathlib import Path

import measure
import pandas as pd
import resample
from measure import Tool, figure

from broadsheet import load
from broadsheet.readers import list_folder, read_articles
from broadsheet.readers.files import GRAIN

ASKED, ASKED_SHARE = 60, 1 / 3  # MB of a file per second; of one CountVectorizer
COUNTED, VECTORIZER = "load and first count", "scikit-learn CountVectorizer"


def main() -> None:
    corpus, rounds, most = measure.given()
    folder = Path(tempfile.mkdtemp())
    articles = load(corpus).articles
    records = list(resample.records(articles, 0, min(len(articles), most)))
    paths = written(records, folder)
    size = sum(len(record["body"].encode()) for record in records) / 1e6
    print("\n## Formats: from files to articles, with audit, ids and language")
    measure.say(
        f"{len(records):,} articles, {size:.1f} MB of text, one file of each format; bodies are handed on, not kept."
    )
    took = measure.alternate({name: reading(path) for name, path in paths.items()}, rounds)
    measure.table(
        ("format", "articles", "MB of the file", "seconds", "MB of the file/s", "MB of text/s", "asked"),
        (
            (
                name,
                f"{hits:,}",
                figure(mb(paths[name])),
                figure(s),
                figure(mb(paths[name]) / s),
                figure(size / s),
                ASKED,
            )
            for name, (s, hits) in took.items()
        ),
    )
    first_count(paths["JSON Lines"], [record["body"] for record in records], rounds)


def first_count(path: Path, texts: list[str], rounds: int) -> None:
    """Print how long loading and the first count take, as a share of one CountVectorizer."""
    from sklearn.feature_extraction.text import CountVectorizer

    def counted() -> int:
        measure.new_store()
        return len(load(path).tokens)

    took = measure.alternate(
        {
            COUNTED: Tool(counted),
            VECTORIZER: Tool(lambda: CountVectorizer().fit_transform(texts), lambda found: found.sum()),
        },
        rounds,
    )
    share = took[COUNTED].seconds / took[VECTORIZER].seconds
    measure.table(
        ("tool", "words", "seconds", "of one CountVectorizer", "asked, at most"),
        (
            (COUNTED, f"{took[COUNTED].hits:,}", figure(took[COUNTED].seconds), figure(share), figure(ASKED_SHARE)),
            (VECTORIZER, f"{took[VECTORIZER].hits:,}", figure(took[VECTORIZER].seconds), "1.00", ""),
        ),
    )


def written(records: list[dict[str, str]], folder: Path) -> dict[str, Path]:
    """Write the articles in each format, and return the files when they are old enough to be relied on."""
    paths = {
        name: folder / f"news.{ending}"
        for name, ending in (("JSON Lines", "jsonl"), ("JSON array", "json"), ("CSV", "csv"), ("Parquet", "parquet"))
    }
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    paths["JSON Lines"].write_text("\n".join(lines) + "\n", "utf-8")
    paths["JSON array"].write_text("[" + ",\n".join(lines) + "]", "utf-8")
    with paths["CSV"].open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(records[0]))
        table.writeheader()
        table.writerows(records)
    pd.DataFrame(records).to_parquet(paths["Parquet"], index=False)
    time.sleep(GRAIN / 1e9)
    return paths


def reading(path: Path) -> Tool:
    return Tool(lambda: read_articles(list_folder(path), lambda body: None)[0], len)


def mb(path: Path) -> float:
    return path.stat().st_size / 1e6


if __name__ == "__main__":
    main()
