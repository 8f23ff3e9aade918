"""第9条: the ids of a batch go from statement to statement as PostgreSQL writes an array."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection

from safeguards.choices import HoldBasis
from safeguards.models import RecordKey
from safeguards.services import holds, keys
from safeguards.services.ids import Ids

AT = datetime(2028, 11, 22, 3, tzinfo=UTC)
KIND = "tests.record"


@pytest.mark.parametrize("number", [0, 1, 3])
def test_ids_come_apart_as_they_were_put_together(number: int) -> None:
    ids = [uuid4() for _ in range(number)]
    assert Ids.of(ids).apart() == ids
    assert len(Ids.of(ids)) == number
    assert bool(Ids.of(ids)) is bool(ids)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 2])
def test_the_database_writes_them_alike(number: int) -> None:
    ids = Ids.of([uuid4() for _ in range(number)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid[]::text, cardinality(%s::uuid[])", [ids.array, ids.array])
        assert Ids(*cursor.fetchone()) == ids


@pytest.mark.django_db
def test_those_without_an_open_hold_of_their_kind_remain() -> None:
    held, released, other, none = (uuid4() for _ in range(4))
    for record_id, kind in ((held, KIND), (released, KIND), (other, "tests.other")):
        holds.place(kind=kind, record_id=record_id, basis=HoldBasis.LAW, at=AT)
    holds.release(kind=KIND, record_ids=[released], at=AT)
    found = holds.unheld_among(Ids.of([held, released, other, none]), kind=KIND)
    assert set(found.apart()) == {released, other, none}
    assert len(found) == 3
    assert holds.unheld_among(Ids.of([held]), kind=KIND) == Ids.of([])


@pytest.mark.django_db(databases="__all__")
def test_every_key_of_the_records_goes_and_no_other() -> None:
    gone, kept = uuid4(), uuid4()
    for record_id, kind in ((gone, KIND), (gone, "tests.other"), (kept, KIND)):
        _key(record_id, kind)
    assert keys.destroy_all(Ids.of([gone])) == 2
    assert keys.destroy_all(Ids.of([gone])) == 0
    assert list(RecordKey.objects.values_list("record_id", flat=True)) == [kept]


def _key(record_id: UUID, kind: str) -> None:
    RecordKey.objects.create(
        id=uuid4(), kind=kind, record_id=record_id, kek_id="1", wrapped=b"", lookup=None, created_at=AT
    )
