"""What the outside world gives a story: a clock by which months pass in a second."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.people import NOW


class Clock:
    """What the wall clock shows; a story sets it forward and nothing ever sets it back."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **passing: int) -> datetime:
        """Let time pass."""
        self.now += timedelta(**passing)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A Monday in March at Lindner & Co, until the story goes on."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock
