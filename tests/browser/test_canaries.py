"""The checks of this folder find what they are there for: each is shown a planted fault."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import checkers
from tests.browser.conftest import NARROW
from tests.browser.watch import watched

DOCUMENT = "<!DOCTYPE html><html lang='ja'><title>試し</title><main><h1>試し</h1>{}</main></html>"
STRICT = "default-src 'self'"


@pytest.mark.parametrize(
    ("planted", "policy", "scripts", "said"),
    [
        ("<link rel='stylesheet' href='/static/css/nowhere.css'>", "", True, "404 for .*nowhere.css"),
        ("<link rel='stylesheet' href='/static/css/nowhere.css'>", "", False, "404 for .*nowhere.css"),
        ("<img src='https://elsewhere.invalid/x.png' alt=''>", "", True, "another host: https://elsewhere"),
        ("<p style='color: red'>赤</p>", STRICT, True, "CSP violation: style-src"),
        ("<p style='color: red'>赤</p>", STRICT, False, "Content Security Policy"),
        ("<script>let a = 1;</script>", STRICT, True, "CSP violation: script-src"),
        ("<script>console.error('叫び')</script>", "", True, "console: 叫び"),
        ("<script>throw new Error('投げた')</script>", "", True, "page error: .*投げた"),
    ],
)
def test_a_watched_page_fails_on_a_planted_fault(
    browser: Browser, live_server: LiveServer, planted: str, policy: str, said: str, scripts: bool
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=scripts)
    try:
        with pytest.raises(AssertionError, match=said), watched(context, live_server.url):
            _show(context.new_page(), planted, policy)
    finally:
        context.close()


def test_a_watched_page_without_a_fault_passes(page: Page) -> None:
    _show(page, "<link rel='stylesheet' href='/static/css/site.css'>", STRICT)


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("<img src='/static/img/hero.svg'>", "image-alt"),
        ("<p style='color: #bbb; background: #fff'>薄い</p>", "color-contrast"),
        ("<button>一</button><h4>飛ばした見出し</h4>", "heading-order"),
        ("<a href='/' style='font-size: 8px'>小</a><a href='/' style='font-size: 8px'>小</a>", "target-size"),
    ],
    ids=["wcag2a", "wcag2aa", "best_practice", "wcag22aa"],
)
def test_axe_reports_a_planted_violation(page: Page, planted: str, rule: str) -> None:
    _show(page, planted)
    assert any(line.startswith(f"{rule}:") for line in checkers.axe(page))


def test_measuring_reports_planted_widths_and_targets(page: Page) -> None:
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    _show(page, "<button style='width: 400px; height: 43px; font-size: 15px'>小</button><a href='/'>小</a>")
    assert checkers.sideways(page)
    small = checkers.small_targets(page)
    assert [line.split(":")[0] for line in small][:2] == ["400 x 43", "font 15"]
    assert small[2].endswith('<a href="/">小</a>')


def test_the_nu_checker_reports_a_planted_error_and_a_planted_warning(tmp_path: Path) -> None:
    found = checkers.nu(
        {
            "good": DOCUMENT.format("<p>よい</p>"),
            "bad": DOCUMENT.format("<p><div>入れ子</div></p>"),
            "doubtful": DOCUMENT.format("<section><p>見出しのない節</p></section>"),
        },
        tmp_path,
    )
    assert {line.split(":")[0] for line in found} == {"bad", "doubtful"}


def _show(page: Page, planted: str, policy: str = "") -> None:
    """A page of this site's own host that holds the fault; what it asks for goes to the real server."""
    headers = {"Content-Type": "text/html; charset=utf-8"}
    if policy:
        headers["Content-Security-Policy"] = policy
    body = DOCUMENT.format(planted)
    page.route("**/canary/", lambda route: route.fulfill(body=body, headers=headers))
    page.goto("/canary/")
    page.wait_for_load_state("networkidle")
