"""第6条: a consultation and its notes sealed anew, so that what was taken out is in no backup that can be read."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from intake.services.contacts import Note
from safeguards.services import envelopes


def reseal(
    consultation: Consultation, personal: PersonalPart, notes: Mapping[UUID, str], *, at: datetime
) -> None:
    """Under a new key, the old one destroyed; findable by the address that `personal` has.

    In the caller's transaction, the row locked, and with every note there is. The notes are saved; the caller
    saves "sealed" with `bump`.
    """
    parts = {contact_id: Note(text) for contact_id, text in notes.items()}
    consultation.sealed, resealed = envelopes.reseal(
        personal, parts, kind=KIND, record_id=consultation.id, at=at, lookup=personal.email
    )
    for contact in consultation.contacts.filter(id__in=resealed):
        contact.note = resealed[contact.id]
        contact.save(update_fields=["note"])
