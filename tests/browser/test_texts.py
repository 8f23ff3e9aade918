"""2-1: staff in Chromium deciding on free texts that look personal, and warned about a note of their own."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.models import Consultation
from tests import corpus
from tests.browser.conftest import NARROW, WIDE
from tests.browser.desk import Open, expect_said, faults_of, press, unfold
from tests.browser.desk import open_as as open_as
from tests.intake.desk import fresh
from tests.intake.desk_page import url
from tests.intake.staff import RECEPTION, member
from tests.intake.texts import ILLNESS, NAME, PAINS, PHONE, RAW, REVIEWER, flagged, personal

SHOW = "自由記載を表示する"
BOXES = {
    "pain_points_other": "箇所を写して、伏せ字にする：困りごと",
    "security": "箇所を写して、伏せ字にする：セキュリティ",
}


@pytest.fixture
def consultation(transactional_db: None) -> Consultation:
    return flagged(at=timezone.now() - timedelta(days=3))


@pytest.fixture
def officer(transactional_db: None) -> User:
    return member(*REVIEWER, last_name="架空", first_name="夏美")


def raw(page: Page) -> list[str]:
    """What of the texts stands anywhere in the page's source, folded or not."""
    return [each for each in RAW if each in page.content()]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_texts_are_shown_masked_by_hand_and_by_finding_and_confirmed(
    open_as: Open, consultation: Consultation, officer: User, scripts: bool
) -> None:
    page = open_as(officer, consultation, java_script_enabled=scripts)
    assert raw(page) == []
    press(page, SHOW)
    expect(page.locator("mark")).to_have_count(3)
    assert raw(page) == list(RAW)

    unfold(page, BOXES["pain_points_other"])
    page.get_by_label("伏せ字にする箇所", exact=True).first.fill("面談の日程")
    page.get_by_role("button", name="写した箇所を伏せ字にする").first.click()
    expect_said(page, "「困りごと（その他の内容）」の1か所を伏せ字にしました。")
    expect(page.locator("h1")).to_have_text("自由記載の確認")

    page.get_by_label(PHONE).uncheck()
    press(page, "伏せ字にして確定")
    expect_said(page, "2か所を伏せ字にし、1か所を残して確定しました。")
    assert raw(page) == [PHONE]
    assert personal(consultation).pain_points_other == "■■さんが■■で休職中です。■■が合いません。"


def test_the_keyboard_alone_is_enough_to_release(
    open_as: Open, consultation: Consultation, officer: User
) -> None:
    page = open_as(officer, consultation)
    page.get_by_role("button", name=SHOW).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("自由記載の確認")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == "問題なし":
            break
    page.keyboard.press("Enter")
    expect_said(page, "自由記載を、問題なしとしました。")
    assert fresh(consultation).review == "released"


def test_what_is_copied_from_the_marked_text_is_the_text_alone(
    open_as: Open, consultation: Consultation, officer: User
) -> None:
    """A number or a reason that came along would not be found in the box again."""
    page = open_as(officer, consultation)
    press(page, SHOW)
    copied = page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelector(".desk-typed:has(mark)"));
          return getSelection().toString();
        }"""
    )
    assert copied == PAINS


def test_a_mark_tells_by_words_and_number_what_it_is(
    open_as: Open, consultation: Consultation, officer: User
) -> None:
    page = open_as(officer, consultation)
    press(page, SHOW)
    expect(page.locator("mark").first).to_have_text("氏名のように見えます：1佐藤")
    expect(page.get_by_role("checkbox", name="「佐藤」 氏名のように見えます")).to_be_checked()


def test_hostile_text_runs_nowhere(open_as: Open, transactional_db: None, officer: User) -> None:
    """The context's watch fails the test on any violation of the Content-Security-Policy."""
    scripts = "\n".join(corpus.SCRIPTS)
    hostile = flagged(at=timezone.now() - timedelta(days=3), security=scripts, case_types_other=scripts)
    page = open_as(officer, hostile)
    press(page, SHOW)
    assert page.evaluate(f"window.{corpus.RAN}") is None
    unfold(page, BOXES["security"])
    page.locator("#mask_security_passage").fill(corpus.SCRIPTS[0] + "!")
    page.locator("#mask_security").get_by_role("button").click()
    expect(page.locator("#mask_security_passage")).to_have_value(corpus.SCRIPTS[0] + "!")
    assert page.evaluate(f"window.{corpus.RAN}") is None


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_note_is_warned_about_and_saved_with_the_tick(
    open_as: Open, consultation: Consultation, scripts: bool
) -> None:
    page = open_as(member(*RECEPTION), consultation, java_script_enabled=scripts)
    page.get_by_label("電話を受けた", exact=True).check()
    page.get_by_label("メモ").fill("佐藤さんが適応障害で休職中とのこと。")
    press(page, "やり取りを記録する")
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(page.get_by_label("メモ")).to_be_focused()
    page.get_by_label("特定の従業員の方の情報ではありません").check()
    press(page, "やり取りを記録する")
    expect_said(page, "やり取りを記録しました。")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280 px", "320 px"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_it_is_accessible_and_fits(
    open_as: Open, consultation: Consultation, officer: User, size: dict[str, int], scheme: str
) -> None:
    page = open_as(officer, consultation, viewport=size, color_scheme=scheme)
    faults = {"masked": faults_of(page)}
    name = f"{scheme}-{size['width']}"
    _photograph(page, f"masked-{name}")
    press(page, SHOW)
    for fold in page.locator("summary").all():
        fold.click()
    faults["shown"] = faults_of(page)
    _photograph(page, f"shown-{name}")
    page.locator("#mask_security_passage").fill("ここにはない箇所")
    page.locator("#mask_security").get_by_role("button").click()
    faults["not found"] = faults_of(page)
    _photograph(page, f"not-found-{name}")
    for box, passage in (("pain_points_other", NAME), ("pain_points_other", ILLNESS), ("security", PHONE)):
        unfold(page, BOXES[box])
        page.locator(f"#mask_{box}_passage").fill(passage)
        page.locator(f"#mask_{box}").get_by_role("button").click()
    expect(page.get_by_role("button", name="確認を終える")).to_be_visible()
    faults["masked by hand"] = faults_of(page)
    _photograph(page, f"by-hand-{name}")
    page.goto(url(consultation))
    page.get_by_label("メモ").fill("佐藤さんが適応障害で休職中とのこと。")
    press(page, "やり取りを記録する")
    faults["note"] = faults_of(page)
    _photograph(page, f"note-{name}")
    page.goto(url(consultation, "sheet/"))
    faults["sheet"] = faults_of(page)
    _photograph(page, f"sheet-{name}")
    page.goto("/admin/intake/consultation/")
    faults["list"] = faults_of(page)
    _photograph(page, f"list-{name}")
    page.goto("/admin/")
    _photograph(page, f"home-{name}")
    assert faults == {name: [] for name in faults}


def _photograph(page: Page, name: str) -> None:
    """With SHOTS_DIR set, keep pictures to look at."""
    if folder := os.environ.get("SHOTS_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
