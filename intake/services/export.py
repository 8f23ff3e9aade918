"""2-1: consultations as a table for spreadsheets, in batches. The audit says who took how many, and whether with
personal data, before the first line leaves: what a broken connection cut off may have been read all the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from intake.choices import QUESTIONS, Kind, Question, Review
from intake.models import KIND, Consultation
from intake.rules import spreadsheet
from intake.rules.answers import PERSONAL_FIELDS, PersonalPart
from intake.services import mail_state, reading, selection, triage
from intake.services.selection import Period
from safeguards.services import audit
from safeguards.services.audit import Event

__all__ = ["NothingSelected", "Scope", "Table", "personal", "plain"]


_BATCH = 500
_HEAD = ("受付番号", "受付日時", "状態", "最終接触日", "次の対応日", "担当者", "受付メール")
_BROKEN = "（開けませんでした）"
_UNREVIEWED = "（要確認のため、出していません）"


_Row = tuple[Consultation, PersonalPart | None]  # None where the envelope is not opened, or does not open


class NothingSelected(Exception):
    """No consultation is meant; nothing leaves, and no entry is made."""


@dataclass(frozen=True)
class Scope:
    """Which consultations: received in a period, and of a status (or open, or, empty, of any)."""

    received: Period
    status: str = ""

    @property
    def selected(self) -> Q:
        chosen = selection.received(self.received)
        return chosen & selection.status(self.status) if self.status else chosen

    def label(self, count: int) -> str:
        """What the audit says of it."""
        first, last = (day.isoformat() if day else "" for day in (self.received.first, self.received.last))
        return f"n={count}, received={first}..{last}, status={self.status or 'any'}"


@dataclass(frozen=True)
class Table:
    """How many consultations, and the text of their file, which is made as it is read."""

    count: int
    text: Iterator[str]


def plain(scope: Scope, *, by: User, at: datetime) -> Table:
    """Without the personal part: choices, the company's name, and what staff recorded in columns.

    NothingSelected when there is none.
    """
    rows, count = _take(scope, Event.CONSULTATIONS_EXPORTED, by=by, at=at)
    questions = [question for question in QUESTIONS if question.field not in PERSONAL_FIELDS]
    batches = _batches(rows.defer("sealed", "technical"))
    return Table(count, _text(([(each, None) for each in batch] for batch in batches), questions, at))


def personal(scope: Scope, *, by: User, at: datetime) -> Table:
    """With what the people wrote, but for free texts that look personal and nobody has looked at; an envelope that
    does not open is said in its cells. Else as `plain`."""
    rows, count = _take(scope, Event.CONSULTATIONS_EXPORTED_PERSONAL, by=by, at=at)
    batches = _batches(rows.defer("technical"))
    return Table(count, _text((_open(batch) for batch in batches), QUESTIONS, at))


@transaction.atomic
def _take(scope: Scope, event: Event, *, by: User, at: datetime) -> tuple[QuerySet[Consultation], int]:
    # Not what comes in while the file is made: it is not in the audit's count.
    rows = Consultation.objects.filter(scope.selected, submitted_at__lte=at)
    count = rows.count()
    if not count:
        raise NothingSelected
    audit.record(event, actor=by, at=at, subject_kind=KIND, label=scope.label(count))
    return rows.select_related("assignee").order_by("-submitted_at", "id"), count


def _batches(rows: QuerySet[Consultation]) -> Iterator[list[Consultation]]:
    """In the order of an index, each from where the last ended: no transaction stays open for a slow connection."""
    batch = list(rows[:_BATCH])
    while batch:
        yield batch
        last = batch[-1]
        behind = Q(submitted_at__lt=last.submitted_at) | Q(submitted_at=last.submitted_at, id__gt=last.id)
        # The first condition says nothing new, but to the index.
        batch = list(rows.filter(behind, submitted_at__lte=last.submitted_at)[:_BATCH])


def _open(batch: list[Consultation]) -> list[_Row]:
    """The batch with what its envelopes hold."""
    opened = reading.personal_parts(batch)
    return [(consultation, opened.get(consultation.id)) for consultation in batch]


def _text(batches: Iterable[list[_Row]], questions: Sequence[Question], at: datetime) -> Iterator[str]:
    yield spreadsheet.BOM + spreadsheet.lines([[*_HEAD, *(question.label for question in questions)]])
    for batch in batches:
        yield spreadsheet.lines(
            [*_head(row[0], at), *(_answer(row, question) for question in questions)] for row in batch
        )


def _head(consultation: Consultation, at: datetime) -> Iterator[str]:
    """What stands in the columns of `_HEAD`."""
    yield consultation.reference
    yield f"{timezone.localtime(consultation.submitted_at):%Y-%m-%d %H:%M}"
    yield consultation.get_status_display()
    yield consultation.last_contact_on.isoformat()
    yield consultation.next_action_on.isoformat() if consultation.next_action_on else ""
    yield triage.name_of(consultation.assignee) if consultation.assignee else ""
    yield mail_state.of(consultation, at=at).word


def _answer(row: _Row, question: Question) -> str:
    consultation, opened = row
    if question.kind is Kind.TEXT and _is_unreviewed(consultation):
        return _UNREVIEWED
    if question.field in PERSONAL_FIELDS:
        return getattr(opened, question.field) if opened else _BROKEN
    return "、".join(question.words(getattr(consultation, question.field)))


def _is_unreviewed(consultation: Consultation) -> bool:
    """2-1: nobody has looked at what was found in the texts, or nothing has looked at them yet (see `rescreen`)."""
    return consultation.review == Review.DUE or not consultation.screened_with
