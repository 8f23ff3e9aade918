"""第9条: what the checklist says of a record beside its boxes: when it goes, and what hints at copies elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from intake.models import Consultation
from policy.services import EditionsUnreadable, NoEdition
from retention import rules
from retention.services.periods import ending
from safeguards.models import AuditEntry
from safeguards.services.audit import Event

__all__ = ["EditionsUnreadable", "Listed", "NoEdition", "last_personal_export", "told"]


@dataclass(frozen=True)
class Listed:
    """A record, the last day on which it is kept, and when its hearing sheet was last shown for printing, if ever."""

    consultation: Consultation
    expires_on: date
    is_over: bool
    printed_on: date | None


def told(consultations: Collection[Consultation], *, as_of: date) -> list[Listed]:
    """The records in their order, each by its own edition's years where these are fewer than today's."""
    years = {each.edition: each.years for each in ending(as_of=as_of, within_days=0)}
    printed = _printed([each.id for each in consultations])
    found = []
    for each in consultations:
        expires_on = rules.expires_on(each.last_contact_on, years.get(None) or years[each.policy_edition])
        printed_on = timezone.localdate(printed[each.id]) if each.id in printed else None
        found.append(Listed(each, expires_on, expires_on < as_of, printed_on))
    return found


def last_personal_export() -> date | None:
    """When a file with personal data was last taken away. Of which records it was, the audit does not hold."""
    exports = AuditEntry.objects.filter(event=Event.CONSULTATIONS_EXPORTED_PERSONAL).order_by("-id")
    at = exports.values_list("at", flat=True).first()
    return timezone.localdate(at) if at else None


def _printed(ids: Collection[UUID]) -> dict[UUID | None, datetime]:
    entries = AuditEntry.objects.filter(event=Event.CONSULTATION_PRINTED, subject_id__in=ids).order_by()
    return dict(entries.values_list("subject_id").annotate(last=Max("at")))
