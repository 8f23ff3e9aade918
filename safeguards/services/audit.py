"""第6条 (ログ管理): the audit's only writer."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from safeguards.choices import Event
from safeguards.models import AuditEntry
from safeguards.rules import audit as rules

__all__ = ["Event", "record"]


def record(
    event: Event,
    *,
    actor: AbstractBaseUser | AnonymousUser | None,
    at: datetime,
    subject_kind: str = "",
    subject_id: UUID | None = None,
    label: str = "",
) -> None:
    """Append one entry, in the caller's transaction: what is rolled back leaves no entry.

    `actor` is None for the system and for the public. `label` holds ids, dates and counts; LabelRefused
    (a ValueError) meets anything that could be a person's data.
    """
    AuditEntry.objects.create(
        at=at,
        event=Event(event),
        actor_id=actor.pk if actor else None,
        subject_kind=subject_kind,
        subject_id=subject_id,
        label=rules.label(label),
    )
