"""第9条: the register of places outside this system where the same data may lie — mailboxes, calendars, printed sheets.

`checking` says which records are looked after there, and what was ticked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Max

from retention.models import Place
from retention.services import versions
from retention.services.versions import Outdated
from safeguards.services import audit
from safeguards.services.audit import Event

__all__ = ["KIND", "MOST", "Entry", "NameTaken", "Outdated", "TooMany", "add", "change", "in_use"]

KIND = Place._meta.label_lower  # what the audit calls it
ADDED = "added"
MOST = 20  # in use at a time: nobody ticks more for each record


class NameTaken(Exception):
    """Another place has this name."""


class TooMany(Exception):
    """So many are in use already that one has to be put aside first."""


@dataclass(frozen=True)
class Entry:
    """A place as staff know it. A place put aside stays, since certificates name it, and is ticked no more."""

    name: str
    what_to_do: str
    in_use: bool = True


def in_use() -> list[Place]:
    """Those to be ticked, in their order."""
    return list(Place.objects.filter(in_use=True))


@transaction.atomic
def add(entry: Entry, *, by: User, at: datetime) -> UUID:
    """A new place, behind the others; its id. NameTaken or TooMany: nothing is written."""
    _check_room(entry)
    last = Place.objects.aggregate(last=Max("order"))["last"]
    order = 0 if last is None else last + 1
    place = Place(id=uuid4(), order=order, name=entry.name, what_to_do=entry.what_to_do, in_use=entry.in_use)
    _save_new_name(lambda: place.save(force_insert=True))
    _tell(place, ADDED, by=by, at=at)
    return place.id


@transaction.atomic
def change(place_id: UUID, entry: Entry, *, seen: int, by: User, at: datetime) -> list[str]:
    """Write what differs, putting aside and taking up among it; the fields, none where nothing does.

    Outdated, NameTaken or TooMany: nothing is written.
    """
    place = versions.lock(Place, place_id, seen=seen)
    if not place.in_use:
        _check_room(entry)
    changed = [
        name for name in ("name", "what_to_do", "in_use") if getattr(place, name) != getattr(entry, name)
    ]
    for name in changed:
        setattr(place, name, getattr(entry, name))
    if changed:
        _save_new_name(lambda: versions.bump(place, *changed))
        _tell(place, ", ".join(changed), by=by, at=at)
    return changed


def _check_room(entry: Entry) -> None:
    """Two at once may make it one more than that, which harms nobody."""
    if entry.in_use and Place.objects.filter(in_use=True).count() >= MOST:
        raise TooMany


def _save_new_name(save: Callable[[], None]) -> None:
    try:
        with transaction.atomic():
            save()
    except IntegrityError as error:  # the name is the one thing that the database can refuse here
        raise NameTaken from error


def _tell(place: Place, label: str, *, by: User, at: datetime) -> None:
    audit.record(Event.PLACES_CHANGED, actor=by, at=at, subject_kind=KIND, subject_id=place.id, label=label)
