"""Staff in Chromium on the list of consultations and beside it: searches, filters, export, hostile text, roles."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.choices import Status
from intake.models import Consultation
from safeguards.models import AuditEntry
from tests.browser import checkers
from tests.browser.conftest import NARROW, WIDE
from tests.browser.staff import sign_in
from tests.corpus import FORMULAS, RAN, SCRIPTS
from tests.intake.desk import ADDRESS
from tests.intake.desk import stored as submitted
from tests.intake.listing import AT, URL
from tests.intake.staff import PRIVACY_OFFICER, RECEPTION, VIEWER, member

Open = Callable[..., Page]
BY_EMAIL, EXPORT = f"{URL}by-email/", f"{URL}export/"


def stored(**answers: Any) -> Consultation:
    return submitted(at=AT, **answers)


@pytest.fixture
def hanako(transactional_db: None) -> User:
    return member(*RECEPTION, last_name="試験", first_name="花子")


@pytest.fixture
def open_as(new_context: Callable[..., BrowserContext], live_server: LiveServer) -> Open:
    """Opens an address in a browser of its own in which the account is signed in."""

    def open_page(user: User, address: str, **options: object) -> Page:
        context = new_context(**options)
        sign_in(context, user, live_server)
        page = context.new_page()
        page.goto(address)
        return page

    return open_page


def expect_references(page: Page, *consultations: Consultation) -> None:
    """Waits until the list that was asked for stands there: its rows in this order, or the words that it has none."""
    if not consultations:
        expect(page.locator(".nothing-found")).to_be_visible()
    expect(page.locator("#result_list tbody th")).to_have_text([each.reference for each in consultations])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def send(page: Page, name: str) -> None:
    """Press, and wait for the page that comes."""
    with page.expect_navigation():
        press(page, name)


def taken(page: Page, folder: Path) -> list[dict[str, str]]:
    """The rows of the file that 「書き出す」 gives."""
    with page.expect_download() as download:
        press(page, "書き出す")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_reception_finds_by_name_by_filters_and_by_address(
    open_as: Open, hanako: User, scripts: bool
) -> None:
    mine, other = stored(company_name="㈱見本商会"), stored(company_name="試験商事", email="jiro@example.jp")
    Consultation.objects.filter(id=mine.id).update(assignee=hanako, status=Status.IN_PROGRESS)
    page = open_as(hanako, URL, java_script_enabled=scripts)
    expect_references(page, *sorted((mine, other), key=lambda each: each.pk))
    page.locator("#searchbar").fill("みほん")
    send(page, "検索")
    expect_references(page)
    expect(page.get_by_text("「みほん」に当てはまる相談はありません。")).to_be_visible()
    page.locator("#searchbar").fill("株式会社見本")
    send(page, "検索")
    expect_references(page, mine)

    page.goto(URL)
    filters = page.get_by_role("navigation", name="フィルター")
    filters.get_by_role("link", name="未完了").click()
    expect(page).to_have_url(re.compile("status=open"))
    filters.get_by_role("link", name="自分").click()
    expect_references(page, mine)
    page.locator("#received_to").fill("2026-11-01")
    page.locator(".period", has=page.locator("#received_to")).get_by_role("button").click()
    expect_references(page)
    assert "status=open" in page.url
    assert "received_to=2026-11-01" in page.url

    page.goto(URL)
    page.get_by_role("link", name="メールアドレスで探す").click()
    page.get_by_label("メールアドレス").fill("ＪＩＲＯ＠example.jp")
    send(page, "探す")
    expect(page.get_by_role("heading", name="1件見つかりました")).to_be_visible()
    assert urlsplit(page.url)[2:] == (BY_EMAIL, "", "")
    assert "jiro" not in page.title().lower()
    page.get_by_role("link", name=other.reference).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(other.reference)
    assert AuditEntry.objects.get(event="consultations.found").actor == hanako


def test_an_address_in_the_search_box_leads_to_the_page_for_it(open_as: Open, hanako: User) -> None:
    page = open_as(hanako, URL)
    page.locator("#searchbar").fill("見本@")
    send(page, "検索")
    page.locator(".messagelist").get_by_role("link", name="メールアドレスで探す").click()
    expect(page.get_by_label("メールアドレス")).to_be_visible()


def test_viewers_see_the_list_and_take_it_without_personal_data_only(
    open_as: Open, transactional_db: None, tmp_path: Path
) -> None:
    consultation = stored()
    page = open_as(member(*VIEWER), URL)
    expect(page.get_by_role("link", name="メールアドレスで探す")).to_have_count(0)
    assert ADDRESS not in page.content()
    page.get_by_role("link", name="CSVに書き出す").click()
    expect(page.get_by_label("個人情報あり")).to_have_count(0)
    (row,) = taken(page, tmp_path)
    assert row["受付番号"] == consultation.reference
    assert ADDRESS not in row.values()
    for typed in (BY_EMAIL, f"{BY_EMAIL}?email={ADDRESS}"):
        answer = page.goto(typed)
        assert answer is not None
        assert answer.status == 403
    assert [entry.event for entry in AuditEntry.objects.exclude(actor=None)] == ["consultations.exported"]


def test_reception_is_not_offered_personal_data(open_as: Open, hanako: User) -> None:
    page = open_as(hanako, EXPORT)
    expect(page.get_by_label("個人情報あり")).to_have_count(0)


def test_the_officer_takes_personal_data_after_saying_so(
    open_as: Open, transactional_db: None, tmp_path: Path
) -> None:
    stored(security="=1+1\n二行目")
    page = open_as(member(*PRIVACY_OFFICER), EXPORT)
    page.get_by_label("個人情報あり").check()
    page.get_by_label("受付日（この日から）").fill("2026-11-02")
    press(page, "書き出す")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("個人情報を含むファイルになることを理解しました")).to_be_focused()
    assert not AuditEntry.objects.filter(event__startswith="consultations.").exists()
    page.keyboard.press("Space")
    (row,) = taken(page, tmp_path)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".errorlist, .errors")).to_have_count(0)
    assert (row["メールアドレス"], row["セキュリティ要件"]) == (ADDRESS, "'=1+1\n二行目")
    label = "n=1, received=2026-11-02.., status=any"
    assert AuditEntry.objects.get(event="consultations.exported_personal").label == label


def test_stored_scripts_and_formulas_are_shown_as_text_everywhere(open_as: Open, hanako: User) -> None:
    hanako.last_name = SCRIPTS[0]
    hanako.save()
    for text in (*SCRIPTS, *FORMULAS):
        stored(company_name=text)
    Consultation.objects.update(assignee=hanako)
    page = open_as(hanako, f"{URL}?all=")
    shown = page.locator("#result_list .field-company_name").all_text_contents()
    assert set(SCRIPTS) <= set(shown)
    assert page.evaluate(f"window.{RAN}") is None
    for text in SCRIPTS:
        page.locator("#searchbar").fill(text)
        send(page, "検索")
        assert page.evaluate(f"window.{RAN}") is None
        if "@" not in text:
            assert text in page.locator("#result_list .field-company_name").all_text_contents()
    page.goto(BY_EMAIL)
    page.get_by_label("メールアドレス").fill(ADDRESS)
    send(page, "探す")
    expect(
        page.get_by_role("heading", name=f"{len(SCRIPTS) + len(FORMULAS)}件見つかりました")
    ).to_be_visible()
    assert page.evaluate(f"window.{RAN}") is None


def _empty(page: Page) -> None:
    page.goto(f"{URL}?q=無い名前")


def _refused(page: Page) -> None:
    page.goto(f"{URL}?status=nonsense")


def _found(page: Page) -> None:
    page.goto(BY_EMAIL)
    page.get_by_label("メールアドレス").fill(ADDRESS)
    send(page, "探す")


def _no_address(page: Page) -> None:
    page.goto(BY_EMAIL)
    send(page, "探す")


def _not_confirmed(page: Page) -> None:
    page.goto(EXPORT)
    page.get_by_label("個人情報あり").check()
    page.get_by_label("受付日（この日から）").fill("1999-11-02")
    send(page, "書き出す")


WAYS: dict[str, Callable[[Page], object]] = {
    "list": lambda page: page.goto(URL),
    "open ones, sorted": lambda page: page.goto(f"{URL}?status=open&o=4"),
    "empty list": _empty,
    "nonsense": _refused,
    "search by e-mail": lambda page: page.goto(BY_EMAIL),
    "found by e-mail": _found,
    "no address": _no_address,
    "export": lambda page: page.goto(EXPORT),
    "export, refused": _not_confirmed,
}


def test_the_pages_are_accessible_and_fit(open_as: Open, transactional_db: None) -> None:
    officer = member(*PRIVACY_OFFICER, last_name="試験", first_name="花子")
    today = timezone.localdate()
    for name in ("株式会社見本", "試験" * 100, ""):
        consultation = stored(company_name=name)
        Consultation.objects.filter(id=consultation.id).update(
            assignee=officer, next_action_on=today - timedelta(days=1), bounced_at=AT
        )
    page = open_as(officer, URL)
    faults = {}
    for name, go in WAYS.items():
        for size in (WIDE, NARROW):
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            go(page)
            if found := [*checkers.axe(page), *checkers.sideways(page)]:
                faults[f"{name}, {size['width']}"] = found
    assert faults == {}
