"""第6条: data keys — minting, fetching, destroying, and rewrapping them under a newer key-encryption key."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import router, transaction

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


def rotate(*, at: datetime, batch_size: int, progress: Callable[[int], None]) -> int:
    """Rewrap every data key under the newest key-encryption key; the number rewrapped.

    Each batch is a transaction of its own, so that a run that was stopped goes on where it ended, and
    sealed records are not touched. UnknownKey before anything is written when the keyring lacks a key
    that is in use.
    """
    keyring: Keyring = settings.CASETRA_KEYRING
    used = set(RecordKey.objects.values_list("kek_id", flat=True).distinct())
    if unknown := sorted(used - keyring.keys.keys()):
        raise UnknownKey(f"key-encryption keys in use but not in the keyring: {', '.join(unknown)}")
    done, after = 0, UUID(int=0)
    while batch := _rotate_batch(keyring, after=after, size=batch_size):
        done, after = done + len(batch), batch[-1]
        progress(done)
    audit.record(Event.KEYS_ROTATED, actor=None, at=at, label=f"{keyring.newest}, {done}")
    return done


def _rotate_batch(keyring: Keyring, *, after: UUID, size: int) -> list[UUID]:
    due = RecordKey.objects.exclude(kek_id=keyring.newest).filter(id__gt=after).order_by("id")
    with transaction.atomic(using=router.db_for_write(RecordKey)):
        rows = list(due.select_for_update()[:size])
        for row in rows:
            row.wrapped = _wrap(_unwrap(row, keyring), keyring)
            row.kek_id = keyring.newest
        RecordKey.objects.bulk_update(rows, ["wrapped", "kek_id"])
    return [row.id for row in rows]


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
