"""Staff in Chromium: the list of consultations, one opened consultation, and what the audit says of it."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.choices import QUESTIONS, STEPS
from intake.models import Consultation
from intake.rules.answers import PERSONAL_FIELDS
from intake.services import submission
from policy import services as policy
from safeguards.models import AuditEntry
from safeguards.services.audit import Event
from tests.browser import hearing
from tests.browser.hearing import ANSWERS
from tests.browser.signing import sign_in
from tests.staff import PASSWORD

AT = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def consultation(transactional_db: None) -> Consultation:
    # Any: as in the form, the values' types follow from the questions' kinds.
    values: dict[str, Any] = {question.field: _plain(ANSWERS[question.key]) for question in QUESTIONS}
    edition = policy.in_force(timezone.localdate(AT))
    receipt = submission.submit(submission.Answers(**values), token=uuid4(), edition=edition, at=AT)
    return Consultation.objects.get(reference=receipt.reference)


def _plain(answer: hearing.Answer) -> object:
    return tuple(answer) if isinstance(answer, list) else answer


def _open(page: Page, consultation: Consultation) -> dict[str, str]:
    """From the menu over the list to the consultation; the answers as they stand under each step's title."""
    page.locator("#menu").get_by_role("link", name="無料相談", exact=True).click()
    row = page.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    said = row.inner_text()
    for shown in (consultation.reference, consultation.company_name, "2026/07/01 12:00", "新規"):
        assert shown in said
    row.get_by_role("link", name=consultation.reference).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(consultation.reference)
    answers = {}
    for step in STEPS:
        group = page.locator(".desk-answers").filter(
            has=page.get_by_role("heading", name=step.title, exact=True)
        )
        for question in step.questions:
            line = group.locator(".desk-list > div").filter(has=page.get_by_text(question.label, exact=True))
            answers[question.key] = str(line.locator("dd").inner_text())
    return answers


def test_staff_find_a_consultation_and_read_it_and_the_audit_says_so(
    page: Page, consultation: Consultation
) -> None:
    user = User.objects.create_superuser("staff", password=PASSWORD)
    sign_in(page, user)
    assert not AuditEntry.objects.filter(event=Event.CONSULTATION_OPENED).exists()
    said = _open(page, consultation)
    for question in QUESTIONS:
        assert said[question.key] == "、".join(hearing.words(question, ANSWERS[question.key]))
    entry = AuditEntry.objects.get(event=Event.CONSULTATION_OPENED)
    assert (entry.actor, entry.subject_id) == (user, consultation.id)


def test_staff_who_may_not_open_envelopes_see_them_sealed_and_leave_no_entry(
    page: Page, consultation: Consultation
) -> None:
    user = User.objects.create_user("viewer", password=PASSWORD, is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_consultation"))
    sign_in(page, user)
    said = _open(page, consultation)
    for question in QUESTIONS:
        if question.field in PERSONAL_FIELDS:
            assert said[question.key] == "（封をしています）"
        else:
            assert said[question.key] == "、".join(hearing.words(question, ANSWERS[question.key]))
    assert not AuditEntry.objects.filter(event=Event.CONSULTATION_OPENED).exists()
