"""The purge, held against the plain DELETEs of the same rows; what it needs of memory, and what others wait for it."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median, quantiles
from time import perf_counter

from django.db import connection
from django.utils import timezone

from retention.services import periods
from tests.bench import due
from tests.bench.measure import our_fields
from tests.bench.purging import Purge, Purged
from tests.bench.stack import FORM, Stack


@dataclass(frozen=True)
class Rates:
    """Erased records a second by either, and the medians of the rounds' ratios."""

    plain: float
    erasing: float
    whole: float
    erasing_ratio: float
    whole_ratio: float


@dataclass(frozen=True)
class Meanwhile:
    """The 99th percentile of the seconds of a submission, alone and while a purge runs; of how many each."""

    idle: float
    busy: float
    sent: int
    purged: Purged


def rates(records: int, *, rounds: int, at: datetime) -> Rates:
    """Both in turns, each on the same rows, freshly made."""
    plain: list[float] = []
    purged: list[Purged] = []
    for number in range(rounds):
        for is_plain in (True, False) if number % 2 else (False, True):
            due.seed(records, at=at)
            if is_plain:
                plain.append(_plain(at))
            else:
                purged.append(Purge(_database()).ended())
    erasing = [each.records / each.erasing for each in purged]
    whole = [each.records / each.whole for each in purged]
    return Rates(
        median(plain),
        median(erasing),
        median(whole),
        median(our / their for our, their in zip(erasing, plain, strict=True)),
        median(our / their for our, their in zip(whole, plain, strict=True)),
    )


def peak(records: int, *, at: datetime) -> Purged:
    """A purge of so many records, undisturbed."""
    due.seed(records, at=at)
    return Purge(_database()).ended()


def meanwhile(stack: Stack, records: int, *, at: datetime) -> Meanwhile:
    """Submissions one after the other while a purge of so many records runs; as many before it and after it."""
    due.seed(records, at=at)
    stack.visit("GET", FORM)
    idle = [_submission(stack) for _ in range(100)][50:]
    busy: list[float] = []
    purge = Purge(_database())
    while purge.is_running:
        busy.append(_submission(stack))
    idle += [_submission(stack) for _ in range(max(50, len(busy) - len(idle)))]
    return Meanwhile(_percentile(idle), _percentile(busy), len(busy), purge.ended())


def _submission(stack: Stack) -> float:
    request = stack.request("POST", FORM, our_fields(stack))
    started = perf_counter()
    answer = stack.call(request)
    seconds = perf_counter() - started
    assert answer.status == 302, answer.status
    return seconds


def _percentile(seconds: list[float]) -> float:
    return quantiles(seconds, n=100, method="inclusive")[-1]


def _plain(at: datetime) -> float:
    """Erased records a second."""
    cutoff = periods.due(as_of=timezone.localdate(at)).cutoff
    started = perf_counter()
    records = due.delete(cutoff=cutoff)
    return records / (perf_counter() - started)


def _database() -> str:
    return str(connection.settings_dict["NAME"])
