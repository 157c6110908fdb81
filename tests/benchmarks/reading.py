"""From texts to stored tokens with spans and sentences: one pass over a corpus, beside other tools."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import machine
import measure
import resample
from measure import Tool, figure
from steps import build, keep

from broadsheet import index, load

SEVERAL_SHARDS = 33_000  # articles, more than two shards' worth
BPE_SIZE = 30_000  # entries of the vocabulary that the tokenizer of subwords is trained for
BATCH = 256  # texts that are handed over at once, where a tool takes several
WORD = r"\w+(?:[-'’]\w+)*"  # for tools that bring no expression of their own
WORD_RE2 = r"[\p{L}\p{N}_]+(?:[-''’][\p{L}\p{N}_]+)*"  # the same where \w means ASCII, quoted for SQL
KEEPS = {  # what each tool's result holds; ours is in the store besides
    "Broadsheet, stored": "spans, sentences, ids, counts",
    "Broadsheet, parsed from JSON Lines on disk and stored": "the same",
    "wc -w": "nothing",
    "scikit-learn CountVectorizer": "ids, counts",
    "Polars str.extract_all": "words",
    "Polars str.split": "words",
    "DuckDB regexp_extract_all": "words",
    "sentencex and re": "spans, sentences",
    "tokenizers Whitespace": "words, spans",
    "tokenizers BPE": "subwords, spans, ids",
    "NLTK NLTKWordTokenizer": "spans",
    "spaCy blank English": "spans, ids",
}
OURS, FROM_DISK = list(KEEPS)[:2]
ASKED = {"scikit-learn CountVectorizer": "6, better 10", "wc -w": "0.35, better 0.55", FROM_DISK: "at most 2"}
ASKED_CORES = "1.6"


def main() -> None:
    corpus, rounds, most = measure.given()
    print("\n## Reading: from texts to stored tokens")
    texts = load(corpus).articles["body"].tolist()
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    measure.say(
        f"{len(texts):,} articles, {megabytes:.1f} MB of text in memory, as a list; our store is empty at the beginning and written to disk. "
        "The hits are words, of any kind that the tool knows; those of BPE are subwords. Ours reads a text once, however often it is printed. "
        "The tools that a ratio is asked to are alternated with ours; then the others with one another."
    )
    took = measure.alternate(asked(texts, corpus), rounds) | measure.alternate(others(texts), rounds)
    ours = took[OURS].seconds
    measure.table(
        ("tool", "keeps", "hits", "seconds", "MB/s", measure.FASTER, "asked"),
        (
            (
                name,
                KEEPS[name],
                f"{hits:,}",
                figure(seconds),
                figure(megabytes / seconds),
                figure(seconds / ours),
                ASKED.get(name, ""),
            )
            for name, (seconds, hits) in took.items()
        ),
    )
    two_cores(corpus, rounds, most)


def asked(texts: Sequence[str], corpus: str) -> dict[str, Tool]:
    """Return the tools that a ratio is asked to, by name; ours first, which is what `alternate` asks."""
    ours = {OURS: Tool(lambda: stored(texts), counted_and_removed), FROM_DISK: from_disk(corpus, len(texts))}
    return ours | {"wc -w": wc(texts)} | by_vectorizer(texts)


def others(texts: Sequence[str]) -> dict[str, Tool]:
    """Return the other tools, each made ready."""
    return by_columns(texts) | by_tokenizers(texts)


def stored(texts: Sequence[str], workers: int = 1) -> index.Builder:
    measure.new_store()
    return keep(texts, workers)


def counted_and_removed(_: object) -> int:
    """Count the words in the store, then remove it: what is still to be written of it must not slow the tools that follow."""
    words = sum(int(shard["tokens"][-1]) for shard in index.collection().shards())
    measure.remove_store()
    return words


def from_disk(corpus: str, articles: int) -> Tool:
    folder = Path(tempfile.mkdtemp())
    resample.write(corpus, folder / "news.jsonl", 0, articles)

    def built() -> None:
        measure.new_store()
        build(str(folder))

    return Tool(built, counted_and_removed)


def wc(texts: Sequence[str]) -> Tool:
    file = Path(tempfile.mkdtemp(), "texts.txt")
    file.write_text("\n".join(texts), encoding="utf-8")
    locale = os.environ | {"LC_ALL": machine.WC_LOCALE}
    return Tool(
        lambda: subprocess.run(["wc", "-w", file], env=locale, capture_output=True, check=True).stdout,
        lambda out: int(out.split()[0]),
    )


def by_vectorizer(texts: Sequence[str]) -> dict[str, Tool]:
    from sklearn.feature_extraction.text import CountVectorizer

    return {
        "scikit-learn CountVectorizer": Tool(lambda: CountVectorizer().fit_transform(texts), lambda found: found.sum())
    }


def by_columns(texts: Sequence[str]) -> dict[str, Tool]:
    """Return the tools that take a column of texts; the column is theirs already when the time begins."""
    import duckdb
    import polars as pl

    column = pl.DataFrame({"text": texts})
    base = duckdb.connect()
    base.execute("SET threads = 1")
    base.register("given", column.to_arrow())
    base.execute("CREATE TABLE texts AS SELECT text FROM given")
    count = f"SELECT sum(len(regexp_extract_all(text, '{WORD_RE2}'))) FROM texts"
    return {
        "Polars str.extract_all": Tool(lambda: column["text"].str.extract_all(WORD), items),
        "Polars str.split": Tool(lambda: column["text"].str.split(" "), items),
        "DuckDB regexp_extract_all": Tool(lambda: base.execute(count).fetchone()[0]),
    }


def items(lists: "polars.Series") -> int:  # noqa: F821
    return lists.list.len().sum()


def by_tokenizers(texts: Sequence[str]) -> dict[str, Tool]:
    """Return the tools that take texts; what they find is counted and let go, text by text or batch by batch."""
    import re

    import sentencex
    import spacy
    from nltk.tokenize import NLTKWordTokenizer
    from tokenizers.pre_tokenizers import Whitespace

    nltk_words, whitespace, subwords = NLTKWordTokenizer(), Whitespace(), trained(texts)
    english, word = spacy.blank("en").tokenizer, re.compile(WORD)
    batches = [texts[first : first + BATCH] for first in range(0, len(texts), BATCH)]

    def both(text: str) -> int:
        sentencex.get_sentence_boundaries("en", text)
        return len([found.span() for found in word.finditer(text)])

    return {
        "sentencex and re": Tool(lambda: sum(map(both, texts))),
        "tokenizers Whitespace": Tool(lambda: sum(len(whitespace.pre_tokenize_str(text)) for text in texts)),
        "tokenizers BPE": Tool(lambda: sum(len(one) for batch in batches for one in subwords.encode_batch(batch))),
        "spaCy blank English": Tool(lambda: sum(map(len, map(english, texts)))),
        "NLTK NLTKWordTokenizer": Tool(lambda: sum(len(list(nltk_words.span_tokenize(text))) for text in texts)),
    }


def trained(texts: Sequence[str]) -> "tokenizers.Tokenizer":  # noqa: F821
    """Return a tokenizer of subwords, trained on these texts: nothing need be downloaded."""
    from tokenizers import ByteLevelBPETokenizer

    tokenizer = ByteLevelBPETokenizer()
    tokenizer.train_from_iterator(texts, vocab_size=BPE_SIZE, show_progress=False)
    return tokenizer


def two_cores(corpus: str, rounds: int, most: int) -> None:
    """Read several shards with one worker on one core, and with two on two."""
    folder = Path(tempfile.mkdtemp())
    resample.write(corpus, folder / "news.jsonl", 0, min(SEVERAL_SHARDS, most))
    texts = load(folder).articles["body"].tolist()
    megabytes = sum(len(text.encode()) for text in texts) / 1e6

    def with_cores(number: int) -> index.Builder:
        with measure.on_cores(number):
            return stored(texts, number)

    took = measure.alternate(
        {number: Tool(lambda number=number: with_cores(number), counted_and_removed) for number in (1, 2)}, rounds
    )
    measure.table(
        (
            f"{len(texts):,} articles, resampled, {megabytes:.1f} MB in memory",
            "hits",
            "seconds",
            "MB/s",
            "faster than one core by",
            "asked",
        ),
        (
            (
                f"{number} workers on {number} cores" if number > 1 else "one worker on one core",
                f"{hits:,}",
                figure(seconds),
                figure(megabytes / seconds),
                figure(took[1].seconds / seconds),
                ASKED_CORES if number > 1 else "",
            )
            for number, (seconds, hits) in took.items()
        ),
    )


if __name__ == "__main__":
    main()
