"""Every public page in every state: axe, the Nu checker, widths, targets and text sizes."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.browser import checkers
from tests.browser.conftest import NARROW, WIDE
from tests.browser.public_pages import GROUPS, PAGES, PublicPage
from tests.policy.conftest import Editions


@pytest.fixture
def editions_of(request: pytest.FixtureRequest) -> Callable[[PublicPage], None]:
    """Makes the editions that a page needs."""

    def make(public_page: PublicPage) -> None:
        if public_page.several_editions:
            _announce(request.getfixturevalue("editions"))

    return make


def _announce(editions: Editions) -> None:
    for day in ("2026-02-03", "2099-04-01"):
        if not (editions.folder / day).exists():
            editions.add(day, ("当社は", f"当社は、{day}から"))


def _resize(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


@pytest.mark.parametrize("group", GROUPS)
def test_the_public_pages_are_accessible_and_fit(
    page: Page, editions_of: Callable[[PublicPage], None], group: str
) -> None:
    """WCAG 2.2 AA and best practice by axe; no sideways scrolling, also at 200 % text; targets; text sizes."""
    faults = {}
    for public_page in GROUPS[group]:
        editions_of(public_page)
        page.context.clear_cookies()
        _resize(page, WIDE)
        public_page.visit(page)
        _photograph(page, public_page)
        if found := _faults(page):
            faults[public_page.name] = found
    assert faults == {}


def _faults(page: Page) -> list[str]:
    faults = []
    for size in (WIDE, NARROW):
        _resize(page, size)
        found = [*checkers.axe(page), *checkers.sideways(page), *checkers.small_targets(page)]
        faults += [f"{size['width']} px: {fault}" for fault in found]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for size in (WIDE, NARROW):
        _resize(page, size)
        faults += [f"{size['width']} px, text at 200 %: {fault}" for fault in checkers.sideways(page)]
    return faults


@pytest.mark.django_db
def test_the_nu_checker_finds_nothing_in_the_html_of_any_public_page(
    editions_of: Callable[[PublicPage], None], tmp_path: Path
) -> None:
    sources = {}
    for each in PAGES:
        editions_of(each)
        client = Client(enforce_csrf_checks=each.loses_cookies, raise_request_exception=False)
        sources[each.name] = each.source(client)
    assert checkers.nu(sources, tmp_path) == []


def _photograph(page: Page, public_page: PublicPage) -> None:
    """With SHOTS_DIR set, keep pictures to look at."""
    if folder := os.environ.get("SHOTS_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        name = re.sub(r"\W+", "-", public_page.name)
        for size in (NARROW, WIDE):
            _resize(page, size)
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)
