"""2-1: storing a submission once, sealed, with what was agreed to."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError

from intake.choices import QUESTIONS
from intake.models import Consultation
from intake.rules import schema
from intake.rules.answers import Answers, PersonalPart
from intake.services import reading, review, submission
from policy import services as policy
from safeguards.models import AuditEntry, RecordKey
from safeguards.services import envelopes, lookups

pytestmark = pytest.mark.django_db(databases="__all__")

AT = datetime(2026, 11, 22, 3, 4, tzinfo=UTC)
ANSWERS = Answers(
    employee_count="300_999",
    case_types=("harassment", "other"),
    case_types_other="補足",
    company_name="㈱髙﨑",
    contact_name="試験 太郎",
    email="Taro@example.jp",
)


def submit(answers: Answers = ANSWERS, token: object = None) -> submission.Receipt:
    return submission.submit(answers, token=token or uuid4(), edition=policy.in_force(AT.date()), at=AT)  # type: ignore[arg-type]


def test_choices_and_company_are_columns_and_the_personal_part_is_one_sealed_blob() -> None:
    receipt = submit()
    stored = Consultation.objects.get(reference=receipt.reference)
    assert {name: getattr(stored, name) for name in ANSWERS.plain} == ANSWERS.plain
    assert (stored.status, stored.submitted_at) == ("new", AT)
    assert str(stored) == receipt.reference
    opened = envelopes.open(stored.sealed, kind=submission.KIND, record_id=stored.id, into=PersonalPart)
    assert opened == ANSWERS.personal
    assert "試験".encode() not in bytes(stored.sealed)


def test_the_record_keeps_the_edition_its_digest_and_the_forms_digest() -> None:
    submit()
    stored, edition = Consultation.objects.get(), policy.in_force(AT.date())
    assert (stored.policy_edition, stored.policy_digest) == (edition.effective_on, edition.digest)
    assert stored.schema_digest == schema.digest(QUESTIONS)


def test_the_address_finds_the_record_and_the_audit_names_it_without_an_actor() -> None:
    submit()
    stored, entry = Consultation.objects.get(), AuditEntry.objects.get()
    assert lookups.find(submission.KIND, "ＴＡＲＯ@example.jp") == [stored.id]
    assert (entry.event, entry.subject_id, entry.actor_id, entry.label) == (
        "consultation.submitted",
        stored.id,
        None,
        "",
    )


def test_the_same_token_with_the_same_answers_is_one_record_with_one_reference() -> None:
    token = uuid4()
    assert submit(token=token) == submit(token=token)
    assert (Consultation.objects.count(), RecordKey.objects.count(), AuditEntry.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    "change", [{"contact_name": "別人"}, {"employee_count": "under_50"}, {"case_types": ()}]
)
def test_the_same_token_with_other_answers_stores_nothing_and_says_so(change: dict[str, object]) -> None:
    token = uuid4()
    submit(token=token)
    with pytest.raises(submission.TokenReused):
        submit(replace(ANSWERS, **change), token=token)  # type: ignore[arg-type]
    assert (Consultation.objects.count(), RecordKey.objects.count()) == (1, 1)


def test_what_staff_have_masked_since_does_not_make_the_same_answers_others(admin_user: User) -> None:
    token = uuid4()
    answers = replace(ANSWERS, security="対象者の連絡先は 090-0000-0042 です。")
    receipt = submit(answers, token)
    stored = Consultation.objects.get()
    review.mask(stored.id, field="security", passage="090-0000-0042", seen=1, by=admin_user, at=AT)
    assert submit(answers, token) == receipt
    with pytest.raises(submission.TokenReused):
        submit(replace(answers, pain_points_other="別の相談"), token)
    assert Consultation.objects.count() == 1


def test_a_reference_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 7, 8])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(drawn))
    assert submit().reference != submit().reference
    assert (Consultation.objects.count(), RecordKey.objects.count()) == (2, 2)


def test_a_fault_that_drawing_again_cannot_mend_is_raised_and_leaves_nothing() -> None:
    with pytest.raises(IntegrityError, match="consultation_employee_count_known"):
        submit(replace(ANSWERS, employee_count="invented"))
    with pytest.raises(IntegrityError, match="consultation_case_types_known"):
        submit(replace(ANSWERS, case_types=("invented",)))
    assert not RecordKey.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_crash_before_the_commit_leaves_neither_record_nor_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object, **kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr("safeguards.services.audit.record", crash)
    with pytest.raises(OperationalError):
        submit()
    assert not Consultation.objects.exists()
    # A vault apart has committed its key by then. It stays: were the commit's answer lost and not the commit,
    # destroying it would take the record with it.
    assert RecordKey.objects.count() == ("vault" in settings.DATABASES)


def test_opening_for_a_person_is_audited_and_a_destroyed_key_is_said_by_name(admin_user: User) -> None:
    submit()
    stored = Consultation.objects.get()
    assert reading.open_personal(stored, by=admin_user, at=AT).personal.contact_name == "試験 太郎"
    entry = AuditEntry.objects.get(event="consultation.opened")
    assert (entry.actor, entry.subject_id, entry.at) == (admin_user, stored.id, AT)
    envelopes.destroy(kind=submission.KIND, record_ids=[stored.id])
    with pytest.raises(envelopes.KeyDestroyed):
        reading.open_personal(stored, by=admin_user, at=AT)
    assert AuditEntry.objects.filter(event="consultation.opened").count() == 1
