"""2-3: address and browser of a submission: sealed, shown for defence against abuse alone, and soon forgotten.

What an open hold keeps (第9条) keeps them as well, for as long as it is open.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from intake.models import KIND as RECORD
from intake.models import Consultation
from intake.rules.technical import Technical, of
from policy import services as policy
from safeguards.services import audit, envelopes, holds
from safeguards.services.audit import Event
from safeguards.services.envelopes import SealError, UnknownKey
from safeguards.services.ids import Ids

__all__ = [
    "KIND",
    "SealError",
    "Technical",
    "UnknownKey",
    "due",
    "erase_due",
    "is_over",
    "kept_days",
    "of",
    "open_for",
    "seal",
]

KIND = "intake.technical"
_BATCH = 500


def seal(technical: Technical, *, record_id: UUID, at: datetime) -> bytes:
    """The envelope, under a key of its own: it goes long before the record does."""
    return envelopes.seal(technical, kind=KIND, record_id=record_id, at=at)


@transaction.atomic
def open_for(consultation: Consultation, *, by: User, at: datetime) -> Technical | None:
    """Address and browser for `by` to read, with an audit entry; None where there are none, or not any more.

    After the days are over nobody opens them, whether or not they have been erased yet.
    """
    if consultation.technical is None or is_over(consultation, at=at):
        return None
    opened = envelopes.open(consultation.technical, kind=KIND, record_id=consultation.id, into=Technical)
    audit.record(Event.TECHNICAL_OPENED, actor=by, at=at, subject_kind=KIND, subject_id=consultation.id)
    return opened


def kept_days(consultation: Consultation, *, at: datetime) -> int:
    """For how many days address and browser are kept: as the edition in force says, and never for longer than the
    one that the person agreed to."""
    longest, shorter = _days(at)
    return shorter.get(consultation.policy_edition, longest)


def is_over(consultation: Consultation, *, at: datetime) -> bool:
    """Whether the days are over; not while something holds what is still there."""
    if consultation.submitted_at >= at - timedelta(days=kept_days(consultation, at=at)):
        return False
    return consultation.technical is None or not holds.open_of(kind=RECORD, record_id=consultation.id)


def erase_due(*, at: datetime, count: Callable[[int], None] = lambda number: None) -> int:
    """Erase what was sent longer ago than `kept_days` and nothing holds, key first to die; how many.

    In batches, each a transaction with its audit entry, in which `count` hears of it: a run that was stopped goes on
    where it ended.
    """
    erased = 0
    while batch := _erase_batch(at=at, count=count):
        erased += batch
    return erased


def due(*, at: datetime) -> QuerySet[Consultation]:
    """Those whose days are over, whom nothing holds, and whose address and browser are still there."""
    longest, shorter = _days(at)
    over = Q(submitted_at__lt=at - timedelta(days=longest))
    for edition, days in shorter.items():
        over |= Q(policy_edition=edition, submitted_at__lt=at - timedelta(days=days))
    return Consultation.objects.filter(over, holds.unheld(RECORD), technical__isnull=False)


def _days(at: datetime) -> tuple[int, dict[date, int]]:
    """The days of the edition in force; and of those, by their dates, that promised fewer."""
    longest = policy.in_force(timezone.localdate(at)).facts.retention.technical.days
    promised = {each.effective_on: each.facts.retention.technical.days for each in policy.editions()}
    return longest, {edition: days for edition, days in promised.items() if days < longest}


@transaction.atomic
def _erase_batch(*, at: datetime, count: Callable[[int], None]) -> int:
    locked = due(at=at).order_by("submitted_at", "id").select_for_update(skip_locked=True)
    selected = list(locked.values_list("id", flat=True)[:_BATCH])
    # PostgreSQL has looked again at the rows themselves under their locks; not at a hold that came meanwhile.
    ids = holds.unheld_among(Ids.of(selected), kind=RECORD).apart()
    if ids:
        Consultation.objects.filter(id__in=ids).update(technical=None)
        envelopes.destroy(kind=KIND, record_ids=ids)
        audit.record(Event.TECHNICAL_ERASED, actor=None, at=at, subject_kind=KIND, label=str(len(ids)))
        count(len(ids))
    return len(ids)
