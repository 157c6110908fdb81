"""Split text into sentences: the rule in plain Python. `loop` is the same rule compiled; a test compares them."""

import itertools
import re
from importlib import resources

from broadsheet.text.words import MARKS, STOPWORDS, words

TITLE, NUMBERED, EITHER, OPENER, ADDRESS = 1, 2, 4, 8, 16
_KINDS = {"title": TITLE, "numbered": NUMBERED, "either": EITHER, "address": ADDRESS}
# Function words that do not open a sentence after a.m., Inc. and the like, as weekdays do not ("9 a.m. Monday").
_NO_OPENERS = {
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
}  # fmt: skip


def _known() -> dict[str, int]:
    """Return the kinds of known words, as printed: those of abbreviations.txt, and words that open sentences."""
    known: dict[str, int] = {}
    kind = 0
    for line in resources.files(__package__).joinpath("abbreviations.txt").read_text("utf-8").splitlines():
        text = line.partition("#")[0]
        if text.startswith("["):
            kind = _KINDS[text.strip(" []")]
        else:
            known |= {form: kind for word in text.split() for form in (word, word.upper())}
    for word in STOPWORDS:
        if word not in _NO_OPENERS:
            for form in (word.capitalize(), word.upper()):
                known[form] = known[form.replace("'", "’")] = known.get(form, 0) | OPENER
    return known


KNOWN = _known()
"""Words that help to decide where a sentence ends, as printed, and their kinds as bits."""

CLOSED_BY = {"“": "”", "‘": "’", "«": "»", "(": ")", "[": "]", '"': '"'}
"""The marks that open a quotation or bracket, and the mark that closes each."""

_PARAGRAPH = re.compile(r"\S.*(?:\n(?!\s*\n).*)*")
_END = re.compile(r"""(?P<stops>[.!?…]+)(?P<closing>[”’»)\]"']*)(?P<blank>\s?)""")
_LEADS = re.compile(rf"""[^\w{MARKS}.,:!?…%#@$£€¥'’_”»)\]"]""")  # what is before a mark that opens


def sentences(text: str) -> list[tuple[int, int, int]]:
    """Split text into sentences: (start, end, paragraph) of each, in order.

    A blank line ends a paragraph, and with it the sentence. Within a paragraph a sentence ends after `.`, `!`, `?` or
    `…` and closing marks if white space follows and then a word that is not lower-case, unless the stop belongs to an
    abbreviation (see abbreviations.txt) or an initial. A quotation or bracket that is closed within its paragraph is
    not split.

    >>> sentences("It rained. It stopped.\\n\\nMr. Roe left.")
    [(0, 10, 0), (11, 22, 0), (24, 37, 1)]
    """
    spans = []
    for number, found in enumerate(_PARAGRAPH.finditer(text)):
        paragraph = found.group().rstrip()
        edges = [0, *_cuts(paragraph), len(paragraph)]
        for first, last in itertools.pairwise(edges):
            blanks = last - first - len(paragraph[first:last].lstrip())
            spans.append((found.start() + first + blanks, found.start() + last, number))
    return spans


def _cuts(paragraph: str) -> list[int]:
    """Return where the sentences of a paragraph end, the last one apart."""
    cuts: list[int] = []
    closing, opened = "", 0  # the mark that closes the outermost quotation or bracket, and where it opened
    spans = words(paragraph)
    before = (0, 0)
    for word in [*spans, (len(paragraph), len(paragraph))]:
        gap = paragraph[before[1] : word[0]]
        if gap == " " and paragraph[before[1] - 1] != ".":
            before = word  # most gaps: nothing can end here
            continue
        for place, mark in enumerate(gap, before[1]):
            opens = mark in CLOSED_BY and (mark != '"' or _opens(paragraph, place, closing))
            if mark == closing and not (opens and mark == '"'):
                while cuts and cuts[-1] > opened:
                    cuts.pop()
                closing = ""
            elif opens and closing in {"", CLOSED_BY[mark]}:
                closing, opened = CLOSED_BY[mark], place
        if before[1] > 0 and word[0] < len(paragraph):
            cuts += _cut(paragraph, before, word, opened if closing else len(paragraph))
        before = word
    return cuts


def _opens(paragraph: str, place: int, closing: str) -> bool:
    """Say whether a straight mark opens; within a quotation it does only in the position of an opening mark."""
    followed = paragraph[place + 1 : place + 2].strip() != ""
    return followed and (closing != '"' or bool(_LEADS.match(paragraph, place - 1)))


def _cut(text: str, before: tuple[int, int], after: tuple[int, int], opened: int) -> list[int]:
    """Return where a sentence ends between two neighbouring words, if one does.

    opened : where the quotation or bracket begins that is open at the second word.
    """
    word, first = text[slice(*before)], text[after[0]]
    kind, following = KNOWN.get(word, 0), KNOWN.get(text[slice(*after)], 0)
    own_stop = word.endswith(".")  # the last stop of U.S. may end the sentence too
    gap = text[before[1] - own_stop : after[0]]
    ends = list(_END.finditer(gap))
    if not any(end["blank"] for end in ends):
        rest = gap[ends[0].end() :] if len(ends) == 1 and ends[0].start() == 0 else None
        lost = rest is not None and (rest == "" or (rest in CLOSED_BY and rest != '"'))  # "It rained.Then it froze."
        if not lost or kind & TITLE or len(word) == 1 or not _small(word[-1]) or not first.isupper():
            return []
        return [after[0] - len(rest) if rest else min(opened, after[0]) if opened >= before[1] else after[0]]
    end = [end for end in ends if end["blank"]][-1]
    if _small(first) and not following & ADDRESS:
        return []
    if end["stops"] == "." and end.start() == 0 and not end["closing"]:
        initial = len(word) == 1 and word.isupper() and word != "I"
        if kind & TITLE or (kind & NUMBERED and first.isdecimal()):
            return []
        if (own_stop or initial or kind & EITHER) and not following & OPENER:
            return []
    return [before[1] - own_stop + end.start("blank")]


def _small(character: str) -> bool:
    return character.isalnum() and character.islower()
