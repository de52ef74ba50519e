"""What holds for every test."""

import pytest


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds, or leaves, recognized pages in the cache of the user."""
    monkeypatch.setenv("MEDNEC_CACHE", "off")
