"""The tables of other tools, each in a process of its own: `terms_peers.py nltk|build|conc FOLDER`.

FOLDER holds articles.json: the texts, whether each is of the target, the node, the fewest uses of a pair. The last line that is printed tells of
each table the seconds and the rows. Conc runs in an environment of its own, without Broadsheet: nothing of either is imported here.
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CORPORA = ("all", "target", "reference")
PIPES = ("parser", "ner", "lemmatizer", "tagger", "senter", "tok2vec", "attribute_ruler")  # that Conc switches off
EVERY = 10**9  # rows of a page that holds all


def main() -> None:
    name, folder = sys.argv[1:]
    given = json.loads(Path(folder, "articles.json").read_text("utf-8"))
    made = {"nltk": with_nltk, "build": build_conc, "conc": with_conc}[name](Path(folder), *given)
    print("\n" + json.dumps(made))


class Took(dict):
    """Seconds and rows by table."""

    def time(self, name: str, work: Callable[[], Any], rows: Callable[[Any], int] = len) -> Any:
        began = time.perf_counter()
        found = work()
        seconds = time.perf_counter() - began
        self[name] = seconds, int(rows(found))
        return found


def with_nltk(_: Path, texts: list[str], __: list[bool], node: str, fewest: int) -> Took:
    """Make the tables that NLTK can make, of words as its documentation reads them."""
    from nltk import FreqDist
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
    from nltk.text import ConcordanceIndex
    from nltk.tokenize import NLTKWordTokenizer

    def read() -> list[str]:
        split = NLTKWordTokenizer().tokenize
        return [word.lower() for text in texts for word in split(text)]

    def bigrams() -> list:
        finder = BigramCollocationFinder.from_words(words)
        finder.apply_freq_filter(fewest)
        return finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)

    def lines() -> list:
        return sorted(ConcordanceIndex(words).find_concordance(node), key=lambda line: line.right)

    took = Took()
    words = took.time("reading words", read)
    took.time("frequencies", lambda: FreqDist(words).most_common())
    took.time("pairs", bigrams)
    took.time("kwic", lines)
    return took


def build_conc(folder: Path, texts: list[str], target: list[bool], *_: Any) -> Took:
    """Build the three corpora that Conc's tables need, in `folder`."""
    import polars as pl
    import spacy
    from conc.corpus import Corpus

    pipeline()
    blank = spacy.blank("en")
    for name in PIPES:
        blank.add_pipe("nothing", name=name)
    blank.to_disk(folder / "blank")
    parts = dict(zip(CORPORA, ([True] * len(texts), target, [not one for one in target]), strict=True))

    def build() -> list:
        return [
            Corpus(name).build_from_csv(str(folder / f"{name}.csv"), str(folder), model=str(folder / "blank"))
            for name in CORPORA
        ]

    for name, part in parts.items():
        pl.DataFrame({"text": [text for text, of in zip(texts, part, strict=True) if of]}).write_csv(
            folder / f"{name}.csv"
        )
    took = Took()
    took.time("build", build)
    return took


def with_conc(folder: Path, _: list[str], __: list[bool], node: str, fewest: int) -> Took:
    """Make the tables that Conc can make, each whole."""
    from conc.collocates import Collocates
    from conc.concordance import Concordance
    from conc.corpus import Corpus
    from conc.frequency import Frequency
    from conc.keyness import Keyness
    from conc.ngrams import Ngrams

    pipeline()
    logging.disable(logging.WARNING)
    took = Took()
    every, target, reference = took.time(
        "loading", lambda: [Corpus().load(str(folder / f"{name}.corpus")) for name in CORPORA]
    )
    makers = {
        "frequencies": lambda: Frequency(every).frequencies(page_size=0, show_document_frequency=True),
        "pairs": lambda: Ngrams(every).ngram_frequencies(2, page_size=EVERY, show_document_frequency=True),
        "collocations": lambda: Collocates(every).collocates(node, page_size=0, min_collocate_frequency=fewest),
        "kwic": lambda: Concordance(every).concordance(node, order="1R2R3R", page_size=EVERY),
        "keyness": lambda: Keyness(target, reference).keywords(page_size=0, exclude_negative_keywords=False),
    }
    for name, make in makers.items():
        took.time(name, lambda make=make: make().to_frame())
    return took


def pipeline() -> None:
    """Let spaCy know a component that does nothing, which stands for each that Conc wants to switch off."""
    from spacy.language import Language

    Language.component("nothing", func=lambda doc: doc)


if __name__ == "__main__":
    main()
