"""A report's tables as files: CSV, a codebook, and their description as a data package."""

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write(folder: Path, side: Path, tables: Mapping[str, dict[str, Any]]) -> None:
    """Copy each table's CSV from the side folder; add one codebook of the columns and a datapackage.json.

    folder : is made, and named for the report; not made without a table.
    tables : items of tables, and of figures with data, by name.
    """
    if not tables:
        return
    folder.mkdir(parents=True)
    for name in tables:
        shutil.copyfile(side / "tables" / f"{name}.csv", folder / f"{name}.csv")
    meanings = [
        (name, column["name"], column["meaning"]) for name, item in tables.items() for column in item["columns"]
    ]
    with (folder / "codebook.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("table", "column", "meaning"), *meanings])
    package = json.dumps(_package(folder.name, tables), indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(package + "\n", encoding="utf-8")


def _package(report: str, tables: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Describe a report's CSV files as a data package, https://datapackage.org."""
    resources = []
    for name, item in tables.items():
        columns = [(column["name"], column["label"], column["meaning"]) for column in item["columns"]]
        fields = [{"name": column, "title": label, "description": meaning} for column, label, meaning in columns]
        about = {"path": f"{name}.csv", "description": item["caption"], "schema": {"fields": fields}}
        resources.append({"name": name.lower(), **about})
    return {"name": report.lower(), "profile": "tabular-data-package", "resources": resources}
