"""第9条: what a run says of itself, for paper, terminal and machines. Counts, days and random ids; no personal data."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from retention.choices import Counted, Outcome
from retention.models import PurgeRun
from retention.services.purge import Plan
from retention.services.residue import Residue

__all__ = ["Certificate", "as_json", "expected", "of"]


@dataclass(frozen=True)
class Certificate:
    """One run, or, without `run`, what one would do.

    It speaks of this system alone. `places` names those outside that nobody had ticked, with the number of records.
    """

    run: UUID | None
    outcome: Outcome | None
    as_of: date
    edition: date
    years: int
    cutoff: date
    version: str
    started_at: datetime | None
    finished_at: datetime | None
    due: int
    erased: dict[Counted, int]
    held: dict[str, int]
    remaining: int
    residue: list[Residue] | None  # None: nobody has looked yet
    places: list[tuple[str, int]]
    rows_gone_on: date | None
    keys_gone_on: date | None

    @property
    def leftovers(self) -> list[Residue]:
        """What should not be there any more."""
        return [each for each in self.residue or [] if not each.id_only]

    @property
    def ids_only(self) -> list[Residue]:
        """Where the bare random id stays, as it may."""
        return [each for each in self.residue or [] if each.id_only]


def of(run: PurgeRun) -> Certificate:
    """The certificate of a run."""
    numbers = {Counted(what): number for what, number in run.counts.values_list("what", "number")}
    residue = None if run.residue is None else [Residue(**each) for each in run.residue]
    unticked = run.places.order_by("place__order", "place__name").values_list("place__name", "unticked")
    return Certificate(
        run=run.id,
        outcome=Outcome(run.outcome),
        as_of=run.as_of,
        edition=run.edition,
        years=run.years,
        cutoff=run.cutoff,
        version=run.version,
        started_at=run.started_at,
        finished_at=run.finished_at,
        due=run.due,
        erased={what: numbers.get(what, 0) for what in Counted},
        held=run.held,
        remaining=run.remaining,
        residue=residue,
        places=list(unticked),
        rows_gone_on=run.rows_gone_on,
        keys_gone_on=run.keys_gone_on,
    )


def expected(plan: Plan) -> Certificate:
    """The same for a run that only looked: what it would have erased."""
    return Certificate(
        run=None,
        outcome=None,
        as_of=plan.due.as_of,
        edition=plan.due.edition,
        years=plan.due.years,
        cutoff=plan.due.cutoff,
        version=settings.VERSION,
        started_at=None,
        finished_at=None,
        due=plan.records,
        erased={what: plan.also.get(what, 0) for what in Counted},
        held=plan.held,
        remaining=0,
        residue=None,
        places=[],
        rows_gone_on=None,
        keys_gone_on=None,
    )


def as_json(certificate: Certificate) -> dict[str, Any]:  # Any: what JSON can say
    """Plain values: ids and days as text, moments in Tokyo's time."""

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return timezone.localtime(value).isoformat(timespec="seconds")
        return value.isoformat() if isinstance(value, date) else value

    found = {name: plain(value) for name, value in vars(certificate).items()}
    return {
        **found,
        "run": str(certificate.run) if certificate.run else None,
        "dry_run": certificate.run is None,
        "erased": {what.value: number for what, number in certificate.erased.items()},
        "residue": None if certificate.residue is None else [vars(each) for each in certificate.residue],
        "places": [{"place": name, "unticked": number} for name, number in certificate.places],
    }
