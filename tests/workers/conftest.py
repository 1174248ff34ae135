"""What tests of other processes share."""

import pytest


@pytest.fixture
def nothing_else_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests of this process may have loaded the encoder's libraries, or left a thread; here none is at work."""
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: True)
