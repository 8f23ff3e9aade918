"""第10条: which edition is in force on a date, which comes next, and where one stands between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policy.rules.facts import DRAFT, Facts


class NoEdition(LookupError):
    """No edition is in force on the date, or none came into force on it."""


class Standing(StrEnum):
    """Where an edition stands on a date."""

    PAST = "past"
    IN_FORCE = "in_force"
    ANNOUNCED = "announced"


@dataclass(frozen=True)
class Edition:
    """One edition: its text for people, its facts for machines.

    `effective_on` is an Asia/Tokyo date; the edition is in force from its 00:00.
    """

    effective_on: date
    facts: Facts
    text: str
    digest: str  # SHA-256 of the text file as it stands on disk, hexadecimal

    @property
    def is_draft(self) -> bool:
        """Whether the company has not yet confirmed it."""
        return self.facts.status == DRAFT


def in_force(editions: Iterable[Edition], on: date) -> Edition:
    """The newest edition whose date is `on` or before; NoEdition when all are later."""
    begun = [edition for edition in editions if edition.effective_on <= on]
    if not begun:
        raise NoEdition(f"no policy edition is in force on {on.isoformat()}")
    return max(begun, key=lambda edition: edition.effective_on)


def announced(editions: Iterable[Edition], on: date) -> tuple[Edition, ...]:
    """Editions that come into force after `on`, the nearest first."""
    later = [edition for edition in editions if edition.effective_on > on]
    return tuple(sorted(later, key=lambda edition: edition.effective_on))


def standing(edition: Edition, editions: Iterable[Edition], on: date) -> Standing:
    """Whether `edition` is past, in force or announced on `on`."""
    if edition.effective_on > on:
        return Standing.ANNOUNCED
    return Standing.IN_FORCE if edition == in_force(editions, on) else Standing.PAST
