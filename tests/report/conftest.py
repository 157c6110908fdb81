"""What a cell's output would hold, without a kernel."""

import pytest


@pytest.fixture
def shown(monkeypatch):
    """Return the list that fills with each bundle (MIME type to content) that a verb displays."""
    bundles = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: bundles.append(bundle) if raw else None)
    return bundles
