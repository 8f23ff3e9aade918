"""第6条: finding records by an exact value that is stored nowhere in clear text."""

from uuid import UUID

from django.conf import settings

from safeguards.models import RecordKey
from safeguards.rules import lookup


def digest(kind: str, value: str) -> bytes:
    """The keyed HMAC that is stored beside a record's key."""
    return lookup.digest(kind, value, key=settings.CASETRA_KEYRING.lookup_key)


def find(kind: str, value: str) -> list[UUID]:
    """The ids of the records of this kind that were sealed with this value, the latest sealed first.

    With a vault apart, a key that a crash left behind may name a record that is gone, or one twice.
    """
    rows = RecordKey.objects.filter(kind=kind, lookup=digest(kind, value)).order_by("-created_at", "id")
    return list(rows.values_list("record_id", flat=True))


def alike(kind: str, record_id: UUID) -> list[UUID]:
    """The ids of the other records sealed with the same value as this one, as `find`; nothing is opened."""
    own = RecordKey.objects.filter(kind=kind, record_id=record_id, lookup__isnull=False).values("lookup")
    rows = RecordKey.objects.filter(kind=kind, lookup__in=own).exclude(record_id=record_id)
    return list(rows.order_by("-created_at", "id").values_list("record_id", flat=True))
