"""2-1: a submission is screened again when it is stored, and flagged for staff where something is found."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from intake.choices import Review
from intake.models import KIND, Consultation
from intake.rules.answers import Answers, PersonalPart
from intake.services import free_texts, submission
from policy import services as policy
from safeguards.models import AuditEntry
from safeguards.services import envelopes
from tests.intake.found import CASE, CLEAN, PAIN, SECURITY

pytestmark = pytest.mark.django_db(databases="__all__")

AT = datetime(2026, 11, 22, 3, 4, tzinfo=UTC)
FOUND = Answers(email="taro@example.jp", case_types_other=CASE, pain_points_other=PAIN, security=SECURITY)


def stored(answers: Answers) -> Consultation:
    receipt = submission.submit(answers, token=uuid4(), edition=policy.in_force(AT.date()), at=AT)
    return Consultation.objects.get(reference=receipt.reference)


def flagged() -> list[tuple[object, ...]]:
    entries = AuditEntry.objects.filter(event="consultation.flagged")
    return list(entries.values_list("subject_kind", "subject_id", "actor", "at", "label"))


def test_with_findings_the_record_waits_for_staff_and_the_audit_says_kinds_and_counts() -> None:
    consultation = stored(FOUND)
    assert (consultation.review, consultation.flagged_at) == (Review.DUE, AT)
    assert consultation.screened_with == free_texts.rules_digest()
    label = "diagnosis=1, employee_number=1, person_name=3"
    assert flagged() == [(KIND, consultation.id, None, AT, label)]


def test_the_texts_are_stored_as_they_were_typed() -> None:
    consultation = stored(FOUND)
    opened = envelopes.open(consultation.sealed, kind=KIND, record_id=consultation.id, into=PersonalPart)
    assert opened == FOUND.personal


def test_without_findings_nothing_waits_and_the_rules_are_kept_all_the_same() -> None:
    consultation = stored(Answers(email="taro@example.jp", security=CLEAN, pain_points_other="氏名：■■"))
    assert (consultation.review, consultation.flagged_at) == ("", None)
    assert consultation.screened_with == free_texts.rules_digest()
    assert flagged() == []


def test_the_askers_own_name_and_company_flag_nothing() -> None:
    own = replace(FOUND, case_types_other="", pain_points_other="", contact_name="鈴木一郎")
    assert stored(own).review == ""
    assert stored(replace(own, contact_name="")).review == Review.DUE


def test_the_same_page_sent_twice_is_flagged_once() -> None:
    token, edition = uuid4(), policy.in_force(AT.date())
    for _ in range(2):
        submission.submit(FOUND, token=token, edition=edition, at=AT)
    assert len(flagged()) == 1


@pytest.mark.parametrize(
    "row",
    [
        {"review": Review.DUE, "flagged_at": None},
        {"review": Review.RELEASED, "flagged_at": None},
        {"review": Review.REDACTED, "flagged_at": None},
        {"review": "", "flagged_at": AT},
        {"review": "looked at", "flagged_at": AT},
    ],
)
def test_the_database_refuses_a_review_without_its_day_and_one_that_is_not_known(row: dict[str, Any]) -> None:
    consultation = stored(FOUND)
    with pytest.raises(IntegrityError, match="consultation_flagged_since"), transaction.atomic():
        Consultation.objects.filter(id=consultation.id).update(**row)


@pytest.mark.parametrize("review", Review.values)
def test_the_database_takes_every_known_review_with_its_day(review: str) -> None:
    consultation = stored(FOUND)
    assert Consultation.objects.filter(id=consultation.id).update(review=review, flagged_at=AT) == 1
    assert Consultation.objects.filter(id=consultation.id).update(review="", flagged_at=None) == 1
