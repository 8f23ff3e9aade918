"""gunicorn as the Dockerfile starts it: what it serves, what it writes, when it refuses."""

import json
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from tests import staff
from tests.casetra import production
from tests.casetra.production import Answer, Site

MARK = "marker-7f3a"


@pytest.mark.parametrize("path", ["/livez", "/healthz"])
@pytest.mark.parametrize("host", ["www.example.jp", "10.0.0.7:8000", "evil.example", "_"])
def test_probes_are_answered_for_any_host_and_without_https(site: Site, path: str, host: str) -> None:
    answer = site.ask(path, https=False, Host=host)
    assert answer.status == 200, answer.body
    assert json.loads(answer.body)["status"] == "ok"


def test_http_is_sent_to_https(site: Site) -> None:
    answer = site.ask("/privacy/?x=1", https=False)
    assert (answer.status, answer.headers["Location"]) == (301, "https://www.example.jp/privacy/?x=1")
    assert site.ask("/privacy/").status == 200


def test_without_a_trusted_proxy_nobody_can_claim_https(image: Path, confirmed: str) -> None:
    with production.serve(image, POLICY_EDITIONS_DIR=confirmed, TRUSTED_PROXIES="0") as site:
        assert site.ask("/", https=True).status == 301


def test_an_unknown_host_is_refused(site: Site) -> None:
    assert site.ask("/", Host="evil.example").status == 400


def test_static_files_are_kept_for_long_under_their_hashed_names(site: Site, image: Path) -> None:
    names = json.loads((image / "staticfiles" / "staticfiles.json").read_text())["paths"]
    address = f"/static/{names['css/site.css']}"
    assert f'href="{address}"' in site.ask("/").body
    answer = site.ask(address)
    assert (answer.status, answer.headers.get_content_type()) == (200, "text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=315360000" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/consultation/", "/privacy/", "/admin/login/", "/nowhere/"])
def test_every_answer_asks_for_https_for_two_years(site: Site, path: str) -> None:
    assert site.ask(path).headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_the_csrf_cookie_is_for_https_and_not_for_scripts(site: Site) -> None:
    cookie = site.ask("/consultation/").headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrftoken=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "domain" not in cookie.lower()


def test_a_form_is_taken_with_the_csrf_cookie_and_not_without(site: Site) -> None:
    cookie, token = csrf(site, "/consultation/")
    body = f"csrfmiddlewaretoken={token}&action=next&companyName={MARK}"
    referer = "https://www.example.jp/consultation/"
    answer = site.ask("/consultation/", method="POST", body=body, Cookie=cookie, Referer=referer)
    assert (answer.status, MARK in answer.body) == (200, True)
    plain = cookie.removeprefix("__Host-")  # another program on a subdomain could have set this one
    assert site.ask("/consultation/", method="POST", body=body, Cookie=plain, Referer=referer).status == 403


@pytest.mark.django_db(transaction=True)
def test_the_session_cookie_is_bound_to_the_host_and_ends_with_the_browser(
    image: Path, confirmed: str
) -> None:
    password = PBKDF2PasswordHasher().encode("correct horse battery", "salt", iterations=1)
    User.objects.create(username="alice", password=password, is_staff=True, is_superuser=True)
    url = production.embedded_url(name=str(connection.settings_dict["NAME"]))
    with production.serve(image, POLICY_EDITIONS_DIR=confirmed, DATABASE_URL=url) as site:
        session = sign_in(site, username="alice", password="correct horse battery")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} == set(session[1:])  # no Max-Age, no Domain
        codes = "/admin/account/codes/"
        assert site.ask(codes, Cookie=session[0]).status == 200
        assert site.ask(codes, Cookie=session[0].removeprefix("__Host-")).status == 302
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(hours=7, minutes=58) < left <= timedelta(hours=8)


def sign_in(site: Site, *, username: str, password: str) -> list[str]:
    """The first time, over password and app; the parts of the session's cookie."""
    cookie, token = csrf(site, "/admin/login/")

    def send(path: str, **fields: str) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": token, **fields})
        answer = site.ask(
            path, method="POST", body=body, Cookie=cookie, Referer=f"https://www.example.jp{path}"
        )
        assert answer.status == 302, answer.body
        return answer

    def session(answer: Answer) -> list[str]:
        cookies = [line.split("; ") for line in answer.headers.get_all("Set-Cookie", [])]
        (found,) = [parts for parts in cookies if parts[0].startswith("__Host-sessionid=")]
        return found

    cookie += f"; {session(send('/admin/login/', username=username, password=password))[0]}"
    page = site.ask("/admin/login/app/", Cookie=cookie)
    return session(send("/admin/login/app/", code=staff.code(staff.shown_secret(page.body))))


def csrf(site: Site, path: str) -> tuple[str, str]:
    """The cookie of the form at `path`, as a browser sends it back, and the form's token."""
    page = site.ask(path)
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body))
    return str(page.headers["Set-Cookie"]).partition(";")[0], token


@pytest.mark.parametrize("parameter", ["charset=rot13", "charset*=none''x"])
def test_no_charset_ends_in_an_exception(site: Site, parameter: str) -> None:
    content_type = f"application/x-www-form-urlencoded; {parameter}"
    answer = site.ask("/consultation/?a=b", method="POST", body="a=b", content_type=content_type)
    assert answer.status == 400
    assert "リクエストを受け付けられませんでした" in answer.body


def test_a_body_that_is_too_large_is_told_so(site: Site) -> None:
    answer = site.ask("/consultation/", method="POST", body=f"a={'a' * 2_000_000}")
    assert answer.status == 400
    assert "入力の量が多すぎます" in answer.body


def test_the_log_is_json_lines_without_anything_that_a_visitor_sent(image: Path, confirmed: str) -> None:
    embedded_url = production.embedded_url()
    with production.serve(image, POLICY_EDITIONS_DIR=confirmed, DATABASE_URL=embedded_url) as site:
        site.ask(f"/privacy/?name={MARK}")
        site.ask(f"/{MARK}/")
        site.ask("/consultation/", method="POST", body=f"email={MARK}@example.com&action=next")
        site.ask("/", Referer=f"https://{MARK}.example/", Cookie=f"a={MARK}", Forwarded=f"for={MARK}")
        site.ask("/", Host=f"{MARK}.example")
        out, err = site.stop()
    entries = [json.loads(line) for line in out.splitlines()]
    requests = [entry for entry in entries if entry["event"] == "request"]
    assert {(entry.get("route"), entry["status"]) for entry in requests} == {
        ("/privacy/", 200), (None, 404), ("/consultation/", 403), ("/", 200), (None, 400),
    }  # fmt: skip
    assert all(len(entry["request_id"]) == 32 and entry["ms"] >= 0 for entry in requests)
    assert err == ""
    for secret in (MARK, "127.0.0.1", "?"):
        assert secret not in out


def test_the_shipped_draft_stops_the_start_with_one_line(image: Path) -> None:
    out, err = production.refused(image)
    (line,) = production.lines(err)
    assert line.startswith("casetra: policy.E010: ")
    assert "Booting worker" not in out


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"SECRET_KEY": "x"}, ["security.W009"]),
        ({"ALLOWED_HOSTS": ""}, ["security.W020"]),
        ({"ALLOWED_HOSTS": None, "SITE_URL": None}, ["casetra.E001", "security.W020"]),
        ({"SECRET_KEY": "django-insecure-" + "x1y2z3" * 9, "ALLOWED_HOSTS": ","}, ["security.W009", "security.W020"]),
        ({"SITE_URL": "http://www.example.jp"}, ["casetra.E001"]),
    ],
)  # fmt: skip
def test_an_unsafe_setting_stops_the_start_with_one_line(
    image: Path, confirmed: str, changes: dict[str, str | None], ids: list[str]
) -> None:
    out, err = production.refused(image, POLICY_EDITIONS_DIR=confirmed, **changes)
    (line,) = production.lines(err)
    assert line.startswith("casetra: ")
    assert sorted(re.findall(r"\w+\.[EW]\d+", line)) == ids
    assert "Booting worker" not in out


def test_a_missing_setting_stops_the_start_with_one_line(image: Path) -> None:
    _, err = production.refused(image, SECRET_KEY=None)
    (line,) = production.lines(err)
    assert line.startswith("casetra: SECRET_KEY must be set")
