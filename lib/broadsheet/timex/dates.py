"""Dates written in full: `18 August 2024`, `Aug. 18, 2024`, `2024-08-18`, `August 2024`."""

import datetime
import re
from collections.abc import Sequence

import pandas as pd

_NAMES = (
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
    "september sept sep|october oct|november nov|december dec"
)
MONTHS = {name: number for number, names in enumerate(_NAMES.split("|"), start=1) for name in names.split()}
"""Numbers of the months, by their names and usual short forms in lower case."""

_MONTH = r"(?P<{0}>" + "|".join(sorted((m.title() for m in MONTHS), key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<{0}>[12]\d{{3}})\b(?![,.]?\d)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"

_FORMS = (
    _WEEKDAY + _DAY.format("d1") + r"\s+(?:of\s+)?" + _MONTH.format("m1") + r",?\s+" + _YEAR.format("y1"),
    _WEEKDAY + _MONTH.format("m2") + r"\s+" + _DAY.format("d2") + r",?\s+" + _YEAR.format("y2"),
    _MONTH.format("m3") + r",?\s+(?:of\s+)?" + _YEAR.format("y3"),
    r"(?<!\d-)(?P<y4>[12]\d{3})-(?P<m4>\d\d)-(?P<d4>\d\d)\b(?!-)",
)
# A date begins with a digit or the first letter of a month or weekday.
_DATE = re.compile(r"\b(?=[\dJFMASONDTW])(?<![.,])(?<!\D-)(?:" + "|".join(_FORMS) + ")")

COLUMNS = ["start", "end", "text", "type", "value"]


def tag(text: str, published: datetime.date | pd.Timestamp | None = None) -> pd.DataFrame:
    """Find the dates in `text` that name their year.

    text : any text; offsets count its code points.
    published : the day it appeared (the document creation time); full dates do not need it.

    Returns one row per expression, in order: start, end, text, type (always DATE), value
    (`2024-08-18`, or `2024-08` for a month). Days that do not exist are left out.
    Source of the value's form: TIMEX3, Pustejovsky et al. (2003), TimeML.
    """
    return tag_all([text], [published])[COLUMNS]


def tag_all(texts: Sequence[str], published: Sequence) -> pd.DataFrame:
    """Find the dates of many texts at once: the rows of `tag`, after a column `body`, the place in `texts`."""
    rows = [
        (number, *match.span(), match[0], "DATE", value)
        for number, text in enumerate(texts)
        for match in _DATE.finditer(text)
        if (value := _value({name[0]: part for name, part in match.groupdict().items() if part}))
    ]
    kinds = {"body": "int64"} | dict.fromkeys(COLUMNS, "str") | {"start": "int64", "end": "int64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def covered(values: pd.Series) -> pd.DataFrame:
    """Return the span of each TIMEX3 value: begin and until (first and last day), granularity (day or month)."""
    months = values.str.len() == len("2024-08")
    begin = pd.to_datetime(values.where(~months, values + "-01"), format="%Y-%m-%d")
    until = begin.where(~months, begin + pd.offsets.MonthEnd(0))
    return pd.DataFrame({"begin": begin, "until": until, "granularity": months.map({True: "month", False: "day"})})


def _value(part: dict[str, str]) -> str:
    """Return the TIMEX3 value of a date's parts (y, m, d); "" for a day that does not exist."""
    month = MONTHS.get(part["m"].lower()) or int(part["m"])
    try:
        day = datetime.date(int(part["y"]), month, int(part.get("d", 1)))
    except ValueError:
        return ""
    return day.isoformat() if "d" in part else day.isoformat()[:7]
