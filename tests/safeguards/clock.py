"""A clock that a test sets: whatever asks Django for the time gets it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest


class Clock:
    """The moment that views and sessions see."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 1, 0, 5, tzinfo=UTC)  # a Tuesday, 10 o'clock in Tokyo

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Stands still until the test moves it."""
    clock = Clock()
    with mock.patch("django.utils.timezone.now", side_effect=lambda: clock.now):
        yield clock
