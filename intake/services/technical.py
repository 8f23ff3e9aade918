"""2-3: address and browser of a submission: sealed, shown for defence against abuse alone, and soon forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from intake.models import Consultation
from intake.rules.technical import Technical, of
from policy import services as policy
from safeguards.services import audit, envelopes
from safeguards.services.audit import Event
from safeguards.services.envelopes import SealError, UnknownKey

__all__ = ["KIND", "SealError", "Technical", "UnknownKey", "erase_due", "kept_days", "of", "open_for", "seal"]

KIND = "intake.technical"
_BATCH = 500


def seal(technical: Technical, *, record_id: UUID, at: datetime) -> bytes:
    """The envelope, under a key of its own: it goes long before the record does."""
    return envelopes.seal(technical, kind=KIND, record_id=record_id, at=at)


@transaction.atomic
def open_for(consultation: Consultation, *, by: User, at: datetime) -> Technical | None:
    """Address and browser for `by` to read, with an audit entry; None where there are none, or not any more."""
    if consultation.technical is None:
        return None
    opened = envelopes.open(consultation.technical, kind=KIND, record_id=consultation.id, into=Technical)
    audit.record(Event.TECHNICAL_OPENED, actor=by, at=at, subject_kind=KIND, subject_id=consultation.id)
    return opened


def kept_days(*, at: datetime) -> int:
    """For how many days the edition in force lets us keep address and browser."""
    return policy.in_force(timezone.localdate(at)).facts.retention.technical.days


def erase_due(*, at: datetime) -> int:
    """Erase what was sent longer ago than the edition in force allows, key first to die; how many.

    In batches, each a transaction with its audit entry: a run that was stopped goes on where it ended.
    """
    before = at - timedelta(days=kept_days(at=at))
    erased = 0
    while batch := _erase_batch(before=before, at=at):
        erased += batch
    return erased


@transaction.atomic
def _erase_batch(*, before: datetime, at: datetime) -> int:
    due = Consultation.objects.filter(submitted_at__lt=before, technical__isnull=False)
    locked = due.order_by("submitted_at", "id").select_for_update(skip_locked=True)
    ids = list(locked.values_list("id", flat=True)[:_BATCH])
    if ids:
        Consultation.objects.filter(id__in=ids).update(technical=None)
        envelopes.destroy(kind=KIND, record_ids=ids)
        audit.record(Event.TECHNICAL_ERASED, actor=None, at=at, subject_kind=KIND, label=str(len(ids)))
    return len(ids)
