"""The tables of `term_frequencies` and `comparison`, beside one CountVectorizer of the same text, NLTK and Conc."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import measure
import numpy as np
import pandas as pd
from measure import figure, middle
from sklearn.feature_extraction.text import CountVectorizer

from broadsheet import Corpus, load, statistics, tables
from broadsheet.corpus import build

PEERS = Path(__file__).with_name("terms_peers.py")
CONC = Path(__file__).parents[2] / "build" / "conc" / "bin" / "python"  # it wants another Polars than the rest
LEADING, DRAWS = 30, 500  # terms with an interval; draws of stories
GROUPS, GROUP_DRAWS, FEWEST_ARTICLES = 12, 200, 5  # of the contrasts; articles that use a term which is contrasted
FEWEST = 3  # uses of a pair, or near the node
OUTLET, NODE = "Politico", "police"
ASKED = 3  # times one CountVectorizer, at most
OPEN, NLTK, CONC_NAME = "corpus opened, articles and counts read", "NLTK", "Conc"

Runs = list[dict[str, Any]]


class Asked(NamedTuple):
    """What the tables are made of."""

    news: Corpus
    outlet: str  # the target of the keyness

    @property
    def facts(self) -> pd.DataFrame:
        return self.news.catalogue


def main() -> None:
    path, rounds, _ = measure.given()
    print("\n## Terms: the tables of a corpus linguist")
    build(path, lambda line: None)
    asked = opened(path)
    texts = asked.news.articles["body"].tolist()
    target = (asked.facts["outlet"] == asked.outlet).tolist()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "articles.json").write_text(json.dumps([texts, target, NODE, FEWEST]), encoding="utf-8")
        conc = str(CONC) if CONC.exists() else None
        built = peer(conc, "build", folder) if conc else {}
        runs = measured(path, texts, folder, conc, rounds)
    introduce(asked, texts, built)
    if not conc:
        measure.say("Conc is not installed here, and not measured: `make bench` installs it in build/conc.")
    show(runs)


def measured(path: str, texts: list[str], folder: str, conc: str | None, rounds: int) -> dict[str, Runs]:
    """Run every tool once a round, one after the other; our first run is not measured: compiled loops are loaded then."""
    ours(path)
    runs: dict[str, Runs] = {"sklearn": [], "ours": [], NLTK: []} | ({CONC_NAME: []} if conc else {})
    for _ in range(rounds):
        runs["sklearn"].append(timed({"matrix": lambda: CountVectorizer().fit_transform(texts)}))
        runs["ours"].append(ours(path))
        runs[NLTK].append(peer(sys.executable, "nltk", folder))
        if conc:
            runs[CONC_NAME].append(peer(conc, "conc", folder))
    return runs


def peer(python: str, name: str, folder: str) -> dict[str, Any]:
    """Do one step of `terms_peers.py` in a process of its own: seconds and rows of each table."""
    return json.loads(measure.process(python, str(PEERS), name, folder).printed.splitlines()[-1])


def timed(works: dict[str, Callable[[], Any]]) -> dict[str, tuple[float, int]]:
    """Return what each piece of work took, and how many rows it gave."""
    took = {}
    for name, work in works.items():
        began = time.perf_counter()
        found = work()
        took[name] = time.perf_counter() - began, found.shape[0]
        del found
    return took


def opened(path: str) -> Asked:
    """Open a corpus whose words and marks are in the store, and choose what is asked where it lacks the usual."""
    news = load(path).counted()
    outlets = news.catalogue["outlet"]
    return Asked(news, OUTLET if OUTLET in set(outlets) else outlets.value_counts().index[0])


def read(path: str) -> Asked:
    """Open a corpus, and read its articles and counts, which every table needs."""
    asked = opened(path)
    _ = asked.news.articles, asked.news.tokens.counts
    return asked


def ours(path: str) -> dict[str, tuple[float, int]]:
    """Open the corpus anew and make every table of it once."""
    began = time.perf_counter()
    asked = read(path)
    took = {OPEN: (time.perf_counter() - began, len(asked.news))}
    return took | timed({name: lambda work=work: work(asked) for name, work in (TABLES | ALONGSIDE).items()})


def frequencies(asked: Asked) -> pd.DataFrame:
    """Return uses, articles, rate, tf-idf and dispersion over stories of every term."""
    tokens = asked.news.tokens
    table = tables.dispersion(tokens, asked.facts["story"])
    articles = pd.Series(tokens.counts.getnnz(axis=0), tokens.vocabulary).loc[table.index]
    tf_idf = table["n"] * np.log(len(asked.news) / articles)
    return table.assign(articles=articles, per_million=table["n"] / len(tokens) * 1e6, tf_idf=tf_idf)


def leading(asked: Asked) -> pd.Index:
    """Return the most used terms."""
    tokens = asked.news.tokens
    return tokens.vocabulary[np.argsort(-tokens.counts.sum(axis=0).A1, kind="stable")[:LEADING]]


def intervals(asked: Asked) -> pd.DataFrame:
    """Return the intervals of the leading terms' rates by formula."""
    tokens, story, terms = asked.news.tokens, asked.facts["story"], leading(asked)
    one_each = np.zeros(len(tokens.doc_ids))
    return pd.concat([tables.rates(tokens.uses(term), tokens.lengths, one_each, story) for term in terms])


def bootstrap(asked: Asked) -> pd.DataFrame:
    """Return the intervals of the same rates by drawing stories."""
    tokens, terms = asked.news.tokens, leading(asked)
    parts = [tables.uses(tokens, terms)[0], tokens.lengths]
    return statistics.bootstrap(parts, lambda n, words: n / words * 1e6, asked.facts["story"], terms, DRAWS)


def pairs(asked: Asked) -> pd.DataFrame:
    """Return the neighbours that stand together three times or more, the surest first, with every measure."""
    tokens = asked.news.tokens
    term, follows = tokens.term.astype(np.int64), np.flatnonzero(tokens.follows)
    pair, n = np.unique(term[follows - 1] * len(tokens.vocabulary) + term[follows], return_counts=True)
    first, second = np.divmod(pair, len(tokens.vocabulary))
    sides = [np.bincount(side, n, len(tokens.vocabulary)) for side in (first, second)]
    often = n >= FEWEST
    measures = statistics.association(n[often], sides[0][first[often]], sides[1][second[often]], n.sum())
    terms = {"first": tokens.vocabulary[first[often]], "second": tokens.vocabulary[second[often]]}
    return pd.DataFrame(terms | {"n": n[often]} | measures).sort_values("g2", ascending=False, kind="stable")


def changes(asked: Asked) -> pd.DataFrame:
    return tables.changes(asked.news)


def trends(asked: Asked) -> pd.DataFrame:
    return tables.trends(asked.news, "month")


def variety(asked: Asked) -> pd.DataFrame:
    return tables.variety(asked.news.tokens, asked.facts["outlet"], asked.facts["story"])


def collocations(asked: Asked) -> pd.DataFrame:
    return tables.collocations(asked.news.tokens, NODE, asked.facts["story"], fewest=FEWEST, leave_out=())


def kwic(asked: Asked) -> pd.DataFrame:
    return tables.kwic(asked.news, NODE, by="right")


def keyness(asked: Asked, draws: int = DRAWS) -> pd.DataFrame:
    facts = asked.facts
    return tables.keyness(asked.news.tokens, facts["outlet"] == asked.outlet, facts["story"], draws=draws)


def contrasts(asked: Asked) -> pd.DataFrame:
    """Compare the outlets with most articles, each with the others."""
    tokens, outlet = asked.news.tokens, asked.facts["outlet"]
    largest = outlet.where(outlet.isin(outlet.value_counts().index[:GROUPS]))
    terms = tokens.vocabulary[tokens.counts.getnnz(axis=0) >= FEWEST_ARTICLES]
    return tables.contrasts(tokens, largest, asked.facts["story"], terms, GROUP_DRAWS)


def word_shift(asked: Asked) -> pd.DataFrame:
    """Share out the difference of the sides of the keyness."""
    tokens, target = asked.news.tokens, (asked.facts["outlet"] == asked.outlet).to_numpy()
    sides = [pd.Series(tokens.counts[side].sum(axis=0).A1, tokens.vocabulary) for side in (target, ~target)]
    return tables.word_shift(*sides)


TABLES = {
    "frequencies, tf-idf, dispersion over stories": frequencies,
    f"intervals of {LEADING} rates by formula": intervals,
    f"bootstrap of {LEADING} rates, {DRAWS} draws": bootstrap,
    "pairs of neighbours with association": pairs,
    "changes": changes,
    "trends by month": trends,
    "variety by outlet": variety,
    f"collocations of *{NODE}*": collocations,
    f"KWIC of *{NODE}* by the right": kwic,
    f"keyness of an outlet, {DRAWS} draws": keyness,
    f"contrasts of {GROUPS} outlets, {GROUP_DRAWS} draws": contrasts,
    "word shift": word_shift,
}
FEW_DRAWS = 20  # the fewest that there may be
ALONGSIDE = {
    f"the same, {FEW_DRAWS} draws": partial(keyness, draws=FEW_DRAWS)
}  # not one of the tables: what is left without draws
FREQUENCIES, PAIRS, COLLOCATIONS, KWIC, KEYNESS = (list(TABLES)[place] for place in (0, 3, 7, 8, 9))
SAME = {FREQUENCIES: "frequencies", PAIRS: "pairs", COLLOCATIONS: "collocations", KWIC: "kwic", KEYNESS: "keyness"}
SAME |= dict.fromkeys(ALONGSIDE, "keyness")


def introduce(asked: Asked, texts: list[str], built: dict[str, Any]) -> None:
    """Say what is measured."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    measure.say(
        f"{len(asked.news):,} articles, {megabytes:.1f} MB of text. Ours begins each round with a corpus newly opened, its words and marks in the store; what a table "
        "reads from there is its own time where no table before it did. Terms are all of the vocabulary but in the contrasts, where they are those that "
        f"{FEWEST_ARTICLES} articles use; the outlet of the keyness is {asked.outlet}. "
        "CountVectorizer has the same bodies in memory, as a list, in its usual setting."
    )
    measure.say(
        "NLTK and Conc make the tables that they can, in a process of their own in every round, NLTK from words that NLTKWordTokenizer has read, in small letters: `FreqDist`, "
        f"`BigramCollocationFinder` scored by likelihood ratio ({FEWEST} uses or more), `ConcordanceIndex` with its lines sorted. Conc (version in `peers_conc.txt`) from its corpus on disk, "
        "loaded: `frequencies` with documents, `ngram_frequencies`, `collocates`, `concordance`, `keywords` (two corpora), each whole. It splits words by spaCy's rules "
        "for English, for which it has no need of a model but asks for one: it is given one without any. Theirs do less: no dispersion or tf-idf, no association of pairs (Conc), no "
        "measure but one or two, no stories, no draws. The sums are of the tables that both make; ours does not include opening, nor do theirs include reading words (NLTK) or loading (Conc)."
        + (
            f" Building Conc's three corpora (all, target, reference) took {figure(built['build'][0])} seconds, once."
            if built
            else ""
        )
    )


def show(runs: dict[str, Runs]) -> None:
    """Show each table of ours as a part of CountVectorizer, then what each other tool takes for the tables that it makes."""
    seconds = {
        tool: {name: middle([run[name] for run in several], 0) for name in several[0]} for tool, several in runs.items()
    }
    rows = {tool: {name: n for name, (_, n) in several[-1].items()} for tool, several in runs.items()}
    unit, own = seconds["sklearn"]["matrix"], [OPEN, *TABLES]
    sums = [sum(run[name][0] for name in own) for run in runs["ours"]]
    ratios = [whole / run["matrix"][0] for whole, run in zip(sums, runs["sklearn"], strict=True)]
    measure.table(
        ("ours", "rows", "seconds", "of one CountVectorizer", "asked, at most"),
        [
            ["scikit-learn CountVectorizer.fit_transform", f"{rows['sklearn']['matrix']:,}", figure(unit), "1.00", ""],
            *([name, f"{rows['ours'][name]:,}", *map(figure, (took, took / unit)), ""] for name in own for took in [seconds["ours"][name]]),
            ["all", "", figure(float(np.median(sums))), figure(float(np.median(ratios))), ASKED],
        ],
    )  # fmt: skip
    measure.say(f"By round, all of ours took {', '.join(map(figure, ratios))} times CountVectorizer.")
    for tool in list(runs)[2:]:
        beside(tool, seconds[tool], seconds["ours"], rows[tool], rows["ours"])


def beside(tool: str, theirs: dict, ours: dict, their_rows: dict, our_rows: dict) -> None:
    """Show the tables that another tool makes, beside ours: seconds and rows."""
    same = {name: its for name, its in SAME.items() if its in theirs}
    made = {name: its for name, its in same.items() if name in TABLES}
    both = sum(theirs[its] for its in made.values()), sum(ours[name] for name in made)
    measure.table(
        (tool, "its rows", "our rows", "its seconds", "our seconds", "ours is faster by"),
        [
            *(
                [f"{its}, apart", "", "", figure(took), "", ""]
                for its, took in theirs.items()
                if its not in SAME.values()
            ),
            *(
                [name, f"{their_rows[its]:,}", f"{our_rows[name]:,}", *compared(theirs[its], ours[name])]
                for name, its in same.items()
            ),
            ["these, with all draws" if KEYNESS in same else "these", "", "", *compared(*both)],
        ],
    )


def compared(theirs: float, ours: float) -> list[str]:
    """Return both times, and how many times as fast ours is, as cells."""
    return [figure(theirs), figure(ours), figure(theirs / ours)]


if __name__ == "__main__":
    main()
