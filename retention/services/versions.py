"""第9条: two members of staff on one page of a register: whoever saves second is told so, and overwrites nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import User

from retention.models import EntrustedData, Place
from safeguards.models import AuditEntry
from safeguards.services.audit import Event

__all__ = ["Change", "Outdated", "bump", "lock", "since"]

Row = TypeVar("Row", Place, EntrustedData)


class Outdated(Exception):
    """A colleague has changed the row since the page was shown; nothing was written."""


@dataclass(frozen=True)
class Change:
    """One change that came meanwhile."""

    at: datetime
    by: User | None
    event: Event


def lock(model: type[Row], row_id: UUID, *, seen: int) -> Row:
    """The row, locked, if `seen` is still its version; else Outdated (or DoesNotExist). The caller saves by `bump`."""
    row = model._default_manager.select_for_update().get(id=row_id)
    if row.version != seen:
        raise Outdated
    return row


def bump(row: Place | EntrustedData, *changed: str) -> None:
    """Save the changed fields and the next version; the caller writes one audit entry."""
    row.version += 1
    row.save(update_fields=[*changed, "version"])


def since(row: Place | EntrustedData, *, seen: int) -> list[Change]:
    """The changes that a page of version `seen` does not show, oldest first: each has raised the version by one."""
    entries = AuditEntry.objects.filter(subject_kind=row._meta.label_lower, subject_id=row.id)
    missed = entries.select_related("actor").order_by("-id")[: max(row.version - seen, 0)]
    return [Change(each.at, each.actor, Event(each.event)) for each in reversed(missed)]
