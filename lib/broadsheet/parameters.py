"""A notebook's parameters: declared in one tagged cell and checked, wherever their values come from.

A declaration is a line `name: type = default  # help [1..200]`. The brackets contain a range, a choice
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

RETIRED = {  # parameters of earlier editions, and their replacement
    "terms": "To follow words over time, use `term` of word.ipynb; for several, `matrix = { term = [...] }`.",
    "stems": "To count the forms of a stem together, use `tables.stems` in Python.",
}
TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list[str]": list}
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Parameter:
    """One declared parameter; `allowed` is the content of its brackets, or ""."""

    name: str
    type: str
    default: Any
    help: str
    allowed: str

    def problem(self, value: Any) -> str:
        """Return what is wrong with `value`, or "" if it fits the type and the range."""
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
    """Return the parameters that the source of a cell declares, by name, in order.

    where : the notebook's name, for errors.

    Raises ParameterError for a line that is not a declaration, or a default that does not fit its type or range.
    """
    try:
        lines = ast.parse(source).body
    except SyntaxError as error:
        raise ParameterError(
            f"The parameters cell of {where} is not valid Python: {error.msg}, line {error.lineno}."
        ) from error
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    parameters = [_declaration(line, comments.get(line.end_lineno or line.lineno, ""), where) for line in lines]
    return {parameter.name: parameter for parameter in parameters}


def of_notebook(path: Path) -> dict[str, Parameter]:
    """Return the parameters that a notebook declares in its cell tagged `parameters`.

    Raises ParameterError when it has no such cell, or more than one.
    """
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ParameterError(f"{path} cannot be read as a notebook: {error}.") from error
    if len(tagged) != 1:
        raise ParameterError(
            f"{path.name} has {len(tagged)} cells tagged `parameters`; it needs exactly one. "
            "In JupyterLab: select the cell, open the property inspector, add the tag `parameters`."
        )
    return declared("".join(tagged[0]["source"]), path.name)


def fit(parameters: Mapping[str, Parameter], given: Mapping[str, Any], where: str) -> None:
    """Check the values `given` against the parameters of the notebook `where`.

    Raises ParameterError, naming every value that is unknown, of the wrong type or out of range.
    """
    problems = []
    for name, value in given.items():
        if name not in parameters:
            hint = f" {RETIRED[name]}" if name in RETIRED else did_you_mean(name, parameters)
            problems.append(f"{where} does not declare {name!r}; it declares {', '.join(parameters)}.{hint}")
        elif problem := parameters[name].problem(value):
            problems.append(f"{where}: {name} {problem}")
    if problems:
        raise ParameterError("\n".join(problems))


_in_use: list[tuple[str, Any, str]] = []


def in_use() -> list[tuple[str, Any, str]]:
    """Return name, value and help of each parameter that `check` last checked, in the order of their declaration."""
    return list(_in_use)


def check(namespace: Mapping[str, Any]) -> None:
    """Check the parameters of the running notebook, and remember them for `in_use`.

    namespace : the notebook's `globals()`. The declarations are read from the cells that ran (IPython's `In`), the
        values from the variables, so call it right after the parameters cell.

    Raises ParameterError, naming every value of the wrong type or out of range.
    """
    cells = [cell for cell in namespace.get("In", []) if re.search(r"^corpus: str = ", cell, re.MULTILINE)]
    if not cells:
        raise ParameterError("Run the parameters cell first: it declares `corpus: str = ...`.")
    # Papermill's injected values have no annotations, so the last annotated cell is the declaration.
    parameters = declared(cells[-1], "this notebook")
    fit(parameters, {name: namespace[name] for name in parameters}, "this notebook")
    _in_use[:] = [(name, namespace[name], parameter.help) for name, parameter in parameters.items()]


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
