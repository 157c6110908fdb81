"""Recognise bodies in another language: a cheap test for English first, then a detector."""

import functools
import math
import re
from collections import Counter
from typing import Any

from broadsheet.errors import ResourceError
from broadsheet.readers.languages import ANY, codes, names
from broadsheet.text import STOPWORDS

FEWEST = 12  # different words; with fewer the language is uncertain
PIECE = 120  # characters, about twenty words, given to the detector at once
PIECES = 9  # the number of pieces examined in a long body, evenly spread
THE = 0.0033  # uses of *the* per character: two fifths of the rate of English news
ENGLISH = 0.15  # share of function words; 997 in 1,000 pieces in other languages have fewer
NAMES = 2 / 3  # share of capitalised words; German prose has fewer, lists and headings have more
DOUBT = 0.005  # highest share for the corpus's own language at which another is certain
NOTHING = "zxx"  # the detector's label for text in no language, such as code

NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[\d_#*|<>{}=/\\]+")
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # Thai to Han: no spaces between words
WORD = re.compile(rf"[{UNSPACED}]{{2}}|[^\W\d_]{{2,}}(?:['’][^\W\d_]+)*")


def foreign(body: str, language: str) -> str:
    """Return the ISO 639-1 code of the main language of `body`; "" if that is `language`, or uncertain.

    language : an ISO 639-1 code, or ANY, which every body matches.
    """
    if language == ANY or (language == "en" and _english_at_a_glance(body)):
        return ""
    pieces = _pieces(body)
    asked = [piece for piece in pieces if not (language == "en" and _english(piece))]
    if 2 * len(asked) <= len(pieces) or _few_words(body[: FEWEST * 50]):
        return ""
    votes = Counter({"": len(pieces) - len(asked)})
    for piece in asked:
        votes[_other(_plain(piece), codes()[language])] += 1
        if 2 * votes[""] >= len(pieces):
            return ""
    del votes[""]
    return votes.most_common(1)[0][0]


def _english_at_a_glance(body: str) -> bool:
    """Return whether two of three samples use *the* about as often as English news: 149 in 150 of its articles do."""
    size = min(1400, len(body) // 3)
    few, middle = THE * size, (len(body) - size) // 2
    first, last = body.count(" the ", 0, size) > few, body.count(" the ", len(body) - size) > few
    return (first and last) or ((first or last) and body.count(" the ", middle, middle + size) > few)


def _few_words(text: str) -> bool:
    return len(set(WORD.findall(_plain(text).lower()))) < FEWEST


def _pieces(body: str) -> list[str]:
    """Divide `body` evenly and return up to PIECES of the pieces."""
    number = len(body) // PIECE | 1  # an odd number always has a majority
    size, step = math.ceil(len(body) / number), math.ceil(number / PIECES)
    return [body[place * size : (place + 1) * size] for place in range(0, number, step)]


def _plain(text: str) -> str:
    """Return `text` on one line, without URLs, figures and symbols."""
    return " ".join(NOISE.sub(" ", text).split())


def _english(piece: str) -> bool:
    words = WORD.findall(piece.lower().replace("’", "'"))
    return sum(word in STOPWORDS for word in words) >= ENGLISH * len(words)


def _other(piece: str, own: str) -> str:
    """Return the code of a piece's language if it is certainly not `own`; names and headings are uncertain."""
    words = WORD.findall(piece)
    if sum(word[0].isupper() for word in words) >= NAMES * len(words):
        return ""
    shares: Counter[str] = Counter()
    for label, share in _detector().rank(piece):
        shares[codes().get(label, label)] += share
    best = shares.most_common(1)[0][0]
    return best if best in names() and best != own and shares[own] + shares[NOTHING] < DOUBT else ""


@functools.cache
def _detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:
        raise ResourceError(
            f"The language of an article cannot be recognised, because py3langid cannot read its model; {error}. "
            f'Free some space for temporary files, or write language = "{ANY}" in corpus.toml.'
        ) from None
