"""Parquet tables with one article per row."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from broadsheet.readers.encoding import Opened
from broadsheet.readers.rejection import Rejected

ROWS = 256  # converted at a time


def read_parquet(opened: Opened) -> Iterator[dict]:
    """Yield one record per row, with the values of the file (numbers, days, lists)."""
    import pyarrow

    with opened() as file:
        try:
            for batch in _batches(file):  # to the end: a file that is broken anywhere is rejected whole
                _check(batch)
            for batch in _batches(file):
                yield from batch.to_pylist()
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError):
            file.seek(0)
            if file.read().strip():
                raise Rejected("malformed") from None


def _batches(file: BinaryIO) -> Iterator:
    import pyarrow.parquet

    table = pyarrow.parquet.ParquetFile(file)
    names = table.schema_arrow.names
    if len(set(names)) < len(names):
        raise ValueError("two columns have the same name; rename one of them")
    return table.iter_batches(ROWS)


def _check(batch: Any) -> None:
    """Raise what `to_pylist` would raise; texts, the bulk of a batch, can fail only in their encoding."""
    import pyarrow.types

    batch.validate(full=True)
    others = [field.name for field in batch.schema if not pyarrow.types.is_string(field.type)]
    batch.select(others).to_pylist()
