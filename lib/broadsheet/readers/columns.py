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
        "tekst", "volledigetekst", "artikel", "inhoud", "brødtekst", "indhold", "brodtext", "innehall",
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
    plan = _plan(tuple(record), declared)
    return column in plan.fields or column in plan.paths


def fields(record: Iterable, declared: Declared = ()) -> dict[str, list]:
    """Return, for each of our columns, the fields of a record that may supply it, best first."""
    return _plan(tuple(record), declared).fields


@dataclasses.dataclass(frozen=True, slots=True)
class _Plan:
    """How to split the records that have one set of field names."""

    fields: dict[str, list]  # our column: the fields that may supply it, best first
    paths: dict[str, list[str]]  # our column: the way to its value within a field, as declared
    others: list[tuple[Any, str]]  # a field that supplies none: its name as a further column
    names: dict[Any, str]  # the same for every field


@functools.lru_cache(MANY_SHAPES)
def _plan(names: tuple, declared: Declared) -> _Plan:
    """Return the plan for records with these field names.

    A declared field, if the record has it, is the only one for its column and supplies no other column.
    """
    folded = {fold(name): name for name in reversed(names)}
    chosen = {column: [folded[fold(name)]] for column, name in declared if fold(name) in folded}
    ways = {column: name.split(".") for column, name in declared if "." in name and column not in chosen}
    paths = {column: way for column, way in ways.items() if any(fold(step) in folded for step in way)}
    used = {name for fields in chosen.values() for name in fields}
    usual = {
        column: [folded[name] for name in known if name in folded and folded[name] not in used]
        for column, known in USUAL.items()
    }
    fields = {column: given for column, given in (usual | chosen).items() if given}
    known = {name for given in fields.values() for name in given}
    known |= {name for name in names if "body" in paths and fold(name) == fold(paths["body"][0])}
    own = {name: _own_name(name, names) for name in names}
    return _Plan(fields, paths, [(name, own[name]) for name in names if name not in known], own)


def split(record: Mapping, declared: Declared = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split a record into our columns and the user's further columns.

    >>> split({"title": "Quay", "text": "Shut.", "words": 1})
    ({'headline': 'Quay', 'body': 'Shut.'}, {'words': 1})
    """
    plan = _plan(tuple(record), declared)
    ours, spare = {}, {}
    for column, names in plan.fields.items():
        for name in names:
            value = record[name]
            if (not value or value.isspace()) if type(value) is str else missing(value):
                continue
            if column in ours:
                spare[name] = value
            else:
                ours[column] = value
    for column, path in plan.paths.items():
        value = at_path(record, path)
        if value is not None:
            ours[column] = value
    if not spare:
        return ours, {own: record[name] for name, own in plan.others}
    others = dict(plan.others) | {name: plan.names[name] for name in spare}
    return ours, {own: record[name] for name, own in plan.names.items() if name in others}


def at_path(record: Any, path: list[str]) -> Any:
    """Return the value at the end of a path of names and numbers; None if there is none.

    Of an array, a number takes an item, and a name the values of all items. The path may begin further outside.

    >>> at_path({"article": {"authors": [{"name": "Ada Roe"}, {"name": "Bo Lund"}]}}, ["article", "authors", "name"])
    ['Ada Roe', 'Bo Lund']
    """
    for start in range(len(path)):
        if (found := _at(record, path[start:])) is not None:
            return found
    return None


def _at(value: Any, path: list[str]) -> Any:
    if not path:
        return value
    if isinstance(value, dict):
        name = path[0] if path[0] in value else next((name for name in value if fold(name) == fold(path[0])), None)
        return None if name is None else _at(value[name], path[1:])
    if isinstance(value, list) and path[0].isdecimal():
        return _at(value[int(path[0])], path[1:]) if int(path[0]) < len(value) else None
    if isinstance(value, list):
        found = [inner for item in value if (inner := _at(item, path)) is not None]
        return found or None
    return None


def _own_name(name: object, names: tuple) -> str:
    """Return a further column's name; one that is also ours gets a suffix: `story` becomes `story_given`."""
    if name not in ARTICLES:
        return scrub(str(name))
    return next(new for n in range(1, len(names) + 2) if (new := name + "_given" * n) not in names)
