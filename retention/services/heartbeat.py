"""第9条: whether the purge is still running — a silent cron is how systems like this fail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Max
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

    @property
    def is_overdue(self) -> bool:
        return self.overdue_days is not None and self.overdue_days > settings.PURGE_ALERT_DAYS

    @property
    def is_silent(self) -> bool:
        allowed = timedelta(days=settings.PURGE_ALERT_DAYS)
        return self.last_run_at is None or self.at - self.last_run_at > allowed

    @property
    def is_well(self) -> bool:
        return not self.is_overdue and not self.is_silent

    @property
    def last_run_hours(self) -> int | None:
        """How many whole hours ago the last run ended."""
        return None if self.last_run_at is None else (self.at - self.last_run_at) // timedelta(hours=1)


def of(*, at: datetime) -> Heartbeat:
    """The purge's at this moment. NoEdition or EditionsUnreadable where nothing says what is due."""
    last_run_at = PurgeRun.objects.filter(outcome__in=_COMPLETED).aggregate(last=Max("finished_at"))["last"]
    return Heartbeat(_overdue_days(timezone.localdate(at)), last_run_at, at)


def _overdue_days(today: date) -> int | None:
    due = periods.due(as_of=today)
    over = Consultation.objects.filter(due.selected, holds.unheld(erasure.KIND))
    oldest = over.order_by("last_contact_on", "id").values_list("last_contact_on", "policy_edition").first()
    return None if oldest is None else (today - due.since(*oldest)).days
