"""What counts as a sentence: the rule, written plainly. `loop` holds the same rule compiled; a test holds both equal."""

import itertools
import re
from importlib import resources

from broadsheet.text.words import MARKS, STOPWORDS, words

TITLE, NUMBERED, EITHER, OPENER, ADDRESS = 1, 2, 4, 8, 16
_KINDS = {"title": TITLE, "numbered": NUMBERED, "either": EITHER, "address": ADDRESS}
# Function words that go on within a sentence after a.m., Inc. and the like, as weekdays do ("9 a.m. Monday").
_NO_OPENERS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)


def _known() -> dict[str, int]:
    """Return what the rule knows of words, as printed: the kinds of abbreviations.txt, and which words open sentences."""
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
"""Words that decide where a sentence ends, as printed, and their kinds as bits."""

CLOSED_BY = {"“": "”", "‘": "’", "«": "»", "(": ")", "[": "]", '"': '"'}
"""The marks that open a quotation or bracket, and what closes each."""

_PARAGRAPH = re.compile(r"\S.*(?:\n(?!\s*\n).*)*")
_END = re.compile(r"""(?P<stops>[.!?…]+)(?P<closing>[”’»)\]"']*)(?P<blank>\s?)""")
_LEADS = re.compile(rf"""[^\w{MARKS}.,:!?…%#@$£€¥'’_”»)\]"]""")  # what stands before a mark that opens


def sentences(text: str) -> list[tuple[int, int, int]]:
    """Return (start, end, paragraph) of every sentence of `text`, in order.

    Paragraphs are parted by blank lines, and no sentence runs over one; spans hold no blanks at their ends.
    Within a paragraph a sentence ends after `.`, `!`, `?` or `…`, and the marks that close with it, when a
    blank and a word that is not written small follow, unless the stop is an abbreviation's (see
    abbreviations.txt) or an initial's. A quotation or bracket that is closed within its paragraph is not parted.

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
    """Return where the sentences of a paragraph end, but for the last."""
    cuts: list[int] = []
    closing, opened = "", 0  # the mark that will close the outermost quotation or bracket, and where that opened
    spans = words(paragraph)
    before = (0, 0)
    for word in [*spans, (len(paragraph), len(paragraph))]:
        gap = paragraph[before[1] : word[0]]
        if gap == " " and paragraph[before[1] - 1] != ".":
            before = word  # nothing can end here: most gaps
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
    """Say whether a straight mark opens: where one is open already, only if it stands as an opening mark does."""
    followed = paragraph[place + 1 : place + 2].strip() != ""
    return followed and (closing != '"' or bool(_LEADS.match(paragraph, place - 1)))


def _cut(text: str, before: tuple[int, int], after: tuple[int, int], opened: int) -> list[int]:
    """Return where a sentence ends between two neighbouring words, if one does.

    opened : where the quotation or bracket that is open at the second word begins.
    """
    word, first = text[slice(*before)], text[after[0]]
    kind, following = KNOWN.get(word, 0), KNOWN.get(text[slice(*after)], 0)
    own_stop = word.endswith(".")  # U.S. ends with what may be the sentence's stop too
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
