"""A report's tables as files: CSV, a codebook, and their description as a data package."""

import csv
import json
from pathlib import Path
from typing import Any


def write(folder: Path, tables: dict[str, dict[str, Any]]) -> None:
    """Write each table as CSV, unrounded, with one codebook of their columns and a datapackage.json; nothing without a table.

    folder : is made, and named for the report. tables : by name, as `shown.item` gives them, with their captions.
    """
    if not tables:
        return
    folder.mkdir(parents=True)
    meanings = []
    for name, table in tables.items():
        rows = [[cell["n"] if isinstance(cell, dict) else cell for cell in row] for row in table["rows"]]
        _write_csv(folder / f"{name}.csv", [column["name"] for column in table["columns"]], rows)
        meanings += [[name, column["name"], column["meaning"]] for column in table["columns"]]
    _write_csv(folder / "codebook.csv", ["table", "column", "meaning"], meanings)
    package = json.dumps(_package(folder.name, tables), indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(package + "\n", encoding="utf-8")


def _package(report: str, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the description of a report's CSV files as a data package, https://datapackage.org."""
    resources = [
        {
            "name": name.lower(),
            "path": f"{name}.csv",
            "description": table["caption"],
            "schema": {
                "fields": [
                    {"name": column["name"], "title": column["label"], "description": column["meaning"]}
                    for column in table["columns"]
                ]
            },
        }
        for name, table in tables.items()
    ]
    return {"name": report.lower(), "profile": "tabular-data-package", "resources": resources}


def _write_csv(path: Path, header: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
