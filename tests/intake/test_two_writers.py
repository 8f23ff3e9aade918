"""2-1: two members of staff on one page, in real transactions: one wins, the other is told, nothing is half written."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections, transaction

from intake.choices import ContactKind, Status, VoidReason
from intake.models import KIND, Consultation, Contact
from intake.services import contacts, correction, reading, triage
from intake.services.locking import Outdated
from intake.services.triage import State
from safeguards.models import AuditEntry, RecordKey
from safeguards.services import envelopes, lookups
from tests.intake.desk import ADDRESS, AT, Verb, at_once, contact, entries, fresh, stored
from tests.intake.staff import member

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

ROUNDS = 5


def outdated(answers: list[Any]) -> int:
    """How many were told that a colleague was first; nothing else may go wrong."""
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(error) for error in refused] == [Outdated] * len(refused)
    return len(refused)


def record(one: Consultation, by: User, *, note: str = "") -> Verb:
    return lambda: contacts.record(
        one.id, kind=ContactKind.EMAIL_IN, on=one.last_contact_on, note=note, seen=one.version, by=by, at=AT
    )


def advance(one: Consultation, by: User) -> Verb:
    wanted = State(Status.IN_PROGRESS, None, None)
    return lambda: triage.set_state(one.id, wanted, seen=one.version, by=by, at=AT)


def correct(one: Consultation, by: User, email: str = "hanako@example.jp") -> Verb:
    return lambda: correction.correct_address(one.id, email=email, seen=one.version, by=by, at=AT)


def test_of_two_who_record_a_contact_on_the_same_page_exactly_one_wins() -> None:
    by = member()
    for _ in range(ROUNDS):
        one = stored()
        assert outdated(at_once(record(one, by, note="甲"), record(one, by, note="乙"))) == 1
        assert Contact.objects.filter(consultation=one).count() == 1
        assert len(entries(one.id)) == 1
        assert fresh(one).version == 2


def test_of_two_who_void_the_same_entry_exactly_one_wins() -> None:
    by = member()
    for _ in range(ROUNDS):
        one = stored()
        contact_id = contact(one, by=by)
        taken_back = partial(contacts.void, contact_id, seen=2, by=by, at=AT)
        reasons = (VoidReason.TWICE, VoidReason.WRONG_DAY)
        verbs = [partial(taken_back, reason=reason) for reason in reasons]
        assert outdated(at_once(*verbs)) == 1
        assert [event for event, _, _ in entries(one.id)].count("contact.voided") == 1


def test_of_status_contact_and_correction_at_once_one_wins_and_everything_still_opens() -> None:
    by = member()
    for _ in range(ROUNDS):
        one = stored()
        contact(one, by=by, note="前のメモ")
        page = fresh(one)
        assert outdated(at_once(advance(page, by), record(page, by, note="乙"), correct(page, by))) == 2
        opened = reading.open_personal(fresh(one), by=by, at=AT)
        assert "前のメモ" in opened.notes.values()
        assert RecordKey.objects.filter(record_id=one.id).count() == 1
        assert fresh(one).version == 3


def test_of_two_corrections_at_once_the_winners_address_alone_finds_the_record() -> None:
    by = member()
    for _ in range(ROUNDS):
        one = stored()
        new = ("hanako@example.jp", "jiro@example.jp")
        answers = at_once(*(correct(one, by, email) for email in new))
        assert outdated(answers) == 1
        winner = new[answers.index(None)]
        assert reading.unseal(fresh(one)).personal.email == winner
        found = {email: lookups.find(KIND, email) for email in (ADDRESS, *new)}
        assert {email: one.id in ids for email, ids in found.items()} == {
            ADDRESS: False,
            new[0]: winner == new[0],
            new[1]: winner == new[1],
        }


def test_what_is_read_while_the_address_is_corrected_opens_all_the_same() -> None:
    by = member()
    one = stored()
    contact(one, by=by, note="メモ")
    page = fresh(one)  # the reader has the record, and then a colleague reseals it
    correct(page, by)()
    opened = reading.open_personal(page, by=by, at=AT)
    assert opened.personal.email == "hanako@example.jp"
    assert list(opened.notes.values()) == ["メモ"]


def test_what_is_read_while_it_is_erased_is_said_to_be_destroyed() -> None:
    one = stored()
    page = fresh(one)
    envelopes.destroy(kind=KIND, record_ids=[one.id])
    with pytest.raises(envelopes.KeyDestroyed):
        reading.unseal(page)
    fresh(one).delete()
    with pytest.raises(envelopes.KeyDestroyed):
        reading.unseal(page)


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


def while_it_is_deleted(one: Consultation, verb: Verb) -> BaseException | None:
    """Begin the verb while somebody else is deleting the consultation; commit that once the verb waits for it."""

    def run() -> Any:
        try:
            return verb()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as colleague:
        with transaction.atomic():
            fresh(one).delete()
            waiting: Future[Any] = colleague.submit(run)
            deadline = time.monotonic() + 10
            while not somebody_waits_for_us():
                assert time.monotonic() < deadline, "it does not wait for the row"
                time.sleep(0.01)
        return waiting.exception(timeout=10)


@pytest.mark.parametrize("verb", [record, advance, correct])
def test_a_consultation_deleted_in_between_is_said_to_be_gone_and_nothing_is_half_written(
    verb: Callable[[Consultation, User], Verb],
) -> None:
    by, one = member(), stored()
    contact(one, by=by, note="メモ")
    said, keys = AuditEntry.objects.count(), RecordKey.objects.count()
    error = while_it_is_deleted(one, verb(fresh(one), by))
    assert isinstance(error, Consultation.DoesNotExist)
    assert not Consultation.objects.exists()
    assert not Contact.objects.exists()
    assert (AuditEntry.objects.count(), RecordKey.objects.count()) == (said, keys)


def test_an_entry_deleted_with_its_consultation_in_between_is_said_to_be_gone() -> None:
    by, one = member(), stored()
    contact_id = contact(one, by=by)
    said = AuditEntry.objects.count()
    error = while_it_is_deleted(
        one, lambda: contacts.void(contact_id, reason=VoidReason.TWICE, seen=2, by=by, at=AT)
    )
    assert isinstance(error, (Consultation.DoesNotExist, Contact.DoesNotExist))
    assert AuditEntry.objects.count() == said
