"""第9条: a run that ends before its time loses neither a record nor a count, and the next one goes on."""

from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from django.conf import settings as configured
from django.db import transaction

from intake.models import KIND, Consultation
from intake.services.erasure import ErasureBasis, erase
from retention.models import PurgeCount, PurgeRun
from safeguards.choices import HoldBasis
from safeguards.models import Erasure
from safeguards.services import erasures, holds
from tests.intake.desk import entries
from tests.policy.conftest import editions as editions
from tests.retention.records import OVER, TODAY, aged, counts, left, noon, run

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)


def test_a_crash_between_batches_loses_no_count_and_the_next_run_goes_on() -> None:
    records = [aged(OVER - number * DAY) for number in range(5)]
    with _fails_in_batch(2), pytest.raises(RuntimeError, match="planted"):
        run("--batch-size", "2")
    crashed = PurgeRun.objects.get()
    assert (crashed.outcome, counts(crashed)) == ("running", {"consultation": 2, "keys": 2})
    assert left(*records) == records[:3]  # the oldest first
    run("--batch-size", "2")
    crashed.refresh_from_db()
    assert (crashed.outcome, crashed.finished_at) == ("interrupted", None)
    assert crashed.residue is not None
    assert all(each["id_only"] for each in crashed.residue)
    assert crashed.rows_gone_on == TODAY + timedelta(days=configured.BACKUP_DAYS + 1)
    later = PurgeRun.objects.exclude(id=crashed.id).get()
    assert counts(later) == {"consultation": 3, "keys": 3}
    assert Erasure.objects.count() == 5
    assert left(*records) == []


def _fails_in_batch(number: int) -> Any:
    from retention.services import runs

    add, calls = runs.add, []

    def planted(run: UUID | None, numbers: Any) -> None:
        calls.append(numbers)
        if len(calls) == number:
            raise RuntimeError("planted")
        add(run, numbers)

    return mock.patch("retention.services.runs.add", planted)


def test_told_to_stop_it_ends_the_batch_and_says_how_far_it_came() -> None:
    records = [aged(OVER - number * DAY) for number in range(4)]
    with mock.patch("retention.management.commands.purge_expired._told_to_stop", return_value=lambda: True):
        said = run("--batch-size", "2")
    assert said.endswith("outcome: stopped\n2 erased\n")
    assert left(*records) == records[:2]
    stopped = PurgeRun.objects.get()
    assert stopped.residue is None
    run()
    stopped.refresh_from_db()
    assert stopped.outcome == "stopped"
    assert stopped.residue is not None
    assert left(*records) == []


def test_a_stopped_run_names_what_is_still_to_be_erased_and_what_is_held_by_then() -> None:
    records = [aged(OVER - number * DAY) for number in range(4)]

    def hold() -> bool:
        holds.place(kind=KIND, record_id=records[0], basis=HoldBasis.LAW, at=noon(TODAY))
        return True

    with mock.patch("retention.management.commands.purge_expired._told_to_stop", return_value=hold):
        run("--batch-size", "2")
    stopped = PurgeRun.objects.get()
    assert (stopped.due, counts(stopped)["consultation"]) == (4, 2)
    assert (stopped.held, stopped.remaining) == ({"law": 1}, 1)


def test_erasing_by_hand_does_not_take_over_what_a_run_has_still_to_count() -> None:
    over, other = aged(), aged(TODAY)
    run()
    Erasure.objects.update(drained_at=None)  # as with a vault apart, after a crash
    PurgeCount.objects.filter(what="keys").update(number=0)
    with transaction.atomic():
        erase(Consultation.objects.filter(id=other), basis=ErasureBasis.REQUEST, at=noon(TODAY))
    Erasure.objects.filter(record_id=other).update(drained_at=None)
    erasures.drain(at=noon(TODAY), count=lambda run, number: None, only=other)
    undrained = Erasure.objects.filter(drained_at=None).values_list("record_id", flat=True)
    assert list(undrained) == [over]
    run(at=TODAY + DAY)
    assert PurgeCount.objects.get(run=PurgeRun.objects.earliest("started_at"), what="keys").number == 1


def test_the_end_of_a_run_and_its_entry_are_one() -> None:
    planted = mock.patch("retention.services.runs.audit.record", side_effect=RuntimeError("planted"))
    with planted, pytest.raises(RuntimeError, match="planted"):
        run()
    assert PurgeRun.objects.get().outcome == "running"
    run(at=TODAY + DAY)
    first = PurgeRun.objects.earliest("started_at")
    assert entries(first.id) == [("retention.purged", "interrupted", None)]
