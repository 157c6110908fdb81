"""The corpus: articles loaded from a folder, what was set aside, and the tables read from their bodies."""

import datetime
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from broadsheet import readers, schema, timex, tokens
from broadsheet.errors import CorpusError, ParameterError, did_you_mean

PROJECT_FILE = "reports.toml"
_NUMBERS = {"sentence", "start", "end", "paragraph"}  # the other columns read from bodies are texts


def load(path: str | Path) -> "Corpus":
    """Load the articles of a folder or file.

    path : looked for in the working folder, then from the project's root (the nearest folder
        upwards that holds a reports.toml), then in the root's `data/`.

    Raises CorpusError when nothing is there, or nothing in it can be read as an article.
    """
    place = find(path)
    articles, audit = readers.read(place)
    if articles.empty:
        raise CorpusError(_no_article(place, audit))
    return Corpus(place, articles, audit)


def audit(path: str | Path) -> pd.DataFrame:
    """Return the audit of `path` alone: every record seen, kept or set aside; columns as in `schema.AUDIT`."""
    return readers.read(find(path))[1]


def doubtful(audit: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of an audit that a reader should know of: set aside, or kept with something in doubt."""
    return audit[~audit["kept"] | (audit["notes"] != "")]


def project_root() -> Path | None:
    """Return the nearest folder, from the working folder upwards, that holds a reports.toml."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / PROJECT_FILE).is_file()), None)


def find(path: str | Path) -> Path:
    """Return where the corpus `path` lies; see `load` for the places looked in."""
    start = Path.cwd()
    root = project_root() or start
    places = list(dict.fromkeys([start / path, root / path, root / "data" / path]))
    for place in places:
        if str(path) and place.exists():
            return place.resolve()
    raise CorpusError(
        f"There is no corpus {str(path)!r}: looked for {', '.join(map(str, places))}. Give a folder or file of articles."
    )


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles and what can be read from them; each table is computed when first asked for.

    articles : one row per article in reading order; columns as in `schema.ARTICLES`, then the user's own.
    audit : one row per record seen, kept or set aside; columns as in `schema.AUDIT`.
    """

    path: Path
    articles: pd.DataFrame
    audit: pd.DataFrame

    @property
    def title(self) -> str:
        """What to call the corpus: as its corpus.toml says, else its folder's name."""
        return readers.title(self.path)

    def __len__(self) -> int:
        return len(self.articles)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence, in reading order; columns as in `schema.SENTENCES`."""
        return self._rows(
            [[(number, *span) for number, span in enumerate(tokens.sentences(body))] for body in self.articles["body"]],
            ["sentence", "start", "end", "paragraph"],
        )

    @cached_property
    def tokens(self) -> tokens.Tokens:
        """Every word of the articles, as integer arrays with a vocabulary."""
        return tokens.tokenize(self.articles["doc_id"].tolist(), self.articles["body"].tolist(), self.sentences)

    @cached_property
    def timex(self) -> pd.DataFrame:
        """One row per time expression, in reading order; columns as in `schema.TIMEX`."""
        frame = self._rows([timex.expressions(a.body, a.published) for a in self.articles.itertuples()], timex.COLUMNS)
        return frame.join(timex.covered(frame["value"])).assign(anchor="text")

    @cached_property
    def hash(self) -> str:
        """A short digest of what the articles say and who published it when."""
        fields = self.articles[["doc_id", "published", "outlet", "headline", "body"]].astype("str").fillna("")
        digest = hashlib.blake2b(digest_size=8)
        for row in fields.itertuples(index=False):
            digest.update("\x1f".join(row).encode() + b"\x1e")
        return digest.hexdigest()

    def text(self, passages: pd.DataFrame) -> pd.Series:
        """Return body[start:end] for each row of `passages` (doc_id, start, end)."""
        bodies = self.articles.set_index("doc_id")["body"].to_dict()
        read = [bodies[p.doc_id][p.start : p.end] for p in passages[["doc_id", "start", "end"]].itertuples()]
        return pd.Series(read, index=passages.index, dtype="str", name="text")

    def glance(self) -> dict[str, int | str]:
        """Return the figures that open every report: what is here, and what is not."""
        undated = int(self.articles["published"].isna().sum())
        named = self.articles.loc[self.articles["outlet"] != "", "outlet"]
        figures = {
            "articles": len(self),
            "stories": self.articles["story"].nunique(),
            "words": len(self.tokens),
            "period": self.period,
            "outlets": named.nunique() or "not named",
        }
        if len(self) == self.audit["kept"].sum():
            figures["set aside"] = int((~self.audit["kept"]).sum())
        return figures | ({"without a date": undated} if undated else {})

    def __repr__(self) -> str:
        return f"<Corpus {self.title}: {len(self):,} articles, {self.period}>"

    @property
    def period(self) -> str:
        """First and last day of publication, as people write them."""
        days = self.articles["published"].dropna()
        if days.empty:
            return "undated"
        first, last = (schema.when(day) for day in (days.min(), days.max()))
        return first if first == last else f"{first} – {last}"

    def select(self, since: str = "", until: str = "", outlet: str = "", query: str = "") -> "Corpus":
        """Return the corpus of those articles that fit every condition, perhaps none; "" sets no condition.

        since, until : first and last day of publication (YYYY-MM-DD); an undated article fits neither.
        outlet : the outlet's name.
        query : words that the article must hold, all of them, in any order and case.

        Raises CorpusError when no article is from the outlet, ParameterError when a day is none.
        """
        chosen = self.articles
        if outlet:
            known = [name for name in chosen["outlet"].unique() if name]
            if outlet not in known:
                there = f"Outlets: {', '.join(known[:12])}." if known else "No article names its outlet."
                raise CorpusError(f"No article is from {outlet!r}.{did_you_mean(outlet, known) or ' ' + there}")
            chosen = chosen[chosen["outlet"] == outlet]
        if since:
            chosen = chosen[chosen["published"] >= _day("since", since)]
        if until:
            chosen = chosen[chosen["published"] <= _day("until", until)]
        part = self if chosen is self.articles else self._with(chosen)
        return part._holding(query) if query else part

    def _holding(self, query: str) -> "Corpus":
        wanted = {tokens.fold(query[start:end]) for start, end in tokens.words(query)}
        ids = self.tokens.vocabulary.get_indexer(list(wanted))
        found = pd.DataFrame({"document": self.tokens.document, "term": self.tokens.term})
        held = found[found["term"].isin(ids[ids >= 0])].groupby("document")["term"].nunique()
        return self._with(self.articles.iloc[held.index[held == len(wanted)]])

    def _with(self, articles: pd.DataFrame) -> "Corpus":
        return Corpus(self.path, articles.reset_index(drop=True), self.audit)

    def _rows(self, per_article: list[list[tuple]], columns: list[str]) -> pd.DataFrame:
        """Stack each article's rows into one table with its doc_id in front."""
        doc_ids = self.articles["doc_id"].repeat([len(rows) for rows in per_article]).reset_index(drop=True)
        frame = pd.DataFrame([row for rows in per_article for row in rows], columns=columns)
        frame = frame.astype({name: "int64" if name in _NUMBERS else "str" for name in columns})
        frame.insert(0, "doc_id", doc_ids.astype("str"))
        return frame


def _day(name: str, written: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(datetime.date.fromisoformat(written))
    except ValueError:
        raise ParameterError(f"{name} must be a day as YYYY-MM-DD, got {written!r}.") from None


def _no_article(place: Path, audit: pd.DataFrame) -> str:
    if audit.empty:
        return f"{place} holds no article. Put text files in it, each beginning with a line `date YYYY-MM-DD`; see data/README.md."
    reasons = ", ".join(f"{n} {reason}" for reason, n in audit["reason"].value_counts().items())
    return (
        f"Nothing in {place} can be read as an article ({reasons}). `broadsheet check` lists each file with its reason."
    )
