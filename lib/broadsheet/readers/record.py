"""One record seen: where it stands, and either why it was set aside or what it holds."""

import dataclasses
import datetime

from broadsheet.readers import columns, dates, identity, language, languages, values
from broadsheet.readers.refusal import Refused
from broadsheet.readers.settings import FOLDER, Settings

TEXTS = ("doc_id", "outlet", "headline", "byline", "section", "url")  # our columns of plain text, "" when missing


@dataclasses.dataclass(slots=True)
class Record:
    """A row of the audit and, when kept, an article; all but its body, of which many would fill the memory."""

    source: str  # path below the corpus
    record: int  # from 1
    place: str  # `source`, and `#record` where the file holds several
    reason: str = ""
    language: str = ""  # the name of the other one, in which it is written
    notes: list[str] = dataclasses.field(default_factory=list)
    published: datetime.date | None = None
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    content: tuple = ()  # what makes two records one: date, outlet, url and a digest of the body
    further: dict = dataclasses.field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Say whether the record is an article."""
        return not self.reason


def fill(record: Record, fields: dict | Refused, said: Settings) -> str:
    """Fill `record` with what its fields say, or with the reason why it is set aside; return its body, else ""."""
    try:
        if isinstance(fields, Refused):
            raise fields
        return _understand(record, fields, said)
    except Refused as refused:
        record.reason = refused.reason
    except RecursionError:  # objects nested a thousand deep
        record.reason = "malformed"
    return ""


def _understand(record: Record, fields: dict, said: Settings) -> str:
    ours, further = columns.part(fields, said.declared)
    body, written = values.utf8(values.body(ours.get("body")))
    if not body:
        raise Refused("no body")
    if other := language.foreign(body, said.language):
        record.language = languages.names()[other]
        raise Refused("other language")
    record.published, doubt = dates.parse(values.text(ours.get("published")), said.dates)
    record.texts = {column: values.text(ours.get(column)) for column in TEXTS}
    record.texts["outlet"] = record.texts["outlet"] or _usual_outlet(record.source, said.outlet)
    printed = str(record.published or ""), record.texts["outlet"], record.texts["url"]
    record.content = (*printed, identity.digest(written))
    record.texts["doc_id"] = record.texts["doc_id"] or identity.content_id(*printed, written)
    record.further = {name: values.further(value) for name, value in further.items()}
    record.notes += [doubt] if doubt else []
    return body


def _usual_outlet(source: str, said: str) -> str:
    """Return the outlet of records that name none: as corpus.toml says, perhaps the first folder below the corpus."""
    return source.rpartition("/")[0].partition("/")[0] if said == FOLDER else said
