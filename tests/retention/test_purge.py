"""第9条: what a run erases, and what it never does."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.conf import settings as configured
from django.core.management import CommandError
from django.db import DatabaseError, connection, transaction

from intake.choices import ContactKind
from intake.models import KIND, Consultation, Contact, MonthlyCount
from intake.services import contacts
from retention import rules
from retention.models import PurgeRun
from safeguards.choices import ErasureBasis, HoldBasis
from safeguards.models import AuditEntry, Erasure, RecordKey
from safeguards.services import holds
from tests.intake.desk import AT, contact, entries, fresh, stored
from tests.intake.staff import member
from tests.policy.conftest import Editions
from tests.policy.conftest import editions as editions
from tests.retention.records import ORIGIN, OVER, TODAY, TOKYO, aged, certificate, counts, left, noon, run

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)
TABLE = [
    ("2024-02-29", "2026-03-01"),
    ("2024-02-28", "2026-03-01"),
    ("2026-02-27", "2028-02-28"),
    ("2026-02-28", "2028-03-01"),
    ("2025-12-31", "2028-01-01"),
    ("2026-01-31", "2028-02-01"),
    ("2026-11-22", "2028-11-23"),
    ("2026-04-01", "2028-04-02"),
]


@pytest.mark.parametrize(("last_contact", "purged"), TABLE)
def test_a_record_stays_to_the_last_second_of_its_last_day_and_goes_on_the_next(
    last_contact: str, purged: str
) -> None:
    record, day = aged(date.fromisoformat(last_contact)), date.fromisoformat(purged)
    for moment in (noon(day - DAY), datetime.combine(day - DAY, time(23, 59, 59), TOKYO)):
        run(at=moment)
        assert left(record) == [record]
    run(at=datetime.combine(day, time(0), TOKYO))
    assert left(record) == []


@pytest.mark.parametrize(("last_contact", "purged"), TABLE)
def test_the_day_after_it_is_gone_too(last_contact: str, purged: str) -> None:
    record = aged(date.fromisoformat(last_contact))
    run(at=date.fromisoformat(purged) + DAY)
    assert left(record) == []


def test_a_contact_late_at_night_in_utc_counts_from_its_day_in_tokyo() -> None:
    at = datetime(2026, 3, 31, 15, 30, tzinfo=UTC)  # April already
    record = stored(at=at).id
    assert fresh(Consultation.objects.get(id=record)).last_contact_on == date(2026, 4, 1)
    run(at=date(2028, 4, 1))
    assert left(record) == [record]
    run(at=date(2028, 4, 2))
    assert left(record) == []


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
    assert (done.outcome, done.due, done.in_use) == ("done", 3, 0)
    assert (done.as_of, done.edition, done.years, done.cutoff) == (TODAY, date(2026, 1, 2), 2, OVER + DAY)
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
    hold = holds.place(kind=KIND, record_id=held, basis=HoldBasis.DISPUTE, at=AT)
    said = certificate()
    assert left(held, free) == [held]
    assert (said["held"], said["erased"]["consultation"], said["due"]) == ({"dispute": 1}, 1, 1)
    holds.release(kind=KIND, record_ids=[held], at=noon(TODAY))
    assert holds.open_of(kind=KIND, record_id=held) == []
    assert hold.released_at is None  # the row as it was read
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


def test_the_edition_that_the_person_agreed_to_ends_sooner_where_its_period_is_shorter(
    editions: Editions,
) -> None:
    editions.add("2028-01-01", ("years = 2", "years = 3"), file="facts.toml")
    earlier, later = aged(), aged()
    Consultation.objects.filter(id=later).update(policy_edition=date(2028, 1, 1))
    run()
    assert left(earlier, later) == [later]
    run(at=date(2029, 11, 22))
    assert left(later) == [later]
    run(at=date(2029, 11, 23))
    assert left(later) == []


def test_a_shorter_period_of_the_edition_in_force_reaches_what_was_stored_before(editions: Editions) -> None:
    record = aged(date(2027, 6, 1))
    run(at=date(2028, 6, 2))
    assert left(record) == [record]
    editions.add("2028-06-03", ("years = 2", "years = 1"), file="facts.toml")
    run(at=date(2028, 6, 2))
    assert left(record) == [record]
    run(at=date(2028, 6, 3))
    assert left(record) == []


def test_as_many_as_the_ceiling_go_and_one_more_stops_the_run_before_anything() -> None:
    records = [aged() for _ in range(3)]
    with mock.patch("retention.services.purge.CEILING_FROM", 2):
        with pytest.raises(CommandError, match="greater --max-share") as stopped:
            run("--max-share", "66")
        assert stopped.value.returncode == 77
        assert left(*records) == records
        assert not Erasure.objects.exists()
        assert PurgeRun.objects.get().outcome == "ceiling"
        run("--max-share", "100")
    assert left(*records) == []


def test_a_hundred_always_pass_and_a_share_of_all_does() -> None:
    from retention.services.purge import Plan

    def plan(records: int, of: int) -> Plan:
        return Plan(mock.Mock(), records, of, {})

    assert not plan(100, of=100).exceeds(20)
    assert plan(101, of=101).exceeds(20)
    assert not plan(200, of=1000).exceeds(20)
    assert plan(201, of=1000).exceeds(20)
    assert not plan(1000, of=1000).exceeds(100)


def test_a_dry_run_tells_the_same_numbers_and_writes_nothing() -> None:
    records = [aged(origin=ORIGIN) for _ in range(2)]
    held = aged()
    holds.place(kind=KIND, record_id=held, basis=HoldBasis.LAW, at=AT)
    contact(Consultation.objects.get(id=records[0]), ContactKind.EMAIL_OUT, by=member("triage"))
    before = _everything()
    looked = certificate("--dry-run")
    assert _everything() == before
    done = certificate()
    same = ("as_of", "edition", "years", "cutoff", "due", "held")
    assert [looked[name] for name in same] == [done[name] for name in same]
    assert looked["dry_run"]
    assert not done["dry_run"]
    # Connections of records that go are erased with them; the look counts them as old connections too.
    assert {**looked["erased"], "technical": 0} == {**done["erased"], "technical": 0}


def _everything() -> list[Any]:
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        found: list[Any] = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}" ORDER BY 1')  # noqa: S608 - names from the catalogue
            found.append((name, cursor.fetchall()))
    return found


def test_a_day_to_come_is_for_a_dry_run_alone() -> None:
    record = aged(TODAY)
    with pytest.raises(CommandError, match="dry-run") as refused:
        run("--as-of", "2030-11-24")
    assert refused.value.returncode == 78
    assert not PurgeRun.objects.exists()
    assert certificate("--dry-run", "--as-of", "2030-11-24")["due"] == 1
    assert certificate("--dry-run", "--as-of", "2030-11-23")["due"] == 0
    assert left(record) == [record]


def test_a_day_that_has_passed_erases_what_was_over_then() -> None:
    earlier, later = aged(OVER - DAY), aged()
    run("--as-of", "2028-11-22")
    assert left(earlier, later) == [later]


@pytest.mark.parametrize(("apart", "passes"), [(300, True), (-300, True), (301, False), (-301, False)])
def test_clocks_that_are_too_far_apart_stop_it(apart: int, passes: bool) -> None:
    record = aged()
    host = noon(TODAY) + timedelta(seconds=apart)
    if passes:
        run(at=noon(TODAY), host=host)
        assert left(record) == []
        return
    with pytest.raises(CommandError, match="301 seconds apart") as refused:
        run(at=noon(TODAY), host=host)
    assert refused.value.returncode == 78
    assert left(record) == [record]
    assert not PurgeRun.objects.exists()


def test_before_any_edition_nobody_knows_for_how_long() -> None:
    with pytest.raises(CommandError, match="edition") as refused:
        run("--as-of", "2025-12-31")
    assert refused.value.returncode == 78


@pytest.mark.parametrize(
    "flags", [["--as-of", "tomorrow"], ["--batch-size", "0"], ["--max-share", "101"], ["--max-share", "-1"]]
)
def test_a_bad_flag_stops_it_with_a_clear_word(flags: list[str]) -> None:
    with pytest.raises(CommandError, match=flags[0]):
        run(*flags)
    assert not PurgeRun.objects.exists()


def test_a_crash_between_batches_loses_no_count_and_the_next_run_goes_on() -> None:
    records = [aged(OVER - number * DAY) for number in range(5)]
    with _fails_in_batch(2), pytest.raises(RuntimeError, match="planted"):
        run("--batch-size", "2")
    crashed = PurgeRun.objects.get()
    assert (crashed.outcome, counts(crashed)) == ("running", {"consultation": 2, "keys": 2})
    assert left(*records) == records[:3]  # the oldest first
    run("--batch-size", "2")
    crashed.refresh_from_db()
    assert (crashed.outcome, crashed.finished_at) == ("interrupted", None)
    assert crashed.residue is not None
    assert all(each["id_only"] for each in crashed.residue)
    assert crashed.rows_gone_on == TODAY + timedelta(days=configured.BACKUP_DAYS + 1)
    later = PurgeRun.objects.exclude(id=crashed.id).get()
    assert counts(later) == {"consultation": 3, "keys": 3}
    assert Erasure.objects.count() == 5
    assert left(*records) == []


def _fails_in_batch(number: int) -> Any:
    from retention.services import runs

    add, calls = runs.add, []

    def planted(run: UUID | None, numbers: Any) -> None:
        calls.append(numbers)
        if len(calls) == number:
            raise RuntimeError("planted")
        add(run, numbers)

    return mock.patch("retention.services.runs.add", planted)


def test_told_to_stop_it_ends_the_batch_and_says_how_far_it_came() -> None:
    records = [aged(OVER - number * DAY) for number in range(4)]
    with mock.patch("retention.management.commands.purge_expired._told_to_stop", return_value=lambda: True):
        said = run("--batch-size", "2")
    assert said.endswith("outcome: stopped\n2 erased\n")
    assert left(*records) == records[:2]
    stopped = PurgeRun.objects.get()
    assert stopped.residue is None
    run()
    stopped.refresh_from_db()
    assert stopped.outcome == "stopped"
    assert stopped.residue is not None
    assert left(*records) == []


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


def test_the_rules_say_the_same_as_the_selection() -> None:
    records = {day: aged(day) for day in (OVER + number * DAY for number in range(-2, 3))}
    run()
    stays = [day for day, record in records.items() if left(record)]
    assert stays == [day for day in records if rules.purge_from(day, 2) > TODAY]


def test_no_such_record_cannot_be_held() -> None:
    with pytest.raises(holds.NoSuchRecord):
        holds.place(kind=KIND, record_id=uuid4(), basis=HoldBasis.LAW, at=AT)
