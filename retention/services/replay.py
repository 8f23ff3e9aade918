"""第9条: after a restore, what was erased is erased again before anybody sees the site."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from uuid import UUID

from django.db import transaction

from intake.models import KIND, Consultation
from intake.services.erasure import ErasureBasis, erase
from safeguards.models import Erasure, Hold
from safeguards.services import audit, holds, keys, ledger
from safeguards.services.audit import Event
from safeguards.services.ledger import LedgerRefused

__all__ = ["KINDS", "LedgerRefused", "Replayed", "replay"]

KINDS = (KIND,)  # of records whose erasure the ledger holds


@dataclass(frozen=True)
class Replayed:
    """What a replay found and did, in the order of its output; `left` stands in the ledger and exists all the same."""

    in_the_file: int
    already_gone: int
    keys_destroyed: int
    erased_again: int
    left: int


@dataclass(frozen=True)
class _Batch:
    erased: int
    keys: int


def replay(path: Path, *, at: datetime) -> Replayed:
    """Erase again what the file names, and what the restored ledger itself names; safe to repeat.

    LedgerRefused before anything is written where the file is none. Waits for whoever has a record locked. After a
    crash the same call does the rest.
    """
    named = 0
    done = []
    for entries in _whole(path):
        named += len(entries)
        done.append(_replay_batch(entries, at=at))
    erased = sum(batch.erased for batch in done)
    done += [_erase_batch(ids, at=at) for ids in _known()]
    return Replayed(
        in_the_file=named,
        already_gone=named - erased,
        keys_destroyed=sum(batch.keys for batch in done),
        erased_again=sum(batch.erased for batch in done),
        left=Consultation.objects.filter(
            id__in=Erasure.objects.filter(kind=KIND).values("record_id")
        ).count(),
    )


def _whole(path: Path) -> Iterator[list[ledger.Entry]]:
    """The file's batches, once all of it is known to be sound."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise LedgerRefused(f"cannot be read: {error.strerror}") from None
    with file:
        if sum(1 for _ in ledger.read(file, kinds=KINDS)) == 0:
            raise LedgerRefused("names no erasure at all")
        file.seek(0)
        yield from ledger.read(file, kinds=KINDS)


def _known() -> Iterator[list[UUID]]:
    """All that the ledger names by now: a backup of the keys alone may have brought back what the file lacks."""
    entries = Erasure.objects.filter(kind__in=KINDS).order_by("record_id").values_list("record_id", flat=True)
    after = UUID(int=0)
    while batch := list(entries.filter(record_id__gt=after)[: ledger.BATCH]):
        yield batch
        after = batch[-1]


@transaction.atomic
def _replay_batch(entries: list[ledger.Entry], *, at: datetime) -> _Batch:
    """The ledger first, with moment and run as they were; what exists then goes as the ledger says."""
    ledger.put_back(entries, at=at)
    done = _erase(ids=[entry.record_id for entry in entries], at=at)
    _record(len(entries), done, at=at)
    return done


@transaction.atomic
def _erase_batch(ids: list[UUID], *, at: datetime) -> _Batch:
    done = _erase(ids=ids, at=at)
    if done.erased or done.keys:
        _record(0, done, at=at)
    return done


def _erase(*, ids: list[UUID], at: datetime) -> _Batch:
    """Keys, holds and records. With a vault apart the keys are gone at once, and the records with the commit: that
    they have to go is long decided."""
    standing = Consultation.objects.filter(id__in=ids).order_by("id").select_for_update()
    back = list(standing.values_list("id", flat=True))  # locked: whoever had one is done with it
    destroyed = keys.destroy_all(ids)
    _release(back, at=at)
    bases = Erasure.objects.filter(record_id__in=back).order_by("basis").values_list("basis", "record_id")
    erased = 0
    for basis, group in groupby(bases, key=lambda row: row[0]):
        selected = Consultation.objects.filter(id__in=[record_id for _, record_id in group])
        erased += len(erase(selected, basis=ErasureBasis(basis), at=at).ids)
    return _Batch(erased, destroyed)


def _release(ids: list[UUID], *, at: datetime) -> None:
    """A hold that the backup brought back was released before its record was erased."""
    open_ones = Hold.objects.filter(kind=KIND, record_id__in=ids, released_at=None).order_by("placed_at")
    released = list(open_ones.values_list("record_id", "basis"))
    holds.release(kind=KIND, record_ids=ids, at=at)
    for record_id, basis in released:
        audit.record(
            Event.HOLD_RELEASED, actor=None, at=at, subject_kind=KIND, subject_id=record_id, label=basis
        )


def _record(named: int, done: _Batch, *, at: datetime) -> None:
    label = f"named={named}, erased={done.erased}, keys={done.keys}"
    audit.record(Event.ERASURES_REPLAYED, actor=None, at=at, label=label)
