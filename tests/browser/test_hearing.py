"""2-1: the whole hearing form in Chromium, and the record that it leaves."""

import pytest

from intake.choices import QUESTIONS, STEPS, Question
from intake.models import Consultation
from intake.rules.answers import PERSONAL_FIELDS, PersonalPart
from intake.services.submission import KIND
from policy import services as policy
from safeguards.services import envelopes
from tests.browser import hearing
from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.hearing import ANSWERS
from tests.browser.public_pages import check_page

WINDOWS = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with_javascript", "without_javascript"])


@WINDOWS
@SCRIPTS
def test_every_answer_of_the_form_reaches_the_record(
    new_page: NewPage, viewport: dict[str, int], scripts: bool
) -> None:
    page = new_page(viewport=viewport, java_script_enabled=scripts)
    hearing.to_check_page(page)
    assert hearing.checked_answers(page) == hearing.expected_answers()

    for step in reversed(STEPS):
        hearing.press(page, "戻る")
        hearing.on_step(page, step)
        assert hearing.shown(page, step) == hearing.of(step)
    hearing.press(page, "確認画面へ")  # from wherever the check page led to
    assert hearing.checked_answers(page) == hearing.expected_answers()

    assert not Consultation.objects.exists(), "nothing is stored before 送信する"
    reference = hearing.send(page)

    stored = Consultation.objects.get()
    assert stored.reference == reference
    assert {question.key: _stored(stored, question) for question in QUESTIONS} == ANSWERS
    edition = policy.in_force(stored.submitted_at.date())
    assert (stored.policy_edition, stored.policy_digest) == (edition.effective_on, edition.digest)


def _stored(consultation: Consultation, question: Question) -> object:
    if question.field not in PERSONAL_FIELDS:
        return getattr(consultation, question.field)
    personal = envelopes.open(consultation.sealed, kind=KIND, record_id=consultation.id, into=PersonalPart)
    return getattr(personal, question.field)


@SCRIPTS
def test_reloading_the_thanks_page_and_sending_again_after_back_leave_one_record(
    new_page: NewPage, scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    check_page(page)
    reference = hearing.send(page)
    page.reload()
    assert hearing.reference(page) == reference

    page.go_back()
    hearing.on_check_page(page)
    assert hearing.send(page) == reference
    assert Consultation.objects.count() == 1


@SCRIPTS
def test_a_double_click_on_send_leaves_one_record(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    check_page(page)
    page.locator("#id_agree").check()
    sent.clear()

    page.get_by_role("button", name="送信する").dblclick()
    reference = hearing.reference(page)

    assert Consultation.objects.get().reference == reference
    if scripts:
        assert sent.count("POST") == 1, "the page's script holds the second press back"


def test_another_answer_after_back_is_not_mixed_into_the_first_record(new_page: NewPage) -> None:
    page = new_page()
    check_page(page)
    first = hearing.send(page)
    page.go_back()
    hearing.press(page, "ご連絡先を変更")
    page.locator("#id_companyName").fill("別の会社")
    hearing.press(page, "確認画面へ")
    page.locator("#id_agree").check()
    hearing.press(page, "送信する")

    assert "まだ送信していません" in page.locator(".error-summary").inner_text()
    assert page.locator("#id_agree").is_checked()
    assert Consultation.objects.get().company_name == ANSWERS["companyName"]
    hearing.press(page, "送信する")
    assert hearing.reference(page) != first
    assert Consultation.objects.count() == 2
