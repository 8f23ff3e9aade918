"""第6条: the headers that every answer carries, and the cookies."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from tests import staff

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PAGES = {
    "/": 200,
    "/consultation/": 200,
    "/consultation/thanks/": 200,
    "/privacy/": 200,
    "/privacy/2026-01-02/": 200,
    "/privacy/history/": 200,
    "/privacy/requests/": 200,
    "/admin/login/": 200,
    "/admin/": 302,
    "/nowhere/": 404,
    "/fail/": 500,
    "/away/": 503,
    "/forbidden/": 403,
}


@pytest.fixture
def visitor(settings: Settings) -> Client:
    settings.ROOT_URLCONF = "tests.casetra.urls"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_every_answer_carries_the_security_headers(visitor: Client, path: str, status: int) -> None:
    response = visitor.get(path)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_a_refused_post_carries_them_too(settings: Settings) -> None:
    response = Client(enforce_csrf_checks=True).post("/consultation/")
    assert response.status_code == 403
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("redirecting", [False, True])
def test_an_unknown_host_is_refused_under_the_same_policy(settings: Settings, redirecting: bool) -> None:
    settings.SECURE_SSL_REDIRECT = redirecting  # then SecurityMiddleware itself looks at the host
    response = Client().get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options"):
        assert response.headers.get(name) == HEADERS[name]


@pytest.mark.django_db
def test_the_cookies_of_production_work_over_https(settings: Settings) -> None:
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.BROWSER_COOKIE_NAME = "__Host-browser"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = True
    secret = staff.enrol(User.objects.create_superuser("alice", password="correct horse battery"))
    client = Client(enforce_csrf_checks=True)
    token = client.get("/admin/login/", secure=True).cookies["__Host-csrftoken"].value
    form = {"username": "alice", "password": "correct horse battery", "csrfmiddlewaretoken": token}
    referer = {"referer": "https://testserver/admin/login/"}
    client.post("/admin/login/?next=/admin/", form, secure=True, headers=referer)
    form = {"code": staff.code(secret), "csrfmiddlewaretoken": token}
    response = client.post("/admin/login/code/", form, secure=True, headers=referer)
    assert response.status_code == 302
    assert set(response.cookies) == {"__Host-sessionid", "__Host-csrftoken", "__Host-browser"}
    for cookie in response.cookies.values():  # what the prefix asks of a browser's cookie
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    session = response.cookies["__Host-sessionid"]
    assert (session["max-age"], session["expires"]) == ("", "")
    assert client.get("/admin/", secure=True).status_code == 200


@pytest.mark.django_db
def test_the_admin_and_its_session_cookie_are_under_the_same_rules(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True  # as in production
    secret = staff.enrol(User.objects.create_superuser("alice", password="correct horse battery"))
    client = Client()
    client.post("/admin/login/", {"username": "alice", "password": "correct horse battery"})
    cookie = client.post("/admin/login/code/", {"code": staff.code(secret)}).cookies["sessionid"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    response = client.get("/admin/", secure=True)
    assert response.status_code == 200
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
