"""2-1: what staff make of free texts that look personal: shown on purpose, masked for good, or released."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from intake.choices import Review
from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from intake.services import free_texts, reading
from intake.services.free_texts import FIELDS, MASK, Finding, Findings
from intake.services.locking import Outdated, bump, lock
from intake.services.reading import Opened
from intake.services.resealing import reseal
from safeguards.services import audit
from safeguards.services.audit import Event

__all__ = [
    "CONFIRMED",
    "FIELDS",
    "Finding",
    "NotDue",
    "Outdated",
    "PassageNotFound",
    "Place",
    "PlacesChanged",
    "Redacted",
    "Review",
    "RulesChanged",
    "Shown",
    "mask",
    "places",
    "redact",
    "release",
    "show",
]

CONFIRMED = "confirmed"  # the audit's label where the review ends on what was masked before


class NotDue(Exception):
    """Somebody has decided on these texts, or nothing was found in them."""


class PlacesChanged(Exception):
    """Not all of these places are findings of the texts and the rules as they are now."""


class RulesChanged(Exception):
    """The page showed what other rules found: nobody has seen what the present ones find."""


class PassageNotFound(Exception):
    """The box does not have these very characters, or only the mask does."""


@dataclass(frozen=True)
class Place:
    """Where a finding stands: no text, so that a form may carry it."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Shown:
    """The personal part as it was sent, and what the present rules find in its texts."""

    personal: PersonalPart
    found: Findings
    rules: str

    @property
    def outcome(self) -> Review:
        """What the review comes to when these texts stay as they are: masked ones with no finding left are no
        「問題なし」."""
        is_masked = any(MASK in getattr(self.personal, field) for field in FIELDS)
        return Review.REDACTED if is_masked and not self.found else Review.RELEASED


@dataclass(frozen=True)
class Redacted:
    """How many findings were masked, and how many were left to stand."""

    masked: int
    kept: int


def places(found: Findings) -> set[Place]:
    """Where everything stands that was found."""
    return {Place(field, each.start, each.end) for field, findings in found.items() for each in findings}


@transaction.atomic
def show(consultation: Consultation, *, by: User, at: datetime) -> Shown:
    """The texts for `by` to read, with an audit entry. A SealError or UnknownKey says why they do not open."""
    opened = reading.unseal(consultation)
    _record(Event.CONSULTATION_TEXTS_SHOWN, consultation, by=by, at=at)
    return _shown(consultation, opened)


@transaction.atomic
def redact(
    record_id: UUID, *, places: Collection[Place], rules: str, seen: int, by: User, at: datetime
) -> Redacted:
    """Mask these findings for good, leave the others, and with that the review is done; how many of both.

    Everything is sealed under a new key and the old one destroyed, so that no backup tells what was masked. The
    audit gets kinds and counts. Outdated, RulesChanged (`rules` are those of the page) or PlacesChanged: nothing is
    written; errors of the envelope as `show`.
    """
    consultation = _lock(record_id, rules=rules, seen=seen)
    opened = reading.unseal(consultation)
    found = _shown(consultation, opened).found
    chosen: dict[str, list[Finding]] = {}
    for field, findings in found.items():
        if wanted := [each for each in findings if Place(field, each.start, each.end) in places]:
            chosen[field] = wanted
    count = sum(map(len, chosen.values()))
    if not places or count != len(set(places)):
        raise PlacesChanged
    texts = {
        field: free_texts.masked(getattr(opened.personal, field), each) for field, each in chosen.items()
    }
    consultation.screened_with = free_texts.rules_digest()
    _store(consultation, opened, texts, review=Review.REDACTED, at=at)
    done = Redacted(count, sum(map(len, found.values())) - count)
    label = free_texts.counted(chosen, kept=done.kept)
    _record(Event.CONSULTATION_TEXTS_REDACTED, consultation, by=by, at=at, label=label)
    return done


@transaction.atomic
def mask(record_id: UUID, *, field: str, passage: str, seen: int, by: User, at: datetime) -> int:
    """Mask a passage that the screen missed wherever the box has it; how often. Sealed and refused as `redact`.

    What is due stays due, and its boxes hidden as a whole until the review ends: without the passage the screen may
    miss what it found beside it. What nobody had to look at becomes due where something is found in the rest.
    PassageNotFound: nothing is written.
    """
    consultation = lock(record_id, seen=seen)
    opened = reading.unseal(consultation)
    text: str = getattr(opened.personal, field)
    if not passage.strip(MASK) or passage not in text:
        raise PassageNotFound
    texts = {field: text.replace(passage, MASK)}
    left = free_texts.find(replace(opened.personal, **texts), company=consultation.company_name)
    was_due, becomes_due = consultation.review == Review.DUE, not consultation.review and bool(left)
    consultation.screened_with = "" if was_due else free_texts.rules_digest()
    review = Review.DUE if was_due or becomes_due else Review.REDACTED
    _store(consultation, opened, texts, review=review, at=at)
    count = text.count(passage)
    _record(Event.CONSULTATION_TEXTS_REDACTED, consultation, by=by, at=at, label=f"passage={count}")
    if becomes_due:
        label = free_texts.counted(left)
        _record(Event.CONSULTATION_FLAGGED, consultation, by=by, at=at, label=label)
    return count


@transaction.atomic
def release(record_id: UUID, *, rules: str, seen: int, by: User, at: datetime) -> Review:
    """End the review with the texts as they are, which stand in ordinary sight from now on: as 「問題なし」, or as
    masked. Outdated, RulesChanged or NotDue: nothing is written; errors of the envelope as `show`."""
    consultation = _lock(record_id, rules=rules, seen=seen)
    if consultation.review != Review.DUE:
        raise NotDue
    opened = reading.unseal(consultation)
    outcome = _shown(consultation, opened).outcome
    consultation.review, consultation.screened_with = outcome, free_texts.rules_digest()
    bump(consultation, "review", "screened_with")
    if outcome == Review.REDACTED:
        _record(Event.CONSULTATION_TEXTS_REDACTED, consultation, by=by, at=at, label=CONFIRMED)
    else:
        _record(Event.CONSULTATION_TEXTS_RELEASED, consultation, by=by, at=at)
    return outcome


def _lock(record_id: UUID, *, rules: str, seen: int) -> Consultation:
    """As `lock`, for a decision on what the page showed: that of other rules is none on what is found now."""
    consultation = lock(record_id, seen=seen)
    if rules != free_texts.rules_digest():
        raise RulesChanged
    return consultation


def _shown(consultation: Consultation, opened: Opened) -> Shown:
    found = free_texts.find(opened.personal, company=consultation.company_name)
    return Shown(opened.personal, found, free_texts.rules_digest())


def _store(
    consultation: Consultation, opened: Opened, texts: dict[str, str], *, review: Review, at: datetime
) -> None:
    reseal(consultation, replace(opened.personal, **texts), opened.notes, at=at)
    consultation.review = review
    consultation.flagged_at = consultation.flagged_at or at
    bump(consultation, "sealed", "review", "flagged_at", "screened_with")


def _record(event: Event, consultation: Consultation, *, by: User, at: datetime, label: str = "") -> None:
    audit.record(event, actor=by, at=at, subject_kind=KIND, subject_id=consultation.id, label=label)
