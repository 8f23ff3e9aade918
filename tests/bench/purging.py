"""One purge in a process of its own: how long it takes, without and with the search for leftovers, and its memory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from unittest.mock import patch
from uuid import UUID

import django


@dataclass(frozen=True)
class Purged:
    """How many records, in how many seconds without and with the search; the peak of the resident memory in MB."""

    records: int
    erasing: float
    whole: float
    peak: float


class Purge:
    """A purge of that database, running from now on."""

    def __init__(self, database: str) -> None:
        asked = [sys.executable, "-m", "tests.bench.purging", database]
        self._process = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        assert self._process.stdin
        self._process.stdout.readline()  # it has loaded, and waits
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def ended(self) -> Purged:
        """What came of it, once it has ended."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            sys.exit("bench: the purge failed")
        return Purged(**json.loads(said))


def main(database: str) -> None:
    """The purge as the command calls it, but without a ceiling."""
    django.setup()
    from django.db import connection
    from django.utils import timezone

    from retention.choices import Counted, Outcome
    from retention.services import purge

    connection.settings_dict["NAME"] = database
    connection.ensure_connection()
    sys.stdout.write("\n")
    sys.stdout.flush()
    sys.stdin.readline()
    started = perf_counter()
    with _searching() as spent:
        run, *_ = purge.purge(
            host=timezone.now(),
            as_of=None,
            batch_size=purge.BATCH_SIZE,
            max_share=100,
            stops=lambda: False,
            progress=lambda done, due: None,
        )
    whole = perf_counter() - started
    assert run.outcome == Outcome.DONE, run.outcome
    records = run.counts.get(what=Counted.CONSULTATION).number
    sys.stdout.write(json.dumps(asdict(Purged(records, whole - sum(spent), whole, _peak()))))


@contextmanager
def _searching() -> Iterator[list[float]]:
    """The seconds that the searches for leftovers take meanwhile."""
    from retention.services import residue

    spent: list[float] = []
    sweep = residue.sweep

    def timed(run: UUID) -> list[residue.Residue]:
        started = perf_counter()
        found = sweep(run)
        spent.append(perf_counter() - started)
        return found

    with patch.object(residue, "sweep", timed):
        yield spent


def _peak() -> float:
    """Of this program on Linux, 0 elsewhere. What getrusage tells begins with the peak of whoever started it."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    main(sys.argv[1])
