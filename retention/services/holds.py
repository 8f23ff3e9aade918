"""第9条 (法令対応等): the legal hold — who keeps a consultation from erasure, on which basis, why, and until when it is
looked at again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from intake.models import KIND
from retention import rules
from retention.choices import HoldState
from retention.models import LegalHold
from safeguards.models import Hold
from safeguards.services import audit, envelopes, holds
from safeguards.services.audit import Event
from safeguards.services.envelopes import KeyDestroyed, SealError, UnknownKey
from safeguards.services.holds import AlreadyHeld, HoldBasis, NoSuchRecord

__all__ = [
    "AlreadyHeld",
    "AlreadyReleased",
    "HoldBasis",
    "HoldState",
    "KeyDestroyed",
    "LegalHold",
    "NoSuchRecord",
    "ReviewRefused",
    "SameReview",
    "SealError",
    "UnknownKey",
    "past_review",
    "place",
    "prolong",
    "reason_of",
    "release",
    "selected",
]

REASON = "retention.legalhold"  # what the envelopes of reasons and their keys are called


class ReviewRefused(Exception):
    """The day of the review is not after today, or more than a year ahead."""


class SameReview(Exception):
    """The review is planned for this day already."""


class AlreadyReleased(Exception):
    """The hold is over; it stays as a record of what was, and nothing of it changes."""


@dataclass(frozen=True)
class Reason:
    """Why, in free words: they may name people, and so they are sealed."""

    text: str


@transaction.atomic
def place(
    record_id: UUID, *, basis: HoldBasis, reason: str, review_on: date, by: User, at: datetime
) -> LegalHold:
    """Hold the consultation, one open hold a basis. ReviewRefused, AlreadyHeld or NoSuchRecord: nothing is written.

    The reason is sealed under a key of the consultation's id, and so it dies with the consultation.
    """
    _check(review_on, at=at)
    # First the hold: it keeps the record there, so that no key is made for one that is gone.
    hold = holds.place(kind=KIND, record_id=record_id, basis=basis, at=at)
    sealed = envelopes.seal(Reason(reason), kind=REASON, record_id=record_id, at=at)
    legal = LegalHold.objects.create(hold=hold, reason=sealed, review_on=review_on, placed_by=by)
    _note(Event.HOLD_PLACED, hold, f"{basis.value}, {review_on}", by=by, at=at)
    return legal


@transaction.atomic
def prolong(hold_id: UUID, *, review_on: date, by: User, at: datetime) -> None:
    """Look at it again on another day. ReviewRefused, SameReview, AlreadyReleased: nothing is written."""
    _check(review_on, at=at)
    legal = _lock_open(hold_id)
    if legal.review_on == review_on:
        raise SameReview
    label = f"{legal.review_on}, {review_on}"
    legal.review_on = review_on
    legal.save(update_fields=["review_on"])
    _note(Event.HOLD_PROLONGED, legal.hold, label, by=by, at=at)


@transaction.atomic
def release(hold_id: UUID, *, by: User, at: datetime) -> None:
    """End the hold: an overdue record goes with the next run of the purge. AlreadyReleased: nothing is written."""
    legal = _lock_open(hold_id)
    basis = HoldBasis(legal.hold.basis)
    holds.release(kind=KIND, record_ids=[legal.hold.record_id], at=at, only=basis)
    legal.released_by = by
    legal.save(update_fields=["released_by"])
    _note(Event.HOLD_RELEASED, legal.hold, basis.value, by=by, at=at)


@transaction.atomic
def reason_of(legal: LegalHold, *, by: User, at: datetime) -> str:
    """The reason for `by` to read, with an audit entry. KeyDestroyed once the consultation is erased."""
    hold = legal.hold
    reason = envelopes.open(legal.reason, kind=REASON, record_id=hold.record_id, into=Reason)
    _note(Event.HOLD_OPENED, hold, hold.basis, by=by, at=at)
    return reason.text


def selected(state: HoldState, *, as_of: date) -> Q:
    """The legal holds in this state."""
    match state:
        case HoldState.OPEN:
            return Q(hold__released_at=None)
        case HoldState.PAST:
            return Q(hold__released_at=None, review_on__lt=as_of)
        case HoldState.RELEASED:
            return Q(hold__released_at__isnull=False)


def past_review(as_of: date) -> QuerySet[LegalHold]:
    """Open holds whose review day has gone by: somebody has to prolong or release them. On the day itself there is
    still time."""
    return LegalHold.objects.filter(selected(HoldState.PAST, as_of=as_of)).select_related("hold")


def _check(review_on: date, *, at: datetime) -> None:
    today = timezone.localdate(at)
    if not today < review_on <= rules.latest_review(today):
        raise ReviewRefused


def _lock_open(hold_id: UUID) -> LegalHold:
    """The hold, its row locked; LegalHold.DoesNotExist where there is none."""
    locked = LegalHold.objects.select_related("hold").select_for_update(of=("self", "hold"))
    legal = locked.get(hold_id=hold_id)
    if legal.hold.released_at is not None:
        raise AlreadyReleased
    return legal


def _note(event: Event, hold: Hold, label: str, *, by: User, at: datetime) -> None:
    audit.record(event, actor=by, at=at, subject_kind=KIND, subject_id=hold.record_id, label=label)
