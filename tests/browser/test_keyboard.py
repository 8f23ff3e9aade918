"""The hearing form by keyboard alone: nothing here moves or presses a mouse."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from intake.choices import STEPS, Kind, Question
from intake.models import Consultation
from tests.browser import hearing
from tests.browser.conftest import NARROW, NewPage
from tests.browser.public_pages import check_page

# What has the focus, and whether one sees it: a thick outline, inside the window, with nothing on top of it.
FOCUSED = """() => {
  const element = document.activeElement;
  const seen = element.closest(".choice") ?? element;
  const style = getComputedStyle(seen);
  const box = seen.getClientRects()[0];  // a link in a sentence has one for each line
  const [x, y] = [box.x + Math.min(box.width / 2, 20), Math.min(Math.max(box.y + 8, 1), innerHeight - 1)];
  const on_top = document.elementFromPoint(x, y);
  return {
    tag: element.tagName, id: element.id, name: element.name ?? "", type: element.type ?? "",
    value: element.value ?? "", text: element.textContent.trim(),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    in_sight: box.bottom > 0 && box.top < innerHeight && seen.contains(on_top),
  };
}"""
STOPS = 150


def tab(page: Page) -> dict[str, Any]:
    """Go on by Tab; what has the focus then, asserted to be seen."""
    page.keyboard.press("Tab")
    focused: dict[str, Any] = page.evaluate(FOCUSED)
    assert focused["outlined"], f"no visible focus: {focused}"
    assert focused["in_sight"], f"focus out of sight: {focused}"
    return focused


def tab_to(page: Page, **wanted: str) -> None:
    """Go on by Tab until what is wanted has the focus."""
    for _ in range(STOPS):
        focused = tab(page)
        if all(focused[name] == value for name, value in wanted.items()):
            return
    pytest.fail(f"Tab never reached {wanted}")


def _typed(question: Question) -> str:
    return "keyboard@example.co.jp" if question.kind is Kind.EMAIL else f"{question.label}の答え"


def _answer_by_keyboard(page: Page, questions: dict[str, Question], button: str) -> None:
    """Tab through the page and give every question its first answer on the way; Enter on the button."""
    answered: set[str] = set()
    for _ in range(STOPS):
        focused = tab(page)
        if focused["text"] == button:
            break
        question = questions.get(focused["name"])
        if question is None or question.key in answered:
            continue
        answered.add(question.key)
        if question.kind in {Kind.ONE, Kind.MANY}:
            page.keyboard.press("Space")  # the group's first option, since none is chosen yet
        else:
            page.keyboard.type(_typed(question))
    assert answered == set(questions)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_the_whole_form_is_filled_and_sent_by_keyboard(new_page: NewPage, narrow: bool) -> None:
    page = new_page(**({"viewport": NARROW} if narrow else {}))
    page.goto(hearing.FORM)
    for step in STEPS:
        hearing.on_step(page, step)
        button = "確認画面へ" if step is STEPS[-1] else "次へ"
        _answer_by_keyboard(page, {question.key: question for question in step.questions}, button)
    hearing.on_check_page(page)
    tab_to(page, id="id_agree")
    page.keyboard.press("Space")
    tab_to(page, text="送信する")
    page.keyboard.press("Enter")

    stored = Consultation.objects.get(reference=hearing.reference(page))
    assert stored.employee_count == "under_50"
    assert stored.case_types == ["leave_and_return", "other"]
    assert stored.company_name == "会社名の答え"
    assert stored.timeline == "now"


def test_the_skip_link_leads_past_the_navigation(page: Page) -> None:
    page.goto(hearing.FORM)
    assert tab(page)["text"] == "本文へ移動"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert tab(page)["name"] == STEPS[0].questions[0].key


@pytest.mark.parametrize("at_check", [False, True], ids=["first_step", "check_page"])
def test_the_honeypot_is_neither_seen_nor_reached_by_tab_nor_read_out(page: Page, at_check: bool) -> None:
    page.goto(hearing.FORM)
    if at_check:
        check_page(page)
    trap = page.locator("[name=website]")
    assert trap.count() == 1
    assert not trap.is_visible()
    assert page.get_by_label("この欄には何も入力しないでください").count() == 1
    assert page.get_by_role("textbox", name="この欄には何も入力しないでください").count() == 0
    last = "戻る" if at_check else "残りは面談で話す"
    names: list[str] = []
    for _ in range(STOPS):
        focused = tab(page)
        names.append(focused["name"])
        if focused["text"] == last:
            break
    assert names[-1] == "action"
    assert ("agree" if at_check else "employeeCount") in names
    assert "website" not in names


def test_enter_in_an_input_goes_forward(page: Page) -> None:
    page.goto(hearing.FORM)
    hearing.press(page, "次へ")
    hearing.on_step(page, STEPS[1])
    tab_to(page, name="deadlinePressure")
    page.keyboard.press("Enter")
    hearing.on_step(page, STEPS[2])
    hearing.press(page, "次へ")
    hearing.on_step(page, STEPS[3])
    tab_to(page, name="email")
    page.keyboard.type("keyboard@example.co.jp")
    page.keyboard.press("Enter")
    hearing.on_check_page(page)
    tab_to(page, id="id_agree")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert hearing.reference(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with_javascript", "without_javascript"])
def test_after_a_fault_the_summary_has_the_focus_and_leads_to_the_input(
    new_page: NewPage, scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto(hearing.FORM)
    hearing.press(page, "残りは面談で話す")
    hearing.press(page, "確認画面へ")
    expect(page).to_have_title(re.compile("^エラー"))
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    assert tab(page)["text"] == "メールアドレスを入力してください。"
    page.keyboard.press("Enter")
    expect(page.locator("#id_email:focus")).to_have_count(1)
    page.keyboard.type("keyboard@example.co.jp")
    page.keyboard.press("Enter")
    hearing.on_check_page(page)
    tab_to(page, text="送信する")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    tab(page)
    page.keyboard.press("Enter")
    expect(page.locator("#id_agree:focus")).to_have_count(1)
