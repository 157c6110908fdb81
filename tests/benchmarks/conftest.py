"""Benchmarks are scripts, run by `make bench`: the tests look for nothing here."""

collect_ignore_glob = ["*.py"]
