"""第6条: a record's parts under its key, sealing everything anew, and the end of the older keys."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from safeguards.models import RecordKey
from safeguards.rules import sealing
from safeguards.services import envelopes, keys, lookups
from tests.safeguards.test_envelopes import AT, KIND, TARO, Person, open_, seal

pytestmark = pytest.mark.django_db(databases="__all__")

VAULT = "vault" if "vault" in settings.DATABASES else "default"
LATER = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass(frozen=True)
class Note:
    text: str = ""


def part_of(
    record_id: UUID, blob: bytes, text: str = "覚え書き", part: UUID | None = None
) -> tuple[UUID, bytes]:
    """A part's id and its envelope, beside the record's."""
    part = part or uuid4()
    return part, envelopes.seal_part(Note(text), beside=blob, kind=KIND, record_id=record_id, part=part)


def open_parts(record_id: UUID, *parts: tuple[UUID, bytes], kind: str = KIND) -> dict[UUID, Note]:
    return envelopes.open_parts(dict(parts), kind=kind, record_id=record_id, into=Note)


def reseal(
    record_id: UUID, *parts: tuple[UUID, str], lookup: str | None = None
) -> tuple[bytes, dict[UUID, bytes]]:
    notes = {part: Note(text) for part, text in parts}
    return envelopes.reseal(
        Person("試験 花子"), notes, kind=KIND, record_id=record_id, at=LATER, lookup=lookup
    )


def test_parts_open_with_the_record_and_its_key_is_the_only_one() -> None:
    record_id = uuid4()
    blob = seal(record_id)
    one, two = part_of(record_id, blob), part_of(record_id, blob, "二つ目🍀")
    assert open_parts(record_id, one, two) == {one[0]: Note("覚え書き"), two[0]: Note("二つ目🍀")}
    assert open_(blob, record_id) == TARO
    assert RecordKey.objects.count() == 1


def test_many_parts_open_with_one_query_and_none_with_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    record_id = uuid4()
    blob = seal(record_id)
    parts = [part_of(record_id, blob, str(number)) for number in range(30)]
    with django_assert_num_queries(1, connection=connections[VAULT]):
        assert len(open_parts(record_id, *parts)) == 30
    assert open_parts(record_id) == {}


def test_a_part_under_another_parts_id_is_refused() -> None:
    record_id = uuid4()
    blob = seal(record_id)
    (one, sealed), (two, _) = part_of(record_id, blob), part_of(record_id, blob)
    assert open_parts(record_id, (one, sealed))
    with pytest.raises(envelopes.TamperedEnvelope):
        open_parts(record_id, (two, sealed))


def test_a_part_of_another_record_or_table_is_refused_even_under_its_own_id() -> None:
    mine, theirs = uuid4(), uuid4()
    part = part_of(mine, seal(mine))
    seal(theirs)
    with pytest.raises(envelopes.MisplacedEnvelope):
        open_parts(theirs, part)
    with pytest.raises(envelopes.MisplacedEnvelope):
        open_parts(mine, part, kind="tests.other")


def test_a_part_is_no_record_and_a_record_no_part() -> None:
    record_id = uuid4()
    blob = seal(record_id)
    part, sealed = part_of(record_id, blob, part=record_id)
    with pytest.raises(envelopes.TamperedEnvelope):
        open_(sealed, record_id)
    with pytest.raises(envelopes.TamperedEnvelope):
        open_parts(record_id, (part, blob))


def test_a_changed_part_is_refused_and_so_is_what_is_no_envelope() -> None:
    record_id = uuid4()
    part, sealed = part_of(record_id, seal(record_id))
    with pytest.raises(envelopes.TamperedEnvelope):
        open_parts(record_id, (part, sealed[:-1] + bytes([sealed[-1] ^ 1])))
    with pytest.raises(envelopes.UnknownFormat):
        open_parts(record_id, (part, b"clear text"))


def test_nothing_is_sealed_beside_what_belongs_elsewhere_or_is_dead() -> None:
    mine, theirs = uuid4(), uuid4()
    blob = seal(mine)
    with pytest.raises(envelopes.MisplacedEnvelope):
        part_of(theirs, blob)
    part = part_of(mine, blob)
    envelopes.destroy(kind=KIND, record_ids=[mine])
    with pytest.raises(envelopes.KeyDestroyed):
        part_of(mine, blob)
    with pytest.raises(envelopes.KeyDestroyed):
        open_parts(mine, part)


@given(
    content=st.binary(max_size=50), key=st.binary(min_size=32, max_size=32), part=st.uuids(), other=st.uuids()
)
@pytest.mark.django_db(databases=[])
def test_the_format_binds_a_part_to_its_id(content: bytes, key: bytes, part: UUID, other: UUID) -> None:
    binding = sealing.Binding(KIND, uuid4(), uuid4())
    blob = sealing.seal(content, key=key, nonce=b"n" * 12, binding=binding, part=part)
    assert sealing.unseal(blob, key=key, binding=binding, part=part) == content
    for wrong in {other, None} - {part}:
        with pytest.raises(sealing.TamperedEnvelope):
            sealing.unseal(blob, key=key, binding=binding, part=wrong)


def test_sealed_anew_record_and_parts_open_under_one_new_key_and_the_old_bytes_never_again(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    record_id = uuid4()
    old = seal(record_id, email="taro@example.jp")
    old_part = part_of(record_id, old)
    with django_capture_on_commit_callbacks(execute=True):
        blob, parts = reseal(record_id, (old_part[0], "改めた覚え書き"), lookup="hanako@example.jp")
    assert open_(blob, record_id) == Person("試験 花子")
    assert open_parts(record_id, *parts.items()) == {old_part[0]: Note("改めた覚え書き")}
    key = RecordKey.objects.get()
    assert key.created_at == LATER
    assert {sealing.key_id(each) for each in (blob, *parts.values())} == {key.id}
    with pytest.raises(envelopes.KeyDestroyed):
        open_(old, record_id)
    with pytest.raises(envelopes.KeyDestroyed):
        open_parts(record_id, old_part)
    assert lookups.find(KIND, "hanako@example.jp") == [record_id]
    assert lookups.find(KIND, "taro@example.jp") == []


def test_sealing_anew_without_an_address_makes_the_record_findable_by_none(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    record_id = uuid4()
    seal(record_id, email="taro@example.jp")
    with django_capture_on_commit_callbacks(execute=True):
        reseal(record_id)
    assert lookups.find(KIND, "taro@example.jp") == []
    assert RecordKey.objects.get().lookup is None


def test_the_end_of_older_keys_spares_the_kept_one_other_records_and_other_tables(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    record_id, other = uuid4(), uuid4()
    seal(record_id)
    seal(record_id)
    kept = keys.mint(kind=KIND, record_id=record_id, at=AT, lookup=None)
    seal(other)
    keys.mint(kind="tests.other", record_id=record_id, at=AT, lookup=None)
    with django_capture_on_commit_callbacks(execute=True):
        keys.retire(kind=KIND, record_id=record_id, keep=kept.binding.key_id)
    left = {(key.kind, key.record_id) for key in RecordKey.objects.all()}
    assert left == {(KIND, record_id), (KIND, other), ("tests.other", record_id)}
    assert RecordKey.objects.get(kind=KIND, record_id=record_id).id == kept.binding.key_id


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("commits", [True, False])
def test_the_older_keys_end_with_the_callers_transaction_and_not_without_it(commits: bool) -> None:
    record_id = uuid4()
    old = seal(record_id)

    class Refused(Exception):
        pass

    try:
        with transaction.atomic():
            blob, _ = reseal(record_id)
            if not commits:
                raise Refused
    except Refused:
        assert open_(old, record_id) == TARO
    else:
        assert open_(blob, record_id) == Person("試験 花子")
        assert RecordKey.objects.count() == 1


def test_alike_are_the_other_records_of_this_kind_sealed_with_the_same_address_the_latest_first() -> None:
    one, two, three = uuid4(), uuid4(), uuid4()
    for number, record_id in enumerate((one, two, three)):
        at = datetime(2026, 11, 22, number, tzinfo=UTC)
        typed = ("taro@example.jp", " ＴＡＲＯ@example.jp", "Taro@Example.JP")[number]
        envelopes.seal(TARO, kind=KIND, record_id=record_id, at=at, lookup=typed)
    envelopes.seal(TARO, kind="tests.other", record_id=uuid4(), at=AT, lookup="taro@example.jp")
    seal(uuid4(), email="jiro@example.jp")
    assert lookups.alike(KIND, one) == [three, two]
    assert lookups.alike(KIND, two) == [three, one]


def test_a_record_without_an_address_is_like_no_other_and_neither_is_one_whose_key_is_gone() -> None:
    without, also_without, gone, left = uuid4(), uuid4(), uuid4(), uuid4()
    seal(without)
    seal(also_without)
    seal(gone, email="taro@example.jp")
    seal(left, email="taro@example.jp")
    assert lookups.alike(KIND, without) == []
    envelopes.destroy(kind=KIND, record_ids=[gone])
    assert lookups.alike(KIND, gone) == lookups.alike(KIND, left) == []
    assert lookups.alike(KIND, uuid4()) == []
