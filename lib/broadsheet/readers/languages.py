"""The languages that can be recognised, with their codes and names (`languages.txt`)."""

import functools
from importlib import resources

ANY = "any"  # as a corpus's language: set nothing aside for its language


@functools.cache
def names() -> dict[str, str]:
    """Return the English name of each language that can be recognised, by its ISO 639-1 code.

    >>> names()["de"]
    'German'
    """
    return {code: name for code, name, *_ in _table()}


@functools.cache
def codes() -> dict[str, str]:
    """Map each code and each label of the detector to an ISO 639-1 code.

    >>> codes()["de"], codes()["nn"], codes()["yue"]
    ('de', 'no', 'zh')
    """
    return {label: code for code, _, *more in _table() for label in (code, *more)}


@functools.cache
def known() -> list[str]:
    """Return the possible languages of a corpus: ISO 639-1 codes, and ANY.

    >>> "nn" in known(), "yue" in known()
    (True, False)
    """
    return [code for code in codes() if len(code) == len("en")] + [ANY]


def code_of(name: str) -> str:
    """Return the code of a language by its English name, in any case; "" if it is unknown.

    >>> code_of("german")
    'de'
    """
    return next((code for code, one in names().items() if one.lower() == name.lower()), "")


def _table() -> list[list[str]]:
    lines = resources.files(__package__).joinpath("languages.txt").read_text("utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]
