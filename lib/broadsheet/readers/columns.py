"""Map the names that fields have in exports to our columns."""

import dataclasses
import functools
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from broadsheet.readers.values import missing, scrub
from broadsheet.schema import ARTICLES

# Our column: its usual names, folded. If a record has several of them, the first that is not blank is used.
USUAL = {
    "doc_id": ("docid", "id", "articleid", "guid", "uuid", "uri", "an", "accessionnumber"),
    "published": (
        "published", "date", "publishedat", "pubdate", "publicationdate", "datepublished", "publishdate", "datepublish",
        "publisheddate", "webpublicationdate", "publishedon", "issued", "issuedate", "displaydate",
        "versioncreated", "firstpublished", "firstcreated", "createdat", "created", "datecreated", "datetime",
        "timestamp", "pubtime", "time",
        "datum", "erscheinungsdatum", "veroffentlicht", "veroffentlichtam", "publikationsdatum",
        "datedepublication", "datedeparution", "dateparution",
        "fecha", "fechadepublicacion", "data", "datadepublicacao", "datadipubblicazione",
        "publicatiedatum", "dato", "udgivelsesdato", "utgivningsdatum", "publiceringsdatum", "publicerad",
        "дата", "датапубликации",
    ),
    "outlet": (
        "outlet", "source", "publication", "publisher", "newspaper", "sourcename", "outletname", "publicationtitle",
        "journal", "medium", "site", "sitename",
        "quelle", "zeitung", "publikation", "medienname", "journalname",
        "titredepublication", "fuente", "medio", "periodico", "diario", "fonte", "veiculo", "jornal", "testata",
        "giornale", "bron", "krant", "kilde", "avis", "medie", "kalla", "tidning", "источник", "издание", "сми",
    ),
    "headline": (
        "headline", "title", "webtitle", "heading", "articletitle",
        "titel", "uberschrift", "schlagzeile", "titre", "titular", "titulo", "titolo", "kop", "koptekst",
        "overskrift", "rubrik", "заголовок", "название",
    ),
    "byline": (
        "byline", "author", "authors", "creator", "writer",
        "autor", "autoren", "verfasser", "auteur", "auteurs", "autores", "autora", "autore", "autori",
        "forfatter", "journalist", "forfattare", "skribent", "автор", "авторы",
    ),
    "section": (
        "section", "sectionname", "ressort", "seccion", "secao", "editoria", "sezione", "sectie", "sektion",
        "avdelning", "раздел", "рубрика",
    ),
    "url": (
        "url", "link", "weburl", "permalink", "canonicalurl", "articleurl", "lien", "enlace", "ссылка",
    ),
    "body": (
        "body", "text", "content", "article", "articletext", "fulltext", "bodytext", "articlebody", "maintext",
        "contenttext", "textcontent", "bodycontent", "articlecontent", "storytext", "storybody", "rawtext",
        "bodyplain", "contentplain", "cleantext", "cleanedtext", "bodyxhtml", "bodyhtml", "contenthtml", "contentencoded", "html",
        "volltext", "artikeltext", "inhalt", "textebrut", "texte", "texteintegral", "contenu", "corps",
        "texto", "textocompleto", "contenido", "cuerpo", "conteudo", "corpo", "testo", "contenuto", "corpodeltexto",
        "tekst", "volledigetekst", "artikel", "inhoud", "brodtekst", "indhold", "brodtext", "innehall",
        "оригинал", "текст", "полныйтекст",
    ),
}  # fmt: skip
FOLDED_AWAY = str.maketrans("", "", " _-.:")  # `Full text`, `full_text` and `fullText` are one name
MANY_SHAPES = 1024  # sets of field names whose plan is cached; a corpus has a handful

Declared = tuple[tuple[str, str], ...]  # (our column, the user's name), from corpus.toml


def fold(name: object) -> str:
    """Return a field's name in lower case, without accents, spaces, `_` and the like.

    >>> fold("Pub_Date"), fold("Título")
    ('pubdate', 'titulo')
    """
    folded = str(name).translate(FOLDED_AWAY).casefold()
    if folded.isascii():
        return folded
    return "".join(mark for mark in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(mark))


def has(column: str, record: Iterable, declared: Declared = ()) -> bool:
    """Return whether a record has a field for our `column`.

    >>> has("body", ["Title", "Full text"])
    True
    """
    return column in fields(record, declared)


def fields(record: Iterable, declared: Declared = ()) -> dict[str, list]:
    """Return, for each of our columns, the fields of a record that may supply it, best first."""
    return _plan(tuple(record), declared).fields


@dataclasses.dataclass(frozen=True, slots=True)
class _Plan:
    """How to split the records that have one set of field names."""

    fields: dict[str, list]  # our column: the fields that may supply it, best first
    known: frozenset  # all of these fields
    names: dict[Any, str]  # a field: its name as a further column


@functools.lru_cache(MANY_SHAPES)
def _plan(names: tuple, declared: Declared) -> _Plan:
    """Return the plan for records with these field names.

    A declared field, if the record has it, is the only one for its column and supplies no other column.
    """
    folded = {fold(name): name for name in reversed(names)}
    chosen = {column: [folded[fold(name)]] for column, name in declared if fold(name) in folded}
    used = {name for fields in chosen.values() for name in fields}
    usual = {
        column: [folded[name] for name in known if name in folded and folded[name] not in used]
        for column, known in USUAL.items()
    }
    fields = {column: given for column, given in (usual | chosen).items() if given}
    known = frozenset(name for given in fields.values() for name in given)
    return _Plan(fields, known, {name: _own_name(name, names) for name in names})


def split(record: Mapping, declared: Declared = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split a record into our columns and the user's further columns.

    >>> split({"title": "Quay", "text": "Shut.", "words": 1})
    ({'headline': 'Quay', 'body': 'Shut.'}, {'words': 1})
    """
    plan = _plan(tuple(record), declared)
    ours, spare = {}, set()
    for column, names in plan.fields.items():
        for name in names:
            if missing(record[name]):
                continue
            if column in ours:
                spare.add(name)
            else:
                ours[column] = record[name]
    further = {own: record[name] for name, own in plan.names.items() if name not in plan.known or name in spare}
    return ours, further


def _own_name(name: object, names: tuple) -> str:
    """Return a further column's name; one that is also ours gets a suffix: `story` becomes `story_given`."""
    if name not in ARTICLES:
        return scrub(str(name))
    return next(new for n in range(1, len(names) + 2) if (new := name + "_given" * n) not in names)
