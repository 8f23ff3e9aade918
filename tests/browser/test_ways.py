"""Ways through the hearing form other than straight ahead, each of which must lose nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from intake.choices import STEPS, Step
from intake.models import Consultation
from tests.browser import hearing
from tests.browser.conftest import NewPage
from tests.browser.hearing import ANSWERS
from tests.browser.public_pages import check_page

CONTACT = STEPS[-1]


@pytest.mark.parametrize("step", STEPS[:-1], ids=lambda step: step.slug)
def test_leaving_the_rest_for_the_meeting_keeps_what_was_typed(page: Page, step: Step) -> None:
    page.goto(hearing.FORM)
    for earlier in STEPS[: STEPS.index(step)]:
        hearing.on_step(page, earlier)
        hearing.press(page, "次へ")
    hearing.fill(page, step)
    hearing.press(page, "残りは面談で話す")
    hearing.on_step(page, CONTACT)
    page.locator("#id_email").fill(str(ANSWERS["email"]))
    hearing.press(page, "確認画面へ")

    given = {**hearing.of(step), "email": ANSWERS["email"]}
    assert hearing.checked_answers(page) == hearing.expected_answers(given)


def test_change_leads_to_its_section_and_back_to_the_check_page(page: Page) -> None:
    check_page(page)
    for step in STEPS:
        hearing.press(page, f"{step.title}を変更")
        hearing.on_step(page, step)
        assert hearing.shown(page, step) == hearing.of(step)
        hearing.press(page, "確認画面へ")
        assert hearing.checked_answers(page) == hearing.expected_answers()


def test_two_tabs_never_mix(new_context: Callable[..., BrowserContext]) -> None:
    context = new_context()
    tabs = {"東の会社": context.new_page(), "西の会社": context.new_page()}
    counts = {"東の会社": "under_50", "西の会社": "over_3000"}
    for tab in tabs.values():
        tab.goto(hearing.FORM)
    for company, tab in tabs.items():
        hearing.fill(tab, STEPS[0], {"employeeCount": counts[company]})
    for _ in STEPS[:-1]:
        for tab in tabs.values():
            hearing.press(tab, "次へ")
    for company, tab in tabs.items():
        hearing.fill(tab, CONTACT, {"companyName": company, "email": "a@example.co.jp"})
    for tab in tabs.values():
        hearing.press(tab, "確認画面へ")
    references = {company: hearing.send(tab) for company, tab in tabs.items()}
    stored = Consultation.objects.values_list("company_name", "employee_count", "reference")
    assert set(stored) == {(company, counts[company], references[company]) for company in tabs}


@pytest.mark.parametrize("step", [STEPS[0], CONTACT], ids=lambda step: step.slug)
def test_a_form_that_lost_its_cookie_loses_no_answer(page: Page, step: Step) -> None:
    page.goto(hearing.FORM)
    if step is CONTACT:
        hearing.press(page, "残りは面談で話す")
    hearing.fill(page, step)
    page.context.clear_cookies()
    hearing.press(page, "確認画面へ" if step is CONTACT else "次へ")
    expect(page.locator("h1")).to_have_text("送信を確認できませんでした")

    page.go_back()
    hearing.on_step(page, step)
    assert hearing.shown(page, step) == hearing.of(step), "the browser's Back shows what was typed"

    hearing.press(page, "確認画面へ" if step is CONTACT else "次へ")
    if page.locator("h1").inner_text() == "送信を確認できませんでした":
        hearing.press(page, "入力した内容で続ける")
        hearing.on_step(page, step)
        assert hearing.shown(page, step) == hearing.of(step), "and so does the page's own button"
        hearing.press(page, "確認画面へ" if step is CONTACT else "次へ")
    expect(page.locator("h1")).to_have_text("入力内容の確認" if step is CONTACT else STEPS[1].title)


def test_the_check_page_prints_the_answers_and_nothing_to_press(page: Page) -> None:
    check_page(page)
    page.emulate_media(media="print")
    for row in page.locator(".summary-list__row").all():
        assert row.locator("dt").is_visible()
        assert row.locator("dd").is_visible()
    assert hearing.checked_answers(page) == hearing.expected_answers()
    expect(page.locator("h1")).to_be_visible()
    pressed = page.locator("button, nav, .skip-link, input:not([type=hidden])").all()
    assert pressed
    assert [each.evaluate("(e) => e.outerHTML") for each in pressed if each.is_visible()] == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with_javascript", "without_javascript"])
def test_the_print_button_is_there_only_where_it_works(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    check_page(page)
    expect(page.locator("[data-print]")).to_be_visible(visible=scripts)
