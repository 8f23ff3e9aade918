"""Members of staff in Chromium, signed in already: the way in has tests of its own."""

from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.intake.staff import client_of


def sign_in(context: BrowserContext, user: User, live_server: LiveServer) -> None:
    """Give the context the session of this account."""
    name = settings.SESSION_COOKIE_NAME
    value = client_of(user).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
