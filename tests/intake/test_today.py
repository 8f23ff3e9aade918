"""2-1: what waits for staff today — each cause, the day before, the day, the day after, and no full count."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from intake.choices import Status
from intake.models import Consultation
from intake.rules.progress import CLOSED
from intake.services import today
from intake.services.mail import DUE_FOR
from intake.services.today import Cause, Count, Period
from tests.intake import desk
from tests.intake.listing import row
from tests.intake.staff import member

pytestmark = pytest.mark.django_db

AT = desk.AT
TODAY = timezone.localdate(AT)
DAY = timedelta(days=1)


@pytest.fixture
def me() -> User:
    return member("view_consultation", "triage")


def waiting(cause: Cause, by: User, at: datetime = AT) -> int:
    found = today.waiting(cause, by=by, at=at)
    assert not found.capped
    return found.number


def test_new_ones_wait_until_somebody_has_them_or_has_looked(me: User) -> None:
    row()
    row(assignee=me)
    for status in set(Status) - {Status.NEW}:
        row(status=status)
    assert waiting(Cause.UNASSIGNED, me) == 1


def test_mine_are_those_that_are_open_and_assigned_to_me(me: User) -> None:
    for status in Status:
        row(status=status, assignee=me)
        row(status=status, assignee=member("triage"))
    assert waiting(Cause.MINE, me) == len(Status) - len(CLOSED)


@pytest.mark.parametrize(("days", "due"), [(-1, 1), (0, 1), (1, 0)])
def test_a_next_action_is_due_on_its_day_and_after_it(me: User, days: int, due: int) -> None:
    row(next_action_on=TODAY + days * DAY, assignee=me)
    row(next_action_on=TODAY + days * DAY)
    assert waiting(Cause.MY_NEXT_ACTION, me) == due
    assert waiting(Cause.NEXT_ACTION, me) == 2 * due


@pytest.mark.parametrize(("days", "quiet"), [(13, 0), (14, 1), (15, 1)])
def test_an_open_one_is_quiet_from_the_set_number_of_days_on(me: User, days: int, quiet: int) -> None:
    row(last_contact_on=TODAY - days * DAY)
    row(last_contact_on=TODAY - days * DAY, status=Status.WON)
    assert waiting(Cause.QUIET, me) == quiet


def test_the_number_of_days_is_a_setting(me: User, settings: Settings) -> None:
    row(last_contact_on=TODAY - 5 * DAY)
    settings.DESK_QUIET_DAYS = 6
    assert waiting(Cause.QUIET, me) == 0
    settings.DESK_QUIET_DAYS = 5
    assert waiting(Cause.QUIET, me) == 1


@pytest.mark.parametrize(
    ("at", "day"),
    [("2026-11-24T23:59+09:00", date(2026, 11, 10)), ("2026-11-25T00:00+09:00", date(2026, 11, 11))],
)
def test_days_are_those_of_tokyo(me: User, at: str, day: date) -> None:
    row(last_contact_on=day)
    moment = datetime.fromisoformat(at)
    assert waiting(Cause.QUIET, me, moment) == 1
    assert waiting(Cause.QUIET, me, moment - DAY) == 0


@pytest.mark.parametrize(("seconds", "due", "given_up"), [(-1, 1, 0), (0, 1, 0), (1, 0, 1)])
def test_a_mail_is_due_for_fourteen_days_and_then_given_up(
    me: User, seconds: int, due: int, given_up: int
) -> None:
    at = AT - DUE_FOR - timedelta(seconds=seconds)
    row(at=at)
    row(at=at, acknowledged_at=at)
    row(at=at, mail_refused_at=at)
    assert waiting(Cause.MAIL_WAITING, me) == due
    assert waiting(Cause.MAIL_GIVEN_UP, me) == given_up


def test_what_did_not_arrive_was_refused_or_came_back(me: User) -> None:
    row(mail_refused_at=AT)
    row(acknowledged_at=AT, bounced_at=AT)
    row(acknowledged_at=AT)
    assert waiting(Cause.MAIL_UNDELIVERED, me) == 2


@pytest.mark.parametrize("columns", [{"mail_refused_at": AT}, {"submitted_at": AT - DUE_FOR - DAY}])
def test_nobody_is_called_to_write_to_those_whose_consultation_is_closed(
    me: User, columns: dict[str, Any]
) -> None:
    row(status=Status.WITHDRAWN, **columns)
    assert waiting(Cause.MAIL_UNDELIVERED, me) == waiting(Cause.MAIL_GIVEN_UP, me) == 0


def test_last_contacts_are_counted_by_day_and_by_edition(me: User) -> None:
    other = date(2027, 1, 2)
    for days in (-1, 0, 1):
        row(last_contact_on=TODAY + days * DAY)
    row(last_contact_on=TODAY, policy_edition=other)
    assert today.last_contacts(Period(TODAY, TODAY)) == Count(2, capped=False)
    assert today.last_contacts(Period(None, TODAY)) == Count(3, capped=False)
    assert today.last_contacts(Period(TODAY, None), edition=other) == Count(1, capped=False)


@pytest.mark.parametrize(("rows", "count"), [(2, Count(2, False)), (3, Count(3, False)), (4, Count(3, True))])
def test_nothing_is_counted_beyond_the_limit(
    me: User, monkeypatch: pytest.MonkeyPatch, rows: int, count: Count
) -> None:
    monkeypatch.setattr(today, "LIMIT", 3)
    for _ in range(rows):
        row()
    with CaptureQueriesContext(connection) as queries:
        assert today.waiting(Cause.UNASSIGNED, by=me, at=AT) == count
    (query,) = queries
    assert "LIMIT 4" in query["sql"]
    assert "ORDER BY" not in query["sql"]


def test_an_empty_desk_waits_for_nobody(me: User) -> None:
    assert not Consultation.objects.exists()
    assert {waiting(cause, me) for cause in Cause} == {0}
