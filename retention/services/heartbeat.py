"""第9条: whether the purge is still running — a silent cron is how systems like this fail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from intake.models import Consultation
from intake.services import erasure
from retention.choices import Outcome
from retention.models import PurgeRun
from retention.services import periods
from retention.services.periods import EditionsUnreadable, NoEdition
from safeguards.services import holds

__all__ = ["EditionsUnreadable", "Heartbeat", "NoEdition", "of"]

_COMPLETED = (Outcome.DONE, Outcome.LEFTOVER)


@dataclass(frozen=True)
class Heartbeat:
    """For how many days the oldest record is overdue that nothing holds (0: from today on it may go; None: there is
    none), and when a run last came to its end."""

    overdue_days: int | None
    last_run_at: datetime | None
    at: datetime
    has_leftover: bool = False  # what that run found of erased records

    @property
    def is_overdue(self) -> bool:
        return self.overdue_days is not None and self.overdue_days > settings.PURGE_ALERT_DAYS

    @property
    def is_silent(self) -> bool:
        allowed = timedelta(days=settings.PURGE_ALERT_DAYS)
        return self.last_run_at is None or self.at - self.last_run_at > allowed

    @property
    def is_well(self) -> bool:
        return not (self.is_overdue or self.is_silent or self.has_leftover)

    @property
    def last_run_hours(self) -> int | None:
        """How many whole hours ago the last run ended."""
        return None if self.last_run_at is None else (self.at - self.last_run_at) // timedelta(hours=1)


def of(*, at: datetime) -> Heartbeat:
    """The purge's at this moment. NoEdition or EditionsUnreadable where nothing says what is due."""
    last = (
        PurgeRun.objects.filter(outcome__in=_COMPLETED, finished_at__isnull=False)
        .order_by("finished_at")
        .last()
    )
    overdue_days = _overdue_days(timezone.localdate(at))
    if last is None:
        return Heartbeat(overdue_days, None, at)
    return Heartbeat(overdue_days, last.finished_at, at, last.outcome == Outcome.LEFTOVER)


def _overdue_days(today: date) -> int | None:
    """By each promise apart: of a shorter one a later contact may be the longer overdue."""
    due = periods.due(as_of=today)
    unheld = Consultation.objects.order_by().filter(due.selected, holds.unheld(erasure.KIND))
    days = []
    for agreed_to in (None, *due.shorter):
        under = (
            unheld.filter(policy_edition=agreed_to)
            if agreed_to
            else unheld.exclude(policy_edition__in=due.shorter)
        )
        if oldest := under.aggregate(oldest=Min("last_contact_on"))["oldest"]:
            days.append((today - due.since(oldest, agreed_to)).days)
    return max(days, default=None)
