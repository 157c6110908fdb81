"""Look words up: their uses, with or without context; similar spellings; forms of one stem."""

import difflib
import itertools
import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from broadsheet import schema
from broadsheet.corpus import Corpus
from broadsheet.errors import ParameterError
from broadsheet.index import LONGEST, Tokens
from broadsheet.tables.frequency import uses as count_uses
from broadsheet.text import fold, words

ORDERS = {"": "", "left": "1L 2L 3L", "right": "1R 2R 3R"}
REACH = 240  # characters on either side searched for the words to sort by
LIKE = 0.7  # least ratio of difflib, of 1: two letters of seven wrong, or two swapped places in four
SHORTEST = 4  # letters of a word that is stemmed: shorter ones (his, was) are seldom inflected forms

schema.declare(
    likeness=("likeness", ".2f", "how alike two words are spelt, from 0 to 1"),
    label=("word", "", "the most used of the forms that share a stem"),
)


def kwic(news: Corpus, phrase: str, width: int = 40, by: str = "", most: int | None = None) -> pd.DataFrame:
    """Show each use of a term or phrase in its context: keyword in context.

    width : characters of context on either side, cut between words, with an ellipsis where the text goes on. by : sort
    by `left` or `right` (the nearest word on that side, then the next two), or by places such as `1R 2R 1L`; "" keeps
    reading order. most : show that many lines, evenly spread over the order.

    Returns one row per use: doc_id, start, end (of the keyword), left, node, right, outlet, published. Only words of
    the keyword's own sentence sort a line; a missing word comes last.
    Raises ParameterError when `by` is no such place.
    Source: Luhn (1960), Keyword-in-Context Index for Technical Literature; terms after Sinclair (1991).

    >>> import broadsheet
    >>> kwic(broadsheet.load("sample"), "HARBOUR office", width=20)[["left", "node", "right"]].iloc[0].tolist()
    ['… it was 33.4C at the ', 'harbour office', ', the hottest day in …']
    """
    places, uses = _places(by), lines(news, [phrase]).drop(columns="term")
    start, end, reach = uses["start"], uses["end"], max(width + 1, REACH if places else 0)
    spans = {"left": ((start - reach).clip(0), start), "node": (start, end), "right": (end, end + reach)}
    texts = {side: news.text(uses.assign(start=first, end=last)) for side, (first, last) in spans.items()}
    uses = uses.assign(**{side: text.str.replace("\n", " ") for side, text in texts.items()})
    if places:
        keys = _keys(uses, _sentences(news.tokens, uses), places)
        uses = uses.iloc[sorted(range(len(uses)), key=keys.__getitem__)]
    if most is not None:
        uses = uses.iloc[np.linspace(0, len(uses) - 1, min(len(uses), most)).round().astype(np.int64)]
    left = uses["left"].map(lambda text: _cut(text[::-1], width)[::-1]).astype("str")
    uses = uses.assign(left=left, right=uses["right"].map(lambda text: _cut(text, width)).astype("str"))
    facts = news.catalogue[["outlet", "published"]].iloc[news.tokens.numbers_of(uses["doc_id"])]
    return uses.reset_index(drop=True).join(facts.reset_index(drop=True))


def _cut(text: str, width: int) -> str:
    """Return the beginning of a text, at most `width` characters of it, cut between words."""
    if len(text) <= width:
        return text
    whole = re.sub(r"(?<=\S)\s+\S*$", "", text[: width + 1])
    return (whole if len(whole) <= width else text[:width]) + " …"


def _places(by: str) -> list[tuple[int, str]]:
    """Return the places to sort lines by: which word, from 1, and on which side."""
    places = [re.fullmatch(r"([1-9])([LR])", place) for place in ORDERS.get(by.strip(), by.upper()).split()]
    if None in places:
        raise ParameterError(
            f"Lines are sorted by left, by right, or by places such as `1R 2R 1L` (first and second word to the right, "
            f"first to the left), not by {by!r}."
        )
    return [(int(place[1]), place[2]) for place in places]


def _sentences(tokens: Tokens, uses: pd.DataFrame) -> np.ndarray:
    """Return where the sentences of some passages begin, and where they end."""
    tokens = tokens.of(np.unique(tokens.numbers_of(uses["doc_id"])))
    sentences = tokens.sentences()
    begins, at = (
        tokens.numbers_of(rows["doc_id"]) * np.int64(LONGEST) + rows["start"].to_numpy() for rows in (sentences, uses)
    )
    return sentences[["start", "end"]].to_numpy()[np.searchsorted(begins, at, side="right") - 1].T


def _keys(uses: pd.DataFrame, sentences: np.ndarray, places: list[tuple[int, str]]) -> list[list[tuple[bool, str]]]:
    """Return the folded words at some places around each use; before each, whether it is missing."""
    before, after = (uses["start"] - sentences[0]).clip(0, REACH), (sentences[1] - uses["end"]).clip(0, REACH)
    keys = []
    for left, right, reach, onwards in zip(uses["left"], uses["right"], before, after, strict=True):
        sides = {"L": left[len(left) - reach :], "R": right[:onwards]}
        spans = {side: words(sides[side])[::step] for side, step in (("L", -1), ("R", 1))}
        near = [sides[side][slice(*spans[side][n - 1])] if n <= len(spans[side]) else "" for n, side in places]
        keys.append([(not word, fold(word)) for word in near])
    return keys


def lines(news: Corpus | Tokens, terms: Iterable[str]) -> pd.DataFrame:
    """Find every use of each term or phrase, as `Tokens.find` does.

    Returns one row per use, term by term as given, each in reading order: term (as given), doc_id, start, end. A term
    given twice counts once. In a corpus, marks between words (R&D, and/or) are found as written; tokens alone do not
    know them.

    >>> from broadsheet import index
    >>> lines(index.tokens_of(["Rain fell. It rained.", "More rain"]), ["RAIN"])[["term", "doc_id", "start"]].values.tolist()
    [['RAIN', '0', 0], ['RAIN', '1', 5]]
    """
    tokens = getattr(news, "tokens", news)
    uses = {term: _with_marks(news, term) if _has_marks(news, term) else tokens.find(term) for term in terms}
    return (
        pd.concat(uses or {"": tokens.find("")}, names=["term"])
        .reset_index("term")
        .astype({"term": "str"})
        .reset_index(drop=True)
    )


def _has_marks(news: Corpus | Tokens, phrase: str) -> bool:
    """Tell whether a phrase has marks between its words that the text of a corpus can be compared with."""
    spans = itertools.pairwise(words(phrase))
    return not isinstance(news, Tokens) and not all(phrase[end:start].isspace() for (_, end), (start, _) in spans)


def _with_marks(news: Corpus, phrase: str) -> pd.DataFrame:
    """Find the uses of a phrase that has marks between its words: its first word, its last, and the same text between."""
    spans = words(phrase)
    first, last = (news.tokens.find(phrase[slice(*spans[place])]) for place in (0, -1))
    whole = phrase[spans[0][0] : spans[-1][1]]
    uses = first.assign(end=first["start"] + len(whole)).merge(last[["doc_id", "end"]])
    return uses[news.text(uses).map(fold) == fold(whole)].reset_index(drop=True)


def suggestions(tokens: Tokens, term: str, most: int = 3) -> pd.DataFrame:
    """Suggest terms of the corpus that are spelt like one that it lacks.

    term : a word, compared with those that share its first letter or last two and are about as long; or a phrase, whose
    first unknown word is replaced by words like it. If the corpus has none of these phrases, the words alone are given.

    Returns one row per term as printed, the most alike first, then the most used: likeness (difflib's ratio, 0.7 to 1),
    n (uses), articles. No row when the articles use `term`.
    Source: Ratcliff and Metzener (1988), Pattern Matching: The Gestalt Approach.

    >>> from broadsheet import index
    >>> suggestions(index.tokens_of(["The harbour, the ferry."]), "harbor").index.tolist()
    ['harbour']
    """
    wanted = [fold(term[start:end]) for start, end in words(term)]
    unknown = next((word for word in wanted if word not in tokens.vocabulary), "")
    near = _alike(tokens.vocabulary, unknown) if unknown else []
    phrases = [" ".join(word if one == unknown else one for one in wanted) for word in near]
    for names, like in ((phrases, " ".join(wanted)), (near, unknown)):
        counts, printed = count_uses(tokens, names)
        likeness = [difflib.SequenceMatcher(None, fold(name), like, autojunk=False).ratio() for name in printed]
        n, articles = counts.sum(axis=0).A1.astype(np.int64), counts.getnnz(axis=0)
        table = pd.DataFrame({"likeness": np.array(likeness, dtype=float), "n": n, "articles": articles}, printed)
        if len(table):
            break
    return table.sort_values(["likeness", "n"], ascending=False, kind="stable").head(most)


def _alike(known: pd.Index, word: str) -> list[str]:
    """Return the terms that are spelt like a word."""
    longer = (known.str.len() - len(word)).to_numpy(dtype=np.int64)
    near = np.abs(longer) <= max(len(word) // 3, 1)
    near &= np.asarray(known.str.startswith(word[0])) | np.asarray(known.str.endswith(word[-2:]))
    matcher = difflib.SequenceMatcher(b=word, autojunk=False)

    def is_alike(other: str) -> bool:
        matcher.set_seq1(other)
        return matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE

    return list(filter(is_alike, known[near]))


def stems(tokens: Tokens) -> pd.Series:
    """Label each term with the most used of the forms that share its stem, both as printed; of equals the first in the
    alphabet.

    Stems words of four letters or more, with or without a final 's. Some unrelated words are joined (news and new).
    Source: Porter (1980), Program 14(3), 130-137, in its second edition, Snowball's English, by NLTK.

    >>> from broadsheet import index
    >>> stems(index.tokens_of(["vote votes votes voting lamp"])).to_dict()
    {'lamp': 'lamp', 'vote': 'votes', 'votes': 'votes', 'voting': 'votes'}
    """
    from nltk.stem.snowball import EnglishStemmer

    known, n = tokens.vocabulary, tokens.counts.sum(axis=0).A1
    plain = known.str.removesuffix("'s")
    stemmed = np.asarray(plain.str.isalpha() & (plain.str.len() >= SHORTEST), dtype=bool)
    stemmer, stem = EnglishStemmer(), known.to_numpy(dtype=object)
    stem[stemmed] = [stemmer.stem(word) for word in plain[stemmed]]
    stem, _ = pd.factorize(stem)
    order = np.lexsort([np.arange(len(known)), -n, stem])
    first = order[np.flatnonzero(np.diff(stem[order], prepend=-1))]  # stems are numbered from 0: the best of each
    printed = tokens.printed.rename("term")
    return pd.Series(printed[first[stem]], index=printed, name="label", dtype="str")
