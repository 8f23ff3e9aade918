"""Consultations whose period ends, and the places that are ticked for them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from intake.models import Consultation
from retention.models import Place, PlaceCheck, PurgePlace, PurgeRun
from retention.services.checking import Tick
from safeguards.models import AuditEntry
from tests.intake.listing import row

AT = datetime(2028, 11, 22, 3, tzinfo=UTC)  # noon in Tokyo
TODAY = date(2028, 11, 22)
LAST = date(2026, 11, 22)  # whose two years end today
DAY = timedelta(days=1)


def ending(on: date = LAST, **columns: Any) -> Consultation:
    """A consultation with its last contact on this day."""
    return row(last_contact_on=on, **columns)


def place(name: str) -> Place:
    return Place.objects.get(name=name)


def mailbox() -> Place:
    return place("メールボックス")


def tick(consultation: Consultation, at: Place) -> Tick:
    return Tick(consultation.id, at.id)


def ticks() -> set[Tick]:
    """All that stand."""
    return {Tick(*each) for each in PlaceCheck.objects.values_list("record_id", "place_id")}


def run() -> PurgeRun:
    """One that has begun."""
    years: dict[str, Any] = {"edition": date(2026, 1, 2), "years": 2, "cutoff": LAST, "due": 0}
    return PurgeRun.objects.create(id=uuid4(), as_of=TODAY, started_at=AT, version="0", **years)


def unticked(of: PurgeRun) -> dict[str, int]:
    """What the run's certificate says, by place."""
    return dict(PurgePlace.objects.filter(run=of).values_list("place__name", "unticked"))


def said(subject: UUID, *, kind: str = "intake.consultation") -> list[tuple[str, str, int | None]]:
    """Event, label and actor of what the audit says of it since its submission, the oldest first."""
    entries = AuditEntry.objects.filter(subject_kind=kind, subject_id=subject)
    entries = entries.exclude(event="consultation.submitted").order_by("id")
    return list(entries.values_list("event", "label", "actor_id"))
