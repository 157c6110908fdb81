"""Write numbers, quantities and words from articles in sentences and tables."""

import re
import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd

from broadsheet import schema

PROBABILITY = ".1g"  # the form of p-values: never written with a power of ten
_VOWEL_Y = re.compile(r"(?<![aeiou])y$")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}([T/].*| \d\d:.*)?")  # or a period; other text in a column of days is text
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+.!|~&-])")


def number(cell: Any, form: str) -> str:
    """Write a value in the form of its column; a missing value is a dash.

    The form `in` gives a day or period its preposition.

    >>> number(1234, ","), number(None, ","), number(-0.25, "+.2f"), number("2024-08-18", "when"), number(3e-9, ".1g")
    ('1,234', '–', '−0.25', '18 Aug 2024', '<0.001')
    >>> number("2024-08-18", "in"), number(pd.Period("2024-08-18", "W"), "in"), number("2024-08", "in")
    ('on 18 Aug 2024', 'in the week of 12 Aug 2024', 'in Aug 2024')
    """
    if pd.isna(cell):
        return "–"
    if isinstance(cell, str) and not (form in {"when", "in"} and _DAY.fullmatch(cell)):
        return cell
    if form == "in":
        day = schema.when(cell)
        return f"in the {day}" if day.startswith("week") else f"{'on' if day.count(' ') == 2 else 'in'} {day}"
    if form == "when" or isinstance(cell, pd.Period | pd.Timestamp):
        return schema.when(cell)
    if isinstance(cell, bool):
        return "yes" if cell else ""
    if not form:
        return str(cell)
    if form == PROBABILITY and 0 <= cell < 0.001:
        return "<0.001"
    return format(cell, form).replace("-", "−")


def interval(low: Any, high: Any, form: str) -> str:
    """Write the ends of an interval, joined by a dash, or by *to* if one has a sign.

    >>> interval(9, 16, ","), interval(-0.31, 0.04, "+.1f")
    ('9–16', '−0.3 to +0.0')
    """
    ends = number(low, form), number(high, form)
    return (" to " if any(end.startswith(("+", "−")) for end in ends) else "–").join(ends)


def plural(noun: str) -> str:
    """Return the plural of a regular English noun.

    >>> plural("story"), plural("day"), plural("match"), plural("dated article")
    ('stories', 'days', 'matches', 'dated articles')
    """
    return _VOWEL_Y.sub("ie", noun) + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def quantity(n: int, noun: str) -> str:
    """Write a number of things.

    >>> quantity(1, "article"), quantity(1200, "story"), quantity(2, "day")
    ('1 article', '1,200 stories', '2 days')
    """
    return f"{n:,} {noun if n == 1 else plural(noun)}"


def clipped(text: str, length: int) -> str:
    """Cut a text between words so that it has at most `length` characters; `…` marks the cut.

    A first word that is longer than that, as in a script without blanks, is cut within.

    >>> clipped("The barrier was built after the flood.", 20), clipped("The barrier", 20)
    ('The barrier was…', 'The barrier')
    """
    short = textwrap.shorten(text, length, placeholder="…")
    return short if short != "…" else text.strip()[: length - 1] + "…"


def listed(parts: Sequence[str]) -> str:
    """Join parts with commas and a final *and*.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def escaped(text: str) -> str:
    """Escape every sign of Markdown in words that come from articles or from a user.

    >>> escaped("R&D *Star*")
    'R\\\\&D \\\\*Star\\\\*'
    """
    return _MARKDOWN.sub(r"\\\1", re.sub(r"[\ue000\ue001]", "", " ".join(text.split())))
