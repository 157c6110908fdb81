"""Columns: usual names are recognised, the user's own are kept, ours are never overwritten."""

import json

import pandas as pd
import pytest

from broadsheet.readers import COLUMNS, columns, values


@pytest.mark.parametrize("name", ["body", "Text", "CONTENT", "full text", "article_text", "fullText", "article-body"])
def test_usual_names_are_recognised_in_any_case_and_spacing(name):
    assert columns.split({name: "It burned."}) == ({"body": "It burned."}, {})


def test_the_first_usual_name_is_used_and_the_others_are_kept():
    assert columns.split({"content": "Long.", "text": "Longer."}) == ({"body": "Longer."}, {"content": "Long."})
    assert columns.split({"content": "Long.", "text": None}) == ({"body": "Long."}, {})


def test_a_declared_column_is_the_only_candidate_where_it_exists():
    declared = (("body", "Story text"),)
    record = {"story_text": "Mine.", "text": "Other."}
    assert columns.split(record, declared) == ({"body": "Mine."}, {"text": "Other."})
    assert columns.split(record | {"story_text": ""}, declared) == ({}, {"text": "Other."})
    assert columns.split({"text": "Other."}, declared) == ({"body": "Other."}, {})


def test_a_users_column_with_one_of_our_names_is_renamed():
    record = {"outlet": "Bee", "source": "wire", "story": "s1", "story_given": "s2"}
    assert columns.split(record) == (
        {"outlet": "Bee"},
        {"source_given": "wire", "story_given_given": "s1", "story_given": "s2"},
    )


def test_further_columns_follow_ours_in_order_of_appearance(one):
    rows = [{"text": "One.", "z": 1}, {"text": "Two.", "a": "x", "z": 2}, {"text": "Three.", "z": "many"}]
    articles, _ = one("a.jsonl", "\n".join(map(json.dumps, rows)))
    assert list(articles.columns) == [*COLUMNS, "z", "a"]
    assert list(articles.z) == ["1", "2", "many"]
    assert list(articles.a.isna()) == [True, False, True]


@pytest.mark.parametrize(
    ("given", "dtype"),
    [
        ([1, 2], "int64"),
        ([1, None], "Int64"),
        ([1, 2.5, None], "float64"),
        ([True, False], "bool"),
        ([True, None], "boolean"),
        ([1, "a", None], "str"),
        ([2**70, None], "str"),
        ([None], "str"),
    ],
)
def test_a_column_is_numbers_when_all_values_are(given, dtype):
    column = values.column(given)
    assert column.dtype == dtype
    assert list(column.isna()) == [value is None for value in given]


def test_our_text_columns_have_no_missing_values(one):
    articles, _ = one("a.txt", "It burned.")
    assert not articles.drop(columns="published").isna().any(axis=None)
    assert pd.isna(articles.published[0])


@pytest.mark.parametrize(
    "header",
    [
        "Titel;Datum;Quelle;Autor;Text",
        "Titre;Date;Source;Auteur;Texte",
        "Kop;Publicatiedatum;Bron;Auteur;Tekst",
        "Título;Fecha;Medio;Autor;Texto",
        "Título;Data;Jornal;Autor;Conteúdo",
        "Titolo;Data;Testata;Autore;Testo",
        "Заголовок;Дата;Источник;Автор;Оригинал",
        "Overskrift;Dato;Kilde;Forfatter;Brødtekst",
        "Rubrik;Publiceringsdatum;Källa;Författare;Brödtext",
    ],
)
def test_the_columns_of_exports_are_known_in_their_languages(one, header):
    articles, _ = one("a.csv", f"{header}\nMill;2021-05-23;The Bee;Ada Roe;It burned.\n")
    row = articles.iloc[0]
    assert [row.headline, row.outlet, row.byline, row.body] == ["Mill", "The Bee", "Ada Roe", "It burned."]
    assert row.published == pd.Timestamp("2021-05-23")
