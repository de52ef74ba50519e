"""The bar of recognition is drawn while pages are recognized, and is gone when they are."""

import io

import pytest
import rich.console

from mednec.reports.progress import bars


def test_the_bar_is_gone_once_all_pages_are_recognized(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    made = rich.console.Console(file=screen, force_terminal=True, width=100)
    monkeypatch.setattr(rich.console, "Console", lambda **_: made)
    with bars() as tell:
        assert screen.getvalue() == ""
        tell("fax.tif", 1, 2)
        tell("fax.tif", 2, 2)
        shown = screen.getvalue()
        assert "recognizing fax.tif" in shown
        assert "2/2" in shown
    assert screen.getvalue() == shown
