"""2-1: the list of consultations looks at the clock once, however many filters and rows ask for it."""

from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from django.utils import timezone

from intake.admin import clock
from tests.intake.desk import stored
from tests.intake.staff import VIEWER, client_of, member

MIDNIGHT = datetime(2026, 11, 22, 15, tzinfo=UTC)  # in Tokyo


@pytest.mark.django_db(databases="__all__")
def test_a_list_that_is_asked_for_just_before_midnight_is_of_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        stored(at=MIDNIGHT - timedelta(hours=3))
    client, reads = client_of(member(*VIEWER)), count()
    ticking = SimpleNamespace(
        now=lambda: MIDNIGHT + timedelta(minutes=10 * next(reads) - 5), localdate=timezone.localdate
    )
    monkeypatch.setattr(clock, "timezone", ticking)
    everything = "next_action=later&review=due&mail=waiting&received_from=2026-01-01"
    page = client.get(f"/admin/intake/consultation/?{everything}").content.decode()
    assert "received_from=2026-11-22&amp;received_to=2026-11-22" in page
    assert next(reads) == 1
