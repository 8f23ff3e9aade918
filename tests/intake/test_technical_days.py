"""2-3: for how many days address and browser are kept: by the edition in force, and by the one agreed to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from intake.models import Consultation
from intake.services import technical
from policy import services as policy
from safeguards.models import AuditEntry
from tests.intake.desk import AT, stored
from tests.intake.staff import member
from tests.intake.test_technical import DAYS, ORIGIN

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(
    ("at", "erased"),
    [
        (datetime(2026, 12, 9, 14, 59, tzinfo=UTC), 0),  # 23:59 in Tokyo: the shipped edition's 30 days
        (datetime(2026, 12, 9, 15, 0, tzinfo=UTC), 1),  # 0:00: an edition with 10 days is in force
    ],
)
def test_the_edition_in_force_says_how_many_days(
    at: datetime, erased: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = policy.editions()[-1]
    retention = shipped.facts.retention
    shorter = replace(retention, technical=replace(retention.technical, days=10))
    facts = replace(shipped.facts, retention=shorter)
    announced = replace(shipped, effective_on=date(2026, 12, 10), facts=facts)
    monkeypatch.setattr(policy, "editions", lambda: (shipped, announced))
    stored(origin=ORIGIN)
    assert technical.erase_due(at=at) == erased


def longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later edition with 90 days; the records' people agreed to the one with 30."""
    shipped = policy.editions()[-1]
    retention = shipped.facts.retention
    facts = replace(
        shipped.facts, retention=replace(retention, technical=replace(retention.technical, days=90))
    )
    later = replace(shipped, effective_on=date(2026, 11, 25), facts=facts)
    monkeypatch.setattr(policy, "editions", lambda: (shipped, later))


@pytest.mark.parametrize(("instants", "erased"), [(0, 0), (1, 1)])
def test_nobody_is_kept_longer_than_the_edition_they_agreed_to(
    instants: int, erased: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer(monkeypatch)
    one = stored(origin=ORIGIN)
    at = AT + timedelta(days=DAYS, microseconds=instants)
    assert technical.kept_days(one, at=at) == DAYS
    assert technical.erase_due(at=at) == erased


def test_who_agreed_to_the_longer_one_is_kept_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    longer(monkeypatch)
    one = stored(origin=ORIGIN)
    Consultation.objects.update(policy_edition=date(2026, 11, 25))
    one.refresh_from_db()
    assert technical.kept_days(one, at=AT + timedelta(days=DAYS)) == 90
    assert technical.erase_due(at=AT + timedelta(days=90)) == 0
    assert technical.erase_due(at=AT + timedelta(days=90, microseconds=1)) == 1


@pytest.mark.parametrize(("instants", "opens"), [(0, True), (1, False)])
def test_when_the_days_are_over_nobody_opens_it_erased_or_not(instants: int, opens: bool) -> None:
    one, by = stored(origin=ORIGIN), member()
    at = AT + timedelta(days=DAYS, microseconds=instants)
    assert (technical.open_for(one, by=by, at=at) is not None) is opens
    assert AuditEntry.objects.filter(event="technical.opened").exists() is opens
