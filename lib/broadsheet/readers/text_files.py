"""Text files, one article each: optional front matter, an optional first line `date 2024-08-18`, then the body."""

import re
from collections.abc import Iterator

from broadsheet.readers import columns, dates
from broadsheet.readers.encoding import Text
from broadsheet.readers.rejection import Rejected

FENCE = re.compile(r"---[^\S\n]*$", re.MULTILINE)
FRONT = re.compile(r"---[^\S\n]*\n(?P<yaml>.*?)^---[^\S\n]*$", re.DOTALL | re.MULTILINE)
DATE_LINE = re.compile(r"date(?:[^\S\n]*:[^\S\n]*|[^\S\n]+)(?=\S)", re.IGNORECASE)
NULLS = ("~", "null", "Null", "NULL")  # YAML's ways of writing no value


def read_text(text: Text) -> Iterator[dict]:
    """Yield the file's one record: the front matter's fields, `body`, and `date` if only the first line has one."""
    whole = text.whole()
    if not whole or whole.isspace():
        return
    fields, rest = front_matter(whole)
    date, body = ({}, rest) if columns.has("published", fields) else dated(rest)
    if "body" in fields:
        fields["body_given"] = fields.pop("body")
    yield fields | date | {"body": body}


def front_matter(text: str) -> tuple[dict, str]:
    """Split `text` into the fields of its front matter, as printed, and the rest."""
    if not FENCE.match(text):
        return {}, text
    front = FRONT.match(text)
    if not front:
        raise Rejected("malformed")
    fields = _yaml(front["yaml"]) or {}
    if not isinstance(fields, dict):
        raise Rejected("malformed")
    return {name: value for name, value in fields.items() if value and value not in NULLS}, text[front.end() :]


def dated(text: str) -> tuple[dict, str]:
    """Split a first line `date 2024-08-18` from `text`; a line without a date stays in it.

    >>> dated("Date: 18 August 2024 The quay is shut.")
    ({'date': '18 August 2024'}, ' The quay is shut.')
    """
    text = text.lstrip()
    line = DATE_LINE.match(text)
    start = line.end() if line else 0
    length = dates.prefix(text[start:]) if line else 0
    return ({"date": text[start : start + length]}, text[start + length :]) if length else ({}, text)


def _yaml(source: str) -> object:
    import yaml

    class AsPrinted(yaml.BaseLoader):
        """Load texts, lists and mappings only; reject aliases, since a few lines of them can expand without end."""

        def compose_node(self, parent: object, index: object) -> object:
            if self.check_event(yaml.AliasEvent):
                raise Rejected("malformed")
            return super().compose_node(parent, index)

    try:
        return yaml.load(source, Loader=AsPrinted)
    except (yaml.YAMLError, RecursionError, ValueError):
        raise Rejected("malformed") from None
