"""A report's tables as files: CSV, a codebook, and their description as a data package."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd


def write(folder: Path, side: Path, tables: Mapping[str, dict[str, Any]]) -> None:
    """Copy each table's CSV from the side folder; add one codebook of the columns and a datapackage.json (https://datapackage.org).

    folder : is made, and named for the report; not made without a table.
    tables : items of tables, and of figures with data, by name.
    """
    if not tables:
        return
    folder.mkdir(parents=True)
    meanings, resources = [], []
    for name, item in tables.items():
        shutil.copyfile(side / "tables" / f"{name}.csv", folder / f"{name}.csv")
        columns = [(column["name"], column["label"], column["meaning"]) for column in item["columns"]]
        meanings += [(name, column, meaning) for column, _, meaning in columns]
        fields = [{"name": column, "title": label, "description": meaning} for column, label, meaning in columns]
        about = {"path": f"{name}.csv", "description": item["caption"], "schema": {"fields": fields}}
        resources.append({"name": name.lower(), **about})
    codebook = pd.DataFrame(meanings, columns=["table", "column", "meaning"])
    codebook.to_csv(folder / "codebook.csv", index=False, encoding="utf-8-sig")
    package = {"name": folder.name.lower(), "profile": "tabular-data-package", "resources": resources}
    described = json.dumps(package, indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(described + "\n", encoding="utf-8")
