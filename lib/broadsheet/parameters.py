"""A notebook's parameters: declared once, in one tagged cell, and checked wherever a value comes from.

A declaration is a line `name: type = default  # help [1..200]`; the brackets hold a range, a choice
`[day|week|month]` or `[YYYY-MM-DD]`. A string parameter may always be "", which means none.
"""

import ast
import datetime
import io
import json
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.errors import ParameterError, did_you_mean

TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list[str]": list}
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Parameter:
    """One declared parameter; `allowed` is the inside of its brackets, or ""."""

    name: str
    type: str
    default: Any
    help: str
    allowed: str

    def problem(self, value: Any) -> str:
        """Return what is wrong with `value`, or "" when it fits the type and the range."""
        if not _is_of(self.type, value):
            return f"must be of type {self.type}, got {value!r} ({type(value).__name__})"
        if not self.allowed or value == "":
            return ""
        if self.allowed == "YYYY-MM-DD":
            return "" if _is_day(value) else f"must be a day as YYYY-MM-DD, got {value!r}"
        if self.type in {"int", "float"} and (ends := _RANGE.fullmatch(self.allowed)):
            low, high = map(float, ends.groups())
            return "" if low <= value <= high else f"must be from {low:g} to {high:g}, got {value!r}"
        choices = self.allowed.split("|")
        wrong = [str(item) for item in (value if isinstance(value, list) else [value]) if str(item) not in choices]
        if not wrong:
            return ""
        return f"must be one of {', '.join(choices)}, got {value!r}.{did_you_mean(wrong[0], choices)}"


def declared(source: str, where: str) -> dict[str, Parameter]:
    """Return the parameters that a cell's `source` declares, by name, in order.

    Raises ParameterError for a line that is no declaration or whose default does not fit it.
    """
    try:
        lines = ast.parse(source).body
    except SyntaxError as error:
        raise ParameterError(
            f"The parameters cell of {where} is not Python: {error.msg}, line {error.lineno}."
        ) from error
    comments = _comments(source)
    found = [_declaration(line, comments.get(line.end_lineno or line.lineno, ""), where) for line in lines]
    return {parameter.name: parameter for parameter in found}


def of_notebook(path: Path) -> dict[str, Parameter]:
    """Return the parameters that the notebook at `path` declares in its cell tagged `parameters`.

    Raises ParameterError when it has no such cell, or more than one.
    """
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ParameterError(f"{path} cannot be read as a notebook: {error}.") from error
    if len(tagged) != 1:
        raise ParameterError(
            f"{path.name} has {len(tagged)} cells tagged `parameters`, and needs exactly one. "
            "In JupyterLab: select the cell, open the property inspector, add the tag `parameters`."
        )
    return declared("".join(tagged[0]["source"]), path.name)


def fit(parameters: Mapping[str, Parameter], given: Mapping[str, Any], where: str) -> None:
    """Check the values `given` against what the notebook `where` declares.

    Raises ParameterError, naming every value that is unknown, of the wrong type or out of range.
    """
    problems = [
        f"{where} does not declare {name!r}; it declares {', '.join(parameters)}.{did_you_mean(name, parameters)}"
        if name not in parameters
        else f"{where}: {name} {problem}"
        for name, value in given.items()
        if name not in parameters or (problem := parameters[name].problem(value))
    ]
    if problems:
        raise ParameterError("\n".join(problems))


def check(namespace: Mapping[str, Any]) -> None:
    """Check a running notebook's parameters; call it with `globals()` right after the parameters cell.

    The declarations are read from the cell as it was run (IPython's `In`), the values from the names.
    """
    cells = [cell for cell in namespace.get("In", []) if re.search(r"^corpus: str = ", cell, re.MULTILINE)]
    if not cells:
        raise ParameterError("Run the parameters cell first: it declares `corpus: str = ...`.")
    # Papermill's injected values have no annotations, so the last annotated cell is the declaration.
    parameters = declared(cells[-1], "this notebook")
    fit(parameters, {name: namespace[name] for name in parameters}, "this notebook")


def _declaration(line: ast.stmt, comment: str, where: str) -> Parameter:
    if not isinstance(line, ast.AnnAssign) or not isinstance(line.target, ast.Name) or line.value is None:
        raise ParameterError(
            f"{where}, parameters cell: `{ast.unparse(line)}` must have the form `name: type = default  # help [range]`."
        )
    name, kind = line.target.id, ast.unparse(line.annotation)
    if kind not in TYPES:
        raise ParameterError(f"{where}: {name} has the type {kind}; parameters may be {', '.join(TYPES)}.")
    try:
        default = ast.literal_eval(line.value)
    except ValueError as error:
        raise ParameterError(
            f"{where}: the default of {name} must be a plain value, not `{ast.unparse(line.value)}`."
        ) from error
    brackets = re.search(r"\[([^\]]+)\]", comment)
    text = re.sub(r"\s*\[[^\]]+\]", "", comment)
    parameter = Parameter(name, kind, default, text, brackets[1] if brackets else "")
    if problem := parameter.problem(default):
        raise ParameterError(f"{where}: the default of {name} {problem}.")
    return parameter


def _comments(source: str) -> dict[int, str]:
    """Return the comment that ends each line of `source`, by line number."""
    read = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in read if token.type == tokenize.COMMENT}


def _is_of(kind: str, value: Any) -> bool:
    if kind == "list[str]":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if isinstance(value, bool):
        return kind == "bool"
    return isinstance(value, (int, float) if kind == "float" else TYPES[kind])


def _is_day(value: str) -> bool:
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def in_use() -> list[tuple[str, Any, str]]:
    """Return the parameters of the running notebook: name, value, help."""
    return []
