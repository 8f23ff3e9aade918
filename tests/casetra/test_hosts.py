"""第6条: what a Host header says reaches no page, and no redirect."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests import corpus
from tests.casetra.test_headers import PAGES

EVIL = "evil.example"
REDIRECTING = {
    "/consultation": 301,
    "/privacy/2026-01-02": 301,
    "/admin": 301,
    "/admin/": 302,
    "/favicon.ico": 302,
}


@pytest.mark.parametrize("host", corpus.HOSTS)
@pytest.mark.parametrize("https_only", [False, True])
def test_a_host_that_is_not_ours_is_refused_before_any_page_or_redirect(
    settings: Settings, host: str, https_only: bool
) -> None:
    settings.SECURE_SSL_REDIRECT = https_only
    for path in ("/", "/consultation", "/admin/"):
        answer = Client().get(path, HTTP_HOST=host)
        assert answer.status_code == 400
        assert "Location" not in answer.headers
        assert EVIL not in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"]
)
@pytest.mark.parametrize("path", [*PAGES, *REDIRECTING])
def test_no_other_header_names_the_host_or_the_page(settings: Settings, name: str, path: str) -> None:
    settings.ROOT_URLCONF = "tests.casetra.urls"
    client, value = Client(raise_request_exception=False), f"//{EVIL}/" if "URL" in name else EVIL
    plain, asked = client.get(path), client.get(path, headers={name: value})
    assert asked.status_code == plain.status_code
    assert asked.headers.get("Location") == plain.headers.get("Location")
    assert EVIL not in f"{asked.headers}{asked.content.decode()}"


@pytest.mark.parametrize("path", [*PAGES, *REDIRECTING])
def test_even_where_every_host_is_let_in_none_stands_in_a_page_or_a_redirect(
    settings: Settings, path: str
) -> None:
    settings.ALLOWED_HOSTS, settings.ROOT_URLCONF = ["*"], "tests.casetra.urls"
    answer = Client(raise_request_exception=False).get(path, headers={"host": EVIL})
    assert answer.status_code == (PAGES | REDIRECTING)[path]
    assert EVIL not in f"{answer.headers}{answer.content.decode()}"
