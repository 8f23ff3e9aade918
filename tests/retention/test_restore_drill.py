"""第9条: the drill — dump, erase, restore the dump, replay: nothing that was erased can be read."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.conf import settings as configured
from django.db import connections
from psycopg.types.json import Jsonb

from intake.models import KIND
from intake.services.erasure import ErasureBasis
from intake.services.technical import Technical
from safeguards.choices import HoldBasis
from safeguards.models import RecordKey
from safeguards.services import holds, lookups
from tests.intake import desk
from tests.intake.staff import member
from tests.retention.drill import Restored
from tests.retention.ledger import exported, go

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(
        configured.EMBEDDED_POSTGRES is None, reason="DATABASE_URL is set: no pg_dump with it"
    ),
]
ERASED, COMPANY = "erased@example.jp", "消去試験商事"


@pytest.fixture
def restored() -> Iterator[Restored]:
    databases = Restored()
    yield databases
    for alias in databases.names:
        databases.drop(alias)


def secrets_of(record_id: UUID) -> list[str]:
    """What would let anybody read, find or recognise the record: keys, lookups, envelopes, as rows show them."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT sealed, technical FROM intake_consultation WHERE id = %s", [record_id])
        envelopes = [bytes(value).hex() for value in cursor.fetchone()]
        cursor.execute("SELECT note FROM intake_contact WHERE consultation_id = %s", [record_id])
        envelopes += [bytes(note).hex() for (note,) in cursor.fetchall()]
    keys = RecordKey.objects.filter(record_id=record_id)
    return [*envelopes, *(bytes(key.wrapped).hex() for key in keys), *(str(key.id) for key in keys)]


@pytest.mark.parametrize("custom", [False, True], ids=["plain", "custom"])
def test_nothing_that_was_erased_can_be_read_after_restore_and_replay(
    restored: Restored, tmp_path: Path, custom: bool
) -> None:
    origin = Technical("203.0.113.5", "Firefox")
    gone = desk.stored(email=ERASED, company_name=COMPANY, origin=origin)
    desk.contact(gone, by=member(), note="前のメモ")
    kept = desk.stored()
    holds.place(kind=KIND, record_id=kept.id, basis=HoldBasis.LAW, at=desk.AT)
    early = desk.stored(email=ERASED)
    go(early.id)  # before the backup: its ledger names it
    hidden = [*secrets_of(gone.id), COMPANY, lookups.digest(KIND, ERASED).hex()]
    files = restored.dump(tmp_path, custom)
    go(gone.id, basis=ErasureBasis.REQUEST)
    path = exported(tmp_path)

    restored.restore(files, custom)
    before = restored.everything()
    assert [value for value in hidden if value not in before] == []
    done = restored.manage("replay_erasures", path)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert [line.split()[-1] for line in done.stdout.splitlines()] == ["2", "1", "2", "1", "0"]

    after = restored.everything()
    assert [value for value in hidden if value in after] == []
    left = "SELECT id FROM intake_consultation"
    assert restored.ask(left) == [(kept.id,)]
    assert restored.ask("SELECT DISTINCT record_id FROM safeguards_recordkey", alias="vault") == [(kept.id,)]
    ledger = "SELECT record_id, basis, erased_at FROM safeguards_erasure WHERE record_id = %s"
    assert restored.ask(ledger, gone.id) == [(gone.id, "request", desk.AT)]
    again = restored.manage("replay_erasures", path)
    assert [line.split()[-1] for line in again.stdout.splitlines()] == ["2", "2", "0", "0", "0"]


def test_the_restored_database_refuses_what_the_first_did(restored: Restored, tmp_path: Path) -> None:
    one, held = desk.stored(), desk.stored()
    holds.place(kind=KIND, record_id=held.id, basis=HoldBasis.LAW, at=desk.AT)
    go(one.id)
    restored.restore(restored.dump(tmp_path, True), True)
    with pytest.raises(psycopg.errors.RestrictViolation, match="a consultation is held"):
        restored.ask("DELETE FROM intake_consultation RETURNING id")
    again = """
        INSERT INTO intake_consultation SELECT (jsonb_populate_record(c, %s)).* FROM intake_consultation c
        RETURNING id
    """
    with pytest.raises(psycopg.errors.RestrictViolation, match="this id was erased"):
        restored.ask(again, Jsonb({"id": str(one.id)}))
    with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
        restored.ask("DELETE FROM safeguards_auditentry RETURNING id")


def test_the_ledger_of_the_restored_database_does_not_replace_the_one_off_the_host(
    restored: Restored, tmp_path: Path
) -> None:
    one = desk.stored()
    files = restored.dump(tmp_path, True)
    go(one.id)
    path = exported(tmp_path)
    before = path.read_text()
    restored.restore(files, True)
    done = restored.manage("export_erasures", "--to", path)
    assert done.returncode == 1
    assert "names 1 erasures that the database does not know" in done.stderr
    assert path.read_text() == before
