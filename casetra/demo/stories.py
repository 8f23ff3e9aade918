"""2-1: an invented consultation from its submission to today, every step at its moment and none still to come."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from casetra.demo import prospects
from casetra.demo.courses import Beat
from casetra.demo.plots import Mail, Plot, plot
from intake.services.contacts import ContactKind
from intake.services.submission import Answers
from intake.services.technical import Technical
from intake.services.triage import Status

_CLOSED = {Status.WON, Status.DECLINED, Status.UNREACHABLE, Status.WITHDRAWN}
_LATE = (0, 0, 0, 0, 0, 1, 2, 5)  # days after the planned one
_LATER = timedelta(days=30)  # when staff mean to ask again whoever is still thinking
_SECONDS = timedelta(seconds=3)


@dataclass(frozen=True)
class Step:
    """Something that happens at a moment."""

    at: datetime


class Submitted(Step):
    """The form is sent."""


class MailSent(Step):
    """Acknowledgement and notice go out."""


class MailRefused(Step):
    """The mail server refuses the prospect's address."""


class Bounced(Step):
    """The acknowledgement comes back, and staff note it."""


@dataclass(frozen=True)
class Corrected(Step):
    """Staff learn the right address."""

    email: str


@dataclass(frozen=True)
class Talked(Step):
    """A contact, if it was one, and what follows; one with `slip` was entered as another kind first."""

    kind: ContactKind | None
    note: str
    status: Status
    next_on: date | None
    slip: bool


@dataclass(frozen=True)
class Story:
    """One consultation: the form, what it is stored under, and its steps in their order.

    `staff` is a number that says which member works on it.
    """

    record_id: UUID
    token: UUID
    reference_number: int
    answers: Answers
    origin: Technical
    staff: int
    steps: tuple[Step, ...]


def story(seed: int, number: int, *, now: datetime) -> Story:
    """The numbered story as far as it has come by `now`."""
    frame, dice = plot(seed, number, now=now), prospects.chance(seed, "stories", number)
    answers = prospects.answers(seed, number)
    steps = [*_mail(frame, answers.email), *_work(frame, dice, now)]
    if frame.mail in {Mail.REFUSED, Mail.BOUNCED, Mail.CORRECTED}:
        answers = replace(answers, email=answers.email[1:])  # mistyped
    return Story(
        record_id=prospects.identifier(seed, "records", number),
        token=prospects.identifier(seed, "tokens", number),
        reference_number=prospects.reference_number(seed, number),
        answers=answers,
        origin=prospects.origin(seed, number),
        staff=dice.randrange(60),
        steps=tuple(sorted((step for step in steps if step.at <= now), key=lambda step: step.at)),
    )


def _mail(frame: Plot, email: str) -> Iterator[Step]:
    sent_at = frame.submitted_at
    yield Submitted(sent_at)
    if frame.mail is Mail.REFUSED:
        yield MailRefused(sent_at + _SECONDS)
    elif frame.mail is not Mail.UNSENT:
        yield MailSent(sent_at + _SECONDS)
    if frame.mail in {Mail.BOUNCED, Mail.CORRECTED}:
        yield Bounced(sent_at + timedelta(hours=2))
    if frame.mail is Mail.CORRECTED:
        yield Corrected(sent_at + timedelta(hours=5), email)
        yield MailSent(sent_at + timedelta(hours=5) + _SECONDS)


def _work(frame: Plot, dice: Random, now: datetime) -> Iterator[Step]:
    """The beats, each on the day for which it was planned or, where staff were busy, a little later."""
    beats, day = frame.course.beats, frame.submitted_at.date()
    for beat, following in zip(beats[: frame.done], [*beats[1:], None], strict=False):
        day = day + timedelta(days=beat.after)
        if not frame.exact:
            day = _workday(day + timedelta(days=dice.choice(_LATE)))
        yield Talked(
            datetime.combine(day, time(dice.randrange(9, 18), dice.randrange(60)), now.tzinfo),
            kind=beat.contact,
            note=beat.note,
            status=beat.status,
            next_on=_next(beat, following, day, exact=frame.exact),
            slip=beat.contact is not None and dice.random() < 0.02,
        )


def _next(beat: Beat, following: Beat | None, day: date, *, exact: bool) -> date | None:
    if beat.status in _CLOSED:
        return None
    planned = day + (timedelta(days=following.after) if following else _LATER)
    return planned if exact else _workday(planned)


def _workday(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
