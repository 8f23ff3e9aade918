"""第9条: whether the database holds records that were erased, as it does when a backup was restored."""

import os
from pathlib import Path
from typing import BinaryIO

from django.db import connection
from django.db.models import TextChoices

from retention.services.replay import KINDS
from safeguards.services import ledger

__all__ = ["State", "Watch"]

# Restored tables are new ones, or their server was started anew: even a backup of a moment ago is told apart.
_DATABASE = """
SELECT pg_postmaster_start_time(), 'safeguards_erasure'::regclass::oid, max(erased_at) FROM safeguards_erasure
"""

# As an array: the ORM's list of a thousand parameters costs thrice as much, and a probe is waiting.
_EXISTS = "SELECT EXISTS (SELECT FROM intake_consultation WHERE id = ANY(%s))"


class State(TextChoices):
    """What the copy of the ledger that lies off the host says of the database."""

    OK = "ok"
    NEEDED = "replay needed"
    UNREADABLE = "ledger unreadable"


class Watch:
    """Compares ledger and records, and remembers what it found to be in order — nothing else — until either changes."""

    def __init__(self) -> None:
        self._in_order: object = None

    def state(self, path: Path) -> State:
        """What the file at `path` says. One that is missing or damaged is no answer, so that nobody relies on it."""
        try:
            with path.open("rb") as file:
                return self._looked(file)
        except (OSError, ledger.LedgerRefused):
            return State.UNREADABLE

    def _looked(self, file: BinaryIO) -> State:
        about = os.fstat(file.fileno())
        seen = (about.st_ino, about.st_mtime_ns, about.st_size, _database())
        if seen == self._in_order:
            return State.OK
        # To its end, though one would do: a file that is damaged behind it cannot be replayed.
        found = [_exists(entries) for entries in ledger.read(file, kinds=KINDS)]
        if any(found):
            return State.NEEDED
        self._in_order = seen
        return State.OK


def _database() -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_DATABASE)
        return tuple(cursor.fetchone())


def _exists(entries: list[ledger.Entry]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_EXISTS, [[entry.record_id for entry in entries]])
        return bool(cursor.fetchone()[0])
