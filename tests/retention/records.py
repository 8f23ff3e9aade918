"""Consultations whose last contact lies back, and runs of the purge on a day that a test names."""

import json
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from io import StringIO
from typing import Any
from unittest import mock
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.management import call_command

from intake.models import Consultation
from intake.services.technical import Technical
from retention.models import PurgeRun
from tests.intake.desk import stored

TOKYO = ZoneInfo("Asia/Tokyo")
TODAY = date(2028, 11, 23)
OVER = date(2026, 11, 22)  # the latest last contact that is over on TODAY
ORIGIN = Technical("203.0.113.5", "Firefox")


def aged(last_contact_on: date = OVER, **answers: Any) -> UUID:
    """A consultation that was submitted on that day, and has not been heard of since."""
    found = stored(**answers)
    sent = datetime.combine(last_contact_on, time(9), TOKYO)
    Consultation.objects.filter(id=found.id).update(last_contact_on=last_contact_on, submitted_at=sent)
    return found.id


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), TOKYO)


def database_clock(moment: datetime) -> AbstractContextManager[Any]:
    """The database's clock shows this."""
    return mock.patch("retention.services.clock.moment", return_value=moment)


def run(
    *flags: str, at: datetime | date = TODAY, host: datetime | None = None, errors: StringIO | None = None
) -> str:
    """What `purge_expired` prints when both clocks show this moment, or noon of this day."""
    moment = at if isinstance(at, datetime) else noon(at)
    out = StringIO()
    with database_clock(moment), mock.patch("django.utils.timezone.now", return_value=host or moment):
        call_command("purge_expired", *flags, stdout=out, stderr=errors or StringIO())
    return out.getvalue()


def certificate(*flags: str, at: datetime | date = TODAY) -> dict[str, Any]:
    """The same for machines."""
    found: dict[str, Any] = json.loads(run("--json", *flags, at=at))
    return found


def counts(each: PurgeRun) -> dict[str, int]:
    """What the run has counted, without the zeros."""
    return dict(each.counts.filter(number__gt=0).values_list("what", "number"))


def left(*ids: UUID) -> list[UUID]:
    """Which of them still exist, in the order given."""
    there = set(Consultation.objects.filter(id__in=ids).values_list("id", flat=True))
    return [each for each in ids if each in there]
