"""Every page of staff's admin: axe, widths, targets; wide and narrow, light and dark."""

import os
from pathlib import Path
from typing import Literal

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from intake.admin import ConsultationAdmin
from safeguards.admin import CappedPaginator
from tests.browser import checkers
from tests.browser.admin_pages import PAGES, AdminPage, records
from tests.browser.conftest import NARROW, WIDE
from tests.browser.signing import sign_in
from tests.staff import PASSWORD

Scheme = Literal["light", "dark"]
MIDDLE = {"width": 800, "height": 900}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_admin_are_accessible_and_fit(
    page: Page, transactional_db: None, monkeypatch: pytest.MonkeyPatch, scheme: Scheme
) -> None:
    """WCAG 2.2 AA and best practice by axe; no sideways scrolling of a page; targets of 24 px."""
    user = User.objects.create_superuser("staff", password=PASSWORD)
    consultation = records(user, number=12)
    monkeypatch.setattr(ConsultationAdmin, "list_per_page", 5)
    monkeypatch.setattr(CappedPaginator, "limit", 11)
    page.emulate_media(color_scheme=scheme)
    sign_in(page, user)
    faults = {}
    for each in PAGES:
        path = each.path if isinstance(each.path, str) else each.path(consultation, user)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == each.status, f"{each.name}: {answer.status}"
        assert each.heading in page.locator("h1").inner_text(), each.name
        if found := _faults(page, each, scheme):
            faults[each.name] = found
    assert faults == {}, "\n".join(f"{name}: {line}" for name, lines in faults.items() for line in lines)


def _faults(page: Page, each: AdminPage, scheme: Scheme) -> list[str]:
    """By axe wide and narrow; dark colours, which are no matter of width, wide alone."""
    faults = []
    for size in (WIDE, MIDDLE, NARROW):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        found = checkers.sideways(page)
        if size is WIDE or (size is NARROW and scheme == "light"):
            found += checkers.axe(page)
        faults += [f"{size['width']} px: {fault}" for fault in found]
        _photograph(page, f"{each.name}-{scheme}-{size['width']}")
    return faults


def _photograph(page: Page, name: str) -> None:
    """With SHOTS_DIR set, keep pictures to look at."""
    if folder := os.environ.get("SHOTS_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name.replace(' ', '-')}.png", full_page=True)
