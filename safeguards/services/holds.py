"""第9条 (法令対応等): what keeps a record from erasure for now. Every app asks here, and the database repeats it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q

from safeguards.choices import HoldBasis
from safeguards.models import Hold
from safeguards.services.ids import Ids

__all__ = [
    "AlreadyHeld",
    "Hold",
    "HoldBasis",
    "NoSuchRecord",
    "open_of",
    "place",
    "release",
    "unheld",
    "unheld_among",
]

_UNHELD = """
SELECT coalesce(array_agg(asked.id), '{}')::text, count(*) FROM unnest(%s::uuid[]) AS asked (id)
WHERE NOT EXISTS (
    SELECT FROM safeguards_hold h WHERE h.record_id = asked.id AND h.kind = %s AND h.released_at IS NULL
)
"""


class AlreadyHeld(Exception):
    """The record has an open hold on this basis."""


class NoSuchRecord(Exception):
    """There is no such record to hold, or not any more."""


def place(*, kind: str, record_id: UUID, basis: HoldBasis, at: datetime) -> Hold:
    """Hold the record, in the caller's transaction.

    The database locks the record: an erasure of it that has begun ends first, and then this is NoSuchRecord.
    """
    if Hold.objects.filter(record_id=record_id, kind=kind, basis=basis, released_at=None).exists():
        raise AlreadyHeld
    try:
        with transaction.atomic():
            return Hold.objects.create(id=uuid4(), kind=kind, record_id=record_id, basis=basis, placed_at=at)
    except IntegrityError as error:
        # In a race, the same hold came first; or the record went.
        came_first = Hold.objects.filter(
            record_id=record_id, kind=kind, basis=basis, released_at=None
        ).exists()
        raise (AlreadyHeld if came_first else NoSuchRecord) from error


def release(*, kind: str, record_ids: Iterable[UUID], at: datetime, only: HoldBasis | None = None) -> int:
    """Release the records' open holds, or those on one basis; how many there were. Idempotent.

    What is overdue by then goes with the purge's next run.
    """
    released = Hold.objects.filter(kind=kind, record_id__in=list(record_ids), released_at=None)
    if only:
        released = released.filter(basis=only)
    return released.update(released_at=at)


def unheld(kind: str, *, of: str = "id") -> Q:
    """Records without an open hold: for a query over rows whose column `of` is their id."""
    return ~Q(Exists(Hold.objects.filter(record_id=OuterRef(of), kind=kind, released_at=None)))


def unheld_among(ids: Ids, *, kind: str) -> Ids:
    """Those of the records that have no open hold."""
    with connection.cursor() as cursor:
        cursor.execute(_UNHELD, [ids.array, kind])
        return Ids(*cursor.fetchone())


def open_of(*, kind: str, record_id: UUID) -> list[Hold]:
    """The record's open holds, the oldest first."""
    return list(Hold.objects.filter(kind=kind, record_id=record_id, released_at=None).order_by("placed_at"))
