"""One record: its place, and either its fields or the reason why it is set aside."""

import dataclasses
import datetime

from broadsheet import store
from broadsheet.readers import columns, dates, identity, language, languages, values
from broadsheet.readers.encoding import REPAIRED
from broadsheet.readers.rejection import Rejected
from broadsheet.readers.settings import FOLDER, Settings

CUT_OFF = "cut off"  # the note on a body that is a service's stub
TEXTS = ("doc_id", "outlet", "headline", "byline", "section", "url")  # our text columns; "" when missing


@dataclasses.dataclass(slots=True)
class Record:
    """A row of the audit and, if kept, of the articles; without the body, since many would fill the memory."""

    source: str  # path below the corpus
    record: int  # from 1
    place: str  # `source`, followed by `#record` if the file may have several
    reason: str = ""
    language: str = ""  # name of the language of a record set aside as `other language`
    notes: list[str] = dataclasses.field(default_factory=list)
    published: datetime.date | None = None
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    key: bytes = b""  # of the body in the store
    content: tuple = ()  # two records equal in date, outlet, url and key of the body are one
    further: dict = dataclasses.field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Whether the record is kept as an article."""
        return not self.reason


def fill(record: Record, fields: dict | Rejected, settings: Settings) -> str:
    """Fill `record` from its fields, or with the reason why it is set aside; return its body, or ""."""
    try:
        if isinstance(fields, Rejected):
            raise fields
        return _interpret(record, fields, settings)
    except Rejected as rejected:
        record.reason = rejected.reason
    except RecursionError:  # objects nested a thousand deep
        record.reason = "malformed"
    return ""


def _interpret(record: Record, fields: dict, settings: Settings) -> str:
    ours, further = columns.split(fields, settings.declared)
    printed_body = values.body(ours.get("body"))
    body, written = values.utf8(printed_body)
    if not body:
        raise Rejected("no body")
    if other := language.foreign(body, settings.language):
        record.language = languages.names()[other]
        raise Rejected("other language")
    record.published, doubt = dates.parse(values.text(ours.get("published")), settings.dates)
    record.texts = texts = {column: values.text(ours[column]) if column in ours else "" for column in TEXTS}
    texts["outlet"] = texts["outlet"] or _usual_outlet(record.source, settings.outlet)
    printed = str(record.published or ""), texts["outlet"], texts["url"]
    record.key = store.key(written)
    record.content = (*printed, record.key)
    texts["doc_id"] = texts["doc_id"] or identity.content_id(*printed, written)
    record.further = {name: values.further(value) for name, value in further.items()}
    if doubt:
        record.notes.append(doubt)
    if type(ours["body"]) is values.Stub:
        record.notes.append(CUT_OFF)
    if len(body) < len(printed_body) and "\0" in printed_body:
        record.notes.append(REPAIRED)
    return body


def _usual_outlet(source: str, declared: str) -> str:
    """Return the outlet of a record that names none: corpus.toml's, or the first folder below the corpus."""
    return source.rpartition("/")[0].partition("/")[0] if declared == FOLDER else declared
