"""2-1: staff who read what the screen missed ask those who may decide on free texts to look at it."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from intake.choices import Review
from intake.models import KIND, Consultation
from intake.services.locking import Outdated, bump, lock
from safeguards.models import AuditEntry
from safeguards.services import audit
from safeguards.services.audit import Event

__all__ = ["ASKED", "AlreadyDue", "Outdated", "ask", "asked_by"]

ASKED = "asked"  # the audit's label of it


class AlreadyDue(Exception):
    """The texts wait for somebody to look at them as it is."""


@transaction.atomic
def ask(record_id: UUID, *, seen: int, by: User, at: datetime) -> None:
    """Have texts looked at that `by` takes for personal, whatever the screen says and whoever has decided before.

    Until then the boxes are hidden as a whole: where the passage stands, nobody has said. Outdated or AlreadyDue:
    nothing is written.
    """
    consultation = lock(record_id, seen=seen)
    if consultation.review == Review.DUE:
        raise AlreadyDue
    consultation.review, consultation.flagged_at, consultation.screened_with = Review.DUE, at, ""
    bump(consultation, "review", "flagged_at", "screened_with")
    event = Event.CONSULTATION_FLAGGED
    audit.record(event, actor=by, at=at, subject_kind=KIND, subject_id=record_id, label=ASKED)


def asked_by(consultation: Consultation) -> User | None:
    """Who asked for the review that is due, if it was somebody."""
    if consultation.review != Review.DUE or consultation.flagged_at is None:
        return None
    flagged = AuditEntry.objects.filter(subject_id=consultation.id, event=Event.CONSULTATION_FLAGGED)
    entry = flagged.filter(at=consultation.flagged_at, label=ASKED).select_related("actor").first()
    return entry.actor if entry else None
