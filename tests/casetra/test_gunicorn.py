"""gunicorn as the Dockerfile starts it: what it serves, what it writes, when it refuses."""

import json
from pathlib import Path

import pytest

from tests.casetra import production
from tests.casetra.production import Site

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
    assert (
        site.ask(path).headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    )


def test_the_csrf_cookie_is_for_https_and_not_for_scripts(site: Site) -> None:
    cookie = site.ask("/consultation/").headers["Set-Cookie"]
    assert cookie.startswith("csrftoken=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


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


def test_a_missing_setting_stops_the_start_with_one_line(image: Path) -> None:
    _, err = production.refused(image, SECRET_KEY=None)
    (line,) = production.lines(err)
    assert line.startswith("casetra: SECRET_KEY must be set")
