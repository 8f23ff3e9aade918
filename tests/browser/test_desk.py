"""Staff in Chromium on the page of one consultation: a day's work, two windows, hostile text, accessibility."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.choices import ContactKind, VoidReason
from intake.models import Consultation
from intake.services import contacts, reading
from intake.services.technical import Technical
from tests import corpus
from tests.browser import checkers
from tests.browser.conftest import NARROW, WIDE
from tests.browser.staff import sign_in
from tests.intake.desk import contact, fresh, stored
from tests.intake.desk_page import url
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, VIEWER, member

Open = Callable[..., Page]
EVERY_SCRIPT = "\n".join(corpus.SCRIPTS)
NOTE = "折り返しは午後。\n　<b>次回</b>は来月。"


@pytest.fixture
def consultation(transactional_db: None) -> Consultation:
    """Three days old, with a connection."""
    at = timezone.now() - timedelta(days=3)
    return stored(at=at, origin=Technical("192.0.2.7", "Mozilla/5.0"))


@pytest.fixture
def hanako(transactional_db: None) -> User:
    return member(*RECEPTION, last_name="試験", first_name="花子")


@pytest.fixture
def open_as(new_context: Callable[..., BrowserContext], live_server: LiveServer) -> Open:
    """Opens a consultation's page, or one below it, in a browser of its own in which the account is signed in."""

    def open_page(user: User, consultation: Consultation, address: str = "change/", **options: Any) -> Page:
        context = new_context(**options)
        sign_in(context, user, live_server)
        page = context.new_page()
        page.goto(url(consultation, address))
        return page

    return open_page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def unfold(page: Page, words: str) -> None:
    page.locator("summary", has_text=words).last.click()


def expect_said(page: Page, message: str) -> None:
    expect(page.locator(".messagelist li")).to_have_text([message])


def record(page: Page, kind: str, note: str) -> None:
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("メモ").fill(note)
    press(page, "やり取りを記録する")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_days_work_on_one_consultation(
    open_as: Open, consultation: Consultation, hanako: User, scripts: bool
) -> None:
    page = open_as(hanako, consultation, java_script_enabled=scripts)
    page.get_by_label("状態", exact=True).select_option(label="対応中")
    press(page, "自分を担当者にして保存する")
    expect_said(page, "状態、担当者を変更しました。")

    record(page, "電話をかけて話した", NOTE)
    expect_said(page, "やり取りを記録しました。")
    assert page.locator(".desk-note").inner_text() == NOTE

    unfold(page, "取り消す")
    page.get_by_label("取り消す理由").select_option(label="日付が違った")
    press(page, "このやり取りを取り消す")
    expect_said(page, "やり取りを取り消しました。")
    expect(page.locator(".desk-void del").last).to_have_text("電話をかけて話した")

    unfold(page, "メールが届かずに戻ってきたとき")
    press(page, "不達を記録する")
    expect_said(page, "不達を記録しました。")

    unfold(page, "メールアドレスを訂正する")
    page.get_by_label("メールアドレス", exact=True).fill("hanako@example.jp")
    press(page, "確認へ進む")
    expect(page.locator(".desk-address")).to_have_text("hanako@example.jp")
    press(page, "このアドレスに訂正する")
    expect_said(page, "メールアドレスを訂正しました。")

    now = fresh(consultation)
    assert (now.status, now.assignee, now.bounced_at) == ("in_progress", hanako, None)
    assert now.last_contact_on == timezone.localdate(now.submitted_at)
    assert reading.unseal(now).personal.email == "hanako@example.jp"


def test_what_is_wrong_is_told_on_top_and_each_line_leads_to_its_field(
    open_as: Open, consultation: Consultation, hanako: User
) -> None:
    page = open_as(hanako, consultation, java_script_enabled=False)
    page.get_by_label("メモ").fill(NOTE)
    page.get_by_label("日付", exact=True).fill("2090-01-01")
    press(page, "やり取りを記録する")
    expect(page.locator(".error-summary")).to_be_focused()
    for words, target in (("種類を選んで", "#contact_kind_0"), ("受付日", "#contact_on")):
        page.locator(".error-summary a", has_text=words).click()
        expect(page.locator(target)).to_be_focused()
    expect(page.get_by_label("メモ")).to_have_value(NOTE)


def test_of_two_windows_the_second_is_told_keeps_what_was_typed_and_saves_on_the_next_press(
    open_as: Open, consultation: Consultation, hanako: User
) -> None:
    jiro = member(*RECEPTION, last_name="見本", first_name="次郎")
    first, second = open_as(hanako, consultation), open_as(jiro, consultation)
    press(first, "自分を担当者にして保存する")
    expect_said(first, "担当者を変更しました。")
    record(second, "メール・書面が届いた", NOTE)
    expect(second.locator(".error-summary")).to_contain_text("試験 花子：担当者の変更")
    expect(second.get_by_label("メモ")).to_have_value(NOTE)
    assert not fresh(consultation).contacts.exists()
    press(second, "やり取りを記録する")
    expect_said(second, "やり取りを記録しました。")
    assert fresh(consultation).assignee == hanako


def test_hostile_text_in_every_answer_and_note_is_shown_and_runs_nowhere(
    open_as: Open, transactional_db: None
) -> None:
    """The context's watch fails the test on any violation of the Content-Security-Policy."""
    officer = member(*PRIVACY_OFFICER, last_name=corpus.SCRIPTS[0])
    page: Page | None = None
    for lines in batched(corpus.SCRIPTS):
        hostile = _hostile(lines, officer)
        page = page or open_as(officer, hostile)
        page.goto(url(hostile))
        assert page.locator(".desk-note").inner_text() == EVERY_SCRIPT
        expected = dict(zip(("会社名", "役職", "担当者名"), lines, strict=True))
        for label, words in {**expected, "セキュリティ要件": EVERY_SCRIPT}.items():
            row = page.locator(".desk-list > div", has=page.get_by_text(label, exact=True))
            assert row.locator("dd").inner_text() == words
        _expect_quiet(page)
        page.get_by_label("メモ").fill(EVERY_SCRIPT)
        press(page, "やり取りを記録する")  # refused: no kind was chosen
        expect(page.get_by_label("メモ")).to_have_value(EVERY_SCRIPT)
        _expect_quiet(page)
        page.goto(url(hostile, "sheet/"))
        assert all(line in page.locator(".desk-sheet").inner_text() for line in lines)
        _expect_quiet(page)


def test_hostile_text_runs_not_on_the_pages_beside_it_either(open_as: Open, transactional_db: None) -> None:
    officer = member(*PRIVACY_OFFICER)
    hostile = _hostile(corpus.SCRIPTS[:3], officer)
    page = open_as(officer, hostile)
    press(page, "接続元の情報を表示する")
    expect(page.locator(".desk-list dd").last).to_have_text(corpus.SCRIPTS[0])
    _expect_quiet(page)
    page.goto(url(hostile))
    unfold(page, "メールアドレスを訂正する")
    address = f'"<svg/onload=window.{corpus.RAN}=1>"@example.jp'
    page.get_by_label("メールアドレス", exact=True).fill(address)
    press(page, "確認へ進む")
    expect(page.locator(".desk-address")).to_have_text(address)
    _expect_quiet(page)
    page.goto(url(hostile))
    page.get_by_label("メモ").fill(corpus.SCRIPTS[2])
    Consultation.objects.all().delete()
    press(page, "やり取りを記録する")
    expect(page.locator(".desk-note")).to_have_text(corpus.SCRIPTS[2])
    _expect_quiet(page)


def batched(scripts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Three at a time, the last ones again where it does not come out even."""
    starts = range(0, len(scripts), 3)
    return [scripts[min(start, len(scripts) - 3) :][:3] for start in starts]


def _hostile(lines: tuple[str, ...], by: User) -> Consultation:
    """A consultation with a script in each line that a person can type, and every one in each text, note included."""
    company, position, name = lines
    hostile = stored(
        at=timezone.now() - timedelta(days=3),
        origin=Technical(company, company),
        email=f'"<svg/onload=window.{corpus.RAN}=1>"@example.jp',
        company_name=company,
        position=position,
        contact_name=name,
        case_types_other=EVERY_SCRIPT,
        pain_points_other=EVERY_SCRIPT,
        security=EVERY_SCRIPT,
    )
    contact(hostile, by=by, note=EVERY_SCRIPT, at=timezone.now())
    return hostile


def _expect_quiet(page: Page) -> None:
    assert page.evaluate(f"window.{corpus.RAN}") is None


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280 px", "320 px"])
@pytest.mark.parametrize(
    "rights", [VIEWER, RECEPTION, PRIVACY_OFFICER], ids=["閲覧", "受付", "個人情報管理者"]
)
def test_the_page_is_accessible_and_fits_for_each_role(
    open_as: Open, consultation: Consultation, hanako: User, rights: tuple[str, ...], size: dict[str, int]
) -> None:
    mistaken = contact(consultation, by=hanako, note=NOTE, at=timezone.now())
    reason = VoidReason.TWICE
    contacts.void(mistaken, reason=reason, seen=fresh(consultation).version, by=hanako, at=timezone.now())
    contact(consultation, ContactKind.EMAIL_OUT, by=hanako, note=NOTE, at=timezone.now())
    page = open_as(member(*rights), consultation, viewport=size)
    for fold in page.locator("summary").all():
        fold.click()
    assert _faults(page) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280 px", "320 px"])
def test_the_pages_beside_it_and_the_faults_are_accessible_and_fit(
    open_as: Open, consultation: Consultation, size: dict[str, int]
) -> None:
    page = open_as(member(*PRIVACY_OFFICER), consultation, viewport=size)
    press(page, "やり取りを記録する")
    faults = {"faults": _faults(page)}
    press(page, "接続元の情報を表示する")
    faults["technical"] = _faults(page)
    page.goto(url(consultation))
    unfold(page, "メールアドレスを訂正する")
    page.get_by_label("メールアドレス", exact=True).fill("taro@gmial.com")
    press(page, "確認へ進む")
    faults["address"] = _faults(page)
    page.goto(url(consultation, "sheet/"))
    faults["sheet"] = _faults(page)
    Consultation.objects.all().delete()
    page.goto(url(consultation))
    faults["gone"] = _faults(page)
    assert faults == {"faults": [], "technical": [], "address": [], "sheet": [], "gone": []}


def _faults(page: Page) -> list[str]:
    return [*checkers.axe(page), *checkers.sideways(page)]
