"""2-1: opening a consultation's envelope for a person, which always leaves an audit entry."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from safeguards.services import audit, envelopes
from safeguards.services.envelopes import SealError, UnknownKey

__all__ = ["SealError", "UnknownKey", "open_personal"]


@transaction.atomic
def open_personal(
    consultation: Consultation, *, by: AbstractBaseUser | AnonymousUser, at: datetime
) -> PersonalPart:
    """The personal part, for `by` to read. A SealError or UnknownKey says why it does not open."""
    personal = envelopes.open(consultation.sealed, kind=KIND, record_id=consultation.id, into=PersonalPart)
    audit.record(
        audit.Event.CONSULTATION_OPENED, actor=by, at=at, subject_kind=KIND, subject_id=consultation.id
    )
    return personal
