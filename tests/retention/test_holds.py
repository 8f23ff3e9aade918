"""第9条 (法令対応等): legal holds are placed, read and released, each with its entry in the audit."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from intake.models import KIND, Consultation
from intake.services.erasure import ErasureBasis, by_hand
from retention.models import LegalHold
from retention.services import holds
from retention.services.holds import HoldBasis
from safeguards.models import AuditEntry, Hold, RecordKey
from safeguards.services import holds as low
from tests.intake.desk import AT, entries, fresh, stored
from tests.intake.staff import member
from tests.retention.held import REASON, REVIEW, held
from tests.system.marks import KANJI, traces

pytestmark = pytest.mark.django_db(databases="__all__")

TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)


@pytest.fixture
def one() -> Consultation:
    return stored()


@pytest.fixture
def officer() -> User:
    return member()


def unheld() -> set[object]:
    return set(Consultation.objects.filter(low.unheld(KIND)).values_list("id", flat=True))


def test_a_hold_says_who_holds_what_on_which_basis_until_when(one: Consultation, officer: User) -> None:
    legal = held(one.id, by=officer)
    found = LegalHold.objects.select_related("hold").get()
    assert found == legal
    assert (found.placed_by, found.released_by, found.review_on) == (officer, None, REVIEW)
    assert (found.hold.kind, found.hold.record_id, found.hold.basis) == (KIND, one.id, "dispute")
    assert (found.hold.placed_at, found.hold.released_at) == (AT, None)
    assert entries(one.id) == [("hold.placed", "dispute, 2027-03-31", officer.pk)]
    assert unheld() == set()


def test_one_record_may_be_held_on_several_bases_but_once_on_each(one: Consultation, officer: User) -> None:
    held(one.id, by=officer, basis=HoldBasis.LAW)
    held(one.id, by=officer, basis=HoldBasis.DISPUTE)
    before = AuditEntry.objects.count(), RecordKey.objects.count()
    with pytest.raises(holds.AlreadyHeld):
        held(one.id, by=officer, basis=HoldBasis.LAW)
    assert LegalHold.objects.count() == Hold.objects.count() == 2
    assert (AuditEntry.objects.count(), RecordKey.objects.count()) == before


def test_a_basis_that_was_released_may_be_used_again(one: Consultation, officer: User) -> None:
    holds.release(held(one.id, by=officer).hold_id, by=officer, at=AT)
    held(one.id, by=officer)
    assert LegalHold.objects.count() == 2


def test_a_record_that_was_never_there_or_is_erased_is_not_held(one: Consultation, officer: User) -> None:
    by_hand(one.id, basis=ErasureBasis.REQUEST, seen=1, by=officer, at=AT)
    said = AuditEntry.objects.count()
    for record_id in (uuid4(), one.id):
        with pytest.raises(holds.NoSuchRecord):
            held(record_id, by=officer)
    assert not Hold.objects.exists()
    assert not RecordKey.objects.exists()  # none was made for nothing
    assert AuditEntry.objects.count() == said


def test_a_released_hold_stays_as_a_record_and_the_consultation_is_due_again(
    one: Consultation, officer: User
) -> None:
    legal, other = held(one.id, by=officer), member()
    later = AT + timedelta(days=3)
    holds.release(legal.hold_id, by=other, at=later)
    legal = LegalHold.objects.select_related("hold").get()
    assert (legal.hold.released_at, legal.released_by, legal.placed_by) == (later, other, officer)
    assert entries(one.id)[1:] == [("hold.released", "dispute", other.pk)]
    assert unheld() == {one.id}
    assert holds.reason_of(legal, by=officer, at=later) == REASON


def test_releasing_one_basis_leaves_the_others_and_other_records_held(
    one: Consultation, officer: User
) -> None:
    other = stored()
    law, _ = (
        held(one.id, by=officer, basis=HoldBasis.LAW),
        held(one.id, by=officer, basis=HoldBasis.DISPUTE),
    )
    held(other.id, by=officer, basis=HoldBasis.LAW)
    holds.release(law.hold_id, by=officer, at=AT)
    assert [each.basis for each in low.open_of(kind=KIND, record_id=one.id)] == ["dispute"]
    assert unheld() == set()


def test_what_is_released_changes_no_more(one: Consultation, officer: User) -> None:
    legal = held(one.id, by=officer)
    holds.release(legal.hold_id, by=officer, at=AT)
    said = entries(one.id)
    with pytest.raises(holds.AlreadyReleased):
        holds.release(legal.hold_id, by=officer, at=AT)
    with pytest.raises(holds.AlreadyReleased):
        holds.prolong(legal.hold_id, review_on=date(2027, 6, 30), by=officer, at=AT)
    assert entries(one.id) == said
    legal.refresh_from_db()
    assert legal.review_on == REVIEW


def test_a_hold_that_there_is_not_is_neither_prolonged_nor_released(officer: User) -> None:
    with pytest.raises(LegalHold.DoesNotExist):
        holds.release(uuid4(), by=officer, at=AT)
    with pytest.raises(LegalHold.DoesNotExist):
        holds.prolong(uuid4(), review_on=REVIEW, by=officer, at=AT)


def test_reading_the_reason_leaves_an_entry(one: Consultation, officer: User) -> None:
    legal, reader = held(one.id, by=officer), member()
    assert holds.reason_of(legal, by=reader, at=AT) == REASON
    assert entries(one.id)[1:] == [("hold.opened", "dispute", reader.pk)]


def test_the_reason_dies_with_the_consultation_and_the_hold_stays(one: Consultation, officer: User) -> None:
    legal = held(one.id, by=officer)
    holds.release(legal.hold_id, by=officer, at=AT)
    by_hand(one.id, basis=ErasureBasis.REQUEST, seen=fresh(one).version, by=officer, at=AT)
    legal = LegalHold.objects.select_related("hold").get()
    said = entries(one.id)
    with pytest.raises(holds.KeyDestroyed):
        holds.reason_of(legal, by=officer, at=AT)
    assert entries(one.id) == said
    assert not RecordKey.objects.filter(record_id=one.id).exists()


def test_the_reason_stands_nowhere_in_clear(one: Consultation, officer: User) -> None:
    legal = held(one.id, by=officer, reason=KANJI)
    holds.reason_of(legal, by=officer, at=AT)
    rows = [*LegalHold.objects.values(), *Hold.objects.values(), *AuditEntry.objects.values()]
    values = [
        bytes(v) if isinstance(v, memoryview) else str(v).encode() for row in rows for v in row.values()
    ]
    assert traces(b" ".join(values)) == []
    assert traces(f"{legal} {legal!r} {legal.hold!r}") == []
