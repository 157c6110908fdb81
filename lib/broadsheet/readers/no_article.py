"""The message for a corpus without a single article: what was found, and the fix."""

import pathlib

import pandas as pd

from broadsheet.readers import languages, receipt
from broadsheet.readers.folder import list_folder


def no_article(place: pathlib.Path, audit: pd.DataFrame) -> str:
    """Return the message for a corpus without a single article: what was found, and the fix."""
    if audit.empty:
        return (
            f"{place} contains no article. Put text files in it, each beginning with a line `date YYYY-MM-DD`; "
            "see data/README.md."
        )
    reasons = ", ".join(f"{n} {reason}" for reason, n in audit["reason"].value_counts().items())
    message = (
        f"Nothing in {place} can be read as an article ({reasons}). `broadsheet check` lists each file with its reason."
    )
    if audit["reason"].isin(["no body", "no text column"]).any():
        message = f"{message} {receipt.advice(list_folder(place))}".rstrip()
    named = audit.loc[audit["reason"] == "other language", "notes"].value_counts()
    return f"{message} {_other_language(named.index[0])}" if len(named) else message


def _other_language(name: str) -> str:
    return (
        f'To keep the articles in {name}, write language = "{languages.code_of(name)}" in corpus.toml beside them, or '
        f'"{languages.ANY}" to keep every language; function words, tone and dates are still read as English.'
    )
