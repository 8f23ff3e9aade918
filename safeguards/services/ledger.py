"""第9条: the ledger of erasures outside of the database, from where a restored backup cannot take it back.

Whoever restores replays the file (`retention.services.replay`), and what was erased goes again.
"""

import os
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, TextIO
from uuid import UUID

from django.db import transaction

from safeguards.models import Erasure
from safeguards.rules import ledger as rules
from safeguards.rules.ledger import Entry
from safeguards.services import audit, erasures
from safeguards.services.audit import Event

__all__ = ["BATCH", "Entry", "LedgerRefused", "NotReplayed", "export", "export_to", "put_back", "read"]

BATCH = 1000


class LedgerRefused(Exception):
    """The file is no ledger of erasures. The message says where, and repeats nothing of it."""


class NotReplayed(Exception):
    """The file that would be replaced names erasures that the database does not know; `args` says how many."""


def export(write: Callable[[str], object], *, at: datetime) -> int:
    """Write the ledger line by line, the oldest erasure first; how many."""
    fields = ("record_id", "kind", "basis", "run", "erased_at")
    count = 0
    with transaction.atomic():
        rows = Erasure.objects.order_by("erased_at", "record_id").values_list(*fields)
        for row in rows.iterator(chunk_size=BATCH):
            write(rules.write(Entry(*row)))
            count += 1
        audit.record(Event.ERASURES_EXPORTED, actor=None, at=at, label=str(count))
    return count


def export_to(path: Path, *, at: datetime, kinds: Container[str]) -> int:
    """Write the ledger into a file that its owner alone can read, and that is never there by half; how many.

    NotReplayed where the present file knows more than the database: then a backup was restored, and replacing the
    file would lose what has to go again.
    """
    if lost := _lost(path, at=at, kinds=kinds):
        raise NotReplayed(lost)
    with transaction.atomic(), _replacing(path) as file:
        return export(file.write, at=at)


def read(file: BinaryIO, *, kinds: Container[str]) -> Iterator[list[Entry]]:
    """The entries of an open file, in batches; LedgerRefused at the first line that is none."""
    batch = []
    for number, line in enumerate(file, start=1):
        try:
            batch.append(rules.read(line, kinds=kinds))
        except rules.LineRefused as error:
            raise LedgerRefused(f"line {number}: {error}") from None
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def put_back(entries: Iterable[Entry], *, at: datetime) -> None:
    """Enter what the database does not know (any more), as it was; in the caller's transaction.

    Entered as drained: the caller destroys the keys with it. From now on no backup may be older, so that the entries
    stay for as long as those of today.
    """
    rows = [
        Erasure(
            record_id=entry.record_id,
            kind=entry.kind,
            basis=entry.basis,
            run=entry.run,
            erased_at=entry.erased_at,
            drained_at=at,
        )
        for entry in entries
    ]
    Erasure.objects.bulk_create(rows, ignore_conflicts=True)


def _lost(path: Path, *, at: datetime, kinds: Container[str]) -> int:
    """How many entries of the file the database lacks, though it has not yet had leave to forget them."""
    if not path.exists():
        return 0
    since = at - timedelta(days=erasures.kept_days())
    lost = 0
    with path.open("rb") as file:
        for batch in read(file, kinds=kinds):
            recent = {entry.record_id for entry in batch if entry.erased_at >= since}
            lost += len(recent - _known(recent))
    return lost


def _known(record_ids: set[UUID]) -> set[UUID]:
    return set(Erasure.objects.filter(record_id__in=record_ids).values_list("record_id", flat=True))


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """A new file beside `path` that takes its place once it is whole and on the disk."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    new = Path(name)
    try:
        with open(descriptor, "w", encoding="ascii") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name, too
    finally:
        os.close(folder)
