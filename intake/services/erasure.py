"""第9条, 第8条: the one way in which a consultation goes, whoever asks for it — the purge, a request, a person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import QuerySet

from intake.models import KIND, Consultation
from intake.services import statistics
from intake.services.locking import Outdated, lock
from safeguards.services import audit, erasures, holds
from safeguards.services.audit import Event
from safeguards.services.erasures import ErasureBasis

__all__ = ["KIND", "Erased", "ErasureBasis", "Held", "Outdated", "by_hand", "erase"]


class Held(Exception):
    """An open hold keeps the consultation."""


@dataclass(frozen=True)
class Erased:
    """What one call erased, and how far it came in the order of (last contact, id): `last` is None at the end."""

    ids: list[UUID]
    contacts: int
    keys: int  # records whose keys are destroyed already; with a vault apart `drain` does it
    last: tuple[date, UUID] | None


def erase(
    selected: QuerySet[Consultation],
    *,
    basis: ErasureBasis,
    at: datetime,
    run: UUID | None = None,
    by: User | None = None,
    limit: int | None = None,
) -> Erased:
    """Erase those of `selected` that nobody holds or has locked, at most `limit`, in the caller's transaction.

    Locks, looks again under the lock, writes the ledger, counts the answers where the period has ended (3-5), and
    deletes; one audit entry. After the commit the caller calls `erasures.drain`.
    """
    ordered = selected.order_by("last_contact_on", "id").select_for_update(skip_locked=True)
    locked = list(ordered.values_list("last_contact_on", "id")[:limit])
    # PostgreSQL has looked again at the rows themselves under their locks; not at a hold that came meanwhile.
    held = holds.among([record_id for _, record_id in locked], kind=KIND)
    ids = [record_id for _, record_id in locked if record_id not in held]
    last = locked[-1] if limit and len(locked) == limit else None
    if not ids:
        return Erased([], 0, 0, last)
    keys = erasures.enter(ids, kind=KIND, basis=basis, run=run, at=at)
    if basis is ErasureBasis.RETENTION:
        statistics.keep(ids)
    contacts = _delete(ids)
    only = ids[0] if len(ids) == 1 else None
    event, label = Event.CONSULTATIONS_ERASED, f"{basis.value}, {len(ids)}"
    audit.record(event, actor=by, at=at, subject_kind=KIND, subject_id=only, label=label)
    return Erased(ids, contacts, keys, last)


@transaction.atomic
def by_hand(record_id: UUID, *, basis: ErasureBasis, seen: int, by: User, at: datetime) -> None:
    """Erase one because somebody decided so. Outdated, Held or DoesNotExist: nothing is erased."""
    lock(record_id, seen=seen)
    if holds.open_of(kind=KIND, record_id=record_id):
        raise Held
    erase(Consultation.objects.filter(id=record_id), basis=basis, at=at, by=by)
    transaction.on_commit(lambda: erasures.drain(at=at, count=_nobody), robust=True)


def _delete(ids: list[UUID]) -> int:
    """The rows themselves; nothing cascades, since what belongs to them goes before. How many contacts."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_contact WHERE consultation_id = ANY(%s)", [ids])
        contacts = cursor.rowcount
        cursor.execute("DELETE FROM intake_consultation WHERE id = ANY(%s)", [ids])
    return int(contacts)


def _nobody(run: UUID | None, number: int) -> None:
    """Keys that are destroyed for no run's certificate."""
