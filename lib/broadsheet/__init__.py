"""Broadsheet turns a folder of news articles into a small website of reports."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.corpus import Corpus, load
    from broadsheet.errors import BroadsheetError
    from broadsheet.report import about, figure, note, settings, table, takeaway, value

__all__ = ["BroadsheetError", "Corpus", "about", "figure", "load", "note", "settings", "table", "takeaway", "value"]
__version__ = "0.1.0"

_HOME = {"BroadsheetError": "errors", "Corpus": "corpus", "load": "corpus"}


def __getattr__(name: str) -> Any:
    """Import a public name or a package on first use."""
    if name in __all__:
        return getattr(importlib.import_module(f"broadsheet.{_HOME.get(name, 'report')}"), name)
    try:
        return importlib.import_module(f"broadsheet.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"broadsheet.{name}":
            raise
        raise AttributeError(f"module 'broadsheet' has no attribute {name!r}") from error


def __dir__() -> list[str]:
    return [*__all__, "duplicates", "figures", "parameters", "report", "sentiment", "tables", "text", "timex", "index"]
