"""第9条: the contact ledger, the only writer of the day from which the two years run."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from intake.choices import ContactKind, VoidReason
from intake.models import KIND, Consultation, Contact
from intake.rules import contacts as rules
from intake.rules.contacts import DateRefused, Note
from intake.services import free_texts, reading, resealing
from intake.services.free_texts import Finding
from intake.services.locking import Outdated, bump, lock
from safeguards.services import audit, envelopes
from safeguards.services.audit import Event

__all__ = [
    "AlreadyVoid",
    "ContactKind",
    "DateRefused",
    "Note",
    "Outdated",
    "VoidReason",
    "record",
    "void",
]


class AlreadyVoid(Exception):
    """The entry was taken back before."""


@transaction.atomic
def record(
    record_id: UUID,
    *,
    kind: ContactKind,
    on: date,
    note: str,
    kept: Sequence[Finding] = (),
    seen: int,
    by: User,
    at: datetime,
) -> UUID:
    """Enter a contact; the entry's id. One that counts moves the day of the last contact on, never back.

    `kept` is what looks personal in the note, which the writer was warned of and left: the audit gets kinds and
    counts. Outdated or DateRefused (a day to come, or before the submission): nothing is written.
    """
    consultation = lock(record_id, seen=seen)
    rules.check_day(on, submitted_on=_submitted_on(consultation), today=timezone.localdate(at))
    contact = Contact(id=uuid4(), consultation=consultation, kind=kind, on=on, recorded_at=at, recorded_by=by)
    if note:
        contact.note = envelopes.seal_part(
            Note(note), beside=consultation.sealed, kind=KIND, record_id=record_id, part=contact.id
        )
    contact.save(force_insert=True)
    _set_clock(consultation)
    label = free_texts.counted({"note": list(kept)}, first=str(kind))
    audit.record(
        Event.CONTACT_RECORDED, actor=by, at=at, subject_kind=KIND, subject_id=record_id, label=label
    )
    return contact.id


@transaction.atomic
def void(contact_id: UUID, *, reason: VoidReason, seen: int, by: User, at: datetime) -> None:
    """Take a mistaken entry back; it stays readable as such, and the day of the last contact is computed anew.

    A note that should not be here at all goes for good. A SealError or UnknownKey says why that cannot be done.
    """
    consultation = lock(
        Contact.objects.values_list("consultation_id", flat=True).get(id=contact_id), seen=seen
    )
    contact = Contact.objects.get(id=contact_id)
    if contact.voided_at:
        raise AlreadyVoid
    if contact.note is not None and reason in rules.NOTE_GOES:
        opened = reading.unseal(consultation)
        contact.note = None
        others = {each: text for each, text in opened.notes.items() if each != contact.id}
        resealing.reseal(consultation, opened.personal, others, at=at)
    contact.voided_at, contact.voided_by, contact.void_reason = at, by, reason
    contact.save(update_fields=["note", "voided_at", "voided_by", "void_reason"])
    _set_clock(consultation)
    audit.record(
        Event.CONTACT_VOIDED,
        actor=by,
        at=at,
        subject_kind=KIND,
        subject_id=consultation.id,
        label=str(reason),
    )


def _submitted_on(consultation: Consultation) -> date:
    return timezone.localdate(consultation.submitted_at)


def _set_clock(consultation: Consultation) -> None:
    """From the ledger as it stands, so that the stored day is what anybody could compute."""
    counted = consultation.contacts.filter(voided_at=None, kind__in=rules.COUNTING)
    days = counted.values_list("on", flat=True)
    consultation.last_contact_on = rules.last_contact(_submitted_on(consultation), days)
    bump(consultation, "last_contact_on")
