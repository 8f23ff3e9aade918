"""第6条: sealing a consultation anew, when something in it is put right or taken out for good."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from intake.rules.contacts import Note
from safeguards.services import envelopes


def reseal(
    consultation: Consultation, personal: PersonalPart, notes: Mapping[UUID, str], *, at: datetime
) -> None:
    """Write personal part and notes under a new key and destroy the old one, so that what is left out here can be
    read in no backup either. For the caller's transaction, with the row locked; every note that stays must be there.
    """
    parts = {contact_id: Note(text) for contact_id, text in notes.items()}
    consultation.sealed, resealed = envelopes.reseal(
        personal, parts, kind=KIND, record_id=consultation.id, at=at, lookup=personal.email
    )
    consultation.save(update_fields=["sealed"])
    for contact in consultation.contacts.filter(id__in=resealed):
        contact.note = resealed[contact.id]
        contact.save(update_fields=["note"])
