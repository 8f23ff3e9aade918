"""What the purge meets: records that are over, some of them held, and records that are not over yet."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import router, transaction
from django.utils import timezone

from intake.choices import ContactKind
from intake.models import KIND, Consultation
from intake.rules.answers import Answers
from intake.services import contacts, submission
from intake.services.technical import Technical
from policy import services as policy
from safeguards.models import RecordKey
from safeguards.services import holds
from safeguards.services.holds import HoldBasis

STAFF = "torture"
DUE, HELD, KEPT = 40, 4, 4  # records of one round


@dataclass
class Sown:
    """Records by what must become of them, whatever happens meanwhile: of the rest only rules can tell."""

    due: set[UUID] = field(default_factory=set)
    held: set[UUID] = field(default_factory=set)
    kept: set[UUID] = field(default_factory=set)


def over_before(today: date) -> date:
    """Records of an earlier last contact are over. Nothing is sown near that day: the rules have their own tests."""
    years = policy.in_force(today).facts.retention.consultation.years
    return date(today.year - years, today.month, min(today.day, 28))


def sow(rng: Random, sown: Sown, *, at: datetime) -> None:
    """The records of one round, as the services store them."""
    over = (timezone.localdate(at) - over_before(timezone.localdate(at))).days
    by = User.objects.get(username=STAFF)
    with transaction.atomic(), transaction.atomic(using=router.db_for_write(RecordKey)):
        sown.due |= {_store(rng, over + rng.randint(30, 400), by=by, at=at) for _ in range(DUE)}
        sown.kept |= {_store(rng, rng.randint(2, over - 30), by=by, at=at) for _ in range(KEPT)}
        held = {_store(rng, over + rng.randint(30, 400), by=by, at=at) for _ in range(HELD)}
        for record_id in held:
            holds.place(kind=KIND, record_id=record_id, basis=HoldBasis.LAW, at=at)
        sown.held |= held


def _store(rng: Random, days_ago: int, *, by: User, at: datetime) -> UUID:
    """One consultation of that day, with or without its connection and a contact on the day after."""
    record_id, sent = uuid4(), at - timedelta(days=days_ago)
    submission.store(
        record_id,
        answers(rng),
        token=uuid4(),
        number=rng.randrange(submission.RANGE),
        edition=policy.in_force(timezone.localdate(at)),
        at=sent,
        origin=Technical("203.0.113.5", "Firefox") if rng.random() < 0.5 else None,
        found={},
    )
    if rng.random() < 0.3:
        kind = rng.choice([ContactKind.EMAIL_OUT, ContactKind.MEETING_HELD])
        _contact(record_id, kind, by=by, at=sent + timedelta(days=1))
    return record_id


def _contact(record_id: UUID, kind: ContactKind, *, by: User, at: datetime) -> None:
    version = Consultation.objects.values_list("version", flat=True).get(id=record_id)
    on = timezone.localdate(at)
    contacts.record(record_id, kind=kind, on=on, note="お電話しました", seen=version, by=by, at=at)


def answers(rng: Random) -> Answers:
    """Some invented person's."""
    person = rng.randrange(1_000_000)
    return Answers(
        employee_count=rng.choice(["", "50_299"]),
        case_types=("long_hours", "other") if rng.random() < 0.5 else (),
        case_types_other=f"ご相談{person}",
        contact_name=f"試験 太郎{person}",
        company_name="試験商事",
        email=f"person-{person}@example.jp",
    )
