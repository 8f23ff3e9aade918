"""第9条 (second point): customers' data after a contract's end — registered, due by the edition's days, settled."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from retention import rules
from retention.choices import DataKind, Settlement
from retention.models import EntrustedData
from retention.rules import DayRefused
from retention.services import versions
from retention.services.due_data import Reminder, due_soon, overdue, reminders
from retention.services.versions import Outdated
from safeguards.services import audit
from safeguards.services.audit import Event

__all__ = [
    "KIND",
    "AlreadySettled",
    "DataKind",
    "DayRefused",
    "Entry",
    "NotEnded",
    "NotSettled",
    "Outdated",
    "Reminder",
    "Settled",
    "Settlement",
    "change",
    "due_soon",
    "overdue",
    "record",
    "reminders",
    "reopen",
    "settle",
]

KIND = EntrustedData._meta.label_lower  # what the audit calls it
REOPENED = "reopened"


class NotEnded(Exception):
    """The contract has no end: there is nothing to settle, or what is settled would lose its end."""


class AlreadySettled(Exception):
    """Somebody has settled it."""


class NotSettled(Exception):
    """There is no settlement to take back."""


@dataclass(frozen=True)
class Entry:
    """What the register says of one contract's data. No words in it name a person: the forms see to that."""

    customer: str
    contract: str
    ended_on: date | None
    kinds: Collection[str]
    kept_in: str
    backup_until: date | None


@dataclass(frozen=True)
class Settled:
    """What became of the data, when, by what it can be shown, and until when backups hold them."""

    settlement: Settlement
    on: date
    evidence: str
    backup_until: date | None


@transaction.atomic
def record(entry: Entry, *, by: User, at: datetime) -> UUID:
    """Enter a contract's data; the entry's id. DayRefused: a backup gone before the data."""
    data = EntrustedData(id=uuid4(), recorded_at=at)
    _fill(data, entry)
    data.save(force_insert=True)
    _tell(Event.ENTRUSTED_RECORDED, data, by=by, at=at)
    return data.id


@transaction.atomic
def change(data_id: UUID, entry: Entry, *, seen: int, by: User, at: datetime) -> list[str]:
    """Write what differs; the fields, none where nothing does. Outdated, NotEnded or DayRefused: nothing is written."""
    data = versions.lock(EntrustedData, data_id, seen=seen)
    changed = _fill(data, entry)
    if changed:
        versions.bump(data, *changed)
        _tell(Event.ENTRUSTED_CHANGED, data, by=by, at=at, label=", ".join(changed))
    return changed


@transaction.atomic
def settle(data_id: UUID, settled: Settled, *, seen: int, by: User, at: datetime) -> None:
    """Record what became of the data. Outdated, AlreadySettled, NotEnded or DayRefused: nothing is written."""
    data = versions.lock(EntrustedData, data_id, seen=seen)
    if data.settled_on:
        raise AlreadySettled
    if data.ended_on is None:
        raise NotEnded
    rules.check_settled(settled.on, ended_on=data.ended_on, today=timezone.localdate(at))
    if settled.backup_until:
        rules.check_backup(settled.backup_until, ended_on=data.ended_on, settled_on=settled.on)
    data.settlement, data.settled_on, data.evidence = settled.settlement, settled.on, settled.evidence
    data.settled_by, data.backup_until = by, settled.backup_until
    versions.bump(data, "settlement", "settled_on", "evidence", "settled_by", "backup_until")
    _tell(Event.ENTRUSTED_SETTLED, data, by=by, at=at, label=settled.settlement.value)


@transaction.atomic
def reopen(data_id: UUID, *, seen: int, by: User, at: datetime) -> None:
    """Take a mistaken settlement back: the data are due again. Outdated or NotSettled: nothing is written."""
    data = versions.lock(EntrustedData, data_id, seen=seen)
    if data.settled_on is None:
        raise NotSettled
    data.settlement, data.settled_on, data.evidence, data.settled_by = "", None, "", None
    versions.bump(data, "settlement", "settled_on", "evidence", "settled_by")
    _tell(Event.ENTRUSTED_CHANGED, data, by=by, at=at, label=REOPENED)


def _fill(data: EntrustedData, entry: Entry) -> list[str]:
    """Put the entry into the row; which fields differ."""
    if data.settled_on and entry.ended_on is None:
        raise NotEnded
    if data.settled_on and entry.ended_on and data.settled_on < entry.ended_on:
        raise DayRefused
    if entry.backup_until:
        rules.check_backup(entry.backup_until, ended_on=entry.ended_on, settled_on=data.settled_on)
    # In the order of the choices, so that ticking in another order is no change.
    kinds = [kind.value for kind in DataKind if kind in entry.kinds]
    values = {each.name: getattr(entry, each.name) for each in fields(Entry)} | {"kinds": kinds}
    changed = [name for name, value in values.items() if getattr(data, name) != value]
    for name in changed:
        setattr(data, name, values[name])
    return changed


def _tell(event: Event, data: EntrustedData, *, by: User, at: datetime, label: str = "") -> None:
    audit.record(event, actor=by, at=at, subject_kind=KIND, subject_id=data.id, label=label)
