"""第9条, 第8条: the one way in which a consultation goes, whoever asks for it — the purge, a request, a person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from intake.models import KIND, Consultation
from intake.services import statistics
from intake.services.locking import Outdated, lock
from safeguards.services import audit, erasures, holds
from safeguards.services.audit import Event
from safeguards.services.erasures import ErasureBasis
from safeguards.services.ids import Ids

__all__ = ["KIND", "Erased", "ErasureBasis", "Held", "Outdated", "by_hand", "erase"]

_LOCKED = """
SELECT coalesce(array_agg(id), '{{}}')::text, count(*), min(last_contact_on), max(last_contact_on),
    (array_agg(id))[count(*)] FROM ({}) AS locked
"""
_DELETED = """
DELETE FROM intake_consultation WHERE last_contact_on BETWEEN %s AND %s AND id = ANY(%s::uuid[])
"""


class Held(Exception):
    """An open hold keeps the consultation."""


@dataclass(frozen=True)
class Erased:
    """What one call erased, and how far it came in the order of (last contact, id): `last` is None at the end."""

    array: Ids
    contacts: int
    keys: int  # records whose keys are destroyed already; with a vault apart `drain` does it
    last: tuple[date, UUID] | None

    @property
    def ids(self) -> list[UUID]:
        return self.array.apart()

    def __len__(self) -> int:
        return len(self.array)


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
    locked, span, last = _lock(selected, limit)
    # PostgreSQL has looked again at the rows themselves under their locks; not at a hold that came meanwhile.
    ids = holds.unheld_among(locked, kind=KIND)
    if not ids:
        return Erased(ids, 0, 0, last)
    keys = erasures.enter(ids, kind=KIND, basis=basis, run=run, at=at)
    if basis is ErasureBasis.RETENTION:
        statistics.keep(ids, contacted=span)
    contacts = _delete(ids, contacted=span)
    only = ids.apart()[0] if len(ids) == 1 else None
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
    transaction.on_commit(lambda: erasures.drain(at=at, count=_nobody, only=record_id), robust=True)


def _lock(
    selected: QuerySet[Consultation], limit: int | None
) -> tuple[Ids, tuple[date, date], tuple[date, UUID] | None]:
    """Those that nobody else has locked, in order; the first and last day of their last contacts, which help to find
    them; and the last one where there may be more."""
    ordered = selected.order_by("last_contact_on", "id").select_for_update(skip_locked=True)
    try:
        query, values = ordered.values("last_contact_on", "id")[:limit].query.sql_with_params()
    except EmptyResultSet:  # such as what is in an empty list
        return Ids.of([]), (date.min, date.min), None
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED.format(query), values)
        array, number, first, last, last_id = cursor.fetchone()
    return Ids(array, number), (first, last), (last, last_id) if number == limit else None


def _delete(ids: Ids, *, contacted: tuple[date, date]) -> int:
    """The rows themselves; nothing cascades, since what belongs to them goes before. How many contacts.

    By the days of their last contacts the database walks a piece of one index, where for thousands of ids it might
    choose to read a whole one.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_contact WHERE consultation_id = ANY(%s::uuid[])", [ids.array])
        contacts = int(cursor.rowcount)
        cursor.execute(_DELETED, [*contacted, ids.array])
        if cursor.rowcount != len(ids):
            raise RuntimeError("the ledger would name records that are still there")
    return contacts


def _nobody(run: UUID | None, number: int) -> None:
    """Keys that are destroyed for no run's certificate."""
