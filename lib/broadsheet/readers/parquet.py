"""Parquet tables with one article per row."""

import io
from collections.abc import Iterator

from broadsheet.readers.refusal import Refused


def read(data: bytes) -> Iterator[dict]:
    """Yield one record per row, with the values that the file holds (numbers, days, lists)."""
    import pyarrow
    import pyarrow.parquet

    try:
        yield from pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError):
        raise Refused("malformed") from None
