"""One run of the purge after the other, each struck down; then one that may end."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, LiteralString

import psycopg
from django.conf import settings
from django.db import connections
from django.utils import timezone

from tests.torture.cluster import Cluster
from tests.torture.crowd import Crowd
from tests.torture.field import Sown, over_before, sow
from tests.torture.plan import Kind, Strike

BATCH = 5
LOOK = 0.002  # seconds between two looks at how far a run has come
TRIES = 5  # a run may end before it is struck
DONE, FAILED, BUSY = 0, 1, 75
PATIENCE = 300  # seconds; a busy machine is no broken promise

_ERASABLE = """
SELECT count(*) FROM intake_consultation c WHERE last_contact_on < %s AND NOT EXISTS
    (SELECT FROM safeguards_hold h WHERE h.record_id = c.id AND h.released_at IS NULL)
"""


class NotStruck(Exception):
    """The torture itself did not work out: the run ended before, or otherwise than it may."""


@dataclass
class Ordeal:
    """What goes on and what has happened so far."""

    cluster: Cluster
    crowd: Crowd
    rng: Random
    folder: Path
    today: date
    sown: Sown = field(default_factory=Sown)
    happened: Counter[str] = field(default_factory=Counter)
    last: dict[str, Any] = field(default_factory=dict)  # the certificate of the run that ended

    def suffer(self, strike: Strike) -> None:
        """One round: more that is due, a run, and its end by the strike."""
        for _ in range(TRIES):
            sow(self.rng, self.sown, at=timezone.now())
            if self._struck(strike):
                self.happened[strike.kind.name] += 1
                return
            self.happened["ended before"] += 1
        raise NotStruck(f"no run was there for {strike}")

    def finish(self) -> None:
        """One run to its end, once the last process of those that were struck has left the database."""
        for _ in range(100):
            process, output = self._start("--json")
            if process.wait(PATIENCE) == DONE:
                self.last = json.loads(output.read_text())
                return
            _must_be(process, output, BUSY)
        raise NotStruck("the lock is never free")

    def _struck(self, strike: Strike) -> bool:
        """Whether a run was there to be struck; whoever holds the lock still is waited for."""
        with self.cluster.records.connect() as connection:
            process, output = self._start()
            if self._come_so_far(connection, process, strike.share):
                time.sleep(strike.pause)
                blow(self, strike, process)
        if process.wait(PATIENCE) == BUSY:
            self.happened["another still held the lock"] += 1
            return self._struck(strike)
        if process.returncode == DONE:
            return False
        _must_be(process, output, FAILED if strike.kind is Kind.STOP else -signal.SIGKILL)
        return True

    def _come_so_far(
        self, connection: "psycopg.Connection[Any]", process: "subprocess.Popen[bytes]", share: float
    ) -> bool:
        """Wait until the run has so much behind it; False where it ended before."""
        runs = _one(connection, "SELECT count(*) FROM retention_purgerun")
        due = _one(connection, _ERASABLE, over_before(self.today))
        while process.poll() is None:
            left = _one(connection, _ERASABLE, over_before(self.today))
            if (
                left <= due * (1 - share)
                and _one(connection, "SELECT count(*) FROM retention_purgerun") > runs
            ):
                return True
            time.sleep(LOOK)
        return False

    def _start(self, *flags: str) -> tuple["subprocess.Popen[bytes]", Path]:
        number = self.happened["runs started"]
        self.happened["runs started"] += 1
        output = self.folder / f"purge-{number}.log"
        command = ["manage.py", "purge_expired", "--batch-size", str(BATCH), "--max-share", "100", *flags]
        with output.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=settings.BASE_DIR, stdout=log, stderr=subprocess.STDOUT
            )
        return process, output


def blow(ordeal: Ordeal, strike: Strike, process: "subprocess.Popen[bytes]") -> None:
    """The strike itself. What it hits may have ended just now."""
    match strike.kind:
        case Kind.STOP:
            ordeal.cluster.crash()
            process.wait(PATIENCE)
            ordeal.cluster.start()
            connections.close_all()  # ours are broken, too
        case Kind.KILL:
            process.kill()
        case Kind.KILL_AT_DRAIN:
            _kill_at_drain(ordeal, strike, process)
    if strike.falls:
        ordeal.crowd.kill_one(strike.falls)


def _kill_at_drain(ordeal: Ordeal, strike: Strike, process: "subprocess.Popen[bytes]") -> None:
    """Nobody can write to the vault until a batch is committed; then the run ends before it hears of its keys."""
    with ordeal.cluster.vault.connect() as vault, ordeal.cluster.records.connect() as records:
        with vault.transaction():
            vault.execute("LOCK TABLE safeguards_recordkey IN SHARE MODE")
            undrained = "SELECT count(*) FROM safeguards_erasure WHERE drained_at IS NULL"
            while process.poll() is None and not _one(records, undrained):
                time.sleep(LOOK)
            time.sleep(strike.pause)
            process.kill()
            process.wait()
            if strike.keys_stay:
                vault.execute(
                    "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l USING (pid)"
                    " WHERE NOT l.granted AND l.relation = 'safeguards_recordkey'::regclass"
                )
        ordeal.happened["between commit and keys"] += bool(_one(records, undrained))


def _must_be(process: "subprocess.Popen[bytes]", output: Path, code: int) -> None:
    if process.returncode != code:
        raise NotStruck(f"a run ended with {process.returncode} and not {code}:\n{output.read_text()}")


def _one(connection: "psycopg.Connection[Any]", query: LiteralString, *values: object) -> int:
    row = connection.execute(query, values).fetchone()
    assert row is not None
    return int(row[0])
