"""Parquet tables with one article per row."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from broadsheet.readers.encoding import Opened
from broadsheet.readers.rejection import Rejected

ROWS = 256  # converted at a time
SMALL = 2**26  # bytes of values; a smaller table is checked and read in one go, a larger one is read twice


def read_parquet(opened: Opened) -> Iterator[dict]:
    """Yield one record per row, with the values of the file (numbers, days, lists)."""
    import pyarrow

    with opened() as file:
        try:
            table = _table(file)
            small = sum(table.metadata.row_group(n).total_byte_size for n in range(table.num_row_groups)) < SMALL
            checked = map(_checked, table.iter_batches(ROWS))
            batches = (
                list(checked) if small else [None for _ in checked]
            )  # a file that is broken anywhere is rejected whole
            for batch in batches if small else _table(file).iter_batches(ROWS):
                yield from batch.to_pylist()
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError):
            file.seek(0)
            if file.read().strip():
                raise Rejected("malformed") from None


def _table(file: BinaryIO) -> Any:
    import pyarrow.parquet

    table = pyarrow.parquet.ParquetFile(file)
    names = table.schema_arrow.names
    if len(set(names)) < len(names):
        raise ValueError("two columns have the same name; rename one of them")
    return table


def _checked(batch: Any) -> Any:
    """Raise what `to_pylist` would raise; texts, the bulk of a batch, can fail only in their encoding."""
    from pyarrow import types

    batch.validate(full=True)
    texts = (types.is_string, types.is_large_string, types.is_string_view)
    others = [field.name for field in batch.schema if not any(is_text(field.type) for is_text in texts)]
    batch.select(others).to_pylist()
    return batch
