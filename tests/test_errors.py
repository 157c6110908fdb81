"""Errors: one family, and hints that name the nearest name or none."""

import inspect
import os

import pytest

from broadsheet import BroadsheetError, errors
from broadsheet.errors import did_you_mean

KINDS = {kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__}


def test_every_error_is_of_the_one_family_and_says_what_it_is_for():
    assert {kind.__name__ for kind in KINDS} == {
        "BroadsheetError",
        "SchemaError",
        "CorpusError",
        "ParameterError",
        "ResourceError",
    }
    assert all(issubclass(kind, BroadsheetError) and kind.__doc__ for kind in KINDS)


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("topn", ["corpus", "top_n"], " Did you mean top_n?"),
        ("PELLOW COURIER", ["Ostrey Herald", "Pellow Courier"], " Did you mean Pellow Courier?"),
        ("top_m", ["top_n", "top_nn"], " Did you mean top_n?"),
        ("zebra", ["corpus", "top_n"], ""),
        ("", ["corpus"], ""),
        ("corpus", [], ""),
    ],
)
def test_the_nearest_name_is_offered_as_it_is_written(name, known, hint):
    assert did_you_mean(name, known) == hint
    assert did_you_mean(name, dict.fromkeys(known)) == hint


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no processors are assigned on this system")
def test_processors_are_those_that_the_process_may_use():
    given = os.sched_getaffinity(0)
    assert errors.processors() == len(given)
    try:
        os.sched_setaffinity(0, {min(given)})
        assert errors.processors() == 1
    finally:
        os.sched_setaffinity(0, given)


def test_where_none_are_assigned_all_that_there_are_may_be_used(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert errors.processors() == 3
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert errors.processors() == 1
