"""The languages that can be told from one another, as `languages.txt` lists them: their codes and names."""

import functools
from importlib import resources

ANY = "any"  # the language of a corpus of which nothing is set aside for its language


@functools.cache
def names() -> dict[str, str]:
    """Return the English name of each language that can be told, by its ISO 639-1 code.

    >>> names()["de"]
    'German'
    """
    return {code: name for code, name, *_ in _table()}


@functools.cache
def codes() -> dict[str, str]:
    """Return the ISO 639-1 code that each code, or label of the detector, stands for.

    >>> codes()["de"], codes()["nn"], codes()["yue"]
    ('de', 'no', 'zh')
    """
    return {label: code for code, _, *more in _table() for label in (code, *more)}


@functools.cache
def known() -> list[str]:
    """Return what a corpus's language may be: ISO 639-1 codes, and ANY.

    >>> "nn" in known(), "yue" in known()
    (True, False)
    """
    return [code for code in codes() if len(code) == len("en")] + [ANY]


def code_of(name: str) -> str:
    """Return the code of a language by its English name, in any case; "" when there is none.

    >>> code_of("german")
    'de'
    """
    return next((code for code, one in names().items() if one.lower() == name.lower()), "")


def _table() -> list[list[str]]:
    lines = resources.files(__package__).joinpath("languages.txt").read_text("utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]
