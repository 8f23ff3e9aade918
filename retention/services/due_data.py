"""第9条 (second point): whose data are due, by the days of the edition in force. Derived in the query, never stored."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from policy import services as policy
from policy.services import EditionsUnreadable, NoEdition
from retention import rules
from retention.choices import Standing
from retention.models import EntrustedData

__all__ = [
    "SOON_DAYS",
    "EditionsUnreadable",
    "NoEdition",
    "Reminder",
    "Standing",
    "days",
    "due_by",
    "due_soon",
    "having",
    "overdue",
    "reminders",
    "standing",
]

SOON_DAYS = 30


class Reminder(NamedTuple):
    """A customer whose data are to be returned or deleted, and the last day for it."""

    customer: str
    due_by: date


def days(as_of: date) -> int:
    """How many days after a contract's end the edition in force allows; NoEdition before the first."""
    return policy.in_force(as_of).facts.retention.entrusted.days


def due_by(data: EntrustedData, *, as_of: date) -> date | None:
    """The last day for it; None while the contract has no end."""
    return rules.due_by(data.ended_on, days(as_of)) if data.ended_on else None


def standing(data: EntrustedData, *, as_of: date) -> Standing:
    """Where one stands; `having` selects the same."""
    if data.settled_on:
        return Standing.SETTLED
    if data.ended_on is None or data.ended_on >= as_of:
        return Standing.RUNNING
    left = (rules.due_by(data.ended_on, days(as_of)) - as_of).days
    if left < 0:
        return Standing.OVERDUE
    return Standing.SOON if left <= SOON_DAYS else Standing.ENDED


def having(standing: Standing, *, as_of: date, within_days: int = SOON_DAYS) -> Q:
    """Those of one standing; on its last day a contract still goes on, and data are not yet late on theirs."""
    # Due on this very day are the data of contracts that ended on `limit`.
    limit = as_of - timedelta(days=days(as_of))
    soon = limit + timedelta(days=within_days)
    unsettled = Q(settled_on=None)
    match standing:
        case Standing.SETTLED:
            return ~unsettled
        case Standing.RUNNING:
            return unsettled & (Q(ended_on=None) | Q(ended_on__gte=as_of))
        case Standing.OVERDUE:
            return unsettled & Q(ended_on__lt=limit)
        case Standing.SOON:
            return unsettled & Q(ended_on__gte=limit, ended_on__lte=soon, ended_on__lt=as_of)
        case Standing.ENDED:
            return unsettled & Q(ended_on__gt=soon, ended_on__lt=as_of)


def overdue(as_of: date) -> QuerySet[EntrustedData]:
    """Those whose last day has passed, the longest overdue first."""
    return EntrustedData.objects.filter(having(Standing.OVERDUE, as_of=as_of)).order_by("ended_on", "id")


def due_soon(as_of: date, within_days: int) -> QuerySet[EntrustedData]:
    """Those whose last day is today or at most so many days ahead, the nearest first."""
    soon = having(Standing.SOON, as_of=as_of, within_days=within_days)
    return EntrustedData.objects.filter(soon).order_by("ended_on", "id")


def reminders(as_of: date) -> list[Reminder]:
    """Whom to remind of: overdue, and due within `SOON_DAYS`, the longest overdue first. Companies, no persons."""
    allowed = days(as_of)
    rows = [*overdue(as_of), *due_soon(as_of, SOON_DAYS)]
    return [Reminder(each.customer, rules.due_by(each.ended_on, allowed)) for each in rows if each.ended_on]
