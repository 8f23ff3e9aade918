"""2-1: what colleagues changed since a page was shown, as the audit tells it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from intake.choices import ContactKind, Status
from intake.models import Consultation
from intake.services import changes, contacts, reading, triage
from intake.services.changes import Change, Event
from intake.services.triage import State
from tests.intake.desk_page import RECEIVED, consultation
from tests.intake.staff import RECEPTION, member

pytestmark = pytest.mark.django_db(databases="__all__")

TODAY = date(2026, 11, 2)


@pytest.fixture
def stored() -> Consultation:
    return consultation()


@pytest.fixture
def hanako() -> User:
    return member(*RECEPTION, last_name="hanako")


def record(stored: Consultation, by: User, minutes: int) -> None:
    stored.refresh_from_db()
    at = RECEIVED + timedelta(minutes=minutes)
    contacts.record(
        stored.id, kind=ContactKind.EMAIL_OUT, on=TODAY, note="", seen=stored.version, by=by, at=at
    )
    stored.refresh_from_db()


def test_what_one_person_changed_at_once_is_one_change(stored: Consultation, hanako: User) -> None:
    at = RECEIVED + timedelta(minutes=1)
    triage.set_state(stored.id, State(Status.MET, hanako, TODAY), seen=1, by=hanako, at=at)
    record(stored, hanako, 2)
    first, second = changes.since(stored, seen=1)
    entries = [
        (Event.CONSULTATION_ADVANCED, "new, met"),
        (Event.CONSULTATION_ASSIGNED, f"-, user {hanako.pk}"),
        (Event.CONSULTATION_PLANNED, "-, 2026-11-02"),
    ]
    assert first == Change(at, hanako, entries)
    second_at = RECEIVED + timedelta(minutes=2)
    assert second == Change(second_at, hanako, [(Event.CONTACT_RECORDED, "email.out")])


def test_only_what_came_after_the_version_that_was_seen_is_told(stored: Consultation, hanako: User) -> None:
    record(stored, hanako, 1)
    seen = stored.version
    assert changes.since(stored, seen=seen) == []
    record(stored, hanako, 2)
    assert [each.at for each in changes.since(stored, seen=seen)] == [RECEIVED + timedelta(minutes=2)]


def test_looking_is_no_change(stored: Consultation, hanako: User) -> None:
    record(stored, hanako, 1)
    reading.open_personal(stored, by=hanako, at=RECEIVED + timedelta(minutes=2))
    assert [each.entries for each in changes.since(stored, seen=1)] == [
        [(Event.CONTACT_RECORDED, "email.out")]
    ]


def test_what_happened_to_another_consultation_is_not_told(stored: Consultation, hanako: User) -> None:
    other = consultation()
    record(stored, hanako, 1)
    record(other, hanako, 2)
    assert [each.at for each in changes.since(stored, seen=1)] == [RECEIVED + timedelta(minutes=1)]


def test_at_most_the_ten_latest_are_told_and_a_version_to_come_tells_nothing(
    stored: Consultation, hanako: User
) -> None:
    for minutes in range(1, 13):
        record(stored, hanako, minutes)
    told = changes.since(stored, seen=0)
    assert [each.at for each in told] == [RECEIVED + timedelta(minutes=n) for n in range(3, 13)]
    assert changes.since(stored, seen=99) == []


def test_a_change_by_the_system_has_nobody_behind_it(stored: Consultation, hanako: User) -> None:
    triage.set_state(stored.id, State(Status.NEW, hanako, None), seen=1, by=hanako, at=RECEIVED)
    triage.hand_on(hanako, to=None, by=None, at=RECEIVED + timedelta(minutes=5))
    stored.refresh_from_db()
    assert changes.since(stored, seen=2) == [
        Change(RECEIVED + timedelta(minutes=5), None, [(Event.CONSULTATION_ASSIGNED, f"user {hanako.pk}, -")])
    ]
