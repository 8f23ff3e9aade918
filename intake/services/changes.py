"""2-1: what colleagues changed since a page was shown, as the audit tells it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.auth.models import User

from intake.models import Consultation
from safeguards.models import AuditEntry
from safeguards.services.audit import Event

__all__ = ["Change", "Event", "since"]

# Each of these raises the version, a flag where staff ask for it; entries by one person at one moment are one change.
_CHANGING = (
    Event.CONSULTATION_ASSIGNED,
    Event.CONSULTATION_ADVANCED,
    Event.CONSULTATION_PLANNED,
    Event.CONSULTATION_BOUNCED,
    Event.CONSULTATION_ADDRESS_CORRECTED,
    Event.CONSULTATION_FLAGGED,
    Event.CONSULTATION_TEXTS_REDACTED,
    Event.CONSULTATION_TEXTS_RELEASED,
    Event.CONTACT_RECORDED,
    Event.CONTACT_VOIDED,
)
_SHOWN = 10
_ENTRIES_A_CHANGE = 3  # at most: status, assignee and next action


@dataclass(frozen=True)
class Change:
    """Who changed what and when, each event with its audit label; `by` is None for the system."""

    at: datetime
    by: User | None
    entries: list[tuple[Event, str]]


def since(consultation: Consultation, *, seen: int) -> list[Change]:
    """The changes that came after version `seen`, the oldest first, at most ten: the latest ones."""
    wanted = min(consultation.version - seen, _SHOWN)
    if wanted <= 0:
        return []
    entries = AuditEntry.objects.filter(subject_id=consultation.id, event__in=_CHANGING)
    entries = entries.exclude(event=Event.CONSULTATION_FLAGGED, actor=None)
    latest = entries.select_related("actor").order_by("-id")[: wanted * _ENTRIES_A_CHANGE]
    changes = []
    for (at, _), group in groupby(latest, key=lambda entry: (entry.at, entry.actor_id)):
        together = list(group)[::-1]
        changes.append(
            Change(at, together[0].actor, [(Event(entry.event), entry.label) for entry in together])
        )
    return changes[:wanted][::-1]
