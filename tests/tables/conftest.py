"""The golden corpus, loaded."""

import pytest

from broadsheet import load


@pytest.fixture(scope="module")
def corpus(golden):
    """Return the golden corpus."""
    return load(golden)
