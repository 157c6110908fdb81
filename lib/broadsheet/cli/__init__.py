"""The command line."""

from broadsheet.cli.commands import main

__all__ = ["main"]
