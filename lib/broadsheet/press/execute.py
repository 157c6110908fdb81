"""One notebook run by papermill, in a kernel of its own."""

import os
import re
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from broadsheet.errors import BroadsheetError
from broadsheet.press.plan import Report
from broadsheet.report import SIDE

OWN_ERRORS = {kind.__name__ for kind in BroadsheetError.__subclasses__()}
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # of a terminal
_QUIET = "--IPKernelApp.log_level=50"  # a kernel warns of its plain local sockets, and of being told to stop


@dataclass(frozen=True)
class Execution:
    """A notebook that was run: where it is, the side folder with its passages and tables, and its failure if it failed."""

    report: Report
    notebook: Path
    side: Path
    seconds: float
    failure: "Failure | None"


@dataclass(frozen=True)
class Failure:
    """Why a notebook failed: one line, the source of the cell, and Python's traceback."""

    why: str
    cell: str
    traceback: str


def execute(report: Report, corpus: str, folder: Path, line: int = 0) -> Execution:
    """Run the report's notebook on `corpus` and write it to `folder`/notebooks; a failure is returned, not raised.

    line : the terminal line of the progress bar, when several notebooks run side by side.
    """
    import papermill

    notebook, side = folder / "notebooks" / f"{report.name}.ipynb", folder / f".{report.name}"
    notebook.parent.mkdir(parents=True, exist_ok=True)
    values = {"corpus": corpus, **report.parameters}
    os.environ[SIDE] = str(side)
    began, failure = time.monotonic(), None
    try:
        _run(report.notebook, notebook, values, {"desc": report.name, "position": line, "leave": False})
    except papermill.PapermillExecutionError as error:
        ours = error.ename in OWN_ERRORS  # its message names the fix; the code that raised it is no help
        why = error.evalue if ours else f"{error.ename}: {error.evalue}"
        failure = Failure(why, "" if ours else error.source, _COLOURS.sub("", "\n".join(error.traceback)))
    except Exception as error:  # a kernel that dies or fails to start must not stop the other reports
        failure = Failure(f"The notebook could not be run: {error}", "", traceback.format_exc())
    finally:
        del os.environ[SIDE]
    _forget_folders(notebook)
    return Execution(report, notebook, side, time.monotonic() - began, failure)


def _run(source: Path, target: Path, values: dict[str, Any], progress: dict[str, Any], attempts: int = 2) -> None:
    """Run one notebook; try once more if its kernel does not start, because its port was taken meanwhile, say."""
    import papermill

    try:
        options = {"kernel_name": "python3", "extra_arguments": [_QUIET]}
        papermill.execute_notebook(source, target, values, progress_bar=sys.stderr.isatty() and progress, **options)
    except RuntimeError as error:
        if attempts == 1 or "before replying" not in str(error):
            raise
        _run(source, target, values, progress, attempts - 1)


def _forget_folders(notebook: Path) -> None:
    """Remove this machine's folders from the notes that papermill leaves in the notebook."""
    if notebook.exists():
        noted = nbformat.read(notebook, as_version=4)
        for place in ("input_path", "output_path"):
            noted.metadata.get("papermill", {}).pop(place, None)
        nbformat.write(noted, notebook)
