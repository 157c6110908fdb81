"""One report for each value, or combination of values, of the parameters that a matrix names."""

import dataclasses
import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from broadsheet import parameters
from broadsheet.corpus import Corpus
from broadsheet.errors import ParameterError, did_you_mean

if TYPE_CHECKING:
    from broadsheet.press.plan import Report

LONGEST_SLUG = 60  # characters of a value in a file name
MOST_VALUES, LEAST_ARTICLES, FEW_VALUES = 12, 10, 4  # of a matrix "*": see `_frequent`


def expand(entry: dict[str, Any], report: "Report", news: Corpus) -> Iterator["Report"]:
    """Yield one report per combination of the matrix's values; without a matrix, the report itself."""
    chosen, said = {}, []
    for name, values in entry.get("matrix", {}).items():
        if values == "*":
            values, left_out = _frequent(name, news)
            said += [left_out] if left_out else []
        elif not values:
            raise ParameterError(f"{report.name}: the matrix over {name} is empty; name values, or leave it out.")
        if values:
            chosen[name] = _slugs(values)
    for combination in itertools.product(*chosen.values()):
        added = dict(zip(chosen, combination, strict=True))
        parameters.fit(report.declared, added, report.notebook.name)
        name = "--".join([report.name, *(chosen[column][value] for column, value in added.items())])
        title = f"{', '.join(map(str, combination))}: {report.title}" if added else report.title
        given = report.parameters | added
        yield dataclasses.replace(report, name=name, title=title, parameters=given, left_out="; ".join(said))


def _frequent(column: str, news: Corpus) -> tuple[list[str], str]:
    """Return the values that `*` stands for, and what was left out in words.

    The twelve most frequent with at least ten articles; where none has ten, the four most frequent. Where
    no article names any, there are none: the report is made once, for all articles.
    """
    if column not in news.catalogue.columns:
        known = [str(name) for name in news.catalogue.columns]
        raise ParameterError(
            f'matrix {column} = "*": the articles have no column {column!r}.{did_you_mean(column, known)}'
        )
    named = news.catalogue[column].astype("str").replace("", None)
    counts = named.value_counts()
    common = counts[counts >= LEAST_ARTICLES].head(MOST_VALUES)
    chosen = common if len(common) else counts.head(FEW_VALUES)
    rest, unnamed = len(counts) - len(chosen), int(named.isna().sum())
    said = [f"{rest:,} further values of {column} with fewer articles"] if rest else []
    said += [f"{unnamed:,} of {len(news):,} articles, which name no {column},"] if unnamed else []
    return chosen.index.tolist(), f"{' and '.join(said)} have no page of their own" if said else ""


def _slugs(values: list[Any]) -> dict[Any, str]:
    """Return the slug of each value, told apart by a digest where two are alike or nothing is left."""
    plain = {value: slug(str(value)) for value in values}
    shared = Counter(plain.values())
    alone = {value for value, name in plain.items() if shared[name] == 1 and 0 < len(name) < LONGEST_SLUG}
    digests = {value: hashlib.blake2b(str(value).encode(), digest_size=3).hexdigest() for value in values}
    return {value: name if value in alone else f"{name or 'value'}-{digests[value]}" for value, name in plain.items()}


def slug(value: str) -> str:
    """Return `value` as part of a file name.

    >>> slug("The Saltway Post")
    'the-saltway-post'
    """
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG]
