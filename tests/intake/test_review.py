"""2-1: free texts masked for good, by finding or by hand, and released; no backup tells what was masked.

Run with the keys in the records' database and, by tests/safeguards/test_vault.py, with a vault apart.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction

from intake.models import KIND, Consultation
from intake.rules.answers import PersonalPart
from intake.services import correction, free_texts, reading, review
from intake.services.locking import Outdated
from intake.services.resealing import reseal
from intake.services.review import NotDue, PassageNotFound, Place, PlacesChanged, Redacted, RulesChanged
from safeguards.models import AuditEntry, RecordKey
from safeguards.services import envelopes, lookups
from safeguards.services.audit import Event
from tests.intake.desk import ADDRESS, AT, at_once, contact, entries, fresh
from tests.intake.desk_page import RECEIVED
from tests.intake.staff import member
from tests.intake.texts import (
    NAME,
    PAINS,
    PHONE,
    RAW,
    RULES,
    SECURITY,
    flagged,
    mask_all,
    personal,
    places,
    redact_all,
)

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

LATER = AT + timedelta(hours=3)
FLAGGED = ("consultation.flagged", "diagnosis=1, person_name=1, phone=1", None)


@pytest.fixture
def by() -> User:
    return member()


@pytest.fixture
def one() -> Consultation:
    return flagged(position="部長")


def key_ids(consultation: Consultation) -> set[UUID]:
    return set(RecordKey.objects.filter(kind=KIND, record_id=consultation.id).values_list("id", flat=True))


def clear_text() -> str:
    """Every row of every table, as a dump writes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT entry::text FROM "{table}" entry')  # noqa: S608 - our own tables
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_showing_gives_texts_and_findings_and_leaves_one_entry_of_its_own(
    one: Consultation, by: User
) -> None:
    shown = review.show(fresh(one), by=by, at=LATER)
    assert (shown.personal.pain_points_other, shown.personal.security) == (PAINS, SECURITY)
    assert {field: len(findings) for field, findings in shown.found.items()} == {
        "pain_points_other": 2,
        "security": 1,
    }
    assert entries(one.id) == [FLAGGED, ("consultation.texts_shown", "", by.pk)]


def test_what_is_redacted_is_masked_and_nothing_else_of_the_envelope_changes(
    one: Consultation, by: User
) -> None:
    before = vars(personal(one))
    assert redact_all(one, by=by, at=LATER) == Redacted(masked=3, kept=0)
    masked = {
        "pain_points_other": "■■さんが■■で休職中です。面談の日程が合いません。",
        "security": "対象者の連絡先は ■■ です。記録の保管は国内を希望します。",
    }
    assert vars(personal(one)) == {**before, **masked}


def test_redacting_is_the_end_of_the_review_and_the_audit_holds_kinds_and_counts(
    one: Consultation, by: User
) -> None:
    redact_all(one, by=by, at=LATER)
    after = fresh(one)
    assert (after.review, after.flagged_at, after.version) == ("redacted", RECEIVED, 2)
    assert after.screened_with == free_texts.rules_digest()
    said = ("consultation.texts_redacted", "diagnosis=1, person_name=1, phone=1", by.pk)
    assert entries(one.id) == [FLAGGED, said]
    assert AuditEntry.objects.get(event=Event.CONSULTATION_TEXTS_REDACTED).at == LATER


def test_what_was_masked_is_in_no_dump_and_no_backup_of_it_opens_any_more(
    one: Consultation, by: User
) -> None:
    backup, old_keys = bytes(one.sealed), key_ids(one)
    assert envelopes.open(backup, kind=KIND, record_id=one.id, into=PersonalPart).security == SECURITY
    redact_all(one, by=by, at=LATER)
    assert len(key_ids(one)) == 1
    assert not key_ids(one) & old_keys
    assert bytes(fresh(one).sealed) != backup
    with pytest.raises(envelopes.KeyDestroyed):
        envelopes.open(backup, kind=KIND, record_id=one.id, into=PersonalPart)
    assert one.reference in clear_text()
    assert not [raw for raw in RAW if raw in clear_text()]


def test_notes_and_the_search_by_address_survive(one: Consultation, by: User) -> None:
    note = contact(one, by=by, note="甲")
    redact_all(one, by=by, at=LATER)
    assert dict(reading.unseal(fresh(one)).notes) == {note: "甲"}
    assert lookups.find(KIND, ADDRESS) == [one.id]
    contact(one, by=by, note="乙")
    correction.correct_address(one.id, email="b@example.jp", seen=fresh(one).version, by=by, at=LATER)
    assert "■■" in personal(one).security


def test_a_finding_that_is_left_out_stays_is_counted_and_the_review_is_over(
    one: Consultation, by: User
) -> None:
    name = next(each for each in places(one) if each.field == "pain_points_other")
    assert review.redact(one.id, places=[name], rules=RULES, seen=1, by=by, at=LATER) == Redacted(
        masked=1, kept=2
    )
    assert personal(one).pain_points_other == PAINS.replace(NAME, "■■")
    assert personal(one).security == SECURITY
    assert fresh(one).review == "redacted"
    assert entries(one.id)[-1][1] == "person_name=1, kept=2"


@pytest.mark.parametrize(
    "asked", [[], [Place("security", 0, 1)], [Place("position", 0, 2)], [Place("security", 900, 950)]]
)
def test_places_that_are_no_findings_are_refused_and_nothing_is_written(
    one: Consultation, by: User, asked: list[Place]
) -> None:
    for wanted in (asked, [*asked, *places(one)] if asked else []):
        with pytest.raises(PlacesChanged):
            review.redact(one.id, places=wanted, rules=RULES, seen=1, by=by, at=LATER)
    assert (fresh(one).version, fresh(one).review, entries(one.id)) == (1, "due", [FLAGGED])
    assert personal(one).security == SECURITY


@pytest.mark.parametrize("passage", ["", "■", "■■", "ここにない", f"{NAME} さん"])
def test_a_passage_that_is_not_there_is_refused_and_nothing_is_written(
    one: Consultation, by: User, passage: str
) -> None:
    keys = key_ids(one)
    with pytest.raises(PassageNotFound):
        review.mask(one.id, field="pain_points_other", passage=passage, seen=1, by=by, at=LATER)
    assert (fresh(one).version, key_ids(one), entries(one.id)) == (1, keys, [FLAGGED])


def test_released_texts_stay_as_they_are_and_the_envelope_stays_closed(one: Consultation, by: User) -> None:
    keys, sealed = key_ids(one), bytes(one.sealed)
    assert review.release(one.id, rules=RULES, seen=1, by=by, at=LATER) == "released"
    after = fresh(one)
    assert (after.review, after.flagged_at, after.version) == ("released", RECEIVED, 2)
    assert (key_ids(one), bytes(after.sealed)) == (keys, sealed)
    assert entries(one.id) == [FLAGGED, ("consultation.texts_released", "", by.pk)]
    assert reading.open_personal(after, by=by, at=LATER).personal.pain_points_other == PAINS


def test_a_review_that_ends_when_all_was_masked_by_hand_ends_as_masked(one: Consultation, by: User) -> None:
    mask_all(one, by=by, at=LATER)
    assert fresh(one).review == "due"
    keys, sealed = key_ids(one), bytes(fresh(one).sealed)
    assert review.release(one.id, rules=RULES, seen=4, by=by, at=LATER) == "redacted"
    after = fresh(one)
    assert (after.review, after.version, after.screened_with) == ("redacted", 5, free_texts.rules_digest())
    assert (key_ids(one), bytes(after.sealed)) == (keys, sealed)
    assert entries(one.id)[-1] == ("consultation.texts_redacted", "confirmed", by.pk)


def test_with_a_finding_left_or_nothing_masked_it_ends_as_no_problem(one: Consultation, by: User) -> None:
    review.mask(one.id, field="security", passage=PHONE, seen=1, by=by, at=LATER)
    assert review.release(one.id, rules=RULES, seen=2, by=by, at=LATER) == "released"
    clean = flagged(pain_points_other="面談の日程が合いません。")
    envelope = reading.unseal(clean)
    harmless = replace(envelope.personal, security="国内での保管を希望します。")
    reseal(clean, harmless, envelope.notes, at=AT)
    clean.save(update_fields=["sealed"])
    assert review.release(clean.id, rules=RULES, seen=1, by=by, at=LATER) == "released"
    assert entries(clean.id)[-1] == ("consultation.texts_released", "", by.pk)


def test_what_was_decided_or_never_flagged_is_not_released(one: Consultation, by: User) -> None:
    redact_all(one, by=by, at=LATER)
    with pytest.raises(NotDue):
        review.release(one.id, rules=RULES, seen=2, by=by, at=LATER)
    assert fresh(one).review == "redacted"


def test_who_comes_second_is_told_so_and_writes_nothing(one: Consultation, by: User) -> None:
    review.release(one.id, rules=RULES, seen=1, by=by, at=LATER)
    before = entries(one.id)
    for verb in (
        lambda: review.redact(one.id, places=places(one), rules=RULES, seen=1, by=by, at=LATER),
        lambda: review.mask(one.id, field="security", passage=PHONE, seen=1, by=by, at=LATER),
        lambda: review.release(one.id, rules=RULES, seen=1, by=by, at=LATER),
    ):
        with pytest.raises(Outdated):
            verb()
    assert (entries(one.id), fresh(one).version) == (before, 2)


def test_of_two_at_once_one_writes_and_the_other_is_told_so(one: Consultation, by: User) -> None:
    wanted = places(one)
    answers = at_once(
        lambda: review.redact(one.id, places=wanted, rules=RULES, seen=1, by=by, at=LATER),
        lambda: review.release(one.id, rules=RULES, seen=1, by=by, at=LATER),
    )
    assert [type(answer) for answer in answers].count(Outdated) == 1
    assert len(entries(one.id)) == 2
    assert len(key_ids(one)) == 1


def test_a_rollback_leaves_text_and_key_as_they_were(
    one: Consultation, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as database:
        database.setattr("intake.services.review.bump", crash)
        with pytest.raises(DatabaseError):
            redact_all(one, by=by, at=LATER)
    assert personal(one).security == SECURITY
    assert (fresh(one).review, entries(one.id)) == ("due", [FLAGGED])


def test_a_record_whose_envelope_does_not_open_is_left_as_it_is(one: Consultation, by: User) -> None:
    wanted = places(one)
    envelopes.destroy(kind=KIND, record_ids=[one.id])
    for verb in (
        lambda: review.show(fresh(one), by=by, at=LATER),
        lambda: review.redact(one.id, places=wanted, rules=RULES, seen=1, by=by, at=LATER),
        lambda: review.mask(one.id, field="security", passage=PHONE, seen=1, by=by, at=LATER),
        lambda: review.release(one.id, rules=RULES, seen=1, by=by, at=LATER),
    ):
        with pytest.raises(envelopes.KeyDestroyed):
            verb()
    assert (fresh(one).version, entries(one.id)) == (1, [FLAGGED])


def test_the_database_wants_the_day_with_a_review_and_none_without(one: Consultation) -> None:
    for columns in ({"flagged_at": None}, {"review": ""}, {"review": "seen"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consultation.objects.update(**columns)


def test_what_other_rules_have_found_since_is_decided_by_nobody_who_has_not_seen_it(
    one: Consultation, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules, wanted = review.show(fresh(one), by=by, at=LATER).rules, places(one)
    before = entries(one.id)
    monkeypatch.setattr(free_texts, "rules_digest", lambda: "rules of tomorrow")
    for verb in (
        lambda: review.redact(one.id, places=wanted, rules=rules, seen=1, by=by, at=LATER),
        lambda: review.release(one.id, rules=rules, seen=1, by=by, at=LATER),
    ):
        with pytest.raises(RulesChanged):
            verb()
    assert (fresh(one).version, fresh(one).review, entries(one.id)) == (1, "due", before)
    assert review.release(one.id, rules="rules of tomorrow", seen=1, by=by, at=LATER) == "released"
