"""2-1: which consultations are meant by 未完了, 未送信 or a period: said once, for list, counts and export."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from intake.choices import MailProblem, NextAction
from intake.models import Consultation
from intake.rules.progress import CLOSED
from intake.services.mail import DUE_FOR

__all__ = [
    "OPEN",
    "Period",
    "last_contact",
    "mail",
    "mail_problem",
    "next_action",
    "received",
]

# In the words of the partial indexes of the model, or else PostgreSQL does not use them.
OPEN = ~Q(status__in=CLOSED)
_UNSENT = Q(acknowledged_at=None, mail_refused_at=None)
_UNDELIVERED = ~Q(bounced_at=None, mail_refused_at=None)


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None


def mail(problem: MailProblem, *, at: datetime) -> Q:
    """Those whose acknowledgement was not sent, or did not arrive."""
    match problem:
        case MailProblem.UNSENT:
            return _UNSENT
        case MailProblem.WAITING:
            return _UNSENT & Q(submitted_at__gte=at - DUE_FOR)
        case MailProblem.GIVEN_UP:
            return _UNSENT & Q(submitted_at__lt=at - DUE_FOR)
        case MailProblem.UNDELIVERED:
            return _UNDELIVERED


def mail_problem(consultation: Consultation) -> MailProblem | None:
    """What is amiss with this one's acknowledgement, as `mail` selects it; whether it is tried again is not said."""
    if consultation.bounced_at or consultation.mail_refused_at:
        return MailProblem.UNDELIVERED
    return None if consultation.acknowledged_at else MailProblem.UNSENT


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
