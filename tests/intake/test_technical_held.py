"""2-3, 第9条: an open hold keeps address and browser as well, and nothing longer than it is open."""

from datetime import timedelta
from unittest import mock

import pytest

from intake.models import KIND, Consultation
from intake.services import technical
from safeguards.choices import HoldBasis
from safeguards.models import AuditEntry, RecordKey
from safeguards.services import holds
from safeguards.services.ids import Ids
from tests.intake.desk import AT, fresh, stored
from tests.intake.staff import member
from tests.intake.test_technical import DAYS, ORIGIN

pytestmark = pytest.mark.django_db(databases="__all__")
LAST = AT + timedelta(days=DAYS)  # the last moment at which they are kept without a hold
OVER = LAST + timedelta(microseconds=1)


@pytest.fixture
def one() -> Consultation:
    one = stored(origin=ORIGIN)
    holds.place(kind=KIND, record_id=one.id, basis=HoldBasis.DISPUTE, at=AT)
    return one


def release(record: Consultation, only: HoldBasis | None = None) -> None:
    holds.release(kind=KIND, record_ids=[record.id], at=OVER, only=only)


def test_they_stay_while_the_record_is_held_and_go_beside_it(one: Consultation) -> None:
    other = stored(origin=ORIGIN)
    assert technical.due(at=LAST).count() == 0
    assert list(technical.due(at=OVER)) == [other]
    assert technical.erase_due(at=OVER) == 1
    assert fresh(other).technical is None
    assert fresh(one).technical is not None
    assert [key.record_id for key in RecordKey.objects.filter(kind=technical.KIND)] == [one.id]
    assert AuditEntry.objects.get(event="technical.erased").label == "1"


def test_they_are_read_while_the_record_is_held_and_not_after_the_release(one: Consultation) -> None:
    by = member()
    for at in (LAST, OVER, OVER + timedelta(days=400)):
        assert technical.open_for(one, by=by, at=at) == ORIGIN
    release(one)
    assert technical.open_for(one, by=by, at=LAST) == ORIGIN
    assert technical.open_for(one, by=by, at=OVER) is None
    assert AuditEntry.objects.filter(event="technical.opened", subject_id=one.id).count() == 4


def test_the_last_release_lets_them_go_and_not_the_first(one: Consultation) -> None:
    holds.place(kind=KIND, record_id=one.id, basis=HoldBasis.LAW, at=AT)
    release(one, only=HoldBasis.DISPUTE)
    assert technical.erase_due(at=OVER) == 0
    release(one)
    assert technical.erase_due(at=LAST) == 0
    assert technical.erase_due(at=OVER) == 1
    assert fresh(one).technical is None
    assert not RecordKey.objects.filter(kind=technical.KIND).exists()


def test_a_hold_that_comes_after_they_have_gone_brings_nothing_back() -> None:
    one = stored(origin=ORIGIN)
    assert technical.erase_due(at=OVER) == 1
    holds.place(kind=KIND, record_id=one.id, basis=HoldBasis.DISPUTE, at=OVER)
    assert technical.is_over(fresh(one), at=OVER)
    assert technical.open_for(fresh(one), by=member(), at=OVER) is None


def test_a_hold_that_came_while_the_batch_was_chosen_is_seen_under_the_lock() -> None:
    one = stored(origin=ORIGIN)
    look = holds.unheld_among

    def meanwhile(ids: Ids, *, kind: str) -> Ids:
        holds.place(kind=KIND, record_id=one.id, basis=HoldBasis.DISPUTE, at=AT)
        return look(ids, kind=kind)

    with mock.patch("safeguards.services.holds.unheld_among", meanwhile):
        assert technical.erase_due(at=OVER) == 0
    assert fresh(one).technical is not None
    assert not AuditEntry.objects.filter(event="technical.erased").exists()
