"""第6条: no address that somebody made leads from this site to another one."""

from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import corpus

HOME = "http://testserver/here/"
PASSWORD = "correct horse battery"
SIGN_IN, SIGN_OUT = "/admin/login/", "/admin/logout/"


def leads_home(location: str) -> bool:
    """Whether a browser stays on the site: it drops white space and reads a backslash as a stroke."""
    read = "".join(c for c in location.strip() if c not in "\t\r\n").replace("\\", "/")
    parts = urlsplit(urljoin(HOME, read))
    return (parts.scheme, parts.netloc) == ("http", "testserver") and not read.startswith("//")


def assert_stays(answer: Any) -> None:
    if 300 <= answer.status_code < 400:
        location = answer.headers["Location"]
        assert leads_home(location), location
        assert not {"\r", "\n"} & set(location)
    assert "Refresh" not in answer.headers
    assert "x=1" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("target", corpus.REDIRECTS)
def test_a_browser_would_be_led_away_by_the_corpus(target: str) -> None:
    # A header in disguise, and what only a program that normalises would take for an address.
    harmless = {"/admin/\r\nSet-Cookie: x=1", "ｈttps://evil.example/"}
    assert leads_home(target) is (target in harmless)


@pytest.mark.django_db
@pytest.mark.parametrize("target", corpus.REDIRECTS)
def test_signing_in_leads_to_a_page_of_this_site(target: str) -> None:
    User.objects.create_superuser("alice", password=PASSWORD)
    form = {"username": "alice", "password": PASSWORD}
    for url, data in (
        (f"{SIGN_IN}?next={quote(target)}", form),
        (SIGN_IN, form | {"next": target}),
        (f"{SIGN_IN}?next={quote(target)}", form | {"next": target}),
    ):
        client = Client()
        answer = client.post(url, data)
        assert answer.status_code == 302
        assert_stays(answer)
        assert_stays(client.get(url))  # who is signed in is led on at once
        assert_stays(client.post(f"{SIGN_OUT}?next={quote(target)}", {"next": target}))


@pytest.mark.parametrize("target", corpus.REDIRECTS)
@pytest.mark.parametrize("before", ["", "/", "/admin", "/admin/", "/consultation", "/privacy/"])
def test_no_path_is_a_redirect_to_elsewhere(target: str, before: str) -> None:
    for written in (target, quote(target), quote(target, safe="/:")):
        assert_stays(Client().get("/" + before.lstrip("/") + written))
        assert_stays(Client().get("/" + before.lstrip("/") + written.rstrip("/")))


@pytest.mark.parametrize("target", corpus.REDIRECTS)
def test_neither_a_referer_nor_a_parameter_leads_away(target: str) -> None:
    client = Client(enforce_csrf_checks=True, headers={"referer": "https://evil.example/"})
    for path in ("/consultation/", "/consultation", "/", "/admin/", "/privacy/"):
        for name in ("next", "redirect", "url", "return_to"):
            assert_stays(client.get(f"{path}?{name}={quote(target)}"))
            answer = client.post(path, {name: target})
            assert_stays(answer)
            assert "evil.example" not in answer.headers.get("Location", "")
