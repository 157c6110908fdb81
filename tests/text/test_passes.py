"""A pass reads by the plain rules or by the compiled loop, and says what takes long."""

import importlib.util
import os
import pathlib
import subprocess
import sys

import pytest

import broadsheet
from broadsheet.text import passes
from broadsheet.text.batch import Batch

BODIES = Batch.of([b"It rained. It froze.", b"", "“Then it thawed.” The UK’s lamp".encode()] * 40)
LIBRARY = pathlib.Path(broadsheet.__file__).parents[1]


@pytest.fixture
def read(monkeypatch):
    """Return a function that reads BODIES; it returns who read them, and what was said."""

    def made():
        readers, said = [], []
        for name in ("by_loop", "by_reference"):
            real = getattr(passes, name)
            monkeypatch.setattr(passes, name, lambda bodies, name=name, real=real: readers.append(name) or real(bodies))
        found = passes.read_batch(BODIES, said.append)
        assert len(found.tokens) == len(BODIES) + 1
        return readers, said

    passes._loop.cache_clear()
    yield made
    passes._loop.cache_clear()


@pytest.fixture
def not_compiled(monkeypatch):
    """Let the loop seem never to have been compiled."""
    monkeypatch.setattr(passes, "_is_compiled", lambda loop: False)


def test_a_small_corpus_is_read_without_numba(tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("date 2019-02-05\nIt rained. The lamp went out.", encoding="utf-8")
    code = """
import sys
from broadsheet import load, tables
corpus = load("news")
assert len(corpus.tokens.frame()) == len(corpus.tokens) == 6
assert len(corpus.tokens.find("the lamp")) == len(tables.kwic(corpus, "lamp")) == 1
assert len(tables.cooccurrences(corpus.tokens, "went", 1)) == 2
print("numba" in sys.modules)
"""
    environment = os.environ | {"BROADSHEET_STORE": str(tmp_path / "store"), "PYTHONPATH": str(LIBRARY)}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr) == ("False\n", "")


def test_small_texts_are_read_by_the_plain_rules_silently(read):
    assert read() == (["by_reference"], [])


def test_large_texts_are_read_by_the_compiled_loop_silently(read, monkeypatch):
    passes.by_loop(Batch.of([b"It rained."]))
    monkeypatch.setattr(passes, "QUICK", 10)
    assert read() == (["by_loop"], [])


def test_texts_too_small_to_compile_for_are_read_by_the_plain_rules(read, not_compiled, monkeypatch):
    monkeypatch.setattr(passes, "QUICK", 10)
    assert read() == (["by_reference"], [])


def test_compiling_prints_a_notice(read, not_compiled, monkeypatch):
    monkeypatch.setattr(passes, "QUICK", 10)
    monkeypatch.setattr(passes, "WORTH_COMPILING", 10)
    readers, said = read()
    assert set(readers) == {"by_loop"}
    assert [line.split()[0] for line in said] == ["Compiling", "Compiled"]


def test_without_numba_the_plain_rules_serve_and_the_fix_is_named(read, monkeypatch):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "numba" else find_spec(name))
    monkeypatch.setattr(passes, "QUICK", 10)
    readers, said = read()
    assert readers == ["by_reference"]
    assert len(said) == 1
    assert "without numba" in said[0]
    assert "pip install numba" in said[0]


def test_the_loop_is_known_to_be_compiled_once_it_was_used():
    passes.by_loop(BODIES)
    assert passes._is_compiled(passes._loop())


def test_the_totals_of_a_pass_agree_with_its_arrays():
    found = passes.by_reference(BODIES)
    assert (found.tokens[-1], found.sentences[-1]) == (len(found.word), found.spans.shape[1])
    printed = found.printed.splitlines()
    assert found.lengths.tolist() == [len(word) for word in printed]
    assert [printed[number] for number in found.word[:6]] == ["It", "rained", "It", "froze", "Then", "it"]
