"""第9条: whatever a program forgets, the database keeps what is held."""

import pytest
from django.db import IntegrityError, connection, transaction

from intake.models import Consultation
from intake.services import erase
from intake.services.erasure import ErasureBasis, Held, by_hand
from retention.services import holds
from retention.services.holds import HoldBasis
from safeguards.models import AuditEntry, Erasure, Hold, RecordKey
from safeguards.services import erasures
from tests.intake.desk import AT, fresh, stored
from tests.intake.staff import member
from tests.retention.held import held

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def one() -> Consultation:
    one = stored()
    held(one.id, by=member())
    return one


def test_raw_sql_deletes_nothing_held_and_nothing_beside_it(one: Consultation) -> None:
    stored()
    with (
        pytest.raises(IntegrityError, match="a consultation is held"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM intake_consultation")
    assert Consultation.objects.count() == 2


def truncate() -> None:
    connection.check_constraints()  # a TRUNCATE is refused earlier while a deferred foreign key waits
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE intake_consultation CASCADE")


def test_a_truncate_empties_nothing_while_one_is_held_and_does_after_the_release(one: Consultation) -> None:
    other = stored()
    held(other.id, by=member(), basis=HoldBasis.LAW)
    for hold in Hold.objects.all():
        with pytest.raises(IntegrityError, match="a consultation is held"):
            truncate()
        assert Consultation.objects.count() == 2
        holds.release(hold.id, by=member(), at=AT)
    truncate()
    assert not Consultation.objects.exists()


def test_the_orm_deletes_nothing_held(one: Consultation) -> None:
    for doomed in (fresh(one), Consultation.objects.all()):
        with pytest.raises(IntegrityError, match="a consultation is held"), transaction.atomic():
            doomed.delete()
    assert Consultation.objects.get() == one


def test_nobody_deletes_a_held_one_by_hand(one: Consultation) -> None:
    said, keys = AuditEntry.objects.count(), RecordKey.objects.count()
    with pytest.raises(Held):
        by_hand(one.id, basis=ErasureBasis.REQUEST, seen=one.version, by=member(), at=AT)
    assert Consultation.objects.get() == one
    assert not Erasure.objects.exists()
    assert (AuditEntry.objects.count(), RecordKey.objects.count()) == (said, keys)


def test_the_one_path_passes_over_what_is_held_and_takes_it_after_the_release(one: Consultation) -> None:
    other, by = stored(), member()
    with transaction.atomic():
        done = erase(Consultation.objects.all(), basis=ErasureBasis.RETENTION, at=AT)
    assert done.ids == [other.id]
    assert Consultation.objects.get() == one
    holds.release(Hold.objects.get().id, by=by, at=AT)
    with transaction.atomic():
        done = erase(Consultation.objects.all(), basis=ErasureBasis.RETENTION, at=AT)
    erasures.drain(at=AT, count=lambda run, number: None)
    assert done.ids == [one.id]
    assert not Consultation.objects.exists()
    assert not RecordKey.objects.exists()


def test_a_released_one_may_be_deleted(one: Consultation) -> None:
    holds.release(Hold.objects.get().id, by=member(), at=AT)
    fresh(one).delete()
    assert not Consultation.objects.exists()


def test_an_erased_id_is_not_stored_again(one: Consultation) -> None:
    holds.release(Hold.objects.get().id, by=member(), at=AT)
    old = fresh(one)
    by_hand(one.id, basis=ErasureBasis.UNWANTED, seen=one.version, by=member(), at=AT)
    with pytest.raises(IntegrityError, match="this id was erased"), transaction.atomic():
        old.save(force_insert=True)
    with pytest.raises(IntegrityError, match="this id was erased"), transaction.atomic():
        old.save()  # a plain save inserts what is not there
    assert not Consultation.objects.exists()
