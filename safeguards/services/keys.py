"""第6条: data keys — minting, fetching, destroying, and rewrapping them under a newer key-encryption key."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, router, transaction
from django.db.models import QuerySet

from safeguards.choices import Event
from safeguards.models import RecordKey
from safeguards.rules import sealing
from safeguards.rules.keyring import Keyring, UnknownKey
from safeguards.services import audit


@dataclass(frozen=True)
class DataKey:
    """An unwrapped data key and what it is bound to."""

    binding: sealing.Binding
    key: bytes


@dataclass(frozen=True)
class Rotation:
    """What a rotation did: keys rewrapped, and keys left under an older one because they are damaged."""

    rewrapped: int
    left: int


def mint(*, kind: str, record_id: UUID, at: datetime, lookup: bytes | None) -> DataKey:
    """A new data key for the record, stored wrapped under the newest key-encryption key.

    Part of the caller's transaction, but with a separate vault committed at once: then a key may stay
    without a record, never a record without its key.
    """
    keyring: Keyring = settings.CASETRA_KEYRING
    data_key = DataKey(sealing.Binding(kind, record_id, uuid4()), os.urandom(32))
    RecordKey.objects.create(
        id=data_key.binding.key_id,
        kind=kind,
        record_id=record_id,
        kek_id=keyring.newest,
        wrapped=_wrap(data_key, keyring),
        lookup=lookup,
        created_at=at,
    )
    return data_key


def fetch(key_ids: Iterable[UUID]) -> dict[UUID, DataKey]:
    """The data keys with these ids that still exist, in one query; UnknownKey when one does not unwrap."""
    return {
        row.id: _unwrap(row, settings.CASETRA_KEYRING)
        for row in RecordKey.objects.filter(id__in=list(key_ids))
    }


def destroy(*, kind: str, record_ids: Iterable[UUID]) -> int:
    """Destroy the records' keys and, with them, their lookups; the number of keys gone. Idempotent."""
    deleted, _ = RecordKey.objects.filter(kind=kind, record_id__in=list(record_ids)).delete()
    return deleted


def destroy_all(record_ids: Iterable[UUID]) -> int:
    """Destroy every key of erased records, of whatever kind: envelopes, connections, reasons of holds; how many.

    Idempotent.
    """
    deleted, _ = RecordKey.objects.filter(record_id__in=list(record_ids)).delete()
    return deleted


def retire(*, kind: str, record_id: UUID, keep: UUID) -> None:
    """Destroy the record's data keys but `keep`, once it is sealed under that one, and their lookups.

    A key that stays beside a newer one goes with the record's next sealing, or with its erasure.
    """
    _destroy_with_commit(RecordKey.objects.filter(kind=kind, record_id=record_id).exclude(id=keep))


def retire_all(*, kind: str, record_ids: Iterable[UUID]) -> None:
    """Destroy every data key of records that the caller's transaction deletes, and their lookups."""
    _destroy_with_commit(RecordKey.objects.filter(kind=kind, record_id__in=list(record_ids)))


def _destroy_with_commit(doomed: QuerySet[RecordKey]) -> None:
    """Part of the caller's transaction: no crash comes between record and key.

    With a separate vault they go when that has committed: until then the record still needs them. A vault
    that is away by then is logged, since what was committed stands.
    """
    if router.db_for_write(RecordKey) == DEFAULT_DB_ALIAS:
        doomed.delete()
    else:
        transaction.on_commit(doomed.delete, robust=True)


def rotate(*, at: datetime, batch_size: int, progress: Callable[[int], None]) -> Rotation:
    """Rewrap every data key under the newest key-encryption key; sealed records are not touched.

    Each batch is a transaction with its own audit entry, so that a run that was stopped goes on where it
    ended. Passes are repeated until one finds nothing to do: meanwhile a process that still holds the old
    keyring may have minted keys behind the last pass. UnknownKey before anything is written when the
    keyring lacks a key that is in use.
    """
    keyring: Keyring = settings.CASETRA_KEYRING
    used = set(RecordKey.objects.values_list("kek_id", flat=True).distinct())
    if unknown := sorted(used - keyring.keys.keys()):
        raise UnknownKey(f"key-encryption keys in use but not in the keyring: {', '.join(unknown)}")
    done = 0
    while rewrapped := _rotate_pass(keyring, at=at, size=batch_size, before=done, progress=progress):
        done += rewrapped
    return Rotation(done, left=RecordKey.objects.exclude(kek_id=keyring.newest).count())


def _rotate_pass(
    keyring: Keyring, *, at: datetime, size: int, before: int, progress: Callable[[int], None]
) -> int:
    """One walk over all keys in the order of their ids; the number rewrapped."""
    due = RecordKey.objects.exclude(kek_id=keyring.newest).order_by("id").select_for_update()
    done, after = 0, UUID(int=0)
    while True:
        with transaction.atomic(), transaction.atomic(using=router.db_for_write(RecordKey)):
            rows = list(due.filter(id__gt=after)[:size])
            if not rows:
                return done
            sound = [row for row in rows if _rewrap(row, keyring)]
            RecordKey.objects.bulk_update(sound, ["wrapped", "kek_id"])
            if sound:
                audit.record(Event.KEYS_ROTATED, actor=None, at=at, label=f"{keyring.newest}, {len(sound)}")
        done, after = done + len(sound), rows[-1].id
        progress(before + done)


def _rewrap(row: RecordKey, keyring: Keyring) -> bool:
    """Put the key under the newest one; False for a damaged row, which must not stop the others."""
    try:
        data_key = _unwrap(row, keyring)
    except sealing.SealError:
        return False
    row.wrapped, row.kek_id = _wrap(data_key, keyring), keyring.newest
    return True


def _wrap(data_key: DataKey, keyring: Keyring) -> bytes:
    newest = keyring.newest
    return sealing.wrap(
        data_key.key,
        kek=keyring.key(newest),
        kek_id=newest,
        nonce=os.urandom(sealing.NONCE_BYTES),
        binding=data_key.binding,
    )


def _unwrap(row: RecordKey, keyring: Keyring) -> DataKey:
    binding = sealing.Binding(row.kind, row.record_id, row.id)
    key = sealing.unwrap(bytes(row.wrapped), kek=keyring.key(row.kek_id), kek_id=row.kek_id, binding=binding)
    return DataKey(binding, key)
