"""Staff's way into the admin, as a person goes it."""

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.staff import PASSWORD, code, enrol


def give_password(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in page, from wherever the person stands."""
    if "/admin/login/" not in page.url:
        page.goto("/admin/")
    page.get_by_label("ユーザー名").fill(username)
    page.get_by_label("パスワード", exact=True).fill(password)
    page.get_by_role("button", name="次へ").click()


def give_code(page: Page, typed: str, button: str = "サインイン") -> None:
    """Fill in the code of the app."""
    page.get_by_label("6桁の確認コード").fill(typed)
    page.get_by_role("button", name=button).click()


def sign_in(page: Page, user: User) -> None:
    """Password and code of an account that has its app already; ends in the admin."""
    secret = enrol(user)
    give_password(page, user.username)
    give_code(page, code(secret))
    expect(page.locator("#user-tools")).to_be_visible()
