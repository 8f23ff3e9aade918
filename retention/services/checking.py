"""第9条: what was looked after in places outside this system, for records whose period ends soon or has ended."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from intake.models import KIND, Consultation
from retention.models import Place, PlaceCheck
from retention.services.periods import ending
from safeguards.services import audit, holds
from safeguards.services.audit import Event
from safeguards.services.ids import Ids

__all__ = ["WITHIN_DAYS", "Tick", "close", "forget_gone", "note", "ticked", "to_check", "unchecked"]

WITHIN_DAYS = 30

# One statement, however many records: the ticks go, and each place in use gets the number of those nobody ticked.
_CLOSE = """
WITH gone AS (DELETE FROM retention_placecheck WHERE record_id = ANY(%(ids)s::uuid[]) RETURNING place_id)
INSERT INTO retention_purgeplace AS kept (run_id, place_id, unticked)
SELECT %(run)s, p.id, %(number)s - (SELECT count(*) FROM gone WHERE gone.place_id = p.id)
FROM retention_place p WHERE p.in_use
ON CONFLICT (run_id, place_id) DO UPDATE SET unticked = kept.unticked + excluded.unticked
"""


@dataclass(frozen=True, order=True)
class Tick:
    """One record in one place."""

    record_id: UUID
    place_id: UUID


def to_check(*, as_of: date, within_days: int = WITHIN_DAYS) -> QuerySet[Consultation]:
    """Consultations whose period ends within so many days or has ended, the first to go first.

    Not those that somebody holds: they stay for now. NoEdition or EditionsUnreadable: no period is known.
    """
    selected = Q(pk__in=[])
    for each in ending(as_of=as_of, within_days=within_days):
        under = Q(policy_edition=each.edition) if each.edition else Q()
        selected |= Q(last_contact_on__lte=each.last) & under
    found = Consultation.objects.filter(selected, holds.unheld(KIND)).defer("sealed", "technical")
    return found.order_by("last_contact_on", "id")


def unchecked(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Those of which some place in use is not ticked: all but the few of which every one is."""
    number = len(Place.objects.filter(in_use=True).values_list("id"))
    if not number:
        return consultations.none()
    ticks = PlaceCheck.objects.filter(place__in_use=True).values("record_id").annotate(ticks=Count("*"))
    return consultations.exclude(id__in=ticks.filter(ticks=number).values("record_id"))


def ticked(record_ids: Collection[UUID]) -> dict[Tick, PlaceCheck]:
    """What was ticked for these records, with who ticked it."""
    checks = PlaceCheck.objects.filter(record_id__in=record_ids).select_related("checked_by")
    return {Tick(each.record_id, each.place_id): each for each in checks}


@transaction.atomic
def note(*, done: Iterable[Tick], undone: Iterable[Tick], by: User, at: datetime) -> int:
    """Tick and take ticks back; of how many records. What somebody else has done likewise meanwhile stays theirs.

    Records that are gone and places that are not in use are left out. One audit entry a record.
    """
    done, undone = set(done), set(undone)
    # The rows are locked: what is being erased leaves no tick behind, and what is ticked is not erased just now.
    ids = {tick.record_id for tick in done | undone}
    locked = Consultation.objects.filter(id__in=ids).order_by("id").select_for_update(no_key=True)
    there = set(locked.values_list("id", flat=True))
    numbers = {place.id: place.order + 1 for place in Place.objects.filter(in_use=True)}
    stand = ticked(there)
    new = sorted(t for t in done if t not in stand and t.record_id in there and t.place_id in numbers)
    old = sorted(t for t in undone if t in stand and t.place_id in numbers)
    PlaceCheck.objects.bulk_create(
        PlaceCheck(record_id=t.record_id, place_id=t.place_id, checked_at=at, checked_by=by) for t in new
    )
    PlaceCheck.objects.filter(pk__in=[stand[tick].pk for tick in old]).delete()
    touched = {tick.record_id for tick in (*new, *old)}
    for record_id in sorted(touched):
        label = _label(record_id, done=new, undone=old, numbers=numbers)
        event = Event.PLACES_CHECKED
        audit.record(event, actor=by, at=at, subject_kind=KIND, subject_id=record_id, label=label)
    return len(touched)


def close(ids: Ids, *, run: UUID) -> None:
    """In the transaction that erases the records: count for the run's certificate what nobody ticked, forget the rest.

    Places in use alone count; of each there is a row then, be it of none.
    """
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_CLOSE, {"ids": ids.array, "run": run, "number": len(ids)})


def forget_gone() -> int:
    """Delete the ticks of records that went another way than by the purge; how many. Idempotent."""
    there = Consultation.objects.filter(id=OuterRef("record_id"))
    deleted, _ = PlaceCheck.objects.filter(~Exists(there)).delete()
    return deleted


def _label(record_id: UUID, *, done: list[Tick], undone: list[Tick], numbers: dict[UUID, int]) -> str:
    """By the places' numbers in the register: `done=1 3, undone=2`."""
    parts = []
    for word, ticks in (("done", done), ("undone", undone)):
        places = sorted(numbers[tick.place_id] for tick in ticks if tick.record_id == record_id)
        if places:
            parts.append(f"{word}={' '.join(map(str, places))}")
    return ", ".join(parts)
