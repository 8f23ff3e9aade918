"""What each of those who go on meanwhile does at a time. An Error of the database leaves it open what became of it."""

import time
from collections.abc import Callable
from datetime import date
from random import Random
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from intake.choices import ContactKind
from intake.models import KIND, Consultation
from intake.rules.contacts import COUNTS
from intake.services import contacts, submission
from policy import services as policy
from safeguards.services import holds
from safeguards.services.holds import HoldBasis
from tests.torture.field import STAFF, answers, over_before
from tests.torture.people import Diary

PAGE = 5  # records that somebody has before their eyes, some of which will have gone
COUNTING = 0.2  # of the contacts; too many would leave nothing to erase


class Sender:
    """Sends the form again and again, each one until a receipt comes."""

    def __init__(self, rng: Random, diary: Diary) -> None:
        self.rng, self.diary = rng, diary
        self._next()

    def act(self) -> None:
        at = timezone.now()
        edition = policy.in_force(timezone.localdate(at))
        receipt = submission.submit(self.answers, token=self.token, edition=edition, at=at, found={})
        self.diary.note("acknowledged", f"{self.token} {receipt.reference}")
        self._next()
        time.sleep(self.rng.uniform(0.02, 0.15))

    def _next(self) -> None:
        self.token, self.answers = uuid4(), answers(self.rng)


class Caller:
    """Records contacts of records that are over, while a purge runs: a few of them count."""

    def __init__(self, rng: Random, diary: Diary) -> None:
        self.rng, self.diary, self.page = rng, diary, dict[UUID, int]()
        self.by = User.objects.get(username=STAFF)

    def act(self) -> None:
        if not self.page:
            self.page = look()
            return
        record_id, seen = self.page.popitem()
        counts = self.rng.random() < COUNTING
        kind = self.rng.choice([kind for kind, counted in COUNTS.items() if counted is counts])
        self.diary.note(*self._record(record_id, kind, seen))
        time.sleep(self.rng.uniform(0, 0.02))

    def _record(self, record_id: UUID, kind: ContactKind, seen: int) -> tuple[str, UUID]:
        at = timezone.now()
        on = timezone.localdate(at)
        try:
            contacts.record(record_id, kind=kind, on=on, note="お電話しました", seen=seen, by=self.by, at=at)
        except Consultation.DoesNotExist:
            return "gone", record_id
        except contacts.Outdated:
            return "outdated", record_id
        return ("contacted" if COUNTS[kind] else "noted"), record_id


class Holder:
    """Places holds on records that are over, while a purge runs, and releases every second one."""

    def __init__(self, rng: Random, diary: Diary) -> None:
        self.rng, self.diary, self.page, self.mine = rng, diary, dict[UUID, int](), list[UUID]()

    def act(self) -> None:
        if len(self.mine) > 1:
            record_id = self.mine.pop(0)
            self.mine.clear()
            self.diary.note("releasing", record_id)  # before: from here on nothing is promised
            holds.release(kind=KIND, record_ids=[record_id], at=timezone.now(), only=HoldBasis.DISPUTE)
        elif not self.page:
            self.page = look()
        else:
            self._place(self.page.popitem()[0])
        time.sleep(self.rng.uniform(0, 0.08))

    def _place(self, record_id: UUID) -> None:
        try:
            holds.place(kind=KIND, record_id=record_id, basis=HoldBasis.DISPUTE, at=timezone.now())
        except holds.NoSuchRecord:
            self.diary.note("no such record", record_id)
        except holds.AlreadyHeld:
            self.diary.note("held already", record_id)
        else:
            self.mine.append(record_id)
            self.diary.note("held", record_id)


ROLES: dict[str, Callable[[Random, Diary], Sender | Caller | Holder]] = {
    "sender": Sender,
    "caller": Caller,
    "holder": Holder,
}


def look() -> dict[UUID, int]:
    """Some records that are over, with their versions; none while no purge runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory')")
        if cursor.fetchone() == (False,):
            time.sleep(0.01)
            return {}
    over = Consultation.objects.filter(last_contact_on__lt=over_before(today()))
    return dict(over.order_by("?").values_list("id", "version")[:PAGE])


def today() -> date:
    return timezone.localdate(timezone.now())
