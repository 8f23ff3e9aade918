"""2-1: what waits for staff today, cause by cause, counted no further than a limit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from intake.choices import MailProblem, NextAction, Status
from intake.models import Consultation
from intake.services import selection
from intake.services.selection import Period

__all__ = ["LIMIT", "Cause", "Count", "Period", "last_contacts", "quiet_since", "waiting"]

LIMIT = 1000


class Cause(Enum):
    """Why a consultation is looked at."""

    UNASSIGNED = auto()
    MINE = auto()
    MY_NEXT_ACTION = auto()
    NEXT_ACTION = auto()
    QUIET = auto()
    MAIL_WAITING = auto()
    MAIL_GIVEN_UP = auto()
    MAIL_UNDELIVERED = auto()


@dataclass(frozen=True)
class Count:
    """How many there are; `capped` when there are more than `number`, which is the limit then."""

    number: int
    capped: bool


def waiting(cause: Cause, *, by: AbstractBaseUser | AnonymousUser, at: datetime) -> Count:
    """How many consultations wait for this cause, `by` being who looks."""
    return _count(_selected(cause, by=by, at=at))


def last_contacts(period: Period, *, edition: date | None = None) -> Count:
    """第9条: how many had their last contact in the period, of all or of those who agreed to this edition."""
    selected = selection.last_contact(period)
    return _count(selected & Q(policy_edition=edition) if edition else selected)


def quiet_since(today: date) -> date:
    """Whose last contact was on this day or before has not been in contact for the set number of days."""
    return today - timedelta(days=settings.DESK_QUIET_DAYS)


def _selected(cause: Cause, *, by: AbstractBaseUser | AnonymousUser, at: datetime) -> Q:
    today = timezone.localdate(at)
    due = selection.next_action(NextAction.DUE, today=today)
    match cause:
        case Cause.UNASSIGNED:
            return Q(status=Status.NEW, assignee=None)
        case Cause.MINE:
            return selection.OPEN & Q(assignee=by.pk)
        case Cause.MY_NEXT_ACTION:
            return due & Q(assignee=by.pk)
        case Cause.NEXT_ACTION:
            return due
        case Cause.QUIET:
            return selection.OPEN & selection.last_contact(Period(None, quiet_since(today)))
        case Cause.MAIL_WAITING:
            return selection.mail(MailProblem.WAITING, at=at)
        # What is done with is not called for again: nobody writes to those whose consultation is closed.
        case Cause.MAIL_GIVEN_UP:
            return selection.OPEN & selection.mail(MailProblem.GIVEN_UP, at=at)
        case Cause.MAIL_UNDELIVERED:
            return selection.OPEN & selection.mail(MailProblem.UNDELIVERED, at=at)


def _count(selected: Q) -> Count:
    found = Consultation.objects.filter(selected).order_by()[: LIMIT + 1].count()
    return Count(min(found, LIMIT), found > LIMIT)
