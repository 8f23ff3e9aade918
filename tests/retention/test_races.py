"""第9条: what happens in the very moment of a batch, in real transactions: contacts, holds, another run, SIGTERM."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.db import connection, connections, transaction

from intake.choices import ContactKind
from intake.models import KIND, Consultation, Contact
from intake.services import contacts, erasure
from intake.services.erasure import ErasureBasis
from retention.models import PurgeRun
from safeguards.models import AuditEntry, Erasure, Hold
from safeguards.services import holds
from safeguards.services.holds import HoldBasis
from safeguards.services.ids import Ids
from tests.intake.staff import member
from tests.retention.records import OVER, TODAY, aged, counts, left, noon, run

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

Verb = Callable[[UUID, User], object]
WAIT = 10  # seconds until a test that hangs fails; nothing is measured by them
AT = noon(TODAY)


def call(record: UUID, by: User) -> None:
    """A contact of today, entered by somebody whose page shows the record as it was stored."""
    contacts.record(record, kind=ContactKind.TELEPHONE_IN, on=TODAY, note="お電話", seen=1, by=by, at=AT)


def hold(record: UUID, by: User) -> None:
    holds.place(kind=KIND, record_id=record, basis=HoldBasis.DISPUTE, at=AT)


def erase_by_hand(record: UUID, by: User) -> None:
    erasure.by_hand(record, basis=ErasureBasis.UNWANTED, seen=1, by=by, at=AT)


@pytest.fixture
def somebody() -> Iterator[ThreadPoolExecutor]:
    """Somebody else, with a connection of their own."""
    with ThreadPoolExecutor(1) as other:
        yield other
        other.submit(connections.close_all).result(WAIT)


def in_the_first_batch(verb: Callable[[], object]) -> Any:
    """It happens when the first batch has locked its records and entered them into the ledger."""
    from intake.services import statistics

    keep, done = statistics.keep, list[object]()

    def meanwhile(ids: Ids, *, contacted: tuple[date, date]) -> None:
        if not done:
            done.append(verb())
        keep(ids, contacted=contacted)

    return mock.patch("intake.services.statistics.keep", meanwhile)


def until_somebody_waits_for_a_lock() -> None:
    # pg_stat_activity would show the same picture until this transaction ends.
    waiting = (
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    )
    for _ in range(WAIT * 100):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


@pytest.mark.parametrize("verb", [call, hold])
def test_what_somebody_works_on_at_the_moment_is_passed_over_and_stays(
    somebody: ThreadPoolExecutor, verb: Verb
) -> None:
    busy, other, by = aged(), aged(), member()
    done, go_on = Event(), Event()

    def uncommitted() -> None:
        with transaction.atomic():
            verb(busy, by)
            done.set()
            assert go_on.wait(WAIT)

    theirs = somebody.submit(uncommitted)
    assert done.wait(WAIT)
    run()
    go_on.set()
    theirs.result(WAIT)
    first = PurgeRun.objects.get()
    assert (first.outcome, first.remaining, left(busy, other)) == ("done", 1, [busy])
    run()  # by now it is held, or not over any more
    assert left(busy) == [busy]
    assert PurgeRun.objects.exclude(id=first.id).get().remaining == 0


@pytest.mark.parametrize(
    ("verb", "refused"),
    [
        (call, Consultation.DoesNotExist),
        (hold, holds.NoSuchRecord),
        (erase_by_hand, Consultation.DoesNotExist),
    ],
)
def test_whoever_comes_while_the_batch_holds_the_record_waits_and_is_told_that_it_is_gone(
    somebody: ThreadPoolExecutor, verb: Verb, refused: type[Exception]
) -> None:
    record, by = aged(), member()
    theirs = []

    def comes() -> None:
        theirs.append(somebody.submit(verb, record, by))
        until_somebody_waits_for_a_lock()

    with in_the_first_batch(comes):
        run()
    with pytest.raises(refused):
        theirs[0].result(WAIT)
    assert left(record) == []
    assert not Contact.objects.exists()
    assert not Hold.objects.exists()
    assert Erasure.objects.get().basis == ErasureBasis.RETENTION
    said = AuditEntry.objects.filter(subject_id=record).exclude(event="consultation.submitted")
    assert list(said.values_list("event", "label")) == [("consultations.erased", "retention, 1")]


def test_a_hold_that_the_first_look_did_not_see_keeps_the_record() -> None:
    held, other = aged(), aged()
    hold(held, member())
    looked_before = Consultation.objects.filter(id__in=[held, other])
    with transaction.atomic():
        erased = erasure.erase(looked_before, basis=ErasureBasis.RETENTION, at=AT)
    assert erased.ids == [other]
    assert left(held, other) == [held]
    assert not Erasure.objects.filter(record_id=held).exists()


def test_of_two_purges_at_once_the_second_is_told_so_and_writes_nothing(somebody: ThreadPoolExecutor) -> None:
    records = [aged(), aged()]
    refused: list[CommandError] = []

    def second() -> None:
        with pytest.raises(CommandError) as error:
            somebody.submit(run).result(WAIT)
        refused.append(error.value)

    with in_the_first_batch(second):
        run()
    assert [error.returncode for error in refused] == [75]
    only = PurgeRun.objects.get()
    assert (only.outcome, counts(only)["consultation"], left(*records)) == ("done", 2, [])
    run()  # the lock is free again


def test_sigterm_lets_the_batch_end_and_the_run_says_how_far_it_came() -> None:
    records = [aged(OVER) for _ in range(4)]
    before = signal.getsignal(signal.SIGTERM)
    try:
        with in_the_first_batch(lambda: os.kill(os.getpid(), signal.SIGTERM)):
            said = run("--batch-size", "2")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert said.endswith("outcome: stopped\n2 erased\n")
    stopped = PurgeRun.objects.get()
    assert (stopped.outcome, counts(stopped)) == ("stopped", {"consultation": 2, "keys": 2})
    assert len(left(*records)) == 2
    run("--batch-size", "2")
    assert left(*records) == []
