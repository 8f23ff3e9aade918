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

from intake.models import Consultation
from intake.services import technical
from retention.choices import Counted
from safeguards.services import erasures, rates

Rows = QuerySet[Any]  # rows of different tables, of which none is looked at
Count = Callable[[Mapping[Counted, int]], None]


@dataclass(frozen=True)
class Chore:
    """What goes, how long it is kept, in words, and which rows are over at a moment."""

    what: Counted
    kept: str
    rows: Callable[[datetime], Rows]


def _of(records: QuerySet[Any]) -> Rows:
    """Of Django admin's own log, what it says about these records, given by their ids."""
    return LogEntry.objects.filter(object_id__in=records)


def _log_entries(at: datetime) -> Rows:
    return _of(erasures.Erasure.objects.values_list(Cast("record_id", CharField())))


_LEDGER = Chore(
    Counted.ERASURE,
    "消去した記録が、どのバックアップにも残らなくなるまで",
    lambda at: erasures.forgettable(at=at),
)
_BESIDE = (
    Chore(Counted.LOG_ENTRY, "記録の消去まで", _log_entries),
    Chore(
        Counted.SESSION,
        "有効期限まで（サインインから8時間）",
        lambda at: Session.objects.filter(expire_date__lt=at),
    ),
    Chore(Counted.RATE_COUNT, "数え始めた時刻から1日", lambda at: rates.old(at=at)),
)
CHORES = (*_BESIDE, _LEDGER)


def count(*, at: datetime, going: QuerySet[Consultation]) -> dict[Counted, int]:
    """How many there are of each before a run that erases `going`."""
    found = {chore.what: chore.rows(at).count() for chore in CHORES}
    log = _of(going.values_list(Cast("id", CharField()))).count()
    # The connections of what goes itself go with it.
    connections = technical.due(at=at).exclude(id__in=going.values("id")).count()
    return {**found, Counted.LOG_ENTRY: found[Counted.LOG_ENTRY] + log, Counted.TECHNICAL: connections}


def erase(*, at: datetime, count: Count) -> None:
    """Erase what is over; `count` hears of it in the transaction that does it."""
    for chore in _BESIDE:
        _erase(chore, at=at, count=count)
    technical.erase_due(at=at, count=lambda number: count({Counted.TECHNICAL: number}))


def forget_ledger(*, at: datetime, count: Count) -> None:
    """Forget the ledger's entries that no backup needs any more; for when they were searched by."""
    _erase(_LEDGER, at=at, count=count)


@transaction.atomic
def _erase(chore: Chore, *, at: datetime, count: Count) -> None:
    count({chore.what: chore.rows(at).delete()[0]})
