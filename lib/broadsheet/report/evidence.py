"""Counts that open their passages; each is checked against the passages given as its evidence."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from broadsheet import schema
from broadsheet.errors import SchemaError
from broadsheet.report.numbers import number

SIDE = "BROADSHEET_SIDE"
"""The environment variable that names the folder in which the press collects passages and full tables."""

PASSAGES = "passages.arrow"


class Count(NamedTuple):
    """A number with the key of its passages in the evidence file."""

    key: str
    n: int


def claimed(frame: pd.DataFrame, evidence: Mapping[str, pd.DataFrame], name: str) -> dict[str, list[Count]]:
    """Check the counts of each column of `evidence` against its passages, and return them with their keys.

    frame : one row per count; its own numbers stay what they are.
    evidence : by column, passages with doc_id, start, end and the columns of `frame` that tell its rows apart.

    Raises SchemaError where a row's count and its passages differ, or a passage is claimed twice.
    """
    claims = {}
    for column, passages in evidence.items():
        schema.require(frame, {column: ""}, f"The evidence of {name}")
        schema.require(passages, schema.SPANS, f"The evidence of {name}, {column},")
        apart = [one for one in frame.columns if one in passages.columns and one not in {*schema.SPANS, column}]
        if len(frame) > 1 and (not apart or frame.duplicated(apart).any()):
            told = f"{', '.join(apart)} do not tell" if apart else "no column of the passages tells"
            raise SchemaError(f"{name}: {told} its {len(frame):,} rows apart. Give passages a column that does.")
        key_of, claims[column] = _keys(column, apart, frame, name), []
        for row, of_row in zip(frame.to_dict("records"), _by_row(frame, passages, apart), strict=True):
            _check(of_row, row, column, apart, name)
            claims[column].append(Count(key_of(row), len(of_row)))
            _keep(key_of(row), of_row)
    return claims


def _by_row(frame: pd.DataFrame, passages: pd.DataFrame, apart: list[str]) -> Iterator[pd.DataFrame]:
    """Yield the passages of each row of `frame`: those with its values in the columns `apart`."""
    number = np.zeros(len(passages), dtype=np.int64)
    if apart:
        values = [pd.MultiIndex.from_frame(rows[apart].astype(object)) for rows in (frame, passages)]
        number = values[0].get_indexer(values[1])
    places = passages.groupby(number).indices
    yield from (passages.iloc[places.get(row, slice(0))] for row in range(len(frame)))


def _check(passages: pd.DataFrame, row: dict[str, Any], column: str, apart: list[str], name: str) -> None:
    """Raise SchemaError unless a row's count equals its distinct passages."""
    which = ", ".join(f"{one} {row[one]}" for one in apart) or "its only row"
    if passages.duplicated(list(schema.SPANS)).any():
        raise SchemaError(f"{name}: the evidence of {column} for {which} lists a passage twice. Drop duplicates.")
    if row[column] != len(passages):
        raise SchemaError(
            f"{name}: {column} of {which} is {number(row[column], ',')}, but its evidence has {len(passages):,} passages. "
            "Give it the passages that the measure counts."
        )


def _keys(column: str, apart: list[str], frame: pd.DataFrame, name: str) -> Callable[[dict[str, Any]], str]:
    """Return what names a row's count within its report: `term:<term>` for the uses of a term."""
    if column == "n" and apart == ["term"]:
        return lambda row: f"term:{row['term']}"
    label = schema.column(column, frame[column]).label
    written = {one: schema.column(one, frame[one]).form for one in apart}
    return lambda row: f"{name}, {label}: " + ", ".join(number(row[one], form) for one, form in written.items())


def side_folder() -> Path | None:
    """Return the folder for passages and full tables; None under a bare run, which writes nothing."""
    named = os.environ.get(SIDE)
    return Path(named) if named else None


def _keep(key: str, passages: pd.DataFrame) -> None:
    """Append passages to the side folder as one complete Arrow stream; a reader takes stream after stream."""
    if not (folder := side_folder()) or passages.empty:
        return
    spans = passages[list(schema.SPANS)].assign(key=key, doc_id=passages["doc_id"].astype("str"))
    batch = pa.Table.from_pandas(spans.astype({"start": "int64", "end": "int64"}), preserve_index=False)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / PASSAGES).open("ab") as sink, pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_table(batch)
