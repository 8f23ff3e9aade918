"""第6条・第9条: what staff write about a contact is sealed, bound to its entry, and dies with the consultation."""

from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection

from intake.models import KIND, Consultation, Contact
from intake.services import reading
from safeguards.models import AuditEntry
from safeguards.services import envelopes
from tests.intake.desk import AT, contact, entries, fresh, stored
from tests.intake.staff import member

pytestmark = pytest.mark.django_db(databases="__all__")

NOTE = "試験 太郎さん（090-0000-0000）から。𠮷田さんへ折り返し🍀"


@pytest.fixture
def by() -> User:
    return member()


def notes(consultation: Consultation, by: User) -> dict[UUID, str]:
    return dict(reading.open_personal(fresh(consultation), by=by, at=AT).notes)


def put(contact_id: UUID, note: bytes | memoryview | None) -> None:
    """Move sealed bytes as somebody with the database in hand would."""
    Contact.objects.filter(id=contact_id).update(note=note)


def test_a_note_is_read_with_the_personal_part_and_one_entry_says_so(by: User) -> None:
    one = stored()
    first, second = contact(one, by=by, note=NOTE), contact(one, by=by, note="二つ目\n続き")
    contact(one, by=by)
    opened = reading.open_personal(fresh(one), by=by, at=AT)
    assert dict(opened.notes) == {first: NOTE, second: "二つ目\n続き"}
    assert opened.personal.contact_name == "試験 太郎"
    assert [event for event, _, _ in entries(one.id)].count("consultation.opened") == 1


def test_the_table_of_contacts_does_not_contain_the_text(by: User) -> None:
    contact(stored(), by=by, note=NOTE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry::text, note FROM intake_contact entry")
        row, blob = cursor.fetchone()
    for part in ("試験", "090-0000-0000", "折り返し"):
        assert part not in row
        assert part.encode() not in bytes(blob)
        assert part.encode().hex() not in row
    assert not any("090" in label for label in AuditEntry.objects.values_list("label", flat=True))


def test_no_note_is_no_envelope(by: User) -> None:
    one = stored()
    contact(one, by=by, note="")
    assert Contact.objects.get().note is None
    assert notes(one, by) == {}


def test_the_same_text_twice_is_not_the_same_bytes(by: User) -> None:
    one = stored()
    contact(one, by=by, note=NOTE)
    contact(one, by=by, note=NOTE)
    assert len({bytes(blob or b"") for blob in Contact.objects.values_list("note", flat=True)}) == 2


def test_a_note_moved_to_another_entry_of_the_same_consultation_does_not_open(by: User) -> None:
    one = stored()
    contact(one, by=by, note=NOTE)
    sealed = Contact.objects.get().note
    put(contact(one, by=by), sealed)
    with pytest.raises(envelopes.TamperedEnvelope):
        notes(one, by)
    assert AuditEntry.objects.filter(event="consultation.opened").count() == 0


def test_a_note_moved_to_another_consultation_does_not_open(by: User) -> None:
    one, other = stored(), stored()
    contact(one, by=by, note=NOTE)
    sealed = Contact.objects.get().note
    put(contact(other, by=by), sealed)
    with pytest.raises(envelopes.MisplacedEnvelope):
        notes(other, by)
    assert list(notes(one, by).values()) == [NOTE]


def test_a_note_is_no_envelope_of_the_consultation_nor_the_other_way_round(by: User) -> None:
    one = stored()
    contact_id = contact(one, by=by, note=NOTE)
    sealed = Contact.objects.get().note
    put(contact_id, fresh(one).sealed)
    with pytest.raises(envelopes.TamperedEnvelope):
        notes(one, by)
    Consultation.objects.update(sealed=sealed)
    put(contact_id, None)
    with pytest.raises(envelopes.TamperedEnvelope):
        notes(one, by)


def test_with_the_consultations_key_its_notes_die(by: User) -> None:
    one = stored()
    contact(one, by=by, note=NOTE)
    sealed = Contact.objects.get().note
    assert sealed is not None
    envelopes.destroy(kind=KIND, record_ids=[one.id])
    with pytest.raises(envelopes.KeyDestroyed):
        notes(one, by)
    with pytest.raises(envelopes.KeyDestroyed):
        contact(one, by=by, note="もう封をできない")
    assert Contact.objects.count() == 1


def test_with_the_consultation_its_entries_go(by: User) -> None:
    one, other = stored(), stored()
    contact(one, by=by, note=NOTE)
    kept = contact(other, by=by, note=NOTE)
    fresh(one).delete()
    assert [each.id for each in Contact.objects.all()] == [kept]
    assert notes(other, by) == {kept: NOTE}
