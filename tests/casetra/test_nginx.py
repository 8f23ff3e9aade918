"""The documented proxy: what it hands on, what it writes down, and that slow clients keep nobody out."""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.casetra import nginx, production
from tests.casetra.nginx import HOST, Nginx
from tests.casetra.production import Site

MARK = "marker-5e1d"
SLOW = 60  # as many as stop gunicorn alone (two workers of four threads)


@pytest.fixture(scope="module")
def front(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    with nginx.before(site.port, tmp_path_factory.mktemp("nginx")) as running:
        yield running


def test_a_page_comes_through_as_the_site_gave_it(front: Nginx) -> None:
    answer = front.ask("/privacy/")
    assert answer.status == 200
    assert "プライバシーポリシー" in answer.body
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "nginx/" not in answer.headers["Server"]


def test_a_form_comes_through(front: Nginx) -> None:
    first = front.ask("/consultation/")
    cookie = str(first.headers["Set-Cookie"]).partition(";")[0]
    token = first.body.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    body = f"csrfmiddlewaretoken={token}&action=next&companyName={MARK}"
    sent = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"https://{HOST}/consultation/",
        "Cookie": cookie,
    }
    answer = front.ask("/consultation/", method="POST", body=body, **sent)
    assert (answer.status, MARK in answer.body) == (200, True)


def test_http_is_sent_to_https(front: Nginx) -> None:
    connection = HTTPConnection("127.0.0.1", front.http, timeout=30)
    connection.request("GET", "/privacy/?x=1", headers={"Host": HOST})
    response = connection.getresponse()
    assert (response.status, response.headers["Location"]) == (301, f"https://{HOST}/privacy/?x=1")
    connection.close()


def test_another_host_name_is_not_answered(front: Nginx) -> None:
    connection = HTTPConnection("127.0.0.1", front.http, timeout=30)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    with pytest.raises(ConnectionError):  # closed without a word
        connection.getresponse()
    connection.close()
    with socket.create_connection(("127.0.0.1", front.https)) as plain, pytest.raises(ssl.SSLError):
        ssl.create_default_context().wrap_socket(plain, server_hostname="evil.example")


def test_a_body_of_more_than_a_megabyte_is_refused(front: Nginx) -> None:
    assert front.ask("/consultation/", method="POST", body="x" * 1_048_577).status == 413


def test_the_logs_hold_no_address_no_path_and_nothing_typed(front: Nginx) -> None:
    asked = front.ask(f"/privacy/?q={MARK}", **{"User-Agent": MARK, "Referer": f"https://{HOST}/{MARK}"})
    assert front.ask(f"/{MARK}/").status == 404
    lines = [json.loads(line) for line in front.log("casetra.log").splitlines()]
    mine = [line for line in lines if line["request_id"] == asked.headers["X-Request-Id"]]
    assert [(line["status"], line["method"]) for line in mine] == [("200", "GET")]
    for name in ("casetra.log", "casetra-error.log", "main.log"):
        for trace in (MARK, "127.0.0.1", "/privacy/"):
            assert trace not in front.log(name), f"{trace} in {name}"


def test_while_the_site_is_away_people_get_a_sentence_and_the_logs_no_address(tmp_path: Path) -> None:
    with nginx.before(production.free_port(), tmp_path) as front:
        answer = front.ask(f"/?q={MARK}")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert "もう一度お試しください" in answer.body
        assert MARK not in front.log("casetra.log") + front.log("casetra-error.log")


def test_a_flood_meets_a_wall_and_everybody_else_does_not(front: Nginx) -> None:
    answers = (front.ask("/livez", source="127.0.0.2") for _ in range(2_000))
    refused = next(answer for answer in answers if answer.status != 200)
    assert (refused.status, refused.headers["Retry-After"]) == (429, "5")
    assert "少しおいて" in refused.body
    assert front.ask("/privacy/").status == 200


def test_sixty_slow_clients_keep_nobody_out(front: Nginx) -> None:
    with ExitStack() as stack:
        for _ in range(SLOW):
            slow = stack.enter_context(front.connect("127.0.0.3"))
            # A form of which only the beginning comes.
            slow.sendall(
                f"POST /consultation/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 900\r\n\r\nx=".encode()
            )
        for _ in range(5):
            assert front.ask("/privacy/").status == 200
