"""2-1: plays invented stories through the services, in the order of their moments, a bounded part at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import heappop, heappush
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction

from casetra.demo import plots, stories
from casetra.demo.stories import (
    Bounced,
    Corrected,
    MailRefused,
    MailSent,
    Reviewed,
    Step,
    Story,
    Submitted,
    Talked,
)
from intake.models import Consultation
from intake.services import contacts, correction, invented, review, submission, triage
from intake.services.contacts import ContactKind, VoidReason
from policy import services as policy
from policy.services import Edition
from safeguards.services.erasures import Erasure

_TELL = 10_000
_BATCH = 500  # steps in one transaction, and stories in one look at what is there


@dataclass(frozen=True)
class Played:
    """How many consultations were made, with how many contacts, and how many had been there before."""

    made: int
    contacts: int
    there: int


@dataclass
class _Run:
    """A story that is being told, and the version that its consultation has by now."""

    story: Story
    seen: int = 1


def play(
    *, seed: int, count: int, staff: Sequence[User], now: datetime, progress: Callable[[int], None]
) -> Played:
    """Make the first `count` consultations of this seed, up to `now`; those that are there stay as they are.

    All their steps are taken in the order of their moments, so that the audit reads as if it had happened.
    At any time only the consultations that staff were busy with then are in memory, beside the numbers of all, which
    are sorted first (some 100 bytes each). `progress` hears of every ten thousand.
    """
    numbers = iter(plots.in_order(seed, count, now=now))
    made = talked = 0
    days = policy.in_force(now.date()).facts.retention.technical.days
    reviewers = [each for each in staff if each.has_perm("intake.review_texts")]
    steps = _in_time(_missing(seed, numbers, now=now))
    while batch := list(islice(steps, _BATCH)):
        with transaction.atomic():
            for run, step in batch:
                of = reviewers if isinstance(step, Reviewed) else staff
                _take(run, step, by=of[run.story.staff % len(of)], fresh=(now - step.at).days < days)
        before, made = made, made + sum(isinstance(step, Submitted) for _, step in batch)
        if made // _TELL > before // _TELL:
            progress(made)
        talked += sum(isinstance(step, Talked) and step.kind is not None for _, step in batch)
    return Played(made, talked, there=count - made)


def _missing(seed: int, numbers: Iterator[int], *, now: datetime) -> Iterator[_Run]:
    """The stories that are not in the database yet."""
    while some := list(islice(numbers, _BATCH)):
        told = [stories.story(seed, number, now=now) for number in some]
        there = Consultation.objects.filter(id__in=[story.record_id for story in told])
        erased = Erasure.objects.filter(record_id__in=[story.record_id for story in told])
        known = {*there.values_list("id", flat=True), *erased.values_list("record_id", flat=True)}
        yield from (_Run(story) for story in told if story.record_id not in known)


def _in_time(runs: Iterable[_Run]) -> Iterator[tuple[_Run, Step]]:
    """Every step of every story by its moment; `runs` come in the order of their beginnings."""
    due: list[tuple[datetime, int, int, _Run]] = []  # moment, a number that breaks ties, step, story
    for number, run in enumerate(runs):
        begins = run.story.steps[0].at
        while due and due[0][0] < begins:
            yield _next_due(due)
        heappush(due, (begins, number, 0, run))
    while due:
        yield _next_due(due)


def _next_due(due: list[tuple[datetime, int, int, _Run]]) -> tuple[_Run, Step]:
    _, number, place, run = heappop(due)
    if place + 1 < len(run.story.steps):
        heappush(due, (run.story.steps[place + 1].at, number, place + 1, run))
    return run, run.story.steps[place]


def _take(run: _Run, step: Step, *, by: User, fresh: bool) -> None:
    record_id = run.story.record_id
    match step:
        case Submitted():
            _submit(run.story, step.at, fresh=fresh)
        case MailSent():
            invented.note_sent(record_id, at=step.at)
        case MailRefused():
            invented.note_refused(record_id, at=step.at)
        case Bounced():
            correction.mark_bounced(record_id, seen=run.seen, by=by, at=step.at)
            run.seen += 1
        case Corrected():
            correction.store_address(record_id, email=step.email, seen=run.seen, by=by, at=step.at)
            run.seen += 1
        case Reviewed():
            _review(run, step, by=by)
        case Talked():
            _talk(run, step, by=by)


def _submit(story: Story, at: datetime, *, fresh: bool) -> None:
    """`fresh`: not so long ago that address and browser would have been erased since (2-3)."""
    submission.store(
        story.record_id,
        story.answers,
        token=story.token,
        number=story.reference_number,
        edition=_edition(at.date()),
        at=at,
        origin=story.origin if fresh else None,
    )


def _review(run: _Run, step: Reviewed, *, by: User) -> None:
    record_id = run.story.record_id
    shown = review.show(Consultation.objects.get(id=record_id), by=by, at=step.at)
    if step.masks:
        places = review.places(shown.found)
        review.redact(record_id, places=places, rules=shown.rules, seen=run.seen, by=by, at=step.at)
    else:
        review.release(record_id, rules=shown.rules, seen=run.seen, by=by, at=step.at)
    run.seen += 1


def _talk(run: _Run, step: Talked, *, by: User) -> None:
    record_id, on = run.story.record_id, step.at.date()
    if step.slip:
        wrong = contacts.record(
            record_id, kind=ContactKind.VISIT_IN, on=on, note="", seen=run.seen, by=by, at=step.at
        )
        contacts.void(wrong, reason=VoidReason.WRONG_KIND, seen=run.seen + 1, by=by, at=step.at)
        run.seen += 2
    if step.kind:
        contacts.record(record_id, kind=step.kind, on=on, note=step.note, seen=run.seen, by=by, at=step.at)
        run.seen += 1
    state = triage.State(step.status, by if step.kind else None, step.next_on)
    run.seen += bool(triage.set_state(record_id, state, seen=run.seen, by=by, at=step.at))


def _edition(on: date) -> Edition:
    """The edition of that day; before the first there was the first, as far as invented people know."""
    return policy.in_force(max(on, policy.editions()[0].effective_on))
