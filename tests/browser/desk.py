"""The page of one consultation in Chromium: opened by somebody, and worked with by its buttons."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.models import Consultation
from tests.browser import checkers
from tests.browser.staff import sign_in
from tests.intake.desk_page import url

Open = Callable[..., Page]


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


def faults_of(page: Page) -> list[str]:
    return [*checkers.axe(page), *checkers.sideways(page)]
