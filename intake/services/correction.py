"""2-1: a mail that came back, and the address that was mistyped."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from intake.models import KIND
from intake.services import mail, reading, resealing
from intake.services.locking import Outdated, bump, lock
from safeguards.services import audit
from safeguards.services.audit import Event

__all__ = [
    "AlreadyBounced",
    "NotBounced",
    "Outdated",
    "SameAddress",
    "clear_bounce",
    "correct_address",
    "mark_bounced",
    "store_address",
]


TAKEN_BACK = "taken back"  # the audit's label


class AlreadyBounced(Exception):
    """The mail is known not to arrive."""


class NotBounced(Exception):
    """No mail is said to have come back."""


class SameAddress(Exception):
    """The address is the one that the record has."""


@transaction.atomic
def mark_bounced(record_id: UUID, *, seen: int, by: User, at: datetime) -> None:
    """Note 「不達」: a mail to this address came back to us. No contact, so the clock stands."""
    consultation = lock(record_id, seen=seen)
    if consultation.bounced_at:
        raise AlreadyBounced
    consultation.bounced_at = at
    bump(consultation, "bounced_at")
    audit.record(Event.CONSULTATION_BOUNCED, actor=by, at=at, subject_kind=KIND, subject_id=record_id)


@transaction.atomic
def clear_bounce(record_id: UUID, *, seen: int, by: User, at: datetime) -> None:
    """Take 「不達」 back: it was noted by mistake, or the mailbox was only full. What was not sent is due again."""
    consultation = lock(record_id, seen=seen)
    if not consultation.bounced_at:
        raise NotBounced
    consultation.bounced_at = None
    bump(consultation, "bounced_at")
    audit.record(
        Event.CONSULTATION_BOUNCED, actor=by, at=at, subject_kind=KIND, subject_id=record_id, label=TAKEN_BACK
    )


@transaction.atomic
def correct_address(record_id: UUID, *, email: str, seen: int, by: User, at: datetime) -> None:
    """Put the right address into the envelope, and send the acknowledgement there; else as `store_address`."""
    store_address(record_id, email=email, seen=seen, by=by, at=at)
    mail.send_after_commit(record_id, at=at)


@transaction.atomic
def store_address(record_id: UUID, *, email: str, seen: int, by: User, at: datetime) -> None:
    """Put the right address into the envelope; `email` is one that the form would take. No mail is sent.

    Everything is sealed under a new key and the old one destroyed, so that the stranger's address is in no
    backup that can be read, and the acknowledgement is due again, to the right person. A SealError or
    UnknownKey says why the envelope does not open.
    """
    consultation = lock(record_id, seen=seen)
    opened = reading.unseal(consultation)
    if opened.personal.email == email:
        raise SameAddress
    resealing.reseal(consultation, replace(opened.personal, email=email), opened.notes, at=at)
    consultation.acknowledged_at = consultation.mail_refused_at = consultation.bounced_at = None
    bump(consultation, "acknowledged_at", "mail_refused_at", "bounced_at")
    audit.record(
        Event.CONSULTATION_ADDRESS_CORRECTED, actor=by, at=at, subject_kind=KIND, subject_id=record_id
    )
