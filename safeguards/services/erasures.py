"""第9条: the ledger of what was erased, and the destruction of keys that goes with every entry.

It holds random ids and no personal data. It outlives every backup, so that what a restored one brings back is erased
again (`retention.services.replay`).
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, router, transaction
from django.db.models import Max, QuerySet

from safeguards.choices import ErasureBasis
from safeguards.models import Erasure, RecordKey
from safeguards.services import keys
from safeguards.services.ids import Ids

__all__ = [
    "Erasure",
    "ErasureBasis",
    "drain",
    "enter",
    "forgettable",
    "kept_days",
    "last_of",
    "vault_is_apart",
]

_BATCH = 1000

# One statement for a batch, which the ORM would write row by row. Repeated ids stay as they are.
_ENTER = """
INSERT INTO safeguards_erasure (record_id, kind, basis, run, erased_at, drained_at)
SELECT unnest(%s::uuid[]), %s, %s, %s, %s, %s ON CONFLICT (record_id) DO NOTHING
"""


def vault_is_apart() -> bool:
    """Whether keys live in a database of their own."""
    return router.db_for_write(RecordKey) != DEFAULT_DB_ALIAS


def enter(record_ids: Ids, *, kind: str, basis: ErasureBasis, run: UUID | None, at: datetime) -> int:
    """Enter records that the caller's transaction deletes; of how many the keys are destroyed already.

    Keys in the same database go in the same transaction, so that no crash comes between. With a vault apart they
    go with `drain`, after the commit: until then the records may still need them.
    """
    apart = vault_is_apart()
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, [record_ids.array, kind, basis, run, at, None if apart else at])
    if apart:
        return 0
    keys.destroy_all(record_ids)
    return len(record_ids)


def drain(*, at: datetime, count: Callable[[UUID | None, int], None], only: UUID | None = None) -> None:
    """Destroy the keys of records that are erased but for them.

    `count` hears, in the transaction that ends their entries, of how many of which run. Idempotent: after a crash
    between key and ledger the next call finds no key and ends the entry. `only` is for one record: what a run has
    still to do is counted by a run.
    """
    undrained = Erasure.objects.filter(drained_at=None)
    if only:
        undrained = undrained.filter(record_id=only)
    while _drain_batch(undrained, at=at, count=count):
        pass


def last_of(run: UUID) -> datetime | None:
    """When the run last erased a record or destroyed a key; None where it erased nothing."""
    moments = Erasure.objects.filter(run=run).aggregate(rows=Max("erased_at"), keys=Max("drained_at"))
    return max((each for each in moments.values() if each), default=None)


def kept_days() -> int:
    """For how many days after an erasure some backup may hold the record or its key."""
    return max(settings.BACKUP_DAYS, settings.VAULT_BACKUP_DAYS)


def forgettable(*, at: datetime) -> QuerySet[Erasure]:
    """The entries of records that no backup can hold any more: for the purge to delete."""
    return Erasure.objects.filter(drained_at__lt=at - timedelta(days=kept_days()))


@transaction.atomic
def _drain_batch(
    undrained: QuerySet[Erasure], *, at: datetime, count: Callable[[UUID | None, int], None]
) -> bool:
    ordered = undrained.order_by("erased_at", "record_id")
    batch = dict(ordered.select_for_update(skip_locked=True).values_list("record_id", "run")[:_BATCH])
    if not batch:
        return False
    keys.destroy_all(Ids.of(list(batch)))
    Erasure.objects.filter(record_id__in=batch).update(drained_at=at)
    for run, number in Counter(batch.values()).items():
        count(run, number)
    return True
