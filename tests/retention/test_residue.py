"""第9条: after a run every table is searched for what went, and a leftover is named — planted ones of every kind."""

from datetime import timedelta
from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from intake.models import KIND, Consultation
from intake.services.erasure import ErasureBasis, erase
from retention.models import PurgeRun
from safeguards.choices import HoldBasis
from safeguards.models import RecordKey
from safeguards.services import erasures, holds
from tests.intake.desk import AT
from tests.retention.records import OVER, TODAY, aged, certificate, left, noon, run

pytestmark = pytest.mark.django_db(databases="__all__")
OTHER = uuid4()


@pytest.fixture
def planted() -> None:
    """A table that nobody thought of, with a column of every kind that can hold an id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE forgotten (n int, one uuid, several uuid[], said text, short varchar(40), "
            "too_short varchar(30), words text[], document jsonb, old_document json)"
        )


def _plant(column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO forgotten (n, {column}) VALUES (1, %s)", [value])  # noqa: S608


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("one", "{0}"),
        ("several", "{{{1},{0}}}"),
        ("said", "siehe {0}, {0} und {1}"),
        ("short", "{0}"),
        ("words", "{{eins,{0}}}"),
        ("document", '{{"of": {{"record": ["{0}"]}}}}'),
        ("old_document", '{{"{0}": 1}}'),
    ],
)
def test_a_leftover_in_any_column_is_found_and_named(planted: None, column: str, value: str) -> None:
    record = aged()
    _plant(column, value.format(record, OTHER))
    _plant(column, value.format(OTHER, OTHER))
    with pytest.raises(CommandError, match="are left") as failed:
        run()
    assert failed.value.returncode == 1
    done = PurgeRun.objects.get()
    assert done.outcome == "leftover"
    assert done.residue is not None
    assert {"table": "forgotten", "column": column, "rows": 1, "id_only": False} in done.residue


def test_an_id_in_capitals_is_the_same(planted: None) -> None:
    record = aged()
    _plant("said", str(record).upper())
    with pytest.raises(CommandError, match="are left"):
        run()


def test_ids_of_records_that_stay_are_no_leftover(planted: None) -> None:
    aged()
    kept = aged(TODAY)
    _plant("one", str(kept))
    _plant("said", f"{kept} {OTHER}")
    run()
    assert PurgeRun.objects.get().outcome == "done"


def test_audit_ledger_and_released_holds_may_hold_the_bare_id() -> None:
    record = aged()
    holds.place(kind=KIND, record_id=record, basis=HoldBasis.LAW, at=AT)
    holds.release(kind=KIND, record_ids=[record], at=AT)
    said = certificate()
    found = {(each["table"], each["column"]): (each["rows"], each["id_only"]) for each in said["residue"]}
    assert found == {
        ("safeguards_auditentry", "subject_id"): (2, True),  # its submission, and its erasure
        ("safeguards_erasure", "record_id"): (1, True),
        ("safeguards_hold", "record_id"): (1, True),
    }


def _session(said: object) -> None:
    store = SessionStore()
    store["back"] = said
    store.set_expiry(noon(TODAY.replace(year=2030)))
    store.save()


def test_a_session_that_still_names_it_is_a_leftover() -> None:
    record = aged()
    _session({"to": f"/admin/intake/consultation/{record}/change/"})
    _session({"to": f"/admin/intake/consultation/{OTHER}/change/"})
    with pytest.raises(CommandError, match="are left"):
        run()
    residue = PurgeRun.objects.get().residue
    assert residue is not None
    assert {"table": "django_session", "column": "session_data", "rows": 1, "id_only": False} in residue


def test_a_key_that_came_back_is_a_leftover_in_whatever_database_keys_live() -> None:
    from retention.services import residue

    record = aged()
    run()
    done = PurgeRun.objects.get()
    assert all(each.id_only for each in residue.sweep(done.id))
    _key_of(record)
    found = [each for each in residue.sweep(done.id) if not each.id_only]
    assert [(each.table, each.column, each.rows) for each in found] == [
        ("safeguards_recordkey", "record_id", 1)
    ]


def _key_of(record: UUID) -> None:
    RecordKey.objects.create(
        id=uuid4(), kind=KIND, record_id=record, kek_id="1", wrapped=b"", lookup=None, created_at=AT
    )


def test_a_run_that_erased_nothing_searches_nothing() -> None:
    assert certificate()["residue"] == []


def test_what_was_left_by_a_stopped_run_is_found_however_late_the_next_one_comes(planted: None) -> None:
    earlier, later = aged(OVER - timedelta(days=1)), aged()
    with mock.patch("retention.management.commands.purge_expired._told_to_stop", return_value=lambda: True):
        run("--batch-size", "1")
    assert left(earlier, later) == [later]
    _plant("one", str(earlier))
    with pytest.raises(CommandError, match="are left"):
        run(at=TODAY + timedelta(days=400))
    assert set(PurgeRun.objects.values_list("outcome", flat=True)) == {"leftover"}
    stopped = PurgeRun.objects.earliest("started_at")
    assert stopped.rows_gone_on is not None


def test_a_ledger_that_forgets_at_once_does_not_hide_what_is_left(planted: None, settings: Settings) -> None:
    settings.BACKUP_DAYS = settings.VAULT_BACKUP_DAYS = 0
    _plant("one", str(aged()))
    with pytest.raises(CommandError, match="are left"):
        run()


def test_what_is_left_of_a_record_erased_by_hand_is_told_every_day_until_it_is_gone(planted: None) -> None:
    record = aged(TODAY)
    with transaction.atomic():
        erase(Consultation.objects.filter(id=record), basis=ErasureBasis.REQUEST, at=noon(TODAY))
    erasures.drain(at=noon(TODAY), count=lambda run, number: None)
    _plant("said", str(record))
    for days in range(2):
        with pytest.raises(CommandError, match="are left"):
            run(at=TODAY + timedelta(days=days))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM forgotten")
    assert certificate(at=TODAY + timedelta(days=2))["residue"] == []
