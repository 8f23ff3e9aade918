"""2-1: status, assignee and the day of the next action, each written here alone."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet

from intake.choices import Status
from intake.models import KIND, Consultation
from intake.rules import progress
from intake.rules.progress import CLOSED, TransitionRefused
from intake.services.locking import Outdated, bump, lock
from safeguards.services import audit, staff
from safeguards.services.audit import Event

__all__ = [
    "NotAssignable",
    "Outdated",
    "State",
    "Status",
    "TransitionRefused",
    "assignable",
    "hand_on",
    "name_of",
    "names",
    "next_of",
    "set_state",
]

_PERMISSIONS = "django.contrib.auth.backends.ModelBackend"


class NotAssignable(Exception):
    """The account may not work on consultations, or has left."""


@dataclass(frozen=True)
class State:
    """Where a consultation stands, who works on it, and when they do next."""

    status: Status
    assignee: User | None
    next_action_on: date | None


def assignable() -> QuerySet[User]:
    """The accounts that may be assigned: active, and allowed to work on consultations by their role."""
    # The backend by name: Django refuses to choose where there is a second way to sign in.
    may = User.objects.with_perm("intake.triage", include_superusers=False, backend=_PERMISSIONS)
    return may.order_by("username")


def name_of(account: User) -> str:
    """What colleagues call an account: the full name, or else the account's own name."""
    return staff.full_name(account) or account.username


def names() -> dict[int, str]:
    """What colleagues call each account, by its id."""
    return {account.pk: name_of(account) for account in User.objects.all()}


def next_of(consultation: Consultation) -> list[Status]:
    """The status that it has, and those that may follow, in their order."""
    present = Status(consultation.status)
    return [status for status in Status if status == present or status in progress.NEXT[present]]


@transaction.atomic
def set_state(record_id: UUID, state: State, *, seen: int, by: User, at: datetime) -> list[Event]:
    """Write what differs, an audit entry for each; the events, none when nothing differs.

    A closing status takes the next action away. Outdated, TransitionRefused or NotAssignable: nothing is written.
    """
    consultation = lock(record_id, seen=seen)
    progress.check(Status(consultation.status), state.status)
    new_assignee = state.assignee is not None and state.assignee.pk != consultation.assignee_id
    if new_assignee and state.assignee not in assignable():
        raise NotAssignable
    wanted = {
        Event.CONSULTATION_ADVANCED: ("status", state.status),
        Event.CONSULTATION_ASSIGNED: ("assignee", state.assignee),
        Event.CONSULTATION_PLANNED: (
            "next_action_on",
            None if state.status in CLOSED else state.next_action_on,
        ),
    }
    changes = {
        event: (field, value)
        for event, (field, value) in wanted.items()
        if getattr(consultation, field) != value
    }
    for event, (field, value) in changes.items():
        label = _label(getattr(consultation, field), value)
        setattr(consultation, field, value)
        audit.record(event, actor=by, at=at, subject_kind=KIND, subject_id=record_id, label=label)
    if changes:
        bump(consultation, *(field for field, _ in changes.values()))
    return list(changes)


@transaction.atomic
def hand_on(leaver: User, *, to: User | None, by: User | None, at: datetime) -> int:
    """Give everything that is assigned to `leaver` to somebody else, or to nobody; how many consultations."""
    if to is not None and to not in assignable():
        raise NotAssignable
    held = Consultation.objects.filter(assignee=leaver).order_by("id").select_for_update()
    ids = list(held.values_list("id", flat=True))
    label = _label(leaver, to)
    for record_id in ids:
        audit.record(
            Event.CONSULTATION_ASSIGNED, actor=by, at=at, subject_kind=KIND, subject_id=record_id, label=label
        )
    return Consultation.objects.filter(id__in=ids).update(assignee=to, version=F("version") + 1)


def _label(before: object, after: object) -> str:
    return f"{_word(before)}, {_word(after)}"


def _word(value: object) -> str:
    if isinstance(value, User):
        return f"user {value.pk}"
    return str(value) if value else "-"
