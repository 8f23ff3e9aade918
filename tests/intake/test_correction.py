"""2-1・第6条: a mistyped address is put right, and the stranger's is in nothing that can still be read.

Run with the keys in the records' database and, by tests/safeguards/test_vault.py, with a vault apart.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.core import mail as outbox
from django.db import DatabaseError, transaction
from pytest_django.fixtures import Settings

from intake.choices import VoidReason
from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from intake.services import contacts, correction, mail, reading, technical
from intake.services.correction import AlreadyBounced, Outdated, SameAddress
from safeguards.models import AuditEntry, RecordKey
from safeguards.services import envelopes, lookups
from tests.intake.desk import ADDRESS, AT, contact, entries, fresh, stored
from tests.intake.staff import member

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

RIGHT = "hanako@example.jp"
LATER = AT + timedelta(hours=3)
APART = "vault" in configured.DATABASES


@pytest.fixture(autouse=True)
def _mail(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "casetra@example.jp"
    settings.STAFF_NOTIFY = ["staff@example.jp"]


@pytest.fixture
def by() -> User:
    return member()


def correct(consultation: Consultation, by: User, email: str = RIGHT, at: datetime = LATER) -> None:
    seen = fresh(consultation).version
    correction.correct_address(consultation.id, email=email, seen=seen, by=by, at=at)


def key_ids(consultation: Consultation) -> set[UUID]:
    return set(RecordKey.objects.filter(kind=KIND, record_id=consultation.id).values_list("id", flat=True))


def opened(consultation: Consultation, blob: bytes | None = None) -> PersonalPart:
    sealed = fresh(consultation).sealed if blob is None else blob
    return envelopes.open(sealed, kind=KIND, record_id=consultation.id, into=PersonalPart)


def test_the_new_address_is_in_the_envelope_and_nothing_else_of_it_changes(by: User) -> None:
    one = stored(position="部長", security="他の回答")
    before = opened(one)
    correct(one, by)
    after = opened(one)
    assert after.email == RIGHT
    assert {**vars(after), "email": ADDRESS} == vars(before)


def test_the_record_is_sealed_under_a_new_key_and_the_old_bytes_never_open_again(by: User) -> None:
    one = stored()
    old_blob, old_keys = bytes(one.sealed), key_ids(one)
    correct(one, by)
    assert len(key_ids(one)) == 1
    assert not key_ids(one) & old_keys
    assert RecordKey.objects.get(kind=KIND).created_at == LATER
    with pytest.raises(envelopes.KeyDestroyed):
        opened(one, old_blob)


def test_the_right_address_finds_the_record_and_the_mistyped_one_does_not(by: User) -> None:
    one, other = stored(), stored()
    correct(one, by)
    assert lookups.find(KIND, RIGHT) == [one.id]
    assert lookups.find(KIND, ADDRESS) == [other.id]


def test_notes_open_under_the_new_key_those_of_voided_entries_too(by: User) -> None:
    one = stored()
    kept, gone = contact(one, by=by, note="甲"), contact(one, by=by, note="乙")
    contact(one, by=by)
    contacts.void(gone, reason=VoidReason.NOTE, seen=fresh(one).version, by=by, at=LATER)
    old_notes = {each.id: bytes(each.note) for each in one.contacts.exclude(note=None) if each.note}
    correct(one, by)
    assert dict(reading.open_personal(fresh(one), by=by, at=LATER).notes) == {kept: "甲", gone: "乙"}
    with pytest.raises(envelopes.KeyDestroyed):
        envelopes.open_parts(old_notes, kind=KIND, record_id=one.id, into=contacts.Note)
    added = contact(one, by=by, note="丙")
    assert reading.unseal(fresh(one)).notes[added] == "丙"


def test_the_audit_says_who_and_which_and_no_address(by: User) -> None:
    one = stored()
    correct(one, by)
    assert entries(one.id) == [("consultation.address_corrected", "", by.pk)]
    assert AuditEntry.objects.get(event="consultation.address_corrected").at == LATER
    assert fresh(one).version == 2


def test_the_clock_and_the_technical_information_stay_as_they_are(by: User) -> None:
    one = stored(origin=technical.Technical("203.0.113.5", "Firefox"))
    correct(one, by)
    after = fresh(one)
    assert after.last_contact_on == one.last_contact_on
    assert technical.open_for(after, by=by, at=LATER) == technical.Technical("203.0.113.5", "Firefox")


def test_the_acknowledgement_goes_to_the_right_address_once_and_staff_get_no_second_notice(by: User) -> None:
    one = stored()
    assert [message.to for message in outbox.outbox] == [[ADDRESS], ["staff@example.jp"]]
    correct(one, by)
    assert [message.to for message in outbox.outbox[2:]] == [[RIGHT]]
    first, _, second = (message.message()["Message-ID"] for message in outbox.outbox)
    assert first == second  # docs/decisions/0006 says why
    assert fresh(one).acknowledged_at == LATER
    assert mail.send_pending(at=LATER, limit=10) == mail.Report(sent=0, refused=0, left=0)
    assert len(outbox.outbox) == 3


def test_with_the_mail_server_away_the_acknowledgement_is_due_and_goes_to_the_right_address_later(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = stored()

    def away(*args: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as server:
        server.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        correct(one, by)
    assert fresh(one).acknowledged_at is None
    assert mail.send_pending(at=LATER, limit=10).sent == 1
    assert [message.to for message in outbox.outbox[2:]] == [[RIGHT]]


def test_a_bounce_or_a_refusal_of_the_old_address_is_none_of_the_new_one(by: User) -> None:
    one = stored()
    Consultation.objects.update(acknowledged_at=None, mail_refused_at=AT)
    correction.mark_bounced(one.id, seen=1, by=by, at=LATER)
    correct(one, by)
    after = fresh(one)
    assert (after.mail_refused_at, after.bounced_at, after.acknowledged_at) == (None, None, LATER)


def test_after_two_weeks_the_address_is_put_right_and_no_mail_puzzles_anybody(by: User) -> None:
    one = stored()
    correct(one, by, at=AT + mail.DUE_FOR + timedelta(seconds=1))
    assert opened(one).email == RIGHT
    assert len(outbox.outbox) == 2


@pytest.mark.parametrize(("seen", "email", "why"), [(2, RIGHT, Outdated), (1, ADDRESS, SameAddress)])
def test_a_refusal_writes_nothing(seen: int, email: str, why: type[Exception], by: User) -> None:
    one = stored()
    keys = key_ids(one)
    with pytest.raises(why):
        correction.correct_address(one.id, email=email, seen=seen, by=by, at=LATER)
    assert (key_ids(one), entries(one.id), fresh(one).version) == (keys, [], 1)
    assert opened(one).email == ADDRESS
    assert len(outbox.outbox) == 2


def test_a_record_whose_envelope_does_not_open_is_left_as_it_is(by: User) -> None:
    one = stored()
    envelopes.destroy(kind=KIND, record_ids=[one.id])
    with pytest.raises(envelopes.KeyDestroyed):
        correct(one, by)
    assert (key_ids(one), entries(one.id), fresh(one).version) == (set(), [], 1)


def test_an_address_may_be_put_right_twice_and_back(by: User) -> None:
    one = stored()
    for email in (RIGHT, "jiro@example.jp", ADDRESS):
        correct(one, by, email)
        assert opened(one).email == email
        assert lookups.find(KIND, email) == [one.id]
        assert len(key_ids(one)) == 1


def test_a_rollback_leaves_the_old_envelope_readable(by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    one = stored()
    note = contact(one, by=by, note="甲")

    def crash(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as database:
        database.setattr("intake.services.correction.bump", crash)
        with pytest.raises(DatabaseError):
            correct(one, by)
    after = reading.unseal(fresh(one))
    assert (after.personal.email, dict(after.notes)) == (ADDRESS, {note: "甲"})
    assert [event for event, _, _ in entries(one.id)] == ["contact.recorded"]
    assert lookups.find(KIND, ADDRESS) == [one.id]
    assert len(outbox.outbox) == 2
    # A vault apart has committed the new key by then. It opens nothing, and the next correction takes it along.
    assert len(key_ids(one)) == (2 if APART else 1)
    correct(one, by)
    assert len(key_ids(one)) == 1
    assert reading.unseal(fresh(one)).personal.email == RIGHT


def test_the_old_key_is_there_until_the_new_envelope_is_committed(by: User) -> None:
    one = stored()
    old = key_ids(one)
    with transaction.atomic():
        correct(one, by)
        assert (old <= key_ids(one)) is APART
        assert opened(one).email == RIGHT
    assert not old & key_ids(one)


def test_a_crash_between_the_commit_and_the_old_keys_end_leaves_the_record_readable(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = stored()
    note = contact(one, by=by, note="甲")
    with monkeypatch.context() as process:
        process.setattr("django.db.transaction.on_commit", lambda *args, **kwargs: None)  # dead by then
        correct(one, by)
    after = reading.unseal(fresh(one))
    assert (after.personal.email, dict(after.notes)) == (RIGHT, {note: "甲"})
    assert mail.send_pending(at=LATER, limit=10).sent == 1  # the mail was due on the record all the while
    assert len(key_ids(one)) == (2 if APART else 1)
    correct(one, by, "jiro@example.jp")
    assert len(key_ids(one)) == 1


@pytest.mark.skipif(not APART, reason="in one database the old key goes in the same transaction")
def test_a_vault_that_goes_away_after_the_commit_is_no_fault_of_the_page_and_stops_no_mail(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = stored()

    def away(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as vault:
        vault.setattr("django.db.models.query.QuerySet.delete", away)
        correct(one, by)
    assert opened(one).email == RIGHT
    assert fresh(one).acknowledged_at == LATER


def test_undelivered_is_a_fact_on_the_record_with_its_entry_and_no_contact(by: User) -> None:
    one = stored()
    correction.mark_bounced(one.id, seen=1, by=by, at=LATER)
    after = fresh(one)
    assert (after.bounced_at, after.version, after.last_contact_on) == (LATER, 2, one.last_contact_on)
    assert entries(one.id) == [("consultation.bounced", "", by.pk)]


def test_undelivered_is_noted_once_and_by_an_up_to_date_page_only(by: User) -> None:
    one = stored()
    with pytest.raises(Outdated):
        correction.mark_bounced(one.id, seen=0, by=by, at=LATER)
    correction.mark_bounced(one.id, seen=1, by=by, at=LATER)
    with pytest.raises(AlreadyBounced):
        correction.mark_bounced(one.id, seen=2, by=by, at=LATER + timedelta(days=1))
    assert fresh(one).bounced_at == LATER
    assert len(entries(one.id)) == 1


def test_a_consultation_that_is_gone_is_said_so(by: User) -> None:
    one = stored()
    fresh(one).delete()
    with pytest.raises(Consultation.DoesNotExist):
        correction.mark_bounced(one.id, seen=1, by=by, at=datetime(2026, 11, 25, tzinfo=UTC))
    with pytest.raises(Consultation.DoesNotExist):
        correction.correct_address(one.id, email=RIGHT, seen=1, by=by, at=LATER)
    assert entries(one.id) == []
