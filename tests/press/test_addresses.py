"""File names and anchors: safe on any disk, unique, and independent of what stands beside them."""

import re

import pytest

from broadsheet.press import addresses

ODD = ["a/b", "..", "../up", ".hidden", "a b", "", "é", "C:x", "x?y#z", "%2e", "<b>", "gate٣", "鰻", "R&D", "🦆", "a\n"]


def named(*doc_ids: str) -> list[str]:
    made = addresses.article_files(doc_ids)
    assert list(made) == list(doc_ids)
    return list(made.values())


@pytest.mark.parametrize("doc_id", ["gate-7", "2020_03.b", "A" * 80, "-2", "0"])
def test_a_safe_id_is_its_file_name(doc_id):
    assert named(doc_id) == [f"{doc_id}.html"]


@pytest.mark.parametrize("doc_id", [*ODD, "A" * 81])
def test_any_other_id_becomes_a_safe_name_of_its_own(doc_id):
    (name,) = named(doc_id)
    assert re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}\.html", name, re.ASCII)
    assert name != named(doc_id + "x")[0]


def test_names_are_unique_ignoring_case_and_do_not_depend_on_other_articles():
    names = named("Gate", "gate", "GATE", "weir", "a/b", "A/b")
    assert len({name.lower() for name in names}) == 6
    assert names[3:5] == ["weir.html", named("a/b", "eels")[0]]


@pytest.mark.parametrize(
    ("value", "name"),
    [("The Orrin Bell", "the-orrin-bell"), ("Çédille & Co.", "cedille-co"), ("../x", "x"), ("5", "5")],
)
def test_a_slug_is_plain_letters_and_digits(value, name):
    assert addresses.slug(value) == name


def test_values_of_a_matrix_get_slugs_of_their_own():
    made = addresses.slugs([*ODD, "Bell", "bell", "x" * 70])
    assert len(set(made.values())) == len(ODD) + 3
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", slug) for slug in made.values())


def test_an_anchor_is_safe_and_its_own():
    keys = ["term:eels", "term:Eels", "term:éels", "term: eels", "term:" + "x" * 99, "term:" + "x" * 98, *ODD]
    made = [addresses.anchor(key) for key in keys]
    assert len(set(made)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", anchor) for anchor in made)
