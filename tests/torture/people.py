"""Those who go on meanwhile: `python -m tests.torture.people ROLE SEED FILE`, until SIGTERM ends them or SIGKILL does.

What FILE says is what they were told; every line is on the disk before anything else is done.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from dataclasses import dataclass
from typing import IO
from uuid import UUID

import django

AWAY = 0.05  # seconds until somebody tries again


@dataclass(frozen=True)
class Diary:
    """What one of them was told."""

    file: IO[str]

    def note(self, said: str, about: UUID | str) -> None:
        self.file.write(json.dumps([said, str(about)]) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())


def main() -> None:
    """Do the same thing again and again. A database that is away is tried again."""
    role, seed, path = sys.argv[1:]
    django.setup()
    from django.db import Error, connections

    from tests.torture import work

    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: told.set())
    rng = random.Random(int(seed))  # noqa: S311 - repeatable, no secret
    with open(path, "a") as file:
        person = work.ROLES[role](rng, Diary(file))
        while not told.is_set():
            try:
                person.act()
            except Error:
                connections.close_all()
                time.sleep(AWAY)


if __name__ == "__main__":
    main()
