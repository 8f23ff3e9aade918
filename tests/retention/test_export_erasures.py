"""第9条: export_erasures — the ledger as lines, nothing else in them, and never one lost by an export."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from intake.models import KIND
from intake.services.erasure import ErasureBasis
from safeguards.models import AuditEntry, Erasure
from safeguards.rules import ledger as rules
from safeguards.services import ledger
from tests.intake import desk
from tests.retention.ledger import exported, go, line, replayed, said

pytestmark = pytest.mark.django_db(databases="__all__")


def entered(number: int, *, at: datetime = desk.AT) -> list[UUID]:
    """So many erasures of a second each."""
    ids = [uuid4() for _ in range(number)]
    for place, record_id in enumerate(ids):
        moment = at + timedelta(seconds=place)
        Erasure.objects.create(
            record_id=record_id, kind=KIND, basis="retention", erased_at=moment, drained_at=moment
        )
    return ids


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(each) for each in text.splitlines()]


def test_a_line_is_an_erasure_and_holds_nothing_else() -> None:
    one, run = desk.stored(), uuid4()
    go(one.id, basis=ErasureBasis.REQUEST, run=run)
    out, err = StringIO(), StringIO()
    call_command("export_erasures", stdout=out, stderr=err)
    assert lines(out.getvalue()) == [
        {
            "record_id": str(one.id),
            "kind": "intake.consultation",
            "basis": "request",
            "run": str(run),
            "erased_at": "2026-11-24T03:00:00+00:00",
        }
    ]
    assert err.getvalue() == "1 erasures written\n"
    assert said("erasures.exported") == [("erasures.exported", "1", None)]


def test_the_oldest_erasure_comes_first_and_all_of_them_come() -> None:
    later, earlier = entered(3), entered(3, at=desk.AT - timedelta(days=1))
    out = StringIO()
    call_command("export_erasures", stdout=out, stderr=StringIO())
    assert [each["record_id"] for each in lines(out.getvalue())] == [str(each) for each in earlier + later]


def test_it_is_read_through_a_cursor_of_the_server_so_that_its_length_costs_no_memory() -> None:
    entered(2)
    open_cursors = set()

    def write(text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_cursors WHERE statement LIKE '%safeguards_erasure%'")
            open_cursors.update(cursor.fetchall())

    assert ledger.export(write, at=desk.AT) == 2
    assert len(open_cursors) == 1


def test_the_file_is_for_its_owner_alone_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    entered(3)
    path = exported(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
    assert len(lines(path.read_text())) == 3
    entered(2)
    assert len(lines(exported(tmp_path).read_text())) == 5  # replaced


def test_it_is_on_the_disk_before_it_takes_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(2)
    done = []
    fsync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else os.fstat(descriptor).st_size)
        fsync(descriptor)

    def replaced(self: Path, target: Path) -> Path:
        done.append("replaced")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    path = exported(tmp_path)
    assert done == [path.stat().st_size, "replaced", "folder"]


def test_what_fails_half_way_leaves_the_old_file_and_no_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(3)
    before = exported(tmp_path).read_text()
    entered(3)
    written = iter(range(4))
    write = rules.write

    def full(entry: rules.Entry) -> str:
        if next(written, None) is None:
            raise OSError(28, "No space left on device")
        return write(entry)

    monkeypatch.setattr("safeguards.rules.ledger.write", full)
    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        exported(tmp_path)
    assert [path.read_text() for path in tmp_path.iterdir()] == [before]
    assert said("erasures.exported") == [("erasures.exported", "3", None)]


def test_a_folder_that_is_not_there_is_told_of_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^erasures.jsonl cannot be written: No such file or directory$"):
        exported(tmp_path / "none")
    assert not AuditEntry.objects.filter(event="erasures.exported").exists()


def test_after_a_restore_the_file_is_not_replaced_before_it_was_replayed(tmp_path: Path) -> None:
    now = timezone.now()
    entered(2, at=now - timedelta(days=1))
    path = exported(tmp_path)
    before = path.read_text()
    Erasure.objects.all().delete()  # as a backup of the day before has it
    entered(1, at=now)
    with pytest.raises(
        CommandError, match=r"names 2 erasures that the database does not know.*replay_erasures"
    ):
        exported(tmp_path)
    assert path.read_text() == before
    assert len(said("erasures.exported")) == 1
    replayed(path)
    assert len(lines(exported(tmp_path).read_text())) == 3


@pytest.mark.parametrize(("age", "refused"), [(34, True), (36, False)])
def test_what_no_backup_can_hold_any_more_may_go_from_the_file(
    tmp_path: Path, settings: Settings, age: int, refused: bool
) -> None:
    settings.BACKUP_DAYS, settings.VAULT_BACKUP_DAYS = 35, 7
    entered(1, at=timezone.now() - timedelta(days=age))
    exported(tmp_path)
    Erasure.objects.all().delete()
    if refused:
        with pytest.raises(CommandError):
            exported(tmp_path)
    else:
        assert exported(tmp_path).read_text() == ""


def test_a_file_that_is_something_else_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "erasures.jsonl"
    path.write_text(line(uuid4()) + "dear diary\n")
    with pytest.raises(
        CommandError, match=r"is no ledger of erasures and is not replaced: line 2: not a JSON"
    ):
        exported(tmp_path)
    assert "dear diary" in path.read_text()


def test_a_line_that_is_written_reads_as_the_same_entry() -> None:
    moment = datetime(2026, 11, 24, 3, 0, 0, 123456, tzinfo=UTC)
    for run in (None, uuid4()):
        entry = rules.Entry(uuid4(), KIND, "unwanted", run, moment)
        assert rules.read(rules.write(entry).encode(), kinds=(KIND,)) == entry
