"""2-1: old free texts read with today's rules, since what the screen knows grows while records lie."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from intake.choices import Review
from intake.models import KIND, Consultation
from intake.services import free_texts, reading
from intake.services.free_texts import Findings
from safeguards.services import audit
from safeguards.services.audit import Event

__all__ = ["Report", "rescreen"]


@dataclass(frozen=True)
class Report:
    """How many records were not read with today's rules and wait for nobody; of these, how many are flagged now, stay
    as they are (nothing found, or decided), or could not be opened. `up_to_date` are of today's rules already."""

    looked_at: int = 0
    flagged: int = 0
    unchanged: int = 0
    unreadable: int = 0
    up_to_date: int = 0

    def __add__(self, other: "Report") -> "Report":
        return Report(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Report)))


def rescreen(*, at: datetime, batch_size: int, writes: bool) -> Report:
    """Walk over all records of other rules in the order of their ids.

    Each batch is a transaction: a run that was stopped goes on where it ended. What a person has decided on stays so.
    What waits for that is not looked at: it stays hidden, lest what only the old rules found come to light. The
    envelopes are opened for nobody to read; the audit has an entry for each record that is flagged. Without `writes`
    the same walk changes nothing.
    """
    read_before = Consultation.objects.filter(screened_with=free_texts.rules_digest()).count()
    done, after = Report(up_to_date=read_before), UUID(int=0)
    while True:
        with transaction.atomic():
            batch = list(_other_rules(lock=writes).filter(id__gt=after)[:batch_size])
            if not batch:
                return done
            done += _look_at(batch, at=at, writes=writes)
        after = batch[-1].id


def _other_rules(*, lock: bool) -> QuerySet[Consultation]:
    rows = Consultation.objects.exclude(screened_with=free_texts.rules_digest()).exclude(review=Review.DUE)
    rows = rows.order_by("id")
    rows = rows.only("id", "sealed", "company_name", "review")
    return rows.select_for_update() if lock else rows


def _look_at(batch: list[Consultation], *, at: datetime, writes: bool) -> Report:
    undecided = {consultation.id: consultation for consultation in batch if not consultation.review}
    opened = reading.personal_parts(list(undecided.values()))
    looks = {
        record_id: free_texts.find(personal, company=undecided[record_id].company_name)
        for record_id, personal in opened.items()
    }
    found = {record_id: findings for record_id, findings in looks.items() if findings}
    unreadable = undecided.keys() - opened.keys()
    read = {consultation.id for consultation in batch} - unreadable
    if writes:
        _write(read, found, at=at)
    return Report(len(batch), len(found), len(read) - len(found), len(unreadable))


def _write(read: set[UUID], found: dict[UUID, Findings], *, at: datetime) -> None:
    """No new version: nothing changes that a form on somebody's screen would overwrite."""
    Consultation.objects.filter(id__in=read).update(screened_with=free_texts.rules_digest())
    Consultation.objects.filter(id__in=found).update(review=Review.DUE, flagged_at=at)
    for record_id, findings in found.items():
        label = free_texts.counted(findings)
        event = Event.CONSULTATION_FLAGGED
        audit.record(event, actor=None, at=at, subject_kind=KIND, subject_id=record_id, label=label)
