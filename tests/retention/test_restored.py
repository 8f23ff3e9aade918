"""第9条: /healthz after a restore — not ready while what the ledger off the host names is there."""

import os
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from intake.models import Consultation
from retention.services.restored import State, Watch
from safeguards.models import Erasure
from safeguards.services import ledger
from tests.intake import desk
from tests.retention.ledger import Backup, exported, go, line, replayed
from tests.retention.records import aged, left, run

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    """The configured copy of the ledger; not there yet."""
    path = tmp_path / "erasures.jsonl"
    settings.ERASURE_LEDGER = path
    return path


def health(client: Client) -> tuple[int, Any]:
    """Status and what is said of the erasures."""
    answer = client.get("/healthz", headers={"host": "any.example"})
    body = answer.json()
    assert (body["status"] == "ok") is (answer.status_code == 200)
    return answer.status_code, body.get("erasures")


def test_without_a_configured_ledger_nothing_is_said(client: Client, settings: Settings) -> None:
    settings.ERASURE_LEDGER = None
    assert health(client) == (200, None)


def test_it_is_not_ready_from_the_restore_to_the_replay(
    client: Client, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = desk.stored()
    backup = Backup(one.id)
    go(one.id)
    exported(file.parent)
    assert health(client) == (200, "ok")
    backup.restore()
    assert health(client) == (503, "replay needed")
    said = client.get("/healthz")
    assert str(one.id) not in said.content.decode() + str([vars(record) for record in caplog.records])
    replayed(file)
    assert health(client) == (200, "ok")


@pytest.mark.parametrize("content", [None, "試験 太郎\n", line(uuid4()) + line(uuid4())[:40]])
def test_a_file_that_is_missing_or_damaged_is_not_ready_either(
    client: Client, file: Path, content: str | None
) -> None:
    if content is not None:
        file.write_text(content, encoding="utf-8")
    assert health(client) == (503, "ledger unreadable")


def test_a_folder_for_a_file_is_not_ready(client: Client, file: Path) -> None:
    file.mkdir()
    assert health(client) == (503, "ledger unreadable")


def test_nothing_erased_yet_is_in_order(client: Client, file: Path) -> None:
    desk.stored()
    exported(file.parent)
    assert file.read_text() == ""
    assert health(client) == (200, "ok")


def test_damage_behind_a_record_that_is_there_is_told_first(file: Path) -> None:
    file.write_text(line(desk.stored().id) + "{}\n")
    assert Watch().state(file) == State.UNREADABLE


def test_every_batch_is_looked_at(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "BATCH", 2)
    one = desk.stored()
    for place in range(5):
        ids: list[UUID] = [uuid4() for _ in range(5)]
        ids[place] = one.id
        file.write_text("".join(line(each) for each in ids))
        assert Watch().state(file) == State.NEEDED


def looked(watch: Watch, file: Path) -> tuple[State, bool]:
    """The state, and whether records were compared for it."""
    with CaptureQueriesContext(connection) as queries:
        state = watch.state(file)
    return state, any("intake_consultation" in query["sql"] for query in queries)


def test_what_was_in_order_is_not_looked_at_again_until_file_or_ledger_change(file: Path) -> None:
    watch = Watch()
    file.write_text(line(uuid4()))
    assert looked(watch, file) == (State.OK, True)
    assert looked(watch, file) == (State.OK, False)
    file.write_text(line(uuid4()) + line(uuid4()))
    assert looked(watch, file) == (State.OK, True)
    os.utime(file, ns=(0, 1))
    assert looked(watch, file) == (State.OK, True)
    assert looked(watch, file) == (State.OK, False)
    go(desk.stored().id)
    assert looked(watch, file) == (State.OK, True)
    Erasure.objects.all().delete()
    assert looked(watch, file) == (State.OK, True)
    assert looked(watch, file) == (State.OK, False)


def test_what_was_not_in_order_is_looked_at_each_time(file: Path) -> None:
    one, watch = desk.stored(), Watch()
    file.write_text(line(one.id))
    assert looked(watch, file) == looked(watch, file) == (State.NEEDED, True)
    Consultation.objects.all().delete()
    assert looked(watch, file) == (State.OK, True)
    file.unlink()
    assert watch.state(file) == State.UNREADABLE


def test_a_restored_table_is_looked_at_though_its_ledger_ends_at_the_same_moment(file: Path) -> None:
    one, watch = desk.stored(), Watch()
    backup = Backup(one.id)
    go(desk.stored().id)
    go(one.id)  # of the same run, and so of the same moment; the backup was taken between the two
    exported(file.parent)
    assert looked(watch, file) == (State.OK, True)
    backup.restore(ledger_too=False)
    Erasure.objects.filter(record_id=one.id).delete()
    with connection.cursor() as cursor:  # as pg_restore makes it anew
        cursor.execute("CREATE TABLE restored (LIKE safeguards_erasure INCLUDING ALL)")
        cursor.execute("INSERT INTO restored SELECT * FROM safeguards_erasure")
        cursor.execute("DROP TABLE safeguards_erasure")
        cursor.execute("ALTER TABLE restored RENAME TO safeguards_erasure")
    assert looked(watch, file) == (State.NEEDED, True)


def test_a_database_that_fails_meanwhile_is_not_ready(
    client: Client, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*args: object) -> None:
        raise OperationalError("connection to server failed: 10.1.2.3")

    file.write_text(line(uuid4()))
    monkeypatch.setattr(Watch, "state", lost)
    assert health(client) == (503, "unavailable")


def test_nothing_is_purged_before_the_replay(client: Client, file: Path) -> None:
    one, over = desk.stored(), aged()
    backup = Backup(one.id)
    go(one.id)
    exported(file.parent)
    backup.restore()
    with pytest.raises(CommandError, match="replay_erasures first") as refused:
        run()
    assert refused.value.returncode == 78
    assert left(over) == [over]
    replayed(file)
    run()
    assert left(over) == []


def test_the_age_of_the_purges_work_is_a_detail(client: Client, settings: Settings) -> None:
    settings.ERASURE_LEDGER = None
    assert client.get("/healthz").json()["retention"] == {"overdue_days": None, "last_run_hours": None}
    aged(date(2020, 1, 1))
    found = client.get("/healthz")
    assert found.status_code == 200
    assert found.json()["retention"]["overdue_days"] > 365


def test_nothing_is_purged_while_the_ledger_cannot_be_read(file: Path) -> None:
    over = aged()
    with pytest.raises(CommandError, match="ledger unreadable") as refused:
        run()
    assert refused.value.returncode == 78
    exported(file.parent)
    run()
    assert left(over) == []
