"""Read a printed date as a day, without guessing."""

import datetime
import functools
import re

FIRST_YEAR = 1600  # the first newspapers; an earlier year is a misprint or a placeholder
AHEAD = datetime.timedelta(days=366)  # magazines date issues ahead, by at most a year
ORDERS = ("day first", "month first")  # the values of `dates` in corpus.toml
MANY_DAYS = 8192  # printed dates that are cached; a corpus has some thousands
LONG = 64  # characters; longer text is unlikely to be a date and is not cached
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_GAP = r"[^\S\n]"  # white space within a line
_WEEKDAY = rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?{_GAP}+)?"
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4}|\d{2}(?=\s*?$))"  # two digits only where the line ends: "August 18, 20 people ..." has no year
_ZONE = r"(?-i:Z|(?:UTC|GMT)?[+-]\d{2}:?(?:\d{2})?|UTC|[A-Z]{1,4}T)"
_CLOCK = (
    rf"(?:T\d{{4}}(?:\d{{2}})?|(?:T|,?{_GAP}+(?:at{_GAP}+)?)\d{{1,2}}(?:(?::\d{{2}}){{1,2}}(?:[.,]\d+)?|(?={_GAP}?[ap]\.?m)))"
    rf"(?:{_GAP}?[ap](?:m\b|\.m\.))?(?:{_GAP}?{_ZONE}(?!\w))?(?:{_GAP}?\({_ZONE}\))?"
)
_END = rf"(?!\d)(?:{_CLOCK})?(?!\w|[-/.]\d)(?:[.,;:](?=\s|$))?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + _END, re.IGNORECASE | re.MULTILINE)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",  # 2024-08-18
        r"(?P<year>[12]\d{3})(?P<month>\d{2})(?P<day>\d{2})",  # 20240818
        rf"{_DAY}(?:{_GAP}+(?:of{_GAP}+)?|-){_MONTH}(?:,?{_GAP}+|-){_YEAR}",  # 18 August 2024
        rf"{_MONTH}{_GAP}+{_DAY}(?:,{_GAP}*|{_GAP}+){_YEAR}",  # August 18, 2024
        r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})",  # 18/08/2024
    )
)


def parse(text: str, order: str = "") -> tuple[datetime.date | None, str]:
    """Read `text` as a day; of a date with a time, the day as printed.

    order : one of ORDERS, how the user declared that 03/04/2024 is read; "" leaves it ambiguous.

    Returns the day and "", or None and the reason: `no date`, `impossible date`, `ambiguous date`, `date out of range`.

    >>> parse("Sunday, 18 August 2024")
    (datetime.date(2024, 8, 18), '')
    >>> parse("03/04/2024")
    (None, 'ambiguous date')
    """
    text = text.strip()
    read = _parsed if len(text) < LONG else _parsed.__wrapped__
    return read(text, order, datetime.date.today())


@functools.lru_cache(MANY_DAYS)
def _parsed(text: str, order: str, today: datetime.date) -> tuple[datetime.date | None, str]:
    found = _match(text)
    if not found or found.end() < len(text):
        return None, "no date"
    if len(found["year"]) == 2:
        return None, "ambiguous date"
    return _checked(today, int(found["year"]), *_month_and_day(found.groupdict(), order))


def prefix(text: str) -> int:
    """Return the length of the date, valid or not, at the beginning of `text`; 0 if there is none.

    >>> prefix("2024-08-18 The quay is shut."), prefix("August rain fell.")
    (10, 0)
    """
    found = _match(text)
    return found.end() if found else 0


def _match(text: str) -> re.Match | None:
    return next(filter(None, (form.match(text) for form in _FORMS)), None)


def _month_and_day(found: dict[str, str], order: str) -> tuple[int, int]:
    """Return (month, day), or (0, 0) when both orders are possible and neither is declared."""
    if "name" in found:
        return MONTHS.index(found["name"][:3].lower()) + 1, int(found["day"])
    if "first" not in found:
        return int(found["month"]), int(found["day"])
    first, second = int(found["first"]), int(found["second"])
    if order not in ORDERS and first != second and min(first, second) >= 1 and max(first, second) <= 12:
        return 0, 0
    day_first = first > 12 or (second <= 12 and order == "day first")
    return (second, first) if day_first else (first, second)


def _checked(today: datetime.date, year: int, month: int, day: int) -> tuple[datetime.date | None, str]:
    if (month, day) == (0, 0):
        return None, "ambiguous date"
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None, "impossible date"
    if year < FIRST_YEAR or date > today + AHEAD:
        return None, "date out of range"
    return date, ""
