"""第9条: what a run erases, and what it never does."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, connection, transaction

from intake.choices import ContactKind
from intake.models import KIND, Consultation, Contact, MonthlyCount
from intake.services import contacts
from retention.models import PurgeRun
from safeguards.choices import ErasureBasis, HoldBasis
from safeguards.models import AuditEntry, Erasure, RecordKey
from safeguards.services import holds
from tests.intake.desk import AT, contact, entries
from tests.intake.staff import member
from tests.policy.conftest import editions as editions
from tests.retention.records import ORIGIN, OVER, TODAY, aged, certificate, counts, left, noon, run

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)


def test_the_record_goes_with_all_that_belongs_to_it_and_nothing_else_does() -> None:
    by = member("triage")
    over, kept = aged(origin=ORIGIN), aged(OVER + DAY, origin=ORIGIN)
    for each in (over, kept):
        contact(Consultation.objects.get(id=each), ContactKind.EMAIL_OUT, by=by, note="面談は火曜の午後。")
    run()
    assert left(over, kept) == [kept]
    assert list(Contact.objects.values_list("consultation_id", flat=True)) == [kept]
    assert set(RecordKey.objects.values_list("record_id", flat=True)) == {kept}
    ledger = Erasure.objects.get()
    assert (ledger.record_id, ledger.kind, ledger.basis) == (over, KIND, ErasureBasis.RETENTION)
    assert (ledger.run, ledger.erased_at) == (PurgeRun.objects.get().id, noon(TODAY))
    assert ledger.drained_at == noon(TODAY)


def test_its_run_says_what_went_and_the_audit_has_an_entry_a_batch_and_one_for_the_run() -> None:
    records = [aged() for _ in range(3)]
    contact(Consultation.objects.get(id=records[0]), ContactKind.EMAIL_OUT, by=member("triage"))
    said = run("--batch-size", "2")
    done = PurgeRun.objects.get()
    assert counts(done) == {"consultation": 3, "contact": 1, "keys": 3}
    assert (done.outcome, done.due, done.remaining) == ("done", 3, 0)
    assert (done.as_of, done.edition, done.years, done.cutoff) == (TODAY, date(2026, 1, 2), 2, OVER)
    assert (done.started_at, done.finished_at, done.version) == (noon(TODAY), noon(TODAY), "0.1.0")
    assert said.endswith("outcome: done\n3 erased\n")
    batches = AuditEntry.objects.filter(event="consultations.erased").order_by("id")
    assert list(batches.values_list("label", "subject_kind")) == [
        ("retention, 2", KIND),
        ("retention, 1", KIND),
    ]
    assert batches[0].subject_id is None
    assert entries(done.id) == [("retention.purged", "done", None)]


def test_answers_survive_as_monthly_counts_and_no_company_does() -> None:
    aged(
        date(2026, 10, 31),
        company_name="試験商事",
        case_types=("leave_and_return", "high_stress"),
        employee_count="under_50",
    )
    aged(date(2026, 11, 1), employee_count="under_50")
    run()
    found = MonthlyCount.objects.filter(question__in=["", "employee_count", "case_types"])
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    assert {(each.month, each.question, each.answer): each.number for each in found} == {
        (october, "", ""): 1,
        (november, "", ""): 1,
        (october, "employee_count", "under_50"): 1,
        (november, "employee_count", "under_50"): 1,
        (october, "case_types", "leave_and_return"): 1,
        (october, "case_types", "high_stress"): 1,
    }
    assert not MonthlyCount.objects.filter(answer__contains="試験").exists()


def test_what_is_held_stays_and_is_named_and_goes_with_the_next_run_after_its_release() -> None:
    held, free = aged(), aged()
    holds.place(kind=KIND, record_id=held, basis=HoldBasis.DISPUTE, at=AT)
    said = certificate()
    assert left(held, free) == [held]
    assert (said["held"], said["erased"]["consultation"], said["due"]) == ({"dispute": 1}, 1, 1)
    holds.release(kind=KIND, record_ids=[held], at=noon(TODAY))
    assert holds.open_of(kind=KIND, record_id=held) == []
    run()
    assert left(held) == []


def _by_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_consultation WHERE last_contact_on < %s", [TODAY])


@pytest.mark.parametrize(
    "deletion", [_by_sql, lambda: Consultation.objects.all().delete()], ids=["sql", "orm"]
)
def test_the_database_refuses_to_delete_what_is_held_whoever_forgets(deletion: Callable[[], object]) -> None:
    held = aged()
    holds.place(kind=KIND, record_id=held, basis=HoldBasis.LAW, at=AT)
    with pytest.raises(DatabaseError, match="held"), transaction.atomic():
        deletion()
    assert left(held) == [held]


def test_an_erased_id_is_not_stored_again() -> None:
    over = aged()
    old_page = Consultation.objects.get(id=over)
    run()
    with pytest.raises(DatabaseError, match="erased"), transaction.atomic():
        old_page.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        old_page.save(update_fields=["status"])
    assert left(over) == []


def test_a_contact_that_was_recorded_just_before_keeps_the_record() -> None:
    record = aged()
    with mock.patch("django.utils.timezone.localdate", return_value=TODAY):
        seen = Consultation.objects.get(id=record).version
        contacts.record(
            record, kind=ContactKind.EMAIL_IN, on=TODAY, note="", seen=seen, by=member(), at=noon(TODAY)
        )
    run()
    assert left(record) == [record]


def test_nothing_that_is_left_can_be_read_from_a_run() -> None:
    record = aged(company_name="試験商事", contact_name="試験 太郎")
    run()
    said = str(list(PurgeRun.objects.values())) + str(list(Erasure.objects.values()))
    assert "試験" not in said
    assert "example" not in said
    assert str(record) not in str(list(PurgeRun.objects.values()))


def test_the_days_from_which_no_backup_holds_what_went(settings: Any) -> None:
    aged()
    settings.BACKUP_DAYS, settings.VAULT_BACKUP_DAYS = 30, 7
    run()
    done = PurgeRun.objects.get()
    keys = 8 if "vault" in configured.DATABASES else 31
    assert (done.rows_gone_on, done.keys_gone_on) == (TODAY + 31 * DAY, TODAY + keys * DAY)


def test_no_such_record_cannot_be_held() -> None:
    with pytest.raises(holds.NoSuchRecord):
        holds.place(kind=KIND, record_id=uuid4(), basis=HoldBasis.LAW, at=AT)
