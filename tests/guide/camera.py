"""Chromium at the site: one page after the other, each photographed as soon as it stands."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.guide import png
from tests.guide.shots import Shot

WIDTH = 1280


def take(
    shots: Iterable[Shot], *, url: str, sessions: Mapping[str, str], program: str, into: Path
) -> list[Path]:
    """The pictures' files. `sessions` are the session cookies by user."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--disable-gpu", *as_root])
        taken = [_take(browser, shot, url, sessions.get(shot.user), into) for shot in shots]
        browser.close()
    return taken


def _take(browser: Browser, shot: Shot, url: str, session: str | None, into: Path) -> Path:
    size: ViewportSize = {"width": WIDTH, "height": shot.height}
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport=size)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    page = context.new_page()
    answer = page.goto(url + shot.path)
    assert answer is not None
    assert (answer.status, page.url) == (200, url + shot.path), f"{shot.name}: {answer.status} at {page.url}"
    if shot.press:
        with page.expect_navigation():
            page.get_by_role("button", name=shot.press).click()
    path = into / f"{shot.name}.png"
    path.write_bytes(png.smaller(page.screenshot(animations="disabled", caret="hide")))
    context.close()
    return path
