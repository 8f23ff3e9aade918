"""The people of a torture: processes that go on whatever happens, and what they wrote down."""

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from django.conf import settings

PEOPLE = ["sender", "sender", "caller", "holder"]


@dataclass
class Crowd:
    """Whoever is there now. Somebody who is killed is followed by another."""

    rng: Random
    folder: Path
    running: list[tuple[str, "subprocess.Popen[bytes]"]] = field(default_factory=list)
    diaries: list[Path] = field(default_factory=list)
    killed: int = 0

    def join(self, role: str) -> None:
        """One more of them."""
        diary = self.folder / f"{len(self.diaries)}-{role}"
        command = ["-m", "tests.torture.people", role, str(self.rng.randrange(2**32)), str(diary)]
        with diary.with_suffix(".log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=settings.BASE_DIR, stdout=log, stderr=subprocess.STDOUT
            )
        self.running.append((role, process))
        self.diaries.append(diary)

    def kill_one(self, role: str) -> None:
        """End the longest-serving of this role at once."""
        found = next(each for each in self.running if each[0] == role)
        found[1].kill()
        found[1].wait()
        self.running.remove(found)
        self.killed += 1
        self.join(role)

    def leave(self) -> list[str]:
        """Everybody ends what they are about; what went wrong with them."""
        for _, process in self.running:
            process.send_signal(signal.SIGTERM)
        ended = [process.wait(timeout=30) for _, process in self.running]
        self.running.clear()
        # Somebody who has just joined may not listen yet.
        return [f"somebody's process ended with {code}" for code in ended if code not in (0, -signal.SIGTERM)]

    def told(self) -> Iterator[tuple[str, str]]:
        """What they wrote down, but for a line that somebody's end cut off."""
        for diary in self.diaries:
            whole, _, _ = (diary.read_text() if diary.exists() else "").rpartition("\n")
            for line in whole.splitlines():
                said, about = json.loads(line)
                yield said, about

    def counted(self) -> Counter[str]:
        return Counter(said for said, _ in self.told())


@contextmanager
def crowd(rng: Random, folder: Path) -> Iterator[Crowd]:
    """Everybody is there; whoever still is at the end is killed."""
    here = Crowd(rng, folder)
    for role in PEOPLE:
        here.join(role)
    try:
        yield here
    finally:
        for _, process in here.running:
            process.kill()
            process.wait()
