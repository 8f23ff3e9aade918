"""第9条: the contact ledger — what an entry does to the clock, and what a mistaken one leaves."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.choices import ContactKind, VoidReason
from intake.models import Consultation, Contact
from intake.services import contacts
from intake.services.contacts import AlreadyVoid, DateRefused, Outdated
from safeguards.models import AuditEntry
from tests.intake.desk import AT, contact, entries, fresh, stored
from tests.intake.staff import member

pytestmark = pytest.mark.django_db(databases="__all__")

SUBMITTED = date(2026, 11, 24)
LATER = AT + timedelta(days=10)
COUNTING = {kind for kind in ContactKind if kind.split(".")[1] in {"in", "held"}} | {
    ContactKind.TELEPHONE_OUT,
    ContactKind.VISIT_OUT,
}


@pytest.fixture
def by() -> User:
    return member()


def void(contact_id: UUID, *, by: User, reason: VoidReason = VoidReason.TWICE, at: datetime = LATER) -> None:
    seen = Contact.objects.get(id=contact_id).consultation.version
    contacts.void(contact_id, reason=reason, seen=seen, by=by, at=at)


def last(consultation: Consultation) -> date:
    return fresh(consultation).last_contact_on


@pytest.mark.parametrize("kind", list(ContactKind), ids=[str(kind) for kind in ContactKind])
def test_a_contact_is_a_row_and_an_entry_and_moves_the_clock_if_its_kind_counts(
    kind: ContactKind, by: User
) -> None:
    one, on = stored(), SUBMITTED + timedelta(days=3)
    contact_id = contact(one, kind, by=by, on=on, at=LATER)
    made = Contact.objects.get()
    assert (made.id, made.kind, made.on, made.note) == (contact_id, kind, on, None)
    assert (made.recorded_at, made.recorded_by, made.voided_at, made.void_reason) == (LATER, by, None, "")
    assert str(made) == str(contact_id)
    assert last(one) == (on if kind in COUNTING else SUBMITTED)
    assert fresh(one).version == 2
    assert entries(one.id) == [("contact.recorded", str(kind), by.pk)]


def test_the_submission_is_the_first_contact() -> None:
    assert last(stored()) == SUBMITTED
    assert last(stored(at=datetime(2026, 11, 24, 14, 59, 59, tzinfo=UTC))) == date(2026, 11, 24)
    assert last(stored(at=datetime(2026, 11, 24, 15, 0, tzinfo=UTC))) == date(2026, 11, 25)


def test_the_clock_goes_forward_and_never_back(by: User) -> None:
    one = stored()
    for days, expected in ((5, 5), (3, 5), (5, 5), (0, 5), (6, 6), (1, 6)):
        contact(one, by=by, on=SUBMITTED + timedelta(days), at=LATER)
        assert last(one) == SUBMITTED + timedelta(days=expected)


def test_an_entry_that_does_not_count_leaves_the_clock_where_it_is(by: User) -> None:
    one = stored()
    contact(one, by=by, on=SUBMITTED + timedelta(days=2), at=LATER)
    contact(one, ContactKind.EMAIL_OUT, by=by, on=SUBMITTED + timedelta(days=9), at=LATER)
    assert last(one) == SUBMITTED + timedelta(days=2)


def test_a_voided_entry_takes_the_clock_back_entry_by_entry_down_to_the_submission(by: User) -> None:
    one = stored()
    made = [contact(one, by=by, on=SUBMITTED + timedelta(days), at=LATER) for days in (1, 8, 4)]
    for contact_id, expected in ((made[1], 4), (made[0], 4), (made[2], 0)):
        void(contact_id, by=by)
        assert last(one) == SUBMITTED + timedelta(days=expected)
    assert fresh(one).version == 7


def test_a_voided_entry_stays_with_who_when_and_why_and_the_audit_says_so(by: User) -> None:
    one, other = stored(), member()
    contact_id = contact(one, by=by, note="折り返しの約束", at=LATER)
    note = bytes(Contact.objects.get().note or b"")
    void(contact_id, by=other, reason=VoidReason.OTHER_CONSULTATION)
    stays = Contact.objects.get()
    assert (stays.voided_at, stays.voided_by, stays.void_reason) == (LATER, other, "other_consultation")
    assert (stays.kind, stays.on, stays.recorded_by, bytes(stays.note or b"")) == (
        ContactKind.TELEPHONE_IN,
        timezone.localdate(LATER),
        by,
        note,
    )
    assert entries(one.id)[1:] == [("contact.voided", "other_consultation", other.pk)]


def test_an_entry_is_voided_once(by: User) -> None:
    one = stored()
    contact_id = contact(one, by=by)
    void(contact_id, by=by)
    before = (entries(one.id), fresh(one).version)
    with pytest.raises(AlreadyVoid):
        void(contact_id, by=by, reason=VoidReason.WRONG_DAY)
    assert (entries(one.id), fresh(one).version) == before
    assert Contact.objects.get().void_reason == "twice"


def test_a_page_that_is_older_than_a_colleagues_change_writes_nothing(by: User) -> None:
    one = stored()
    contact_id = contact(one, by=by, on=SUBMITTED)
    for seen in (1, 3):
        with pytest.raises(Outdated):
            contacts.record(one.id, kind=ContactKind.EMAIL_IN, on=SUBMITTED, note="", seen=seen, by=by, at=AT)
        with pytest.raises(Outdated):
            contacts.void(contact_id, reason=VoidReason.TWICE, seen=seen, by=by, at=AT)
    assert Contact.objects.get().voided_at is None
    assert fresh(one).version == 2
    assert len(entries(one.id)) == 1


@pytest.mark.parametrize(
    ("at", "on", "fine"),
    [
        ("2026-11-30T14:59:59.999999Z", "2026-11-30", True),
        ("2026-11-30T14:59:59.999999Z", "2026-12-01", False),  # 23:59 in Tokyo: tomorrow is to come
        ("2026-11-30T15:00:00Z", "2026-12-01", True),
        ("2026-11-30T15:00:00Z", "2026-12-02", False),
        ("2026-11-30T15:00:00Z", "2026-11-24", True),
        ("2026-11-30T15:00:00Z", "2026-11-23", False),  # before the submission
        ("2028-02-29T03:00:00Z", "2028-02-29", True),
        ("2028-02-28T03:00:00Z", "2028-02-29", False),
    ],
)
def test_a_day_to_come_or_before_the_submission_in_tokyo_is_refused_and_writes_nothing(
    at: str, on: str, fine: bool, by: User
) -> None:
    one, day = stored(), date.fromisoformat(on)
    if fine:
        contact(one, by=by, on=day, at=datetime.fromisoformat(at))
        assert last(one) == day
        return
    with pytest.raises(DateRefused):
        contact(one, by=by, on=day, note="試験", at=datetime.fromisoformat(at))
    assert not Contact.objects.exists()
    assert entries(one.id) == []
    assert (last(one), fresh(one).version) == (SUBMITTED, 1)


def test_a_contact_on_the_day_of_a_submission_just_after_midnight_in_tokyo_counts(by: User) -> None:
    midnight = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # the 25th in Tokyo, the 24th in UTC
    one = stored(at=midnight)
    with pytest.raises(DateRefused):
        contact(one, by=by, on=date(2026, 11, 24), at=midnight)
    contact(one, by=by, on=date(2026, 11, 25), at=midnight)
    assert last(one) == date(2026, 11, 25)


def test_a_consultation_or_an_entry_that_is_gone_is_said_so_and_nothing_is_left(by: User) -> None:
    one = stored()
    contact_id = contact(one, by=by)
    said = AuditEntry.objects.count()
    fresh(one).delete()
    with pytest.raises(Consultation.DoesNotExist):
        contacts.record(one.id, kind=ContactKind.EMAIL_IN, on=SUBMITTED, note="x", seen=2, by=by, at=AT)
    with pytest.raises(Contact.DoesNotExist):
        contacts.void(contact_id, reason=VoidReason.TWICE, seen=2, by=by, at=AT)
    with pytest.raises(Contact.DoesNotExist):
        contacts.void(uuid4(), reason=VoidReason.TWICE, seen=2, by=by, at=AT)
    assert not Contact.objects.exists()
    assert AuditEntry.objects.count() == said


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"kind": "invented"}, "contact_kind_known"),
        ({"voided_at": AT}, "contact_voided_with_reason"),
        ({"void_reason": "twice"}, "contact_voided_with_reason"),
        ({"voided_at": AT, "void_reason": "twice"}, "contact_voided_with_reason"),
    ],
)
def test_the_database_refuses_what_the_service_would_never_write(
    change: dict[str, object], constraint: str, by: User
) -> None:
    contact(stored(), by=by)
    with pytest.raises(IntegrityError, match=constraint):
        Contact.objects.update(**change)


def test_the_database_refuses_a_reason_that_is_none(by: User) -> None:
    contact(stored(), by=by)
    with pytest.raises(IntegrityError, match="contact_voided_with_reason"):
        Contact.objects.update(voided_at=AT, voided_by=by, void_reason="")


STEPS = st.lists(
    st.tuples(st.just("record"), st.sampled_from(ContactKind), st.integers(0, 10))
    | st.tuples(st.just("void"), st.integers(0, 9), st.just(0)),
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(steps=STEPS)
def test_after_any_sequence_the_stored_day_is_what_anybody_computes_from_the_ledger(
    steps: list[tuple[str, ContactKind | int, int]],
) -> None:
    one, by = stored(), member()
    ledger: dict[UUID, tuple[ContactKind, date]] = {}
    for _, what, days in steps:
        if isinstance(what, ContactKind):
            on = SUBMITTED + timedelta(days)
            ledger[contact(one, what, by=by, on=on, at=LATER)] = (what, on)
        elif ledger:
            gone = list(ledger)[what % len(ledger)]
            void(gone, by=by)
            del ledger[gone]
        counted = [on for kind, on in ledger.values() if kind in COUNTING]
        assert last(one) == max([SUBMITTED, *counted])
