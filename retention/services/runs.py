"""第9条: what a run leaves behind — the only writer of `PurgeRun` and its counts."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from retention.choices import Counted, Outcome
from retention.models import PurgeCount, PurgeRun
from retention.services.periods import Due
from retention.services.residue import Residue
from safeguards.services import audit, erasures
from safeguards.services.audit import Event

KIND = PurgeRun._meta.label_lower


@transaction.atomic
def begin(due: Due, *, records: int, at: datetime) -> PurgeRun:
    """A run, with a zero for everything that it counts."""
    run = PurgeRun.objects.create(
        id=uuid4(),
        as_of=due.as_of,
        edition=due.edition,
        years=due.years,
        cutoff=due.cutoff,
        started_at=at,
        version=settings.VERSION,
        due=records,
    )
    PurgeCount.objects.bulk_create([PurgeCount(run=run, what=what, number=0) for what in Counted])
    return run


def add(run: UUID | None, numbers: Mapping[Counted, int]) -> None:
    """Count what was erased, in the transaction that erases it: a crash loses neither without the other.

    Added up by the database: a run that was read earlier and saved would take counts back.
    """
    for what, number in numbers.items():
        if number:
            PurgeCount.objects.filter(run=run, what=what).update(number=F("number") + number)


@transaction.atomic
def interrupt(*, at: datetime) -> None:
    """End the runs that a crash left without an end. For whoever holds the lock: nobody else is running."""
    for run in PurgeRun.objects.filter(outcome=Outcome.RUNNING):
        _end(run, Outcome.INTERRUPTED, at=at)


def unswept(*, but: PurgeRun) -> list[PurgeRun]:
    """Earlier runs after which nobody has looked for what is left: they were stopped, or crashed."""
    ended = PurgeRun.objects.exclude(outcome=Outcome.RUNNING).exclude(id=but.id)
    return list(ended.filter(residue__isnull=True).order_by("started_at"))


@transaction.atomic
def finish(
    run: PurgeRun, outcome: Outcome, *, held: Mapping[str, int], remaining: int, at: datetime
) -> PurgeRun:
    """End the run, and say what is due all the same."""
    run.finished_at, run.held, run.remaining = at, dict(held), remaining
    run.save(update_fields=["finished_at", "held", "remaining"])
    _end(run, outcome, at=at)
    return run


@transaction.atomic
def swept(run: PurgeRun, residue: list[Residue], *, at: datetime) -> PurgeRun:
    """Write down what was found of erased records, and from when on no backup holds those of this run."""
    run.residue = [asdict(each) for each in residue]
    if last := erasures.last_of(run.id):
        run.rows_gone_on, run.keys_gone_on = _gone_from_backups(last)
    run.save(update_fields=["residue", "rows_gone_on", "keys_gone_on"])
    if not all(each.id_only for each in residue):
        _end(run, Outcome.LEFTOVER, at=at)
    return run


def _end(run: PurgeRun, outcome: Outcome, *, at: datetime) -> None:
    run.outcome = outcome
    run.save(update_fields=["outcome"])
    event, label = Event.RETENTION_PURGED, outcome.value
    audit.record(event, actor=None, at=at, subject_kind=KIND, subject_id=run.id, label=label)


def _gone_from_backups(last: datetime) -> tuple[date, date]:
    """From which days on no backup can hold the rows, and the keys: one that was taken just before is kept longest."""
    keys = settings.VAULT_BACKUP_DAYS if erasures.vault_is_apart() else settings.BACKUP_DAYS
    on = timezone.localdate(last)
    return on + timedelta(days=settings.BACKUP_DAYS + 1), on + timedelta(days=keys + 1)
