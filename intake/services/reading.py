"""2-1: opening a consultation's envelope for a person, which always leaves an audit entry."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from intake.rules.contacts import Note
from intake.services import sight
from intake.services.sight import Hidden, Kind
from safeguards.services import audit, envelopes
from safeguards.services.audit import Event
from safeguards.services.envelopes import KeyDestroyed, SealError, UnknownKey

__all__ = ["Event", "Hidden", "Kind", "Opened", "SealError", "UnknownKey", "log_fault", "open_personal"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """What the envelope held, the notes of the contact ledger by the entries' ids, and what is held back, by field."""

    personal: PersonalPart
    notes: Mapping[UUID, str]
    hidden: Mapping[str, Hidden] = field(default_factory=dict)


@transaction.atomic
def open_personal(
    consultation: Consultation,
    *,
    by: AbstractBaseUser | AnonymousUser,
    at: datetime,
    event: Event = Event.CONSULTATION_OPENED,
) -> Opened:
    """The personal part and the notes, for `by` to read or, as `event` says, to print.

    Free texts that look personal are masked until somebody has looked at them (`services.review`). A SealError or
    UnknownKey says why it does not open.
    """
    opened = unseal(consultation)
    audit.record(event, actor=by, at=at, subject_kind=KIND, subject_id=consultation.id)
    personal, hidden = sight.ordinary(consultation, opened.personal)
    return replace(opened, personal=personal, hidden=hidden)


def unseal(consultation: Consultation) -> Opened:
    """The whole of it, for services that show it to nobody, and for the review."""
    try:
        return _unseal(consultation)
    except KeyDestroyed:
        # Perhaps a colleague has corrected the address since it was fetched: then it is sealed under a new key.
        now = Consultation.objects.filter(id=consultation.id).values_list("sealed", flat=True).first()
        if now is None or now == consultation.sealed:
            raise
        consultation.sealed = now
        return _unseal(consultation)


def personal_parts(consultations: Sequence[Consultation]) -> dict[UUID, PersonalPart]:
    """The personal parts of many by id, with one query for their keys; for services as `unseal`.

    What does not open is logged and left out: where one does not, they are opened one by one.
    """
    blobs = {consultation.id: consultation.sealed for consultation in consultations}
    try:
        return envelopes.open_many(blobs, kind=KIND, into=PersonalPart)
    except (SealError, UnknownKey):
        opened = {}
    for consultation in consultations:
        try:
            opened[consultation.id] = unseal(consultation).personal
        except (SealError, UnknownKey) as error:
            log_fault(error)
    return opened


def _unseal(consultation: Consultation) -> Opened:
    personal = envelopes.open(consultation.sealed, kind=KIND, record_id=consultation.id, into=PersonalPart)
    contacts = consultation.contacts.values_list("id", "note")
    sealed = {contact_id: note for contact_id, note in contacts if note is not None}
    notes = envelopes.open_parts(sealed, kind=KIND, record_id=consultation.id, into=Note)
    return Opened(personal, {contact_id: note.text for contact_id, note in notes.items()})


def log_fault(error: Exception) -> None:
    """That an envelope does not open: by the class of the fault alone."""
    logger.error("envelope does not open", extra={"fault": type(error).__name__})
