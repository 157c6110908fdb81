"""How often general English uses each word: the background of distinctive terms."""

import functools
import re
from collections.abc import Iterator
from importlib import resources


def parts_in(term: str) -> Iterator[str]:
    """Yield the words of a term as the general list spells them.

    >>> list(parts_in("u.s.-led covid-19 #gates 1990s"))
    ['u.s.', 'led', 'covid', 'gates', '0000s']
    """
    for part in re.split(r"[-_\s]", term):
        part = part.lstrip("#@$£€¥")
        if any(character.isalpha() for character in part):
            yield re.sub(r"\d", "0", part) if len(re.findall(r"\d", part)) > 1 else part


@functools.cache
def general_english() -> dict[str, float]:
    """Read how often general English uses each word, per million words; the table's first lines name its source."""
    table = resources.files(__package__).joinpath("background.txt").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {word: float(rate) for rate, words in rows for word in words.split(" ")}
