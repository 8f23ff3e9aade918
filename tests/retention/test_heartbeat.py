"""第9条: a silent cron, and a record that nobody erases, are told of."""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from intake.models import KIND, Consultation
from retention.choices import Outcome
from retention.models import PurgeRun
from retention.services import heartbeat
from safeguards.choices import HoldBasis
from safeguards.services import holds
from tests.intake.desk import AT as SENT
from tests.policy.conftest import Editions
from tests.policy.conftest import editions as editions
from tests.retention.records import OVER, TODAY, aged, noon

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def ended(ago: timedelta, outcome: Outcome = Outcome.DONE) -> None:
    PurgeRun.objects.create(
        id=uuid4(),
        as_of=TODAY,
        edition=TODAY,
        years=2,
        cutoff=TODAY,
        started_at=AT - ago - HOUR,
        finished_at=AT - ago,
        outcome=outcome,
        version="0",
        due=0,
    )


@pytest.mark.parametrize(
    ("last_contact", "days"), [(OVER + DAY, None), (OVER, 0), (OVER - DAY, 1), (OVER - 9 * DAY, 9)]
)
def test_for_how_many_days_the_oldest_record_is_overdue(last_contact: Any, days: int | None) -> None:
    aged(last_contact)
    aged(TODAY)
    assert heartbeat.of(at=AT).overdue_days == days


def test_what_is_held_is_not_overdue() -> None:
    held = aged(OVER - 9 * DAY)
    aged(OVER - DAY)
    holds.place(kind=KIND, record_id=held, basis=HoldBasis.LAW, at=SENT)
    assert heartbeat.of(at=AT).overdue_days == 1


def test_a_record_of_a_shorter_promise_is_overdue_by_that(editions: Editions) -> None:
    editions.add("2028-01-01", ("years = 2", "years = 3"), file="facts.toml")
    aged(OVER - 3 * DAY)
    assert heartbeat.of(at=AT).overdue_days == 3


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [(Outcome.DONE, True), (Outcome.LEFTOVER, True), (Outcome.STOPPED, False), (Outcome.CEILING, False)],
)
def test_only_a_run_that_came_to_its_end_is_a_sign_of_life(outcome: Outcome, counts: bool) -> None:
    ended(2 * HOUR, outcome)
    assert heartbeat.of(at=AT).last_run_hours == (2 if counts else None)


@pytest.mark.parametrize(
    ("overdue", "ago", "well"),
    [
        (2, 2 * DAY, True),
        (3, 2 * DAY, False),
        (2, 2 * DAY + timedelta(seconds=1), False),
        (None, 2 * DAY, True),
        (None, None, False),
    ],
)
def test_the_check_fails_from_the_day_after_the_set_number(
    overdue: int | None, ago: timedelta | None, well: bool
) -> None:
    if overdue is not None:
        aged(OVER - overdue * DAY)
    if ago is not None:
        ended(ago)
    found = check()
    assert (found["overdue_days"], found["well"]) == (overdue, well)
    assert PurgeRun.objects.count() == (ago is not None)


def check() -> dict[str, Any]:
    out = StringIO()
    failed = False
    with mock.patch("django.utils.timezone.now", return_value=AT):
        try:
            call_command("purge_expired", "--check", "--json", stdout=out)
        except CommandError as error:
            failed = error.returncode == 1
    found: dict[str, Any] = json.loads(out.getvalue())
    assert found["well"] is not failed
    return found


def test_of_a_shorter_promise_a_later_contact_may_be_the_longer_overdue(editions: Editions) -> None:
    editions.add("2027-01-01", ("years = 2", "years = 1"), file="facts.toml")
    editions.add("2028-01-01", file="facts.toml")
    aged(OVER)
    later = aged(date(2027, 5, 1))
    Consultation.objects.filter(id=later).update(policy_edition=date(2027, 1, 1))
    assert heartbeat.of(at=AT).overdue_days == (TODAY - date(2028, 5, 2)).days


def test_something_left_of_erased_records_is_told_until_a_run_finds_nothing() -> None:
    ended(HOUR, Outcome.LEFTOVER)
    found = heartbeat.of(at=AT)
    assert (found.has_leftover, found.is_well) == (True, False)
    assert not check()["well"]
    ended(timedelta(0))
    assert heartbeat.of(at=AT).is_well


def test_the_check_says_in_words_what_is_wrong() -> None:
    aged(OVER - 9 * DAY)
    with mock.patch("django.utils.timezone.now", return_value=AT), pytest.raises(CommandError) as failed:
        call_command("purge_expired", "--check", stdout=StringIO())
    said = "records are overdue for more than 2 days; no run has ever ended"
    assert str(failed.value) == said


def test_hours_are_whole_ones() -> None:
    last: datetime = AT - 3 * HOUR + timedelta(seconds=1)
    assert heartbeat.Heartbeat(None, last, AT).last_run_hours == 2
