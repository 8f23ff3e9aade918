"""One Chromium for all tests of this folder, one watched context a test."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from intake.models import Consultation
from safeguards.choices import Role
from tests import programs
from tests.browser import marked
from tests.browser.signing import sign_in
from tests.browser.watch import watched
from tests.policy.conftest import editions as editions

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ends with this folder's last test: Playwright's loop in the main thread would disturb other tests."""
    path = programs.chromium()
    patch = pytest.MonkeyPatch()
    # The loop makes Django think that its ORM was called from asynchronous code.
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, headless=True, args=[*ARGUMENTS, *as_root]
        )
        yield chromium
        chromium.close()
    patch.undo()


@pytest.fixture
def new_context(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """Makes contexts of the browser; each is watched, and closed after the test."""
    with ExitStack() as stack:

        def make(**options: Any) -> BrowserContext:
            context = browser.new_context(
                **{"locale": "ja-JP", "viewport": WIDE, "base_url": live_server.url, **options}
            )
            context.set_default_timeout(10_000)
            stack.callback(context.close)
            stack.enter_context(watched(context, live_server.url))
            return context

        yield make


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext]) -> NewPage:
    """Makes a page in a context of its own; the arguments are those of `Browser.new_context`."""
    return lambda **options: new_context(**options).new_page()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A wide page with JavaScript."""
    return new_page()


@pytest.fixture
def consultation(transactional_db: None) -> Consultation:
    """One that is full of marks."""
    return marked.consultation()


@pytest.fixture
def enter(page: Page, consultation: Consultation) -> Callable[[Role | None], User]:
    """Signs an account with this role in, as a person does it."""

    def as_role(role: Role | None) -> User:
        user = marked.account(role)
        sign_in(page, user)
        return user

    return as_role
