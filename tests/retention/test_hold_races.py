"""第9条: holds and erasures that come at the same moment, on connections of their own: one wins, and it is told."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections, transaction

from intake.models import Consultation
from intake.services import erase
from intake.services.erasure import ErasureBasis, Held, by_hand
from retention.models import LegalHold
from retention.services import holds
from retention.services.holds import AlreadyHeld, AlreadyReleased, NoSuchRecord
from safeguards.models import Erasure, Hold, RecordKey
from safeguards.services import erasures
from tests.intake.desk import AT, Verb, at_once, entries, stored
from tests.intake.staff import member
from tests.retention.held import held

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

ROUNDS = 5


def kinds(answers: list[Any]) -> set[type]:
    return {type(answer) for answer in answers}


def meanwhile(colleague: ThreadPoolExecutor, verb: Verb) -> Future[Any]:
    """Begun on another connection."""

    def run() -> Any:
        try:
            return verb()
        finally:
            connections.close_all()

    return colleague.submit(run)


def wait_until_somebody_waits_for_us() -> None:
    deadline = time.monotonic() + 10
    waiting = (
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    )
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_of_two_who_place_the_same_hold_one_is_told_that_it_is_there() -> None:
    by = member()
    for _ in range(ROUNDS):
        one = stored()
        answers = at_once(*[partial(held, one.id, by=by)] * 2)
        assert kinds(answers) == {LegalHold, AlreadyHeld}
        assert Hold.objects.filter(record_id=one.id).count() == 1
        assert len(entries(one.id)) == 1
        assert RecordKey.objects.filter(record_id=one.id).count() == 2  # the consultation's, and the reason's


def test_of_two_who_release_the_same_hold_one_is_told_that_it_is_over() -> None:
    by = member()
    for _ in range(ROUNDS):
        one = stored()
        hold_id = held(one.id, by=by).hold_id
        answers = at_once(*[partial(holds.release, hold_id, by=by, at=AT)] * 2)
        assert kinds(answers) == {type(None), AlreadyReleased}
        assert [event for event, _, _ in entries(one.id)] == ["hold.placed", "hold.released"]


def test_a_hold_waits_for_an_erasure_that_has_begun_and_then_there_is_nothing_to_hold() -> None:
    one, by = stored(), member()
    with ThreadPoolExecutor(1) as colleague:
        with transaction.atomic():
            assert erase(Consultation.objects.all(), basis=ErasureBasis.RETENTION, at=AT).ids == [one.id]
            placing = meanwhile(colleague, lambda: held(one.id, by=by))
            wait_until_somebody_waits_for_us()
        assert isinstance(placing.exception(timeout=10), NoSuchRecord)
    erasures.drain(at=AT, count=lambda run, number: None)
    assert not Hold.objects.exists()
    assert not LegalHold.objects.exists()
    assert not RecordKey.objects.exists()
    assert "hold.placed" not in [event for event, _, _ in entries(one.id)]


def test_an_erasure_passes_over_a_record_that_is_just_being_held() -> None:
    one, other, by = stored(), stored(), member()

    def purge() -> Any:
        with transaction.atomic():
            return erase(Consultation.objects.all(), basis=ErasureBasis.RETENTION, at=AT).ids

    with ThreadPoolExecutor(1) as colleague:
        with transaction.atomic():
            held(one.id, by=by)
            assert meanwhile(colleague, purge).result(timeout=10) == [other.id]
        assert meanwhile(colleague, purge).result(timeout=10) == []
    assert Consultation.objects.get() == one
    assert list(Erasure.objects.values_list("record_id", flat=True)) == [other.id]


def test_erasing_by_hand_waits_for_a_hold_that_is_being_placed_and_is_refused() -> None:
    one, by = stored(), member()
    with ThreadPoolExecutor(1) as colleague:
        with transaction.atomic():
            held(one.id, by=by)
            erasing = meanwhile(
                colleague, lambda: by_hand(one.id, basis=ErasureBasis.REQUEST, seen=1, by=by, at=AT)
            )
            wait_until_somebody_waits_for_us()
        assert isinstance(erasing.exception(timeout=10), Held)
    assert Consultation.objects.get() == one
    assert not Erasure.objects.exists()


def test_of_a_hold_and_an_erasure_by_hand_at_once_exactly_one_wins() -> None:
    by = member()
    for _ in range(ROUNDS):
        one = stored()
        placed, erased = at_once(
            partial(held, one.id, by=by),
            partial(by_hand, one.id, basis=ErasureBasis.REQUEST, seen=1, by=by, at=AT),
        )
        is_there = Consultation.objects.filter(id=one.id).exists()
        assert kinds([placed, erased]) == ({LegalHold, Held} if is_there else {NoSuchRecord, type(None)})
        assert Hold.objects.filter(record_id=one.id).exists() is is_there
        assert RecordKey.objects.filter(record_id=one.id).exists() is is_there
