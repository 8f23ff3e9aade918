"""第9条: the certificate of a run in Chromium: on a telephone, too, every number of it is there to be read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from retention.models import PurgeRun
from tests.browser import marked
from tests.browser.conftest import NARROW, WIDE
from tests.browser.staff import sign_in
from tests.intake.staff import PRIVACY_OFFICER, member


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_cell_of_the_certificate_is_shown(
    transactional_db: None,
    new_context: Callable[..., BrowserContext],
    live_server: LiveServer,
    viewport: dict[str, int],
) -> None:
    marked.consultation()
    context = new_context(viewport=viewport)
    sign_in(context, member(*PRIVACY_OFFICER), live_server)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/retention/purgerun/{PurgeRun.objects.get().id}/change/")
    cells = page.locator("#content-main tbody :is(th, td)")
    assert cells.count() > 20
    for cell in cells.all():
        expect(cell).to_be_visible()
