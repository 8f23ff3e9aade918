"""第9条: a run that ends before its time loses neither a record nor a count, and the next one goes on."""

from datetime import timedelta
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
from django.conf import settings as configured

from retention.models import PurgeRun
from safeguards.models import Erasure
from tests.policy.conftest import editions as editions
from tests.retention.records import OVER, TODAY, aged, counts, left, run

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
