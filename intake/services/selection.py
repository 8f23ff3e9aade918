"""2-1: which consultations are meant by 未完了, 未送信 or a period: said once, for list, counts and export."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from intake.choices import UNFINISHED, MailProblem, NextAction
from intake.rules.progress import CLOSED
from intake.services.mail import DUE_FOR, UNSENT

__all__ = [
    "OPEN",
    "Period",
    "last_contact",
    "mail",
    "next_action",
    "received",
    "status",
]

# In the words of the partial indexes of the model, or else PostgreSQL does not use them.
OPEN = ~Q(status__in=CLOSED)
_UNDELIVERED = ~Q(bounced_at=None, mail_refused_at=None)


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None


def status(wanted: str) -> Q:
    """Those of a status, or those that are open, by their word."""
    return OPEN if wanted == UNFINISHED else Q(status=wanted)


def mail(problem: MailProblem, *, at: datetime) -> Q:
    """Those whose acknowledgement was not sent, or did not arrive."""
    match problem:
        case MailProblem.UNSENT:
            return UNSENT
        case MailProblem.WAITING:
            return UNSENT & Q(submitted_at__gte=at - DUE_FOR)
        case MailProblem.GIVEN_UP:
            return UNSENT & Q(submitted_at__lt=at - DUE_FOR)
        case MailProblem.UNDELIVERED:
            return _UNDELIVERED


def next_action(when: NextAction, *, today: date) -> Q:
    """Those whose next action is due by the day, was due before it, or comes later."""
    match when:
        case NextAction.DUE:
            return Q(next_action_on__lte=today)
        case NextAction.OVERDUE:
            return Q(next_action_on__lt=today)
        case NextAction.LATER:
            return Q(next_action_on__gt=today)


def received(period: Period) -> Q:
    """Those submitted on days of the period, which are days in Tokyo."""
    selected = Q()
    if period.first:
        selected &= Q(submitted_at__gte=_midnight(period.first))
    if period.last:
        selected &= Q(submitted_at__lt=_midnight(period.last + timedelta(days=1)))
    return selected


def last_contact(period: Period) -> Q:
    """Those whose last contact was on a day of the period."""
    selected = Q()
    if period.first:
        selected &= Q(last_contact_on__gte=period.first)
    if period.last:
        selected &= Q(last_contact_on__lte=period.last)
    return selected


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
