"""What of the machine a process may use."""

import os

import pytest

from broadsheet import machine


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no processors are assigned on this system")
def test_processors_are_those_that_the_process_may_use():
    given = os.sched_getaffinity(0)
    assert machine.processors() == len(given)
    try:
        os.sched_setaffinity(0, {min(given)})
        assert machine.processors() == 1
    finally:
        os.sched_setaffinity(0, given)


def test_where_none_are_assigned_all_that_there_are_may_be_used(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert machine.processors() == 3
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert machine.processors() == 1
