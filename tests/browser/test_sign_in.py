"""第6条: staff in Chromium — the first time, every other time, without the telephone, and what is shut meanwhile."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from safeguards.models import AuditEntry, Factor
from safeguards.services import passwords, sealed_factors, staff
from tests.browser import checkers
from tests.browser.conftest import NARROW, WIDE, NewPage
from tests.browser.signing import give_code, give_password, sign_in
from tests.staff import PASSWORD, code, codes_of, enrol

pytestmark = pytest.mark.django_db(transaction=True)

REVIEW = "/admin/safeguards/staff/"


def member(username: str, role: staff.Role) -> User:
    account = User.objects.create_user(username, password=PASSWORD, last_name="試験 花子", is_staff=True)
    account.groups.add(Group.objects.get(name=role.value))
    return account


@pytest.fixture
def officer() -> User:
    return member("officer", staff.Role.PRIVACY_OFFICER)


def faults(page: Page, name: str) -> list[str]:
    """What axe and the ruler find on the page, wide and narrow; with SHOTS_DIR set, pictures to look at."""
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        if folder := os.environ.get("SHOTS_DIR"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)
        problems = [*checkers.axe(page), *checkers.sideways(page)]
        if page.locator("#user-tools").count() == 0:  # not inside Django's own frame
            problems += checkers.small_targets(page)
        found += [f"{name}, {size['width']} px: {problem}" for problem in problems]
    return found


def test_a_new_member_comes_from_the_link_over_password_and_app_into_the_admin(page: Page) -> None:
    account = staff.create(
        username="hanako", role=staff.Role.RECEPTION, name="試験 花子", email="", at=timezone.now()
    )
    path = reverse("staff:welcome", args=[account.pk, passwords.link_token(account)])
    page.goto(path)
    found = faults(page, "welcome")
    page.get_by_label("新しいパスワード", exact=True).fill("short")
    page.get_by_label("新しいパスワード（確認）").fill("other")
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += faults(page, "welcome-faults")
    page.get_by_label("新しいパスワード", exact=True).fill(PASSWORD)
    page.get_by_label("新しいパスワード（確認）").fill(PASSWORD)
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2段階認証の設定")
    found += faults(page, "set-up")
    give_code(page, "000000", "設定を終える")
    found += faults(page, "set-up-wrong")
    secret = page.locator("#secret").inner_text().replace(" ", "")
    give_code(page, code(secret), "設定を終える")
    expect(page.locator("#codes li")).to_have_count(10)
    found += faults(page, "codes")
    page.goto("/admin/intake/consultation/")  # typed: the codes come first
    expect(page.locator("#codes li")).to_have_count(10)
    page.get_by_role("button", name="控えたので次へ進む").click()
    expect(page).to_have_url(re.compile(r"/admin/intake/consultation/$"))
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("このリンクは使えません")
    found += faults(page, "link-over")
    assert found == []


@pytest.mark.parametrize("scripts", [True, False])
def test_password_and_pasted_code_lead_to_the_typed_address(
    new_page: NewPage, officer: User, scripts: bool
) -> None:
    page, secret = new_page(java_script_enabled=scripts), enrol(officer)
    page.goto(REVIEW)
    give_password(page, "officer", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("ユーザー名かパスワードが違います")
    give_password(page, "officer")
    expect(page.get_by_role("heading", level=1)).to_have_text("2段階認証")
    give_code(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("コードが違います")
    shown = code(secret).translate({digit: digit + 0xFEE0 for digit in range(0x30, 0x3A)})
    give_code(page, f" {shown[:3]}　{shown[3:]}")
    expect(page).to_have_url(re.compile(f"{REVIEW}$"))


def test_every_page_of_the_sign_in_is_accessible_and_fits(page: Page, officer: User) -> None:
    enrol(officer)
    page.goto("/admin/")
    found = faults(page, "sign-in")
    give_password(page, "officer", "wrong")
    found += faults(page, "sign-in-wrong")
    give_password(page, "officer")
    found += faults(page, "code")
    give_code(page, "000000")
    found += faults(page, "code-wrong")
    page.get_by_role("link", name="認証アプリを使えないとき").click()
    found += faults(page, "recovery")
    page.get_by_label("回復コード").fill("wrong")
    page.get_by_role("button", name="サインイン").click()
    found += faults(page, "recovery-wrong")
    page.goto("/admin/login/code/")
    for _ in range(4):
        give_code(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("続けて何度も試された")
    found += faults(page, "throttled")
    assert found == []


def test_a_recovery_code_stands_in_for_the_app(page: Page, officer: User) -> None:
    enrol(officer)
    give_password(page, "officer")
    page.get_by_role("link", name="認証アプリを使えないとき").click()
    page.get_by_label("回復コード").fill(codes_of(officer)[0])
    page.get_by_role("button", name="サインイン").click()
    expect(page.get_by_text("残りは9個です")).to_be_visible()
    assert AuditEntry.objects.filter(event="staff.recovery_code_used", actor=officer).exists()


def test_the_pages_of_ones_own_account_are_accessible_and_fit(page: Page, officer: User) -> None:
    sign_in(page, officer)
    found = []
    for name in ("account", "password", "new_codes", "new_app"):
        page.goto(reverse(f"staff:{name}"))
        found += faults(page, f"own-{name}")
    page.goto(reverse("staff:password"))
    page.get_by_role("button", name="変更する").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += faults(page, "own-password-faults")
    page.goto(reverse("staff:account"))
    page.get_by_role("button", name="サインアウト").click()
    expect(page.get_by_text("サインアウトしました")).to_be_visible()
    found += faults(page, "signed-out")
    assert found == []


def test_the_admins_frame_leads_to_the_own_account_and_out(page: Page, officer: User) -> None:
    sign_in(page, officer)
    page.locator("#user-tools").get_by_role("link", name="アカウント").click()
    page.get_by_role("link", name="パスワードを変更する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("パスワードを変更する")
    page.get_by_role("link", name="管理画面へ").click()
    page.locator("#user-tools").get_by_role("button", name="サインアウト").click()
    expect(page.get_by_text("サインアウトしました")).to_be_visible()
    page.goto(REVIEW)
    expect(page.get_by_role("heading", level=1)).to_have_text("サインイン")


def test_an_idle_person_is_told_why_and_led_back(page: Page, officer: User) -> None:
    sign_in(page, officer)
    for session in Session.objects.all():
        state = session.get_decoded()
        state["seen_at"] -= 30 * 60
        Session.objects.filter(pk=session.pk).update(session_data=SessionStore().encode(state))
    page.goto(REVIEW)
    expect(page.get_by_text("しばらく操作がなかったため、サインアウトしました")).to_be_visible()
    assert faults(page, "idle") == []
    give_password(page, "officer")
    # The code of this half minute is used up; the clock of the app may be one step ahead.
    give_code(page, code(sealed_factors.read(Factor.objects.get()).secret, ahead=1))
    expect(page).to_have_url(re.compile(f"{REVIEW}$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_review_and_the_page_of_an_account_are_accessible_and_fit(
    new_page: NewPage, officer: User, scheme: str
) -> None:
    page = new_page(color_scheme=scheme)
    hanako = member("hanako", staff.Role.RECEPTION)
    hanako.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
    enrol(hanako)
    User.objects.create_superuser("root")
    User.objects.filter(pk=hanako.pk).update(last_login=timezone.now() - timedelta(days=200))
    User.objects.filter(pk=member("closed", staff.Role.VIEWER).pk).update(is_active=False)
    sign_in(page, officer)
    page.goto(REVIEW)
    expect(page.locator(".staff-table tbody tr")).to_have_count(4)
    found = faults(page, f"review-{scheme}")
    page.set_viewport_size({"width": WIDE["width"], "height": WIDE["height"]})
    page.get_by_role("link", name="hanako").click()
    found += faults(page, f"staff-account-{scheme}")
    page.get_by_label("ご本人であることを確かめました").check()
    page.get_by_role("button", name="2段階認証を再設定する").click()
    expect(page.get_by_text("2段階認証を解除し")).to_be_visible()
    found += faults(page, f"staff-account-reset-{scheme}")
    assert found == []
    entry = AuditEntry.objects.latest("id")
    assert (entry.event, entry.actor, entry.label) == ("staff.factor_reset", officer, f"user {hanako.pk}")


@pytest.mark.parametrize("role", [staff.Role.RECEPTION, staff.Role.VIEWER])
def test_other_roles_find_no_link_to_the_review_and_its_address_shut(page: Page, role: staff.Role) -> None:
    sign_in(page, member("someone", role))
    assert page.locator(f"a[href='{REVIEW}']").count() == 0
    answer = page.goto(REVIEW)
    assert answer is not None
    assert answer.status == 403
