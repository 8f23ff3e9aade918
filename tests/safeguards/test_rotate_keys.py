"""第6条: rewrapping data keys under a newer key-encryption key."""

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from safeguards.models import AuditEntry, RecordKey
from safeguards.rules import keyring
from safeguards.services import envelopes, keys
from tests.safeguards.test_envelopes import KIND, Person

pytestmark = pytest.mark.django_db(databases="__all__")

AT = datetime(2026, 11, 22, tzinfo=UTC)
OLD = keyring.generate(key_id="old")
NEW = keyring.generate(OLD, key_id="new")


@pytest.fixture
def sealed(settings: Settings) -> dict[UUID, bytes]:
    """Seven records sealed under the old keyring, with the new one in place now."""
    settings.CASETRA_KEYRING = keyring.parse(OLD)
    ids = [uuid4() for _ in range(7)]
    blobs = {i: envelopes.seal(Person("試験"), kind=KIND, record_id=i, at=AT) for i in ids}
    settings.CASETRA_KEYRING = keyring.parse(NEW)
    return blobs


def rotate(**options: object) -> str:
    out = StringIO()
    call_command("rotate_keys", stdout=out, **options)
    return out.getvalue()


def test_all_keys_are_rewrapped_and_the_old_key_can_go(sealed: dict[UUID, bytes], settings: Settings) -> None:
    output = rotate(batch_size=3)
    assert output.splitlines() == [
        "3 keys rewrapped …",
        "6 keys rewrapped …",
        "7 keys rewrapped …",
        "7 keys rewrapped; every key is under new",
    ]
    document = json.loads(NEW)
    document["keys"].pop()
    settings.CASETRA_KEYRING = keyring.parse(json.dumps(document))
    assert len(envelopes.open_many(sealed, kind=KIND, into=Person)) == 7
    assert sorted(AuditEntry.objects.values_list("label", flat=True)) == ["new, 1", "new, 3", "new, 3"]


def test_a_run_that_was_stopped_goes_on_where_it_ended(sealed: dict[UUID, bytes]) -> None:
    class Stop(Exception):
        pass

    def stop(done: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        keys.rotate(at=AT, batch_size=2, progress=stop)
    assert RecordKey.objects.filter(kek_id="new").count() == 2
    assert len(envelopes.open_many(sealed, kind=KIND, into=Person)) == 7
    assert rotate(batch_size=2).splitlines()[-1].startswith("5 keys rewrapped;")
    assert rotate().splitlines() == ["0 keys rewrapped; every key is under new"]


def test_a_key_minted_under_the_old_one_behind_the_walk_is_found(
    sealed: dict[UUID, bytes], settings: Settings
) -> None:
    late = uuid4()
    settings.CASETRA_KEYRING = keyring.parse(OLD)
    blob = envelopes.seal(Person("遅れた 記録"), kind=KIND, record_id=late, at=AT)
    settings.CASETRA_KEYRING = keyring.parse(NEW)
    held = RecordKey.objects.get(record_id=late)
    RecordKey.objects.filter(record_id=late).delete()

    def come_late(done: int) -> None:
        if not RecordKey.objects.filter(record_id=late).exists():
            held.save(force_insert=True)

    result = keys.rotate(at=AT, batch_size=7, progress=come_late)
    assert (result.rewrapped, result.left) == (8, 0)
    assert envelopes.open(blob, kind=KIND, record_id=late, into=Person).name == "遅れた 記録"


def test_a_damaged_key_is_counted_and_stops_no_other(sealed: dict[UUID, bytes]) -> None:
    damaged = RecordKey.objects.order_by("id")[0]
    damaged.wrapped = bytes(damaged.wrapped)[:-1] + b"?"
    damaged.save(update_fields=["wrapped"])
    with pytest.raises(CommandError, match="6 keys rewrapped; 1 are damaged"):
        rotate(batch_size=2)
    assert RecordKey.objects.filter(kek_id="new").count() == 6


def test_a_key_in_use_that_the_keyring_lacks_stops_the_run_before_it_writes(
    sealed: dict[UUID, bytes], settings: Settings
) -> None:
    settings.CASETRA_KEYRING = keyring.parse(keyring.generate(key_id="stranger"))
    with pytest.raises(CommandError, match="old"):
        rotate()
    assert set(RecordKey.objects.values_list("kek_id", flat=True)) == {"old"}
    assert not AuditEntry.objects.exists()


def test_a_batch_size_below_one_is_refused() -> None:
    with pytest.raises(CommandError, match="--batch-size"):
        rotate(batch_size=0)


def test_generate_keyring_adds_a_first_key_to_a_file(tmp_path: Path, settings: Settings) -> None:
    file = tmp_path / "keyring.json"
    file.write_text(OLD)
    out = StringIO()
    call_command("generate_keyring", add=file, id="new", stdout=out)
    assert list(keyring.parse(out.getvalue()).keys) == ["new", "old"]
    with pytest.raises(CommandError, match="stands twice"):
        call_command("generate_keyring", add=file, id="old")
    with pytest.raises(CommandError, match="cannot read"):
        call_command("generate_keyring", add=tmp_path / "missing")
