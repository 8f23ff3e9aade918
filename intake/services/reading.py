"""2-1: opening a consultation's envelope for a person, which always leaves an audit entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from intake.services.contacts import Note
from safeguards.services import audit, envelopes
from safeguards.services.audit import Event
from safeguards.services.envelopes import KeyDestroyed, SealError, UnknownKey

__all__ = ["Event", "Opened", "SealError", "UnknownKey", "open_personal"]


@dataclass(frozen=True)
class Opened:
    """What the envelope held, and the notes of the contact ledger by the entries' ids."""

    personal: PersonalPart
    notes: Mapping[UUID, str]


@transaction.atomic
def open_personal(
    consultation: Consultation,
    *,
    by: AbstractBaseUser | AnonymousUser,
    at: datetime,
    event: Event = Event.CONSULTATION_OPENED,
) -> Opened:
    """The personal part and the notes, for `by` to read or, as `event` says, to print.

    A SealError or UnknownKey says why it does not open.
    """
    opened = unseal(consultation)
    audit.record(event, actor=by, at=at, subject_kind=KIND, subject_id=consultation.id)
    return opened


def unseal(consultation: Consultation) -> Opened:
    """What `open_personal` gives, for services that show it to nobody."""
    try:
        return _unseal(consultation)
    except KeyDestroyed:
        # Perhaps a colleague has corrected the address since it was fetched: then it is sealed under a new key.
        now = Consultation.objects.filter(id=consultation.id).values_list("sealed", flat=True).first()
        if now is None or now == consultation.sealed:
            raise
        consultation.sealed = now
        return _unseal(consultation)


def _unseal(consultation: Consultation) -> Opened:
    personal = envelopes.open(consultation.sealed, kind=KIND, record_id=consultation.id, into=PersonalPart)
    contacts = consultation.contacts.values_list("id", "note")
    sealed = {contact_id: note for contact_id, note in contacts if note is not None}
    notes = envelopes.open_parts(sealed, kind=KIND, record_id=consultation.id, into=Note)
    return Opened(personal, {contact_id: note.text for contact_id, note in notes.items()})
