"""第9条: the run that erases what is over — once at a time, by the database's clock, batch by batch, crash or not."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, Count, F, Func, QuerySet, Value
from django.utils import timezone

from intake.models import Consultation, Contact
from intake.services import erasure
from retention.choices import Counted, Outcome
from retention.models import PurgeRun
from retention.services import checking, chores, clock, lock, periods, residue, runs
from retention.services.clock import ClockRefused
from retention.services.lock import AlreadyRunning
from retention.services.periods import Due, EditionsUnreadable, NoEdition
from retention.services.restored import State, Watch
from safeguards.services import erasures, holds
from safeguards.services.erasures import ErasureBasis

__all__ = [
    "AlreadyRunning",
    "ClockRefused",
    "EditionsUnreadable",
    "NoEdition",
    "NotYet",
    "Plan",
    "ReplayNeeded",
    "preview",
    "purge",
]

BATCH_SIZE = 5000  # of which one transaction takes some tenths of a second
CEILING_FROM = 100  # fewer records than these never are too many


class ReplayNeeded(Exception):
    """A restored backup has brought back what was erased, or the ledger that would tell cannot be read."""


class NotYet(Exception):
    """The day lies ahead: nothing is erased for it."""


@dataclass(frozen=True)
class Plan:
    """What a run on this day would erase, and what holds keep of it."""

    due: Due
    records: int  # that are due and held by none
    all_records: int
    held: dict[str, int]
    also: dict[Counted, int] = field(default_factory=dict)

    def exceeds(self, max_share: int) -> bool:
        """Whether so many are due that something may be wrong: with the clock, say, or with an edition."""
        return self.records > max(CEILING_FROM, self.all_records * max_share // 100)


def preview(*, host: datetime, as_of: date | None) -> Plan:
    """The same selection, counted; nothing is written. A day to come is allowed. Errors as `purge`."""
    at = clock.agreed(host)
    plan = _plan(as_of or timezone.localdate(at))
    contacts = Contact.objects.filter(consultation__in=_erasable(plan.due)).count()
    first = {Counted.CONSULTATION: plan.records, Counted.CONTACT: contacts, Counted.KEYS: plan.records}
    return replace(plan, also={**first, **chores.count(at=at, going=_erasable(plan.due))})


def purge(
    *,
    host: datetime,
    as_of: date | None,
    batch_size: int,
    max_share: int,
    stops: Callable[[], bool],
    progress: Callable[[int, int], None],
) -> list[PurgeRun]:
    """Erase what is due on `as_of` (the database's today), and what else is over.

    The run, and behind it those that came to no proper end before and are looked after now; each has its certificate.

    `host` is the host's clock, `stops` is asked after every batch, `progress` hears (erased, due). AlreadyRunning,
    ClockRefused, ReplayNeeded, NotYet, NoEdition: nothing was written. More than `max_share` percent of all records:
    nothing was erased.
    """
    with lock.only_one():
        at = clock.agreed(host)
        _check_restored()
        today = timezone.localdate(at)
        if as_of and as_of > today:
            raise NotYet
        plan = _plan(as_of or today)
        erasures.drain(at=at, count=_drained)
        runs.interrupt(at=at)
        run = runs.begin(plan.due, records=plan.records, at=at)
        if plan.exceeds(max_share):
            return [_finish(run, Outcome.CEILING, plan.due)]
        if not _erase(run, plan, batch_size=batch_size, stops=stops, progress=progress):
            return [_finish(run, Outcome.STOPPED, plan.due)]
        chores.erase(at=clock.moment(), count=partial(runs.add, run.id))
        checking.forget_gone()
        _finish(run, Outcome.DONE, plan.due)
        ended = [
            runs.swept(each, residue.sweep(each.id), at=clock.moment())
            for each in [run, *runs.unswept(but=run)]
        ]
        # Last: the ledger is what the tables were searched by.
        chores.forget_ledger(at=clock.moment(), count=partial(runs.add, run.id))
        return ended


def _check_restored() -> None:
    """What a restored backup has brought back goes by `replay` first, for the reason that it went then."""
    if settings.ERASURE_LEDGER:
        state = Watch().state(settings.ERASURE_LEDGER)
        if state is not State.OK:
            raise ReplayNeeded(state.value)


def _plan(as_of: date) -> Plan:
    due = periods.due(as_of=as_of)
    return Plan(due, _erasable(due).count(), Consultation.objects.count(), _held(due))


def _held(due: Due) -> dict[str, int]:
    """How many that are due are held, by basis; one on two bases counts for each."""
    records = Consultation.objects.order_by().filter(due.selected).values("id")
    held = holds.Hold.objects.filter(kind=erasure.KIND, released_at=None, record_id__in=records)
    return dict(held.values_list("basis").annotate(n=Count("*")).order_by("basis"))


def _finish(run: PurgeRun, outcome: Outcome, due: Due) -> PurgeRun:
    remaining = _erasable(due).count()
    return runs.finish(run, outcome, held=_held(due), remaining=remaining, at=clock.moment())


def _erasable(due: Due) -> QuerySet[Consultation]:
    """Due, and held by none: the one selection of plan, batches and count of what is left."""
    return Consultation.objects.order_by().filter(due.selected, holds.unheld(erasure.KIND))


def _erase(
    run: PurgeRun,
    plan: Plan,
    *,
    batch_size: int,
    stops: Callable[[], bool],
    progress: Callable[[int, int], None],
) -> bool:
    """Batch by batch in the order of (last contact, id), each a transaction; whether the end was reached."""
    remaining, done = _erasable(plan.due), 0
    while True:
        with transaction.atomic():
            at = clock.moment()
            erased = erasure.erase(
                remaining, basis=ErasureBasis.RETENTION, run=run.id, at=at, limit=batch_size
            )
            counts = {
                Counted.CONSULTATION: len(erased),
                Counted.CONTACT: erased.contacts,
                Counted.KEYS: erased.keys,
            }
            runs.add(run.id, counts)
            checking.close(erased.array, run=run.id)
        erasures.drain(at=at, count=_drained)
        done += len(erased)
        progress(done, plan.records)
        if erased.last is None:
            return True
        if stops():
            return False
        remaining = _erasable(plan.due).filter(_after(*erased.last))


def _after(last_contact_on: date, record_id: UUID) -> Func:
    """What comes later in the order: one comparison of pairs, and so one range of the index."""
    order = Func(F("last_contact_on"), F("id"), function="ROW")
    passed = Func(Value(last_contact_on), Value(record_id), function="ROW")
    return Func(order, passed, template="%(expressions)s", arg_joiner=" > ", output_field=BooleanField())


def _drained(run: UUID | None, number: int) -> None:
    runs.add(run, {Counted.KEYS: number})
