"""第6条: envelopes and lookups on PostgreSQL."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from safeguards.models import RecordKey
from safeguards.rules import keyring
from safeguards.services import envelopes, lookups

pytestmark = pytest.mark.django_db(databases="__all__")

AT = datetime(2026, 11, 22, tzinfo=UTC)
KIND = "tests.person"


@dataclass(frozen=True)
class Person:
    name: str
    note: str = ""


TARO = Person("試験 太郎", "𠮷野家の髙﨑さん🍀")


def seal(record_id: UUID, content: Person = TARO, email: str | None = None) -> bytes:
    return envelopes.seal(content, kind=KIND, record_id=record_id, at=AT, lookup=email)


def open_(blob: bytes, record_id: UUID, kind: str = KIND) -> Person:
    return envelopes.open(blob, kind=kind, record_id=record_id, into=Person)


def test_what_was_sealed_opens() -> None:
    record_id = uuid4()
    assert open_(seal(record_id), record_id) == TARO


def test_every_record_has_a_data_key_of_its_own_and_the_stored_one_is_wrapped() -> None:
    seal(uuid4())
    seal(uuid4())
    first, second = RecordKey.objects.all()
    assert first.wrapped != second.wrapped
    assert {first.kek_id, second.kek_id} == {settings.CASETRA_KEYRING.newest}
    assert first.created_at == AT


def test_an_envelope_moved_to_another_record_or_table_is_refused_by_name() -> None:
    mine, theirs = uuid4(), uuid4()
    blob = seal(mine)
    seal(theirs)
    with pytest.raises(envelopes.MisplacedEnvelope):
        open_(blob, theirs)
    with pytest.raises(envelopes.MisplacedEnvelope):
        open_(blob, mine, kind="tests.other")


def test_an_envelope_relabelled_with_another_records_key_is_refused() -> None:
    mine, theirs = uuid4(), uuid4()
    blob, other = seal(mine), seal(theirs)
    with pytest.raises(envelopes.TamperedEnvelope):
        open_(blob[:1] + other[1:17] + blob[17:], theirs)


def test_a_key_row_moved_to_another_record_opens_nothing() -> None:
    mine, theirs = uuid4(), uuid4()
    blob = seal(mine)
    RecordKey.objects.filter(record_id=mine).update(record_id=theirs)
    with pytest.raises(envelopes.TamperedEnvelope):
        open_(blob, theirs)


def test_a_changed_envelope_is_refused() -> None:
    record_id = uuid4()
    blob = bytearray(seal(record_id))
    blob[-1] ^= 1
    with pytest.raises(envelopes.TamperedEnvelope):
        open_(bytes(blob), record_id)


def test_an_unknown_key_encryption_key_is_named_and_no_other_tried(settings: Settings) -> None:
    record_id = uuid4()
    blob = seal(record_id)
    settings.CASETRA_KEYRING = keyring.parse(keyring.generate(key_id="quite-new"))
    with pytest.raises(envelopes.UnknownKey, match="'k1'"):
        open_(blob, record_id)


def test_the_wrong_key_under_the_right_id_is_tampering_never_garbage(settings: Settings) -> None:
    record_id = uuid4()
    blob = seal(record_id)
    settings.CASETRA_KEYRING = keyring.parse(keyring.generate(key_id=settings.CASETRA_KEYRING.newest))
    with pytest.raises(envelopes.TamperedEnvelope):
        open_(blob, record_id)


def test_a_destroyed_key_ends_every_copy_and_its_lookup_and_can_be_destroyed_again() -> None:
    record_id, kept = uuid4(), uuid4()
    blob, other = seal(record_id, email="taro@example.jp"), seal(kept)
    assert envelopes.destroy(kind=KIND, record_ids=[record_id]) == 1
    assert envelopes.destroy(kind=KIND, record_ids=[record_id]) == 0
    with pytest.raises(envelopes.KeyDestroyed):
        open_(blob, record_id)
    assert lookups.find(KIND, "taro@example.jp") == []
    assert open_(other, kept) == TARO


def test_many_open_with_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = {uuid4(): Person(f"試験 {number}") for number in range(30)}
    blobs = {record_id: seal(record_id, person) for record_id, person in people.items()}
    using = "vault" if "vault" in settings.DATABASES else "default"
    from django.db import connections

    with django_assert_num_queries(1, connection=connections[using]):
        assert envelopes.open_many(blobs, kind=KIND, into=Person) == people


def test_an_address_finds_its_records_however_it_is_typed_and_within_its_kind_only() -> None:
    record_id = uuid4()
    seal(record_id, email="Taro@Example.jp")
    seal(uuid4(), email="jiro@example.jp")
    seal(uuid4())
    assert lookups.find(KIND, "ｔａｒｏ＠example.jp") == [record_id]
    assert lookups.find("tests.other", "taro@example.jp") == []
    assert b"example" not in bytes(RecordKey.objects.get(record_id=record_id).lookup or b"")
