"""2-1: the warning on the check page in Chromium — seen, read out, by keyboard, and with or without JavaScript."""

import pytest
from playwright.sync_api import Locator, Page, expect

from intake.choices import STEPS
from intake.models import Consultation
from intake.rules.answers import PersonalPart
from intake.services.submission import KIND
from safeguards.services import envelopes
from tests.browser import hearing
from tests.browser.conftest import NewPage
from tests.browser.public_pages import FOUND, HEARING
from tests.browser.test_hearing import SCRIPTS, WINDOWS
from tests.browser.test_keyboard import tab, tab_to

TICK = "特定の個人の情報ではありません"
TELEPHONE = str(FOUND["painPointsOther"]).index("090-")


def _warned(page: Page) -> None:
    """Straight to the check page with findings in all three boxes."""
    next(each for each in HEARING if each.name == "check, findings").visit(page)


def _box(page: Page, key: str) -> Locator:
    return page.locator(f"#found_{key}")


def _stored() -> PersonalPart:
    consultation = Consultation.objects.get()
    return envelopes.open(consultation.sealed, kind=KIND, record_id=consultation.id, into=PersonalPart)


@WINDOWS
@SCRIPTS
def test_a_person_is_warned_mends_one_box_masks_in_another_and_sends_the_third_as_it_is(
    new_page: NewPage, viewport: dict[str, int], scripts: bool
) -> None:
    page = new_page(viewport=viewport, java_script_enabled=scripts)
    hearing.to_check_page(page, FOUND)
    expect(page.locator(".notice--warning")).to_be_focused()
    expect(page.locator(".notice--warning li").last).to_have_text("氏名のように見える箇所が3つあります")

    hearing.press(page, "この欄を直す：ケース種別（その他の内容）")
    hearing.on_step(page, STEPS[1])
    expect(page.locator("#id_caseTypesOther")).to_be_focused()
    page.locator("#id_caseTypesOther").fill("休職中の方がひとりいます。")
    hearing.press(page, "確認画面へ")
    hearing.on_check_page(page)
    assert hearing.checked_answers(page)["ケース種別（その他の内容）"] == ["休職中の方がひとりいます。"]

    hearing.press(page, "伏せ字にする：印1、山田太郎")
    expect(page.locator("#found_painPointsOther .found__done")).to_be_focused()
    assert _box(page, "painPointsOther").locator(".found__done").is_visible()
    hearing.press(page, "印をすべて伏せる：困りごと（その他の内容）")
    expect(_box(page, "painPointsOther").locator("button, mark")).to_have_count(0)

    page.locator("#id_agree").check()
    hearing.press(page, "送信する")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.locator("#id_agree").is_checked()
    page.get_by_label(TICK).check()
    hearing.press(page, "送信する")

    assert hearing.reference(page) == Consultation.objects.get().reference
    assert Consultation.objects.get().review == "due"
    sent = _stored()
    assert sent.case_types_other == "休職中の方がひとりいます。"
    assert sent.pain_points_other == "■■さん（社員番号 ■■）の面談が進みません。連絡先は■■です。"
    assert sent.security == FOUND["security"]


@SCRIPTS
def test_the_warning_by_keyboard_alone(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    _warned(page)
    expect(page.locator(".notice--warning")).to_be_focused()
    tab_to(page, text="セキュリティ要件")
    page.keyboard.press("Enter")
    expect(page.locator("#found_security")).to_be_focused()
    assert tab(page)["value"].startswith("fix ")
    page.keyboard.press("Enter")
    expect(page.locator("#id_security")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("国内での保管")
    tab_to(page, text="確認画面へ")
    page.keyboard.press("Enter")
    hearing.on_check_page(page)

    tab_to(page, value=f"mask painPointsOther {TELEPHONE} {TELEPHONE + 13}")
    page.keyboard.press("Enter")
    expect(page.locator(".found__done")).to_be_focused()
    assert tab(page)["value"].startswith("fix ")  # and so to the passages that are left in this box
    assert tab(page)["text"] == "印をすべて伏せる"
    assert tab(page)["value"] == "mask painPointsOther 0 4"

    tab_to(page, id="id_agree")
    page.keyboard.press("Space")
    tab_to(page, id="id_not_personal")
    page.keyboard.press("Space")
    tab_to(page, text="送信する")
    page.keyboard.press("Enter")
    assert hearing.reference(page) == Consultation.objects.get().reference
    assert _stored().security == "国内での保管"


def test_enter_at_the_tick_sends_and_masks_nothing(page: Page) -> None:
    _warned(page)
    page.locator("#id_agree").check()
    page.get_by_label(TICK).check()
    page.keyboard.press("Enter")
    assert hearing.reference(page) == Consultation.objects.get().reference
    assert _stored().security == FOUND["security"]


def test_what_a_screen_reader_says_tells_finding_reason_and_what_to_do(page: Page) -> None:
    _warned(page)
    heading = "個人が分かる内容のように見える箇所があります"
    warning = page.get_by_role("group", name=heading, exact=True)
    expect(warning).to_contain_text("その欄を直すか、伏せ字にしてください")
    said = _box(page, "caseTypesOther").locator(".found__text").aria_snapshot()
    for words in (
        "営業部の",
        "（印1、氏名のように見えます。直し方はこの回答の下にあります） 佐藤花子",
        "（印2、特定の方の病名や健康の情報のように見えます。直し方はこの回答の下にあります） うつ病",
    ):
        assert "".join(words.split()) in "".join(said.split())
    items = _box(page, "caseTypesOther").get_by_role("listitem")
    assert items.count() == 2
    snapshot = items.first.aria_snapshot()
    assert "「佐藤花子」は、氏名のように見えます" in snapshot
    assert 'button "伏せ字にする：印1、佐藤花子"' in snapshot
    tick = page.get_by_role("group", name="印の付いた箇所を残して、このまま送る場合")
    expect(tick.get_by_role("checkbox")).to_have_accessible_name(
        "印の付いた箇所は、特定の個人の情報ではありません（または、必要があって残しました）"
    )


def test_no_two_buttons_of_the_page_have_one_name(page: Page) -> None:
    _warned(page)
    told = page.locator("main button:visible:not([aria-hidden])").evaluate_all(
        "(all) => all.map((e) => e.ariaLabel || e.innerText)"
    )
    assert len(set(told)) == len(told) > 15


@pytest.mark.parametrize("colours", ["none", "active"], ids=["colours", "forced_colours"])
def test_a_mark_is_a_line_and_a_number_and_not_only_a_colour(new_page: NewPage, colours: str) -> None:
    page = new_page(forced_colors=colours)
    _warned(page)
    for number, mark in enumerate(page.locator("mark").all(), 1):
        width, style = mark.evaluate(
            "(e) => [getComputedStyle(e).borderBottomWidth, getComputedStyle(e).borderBottomStyle]"
        )
        assert (width, style) == ("3px", "solid")
        assert mark.locator(".mark__number").inner_text() == str(number)
        assert mark.locator(".mark__number").is_visible()


def test_two_hundred_findings_are_masked_by_one_press(page: Page) -> None:
    next(each for each in HEARING if each.name == "check, two hundred findings").visit(page)
    expect(page.locator(".notice--warning li")).to_have_text(["氏名のように見える箇所が200か所あります"])
    assert page.locator("mark").count() == 200
    hearing.press(page, "伏せ字にする：印1・2・3・4・5など200か所、佐藤花子")
    expect(page.locator("mark")).to_have_count(0)
    assert page.locator(".found__done").inner_text().startswith("200か所を「■■」に置き換えました。")


@SCRIPTS
def test_all_that_the_warning_tells_of_is_masked_by_one_press(new_page: NewPage, scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    _warned(page)
    hearing.press(page, "これらの印をすべて伏せる")
    expect(page.locator("#found_caseTypesOther .found__done")).to_be_focused()
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator(".found__done")).to_have_count(3)
    page.locator("#id_agree").check()
    hearing.press(page, "送信する")
    assert hearing.reference(page) == Consultation.objects.get().reference
    assert Consultation.objects.get().review == ""


def test_the_printed_page_shows_the_marks_and_nothing_to_press(page: Page) -> None:
    _warned(page)
    page.emulate_media(media="print")
    assert page.locator("mark").first.is_visible()
    assert not page.locator("button:visible, input:visible, .found__list:visible").count()
