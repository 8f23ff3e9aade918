"""2-1: which consultations are meant by 未完了, 未送信 or a period, for list, counts and export."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from intake.choices import UNFINISHED, MailProblem, NextAction, Review, ReviewDue
from intake.models import OPEN
from intake.rules.progress import CLOSED
from intake.services import mail

__all__ = [
    "OPEN",
    "Period",
    "by_mail",
    "last_contact",
    "next_action",
    "received",
    "review",
    "status",
]

_UNDELIVERED = ~Q(bounced_at=None, mail_refused_at=None)  # in the words of the model's partial index


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; None leaves that side open."""

    first: date | None = None
    last: date | None = None


def status(wanted: str) -> Q:
    """Those of a status, or those that are open, by their word."""
    return OPEN if wanted == UNFINISHED else Q(status=wanted)


def by_mail(problem: MailProblem, *, at: datetime) -> Q:
    """Those whose acknowledgement was not sent, or did not arrive; `mail_state` says it of one."""
    match problem:
        case MailProblem.UNSENT:
            return mail.UNSENT
        case MailProblem.WAITING:
            return mail.due(at=at)
        case MailProblem.GIVEN_UP:
            return mail.UNSENT & (Q(submitted_at__lt=at - mail.DUE_FOR) | Q(status__in=CLOSED))
        case MailProblem.UNDELIVERED:
            return _UNDELIVERED


def review(which: ReviewDue, *, at: datetime) -> Q:
    """Those whose free texts wait for somebody to look at them, or have waited for the set number of days."""
    due = Q(review=Review.DUE)
    if which is ReviewDue.DUE:
        return due
    return due & Q(flagged_at__lte=at - timedelta(days=settings.REVIEW_DAYS))


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
