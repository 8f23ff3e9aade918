"""第9条: what else is kept for a while and then goes with the same run, each with its period."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from intake.services import technical
from retention.choices import Counted
from safeguards.services import erasures, rates

Rows = QuerySet[Any]  # rows of different tables, of which none is looked at


@dataclass(frozen=True)
class Chore:
    """What goes, how long it is kept, in words, and which rows are over at a moment."""

    what: Counted
    kept: str
    rows: Callable[[datetime], Rows]


def _log_entries(at: datetime) -> Rows:
    """Of Django admin's own log, what it says about records that are erased."""
    erased = erasures.Erasure.objects.values_list(Cast("record_id", CharField()))
    return LogEntry.objects.filter(object_id__in=erased)


CHORES = (
    Chore(Counted.LOG_ENTRY, "記録の消去まで", _log_entries),
    Chore(
        Counted.SESSION,
        "有効期限まで（サインインから8時間）",
        lambda at: Session.objects.filter(expire_date__lt=at),
    ),
    Chore(Counted.RATE_COUNT, "数え始めた時刻から1日", lambda at: rates.old(at=at)),
    Chore(
        Counted.ERASURE,
        "消去した記録が、どのバックアップにも残らなくなるまで",
        lambda at: erasures.forgettable(at=at),
    ),
)


def count(*, at: datetime) -> dict[Counted, int]:
    """How many there are of each, before a run."""
    found = {chore.what: chore.rows(at).count() for chore in CHORES}
    return {**found, Counted.TECHNICAL: technical.due(at=at).count()}


def erase(*, at: datetime, count: Callable[[Mapping[Counted, int]], None]) -> None:
    """Erase what is over; `count` hears of it in the transaction that does it."""
    for chore in CHORES:
        with transaction.atomic():
            count({chore.what: chore.rows(at).delete()[0]})
    technical.erase_due(at=at, count=lambda number: count({Counted.TECHNICAL: number}))
