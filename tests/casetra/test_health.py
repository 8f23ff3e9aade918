"""/healthz while the database is away and back; what works meanwhile."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory

from casetra import embedded, views
from tests.casetra import production
from tests.casetra.dockerfile import INSTRUCTIONS


@pytest.mark.parametrize("path", ["/", "/consultation/", "/privacy/", "/privacy/requests/"])
def test_public_pages_are_there_while_the_database_is_away(away: production.Site, path: str) -> None:
    assert away.ask(path).status == 200


def test_health_says_that_the_database_is_away_and_life_goes_on(away: production.Site) -> None:
    answer = away.ask("/healthz")
    assert answer.status == 503
    assert json.loads(answer.body) == {"status": "unavailable", "databases": {"default": "unavailable"}}
    assert answer.headers["Cache-Control"] == "no-store"
    assert away.ask("/livez").status == 200


def test_a_page_that_needs_the_database_says_come_back(away: production.Site) -> None:
    answer = away.ask("/admin/", Cookie="__Host-sessionid=abcdefghijklmnopqrstuvwxyz012345")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "120")
    assert "一時的にご利用いただけません" in answer.body
    assert f"<strong>{answer.headers['X-Request-Id'][:8]}</strong>" in answer.body


@pytest.fixture(scope="module")
def away(image: Path, confirmed: str) -> Iterator[production.Site]:
    """A site whose database nobody has started."""
    with production.serve(image, POLICY_EDITIONS_DIR=confirmed) as site:
        yield site


def test_a_database_that_does_not_answer_counts_as_away_within_seconds(image: Path, confirmed: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and says nothing
        url = f"postgres://nobody@127.0.0.1:{silent.getsockname()[1]}/none"
        with production.serve(image, POLICY_EDITIONS_DIR=confirmed, DATABASE_URL=url) as site:
            started = time.monotonic()
            assert site.ask("/healthz").status == 503
            assert time.monotonic() - started < 8


def test_health_follows_the_database(image: Path, confirmed: str, short_folder: Path) -> None:
    if settings.EMBEDDED_POSTGRES is None:
        pytest.skip("DATABASE_URL is set: the socket of the embedded PostgreSQL is needed")
    embedded.start()
    door, name = short_folder / "pg", "casetra-health-test"
    url = production.embedded_url(host=str(door), application_name=name)
    with production.serve(
        image, POLICY_EDITIONS_DIR=confirmed, DATABASE_URL=url, WEB_CONCURRENCY="1"
    ) as site:
        assert site.ask("/healthz").status == 503
        door.symlink_to(settings.EMBEDDED_POSTGRES)
        assert site.ask("/healthz").status == 200
        door.unlink()
        kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
        with psycopg.connect(production.embedded_url()) as connection:
            connection.execute(kill, [name])
        assert site.ask("/healthz").status == 503
        door.symlink_to(settings.EMBEDDED_POSTGRES)
        assert site.ask("/healthz").status == 200


def test_the_images_health_check_fails_while_the_database_is_away(
    site: production.Site, away: production.Site
) -> None:
    (words,) = [words for name, words in INSTRUCTIONS if name == "HEALTHCHECK"]
    program, *arguments = json.loads(words.partition("CMD ")[2])
    assert program == "python"

    def code(port: int) -> int:
        asked = [argument.replace("8000", str(port)) for argument in arguments]
        env = {"http_proxy": "http://127.0.0.1:1"}
        return subprocess.run(
            [sys.executable, *asked], env=env, check=False, stderr=subprocess.DEVNULL
        ).returncode

    assert code(site.port) == 0
    assert code(away.port) != 0


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_lost_database_is_a_503_with_retry_after(error: type[Exception], rf: RequestFactory) -> None:
    try:
        raise error("connection to server failed: 10.1.2.3")
    except error:
        response = views.server_error(rf.get("/"))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "120")
    assert "10.1.2.3" not in response.content.decode()


def test_any_other_fault_is_a_500(rf: RequestFactory) -> None:
    try:
        raise ValueError("x")
    except ValueError:
        response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Retry-After" not in response.headers


@pytest.mark.django_db
def test_health_is_fine_with_the_database_running(client: Client) -> None:
    response = client.get("/healthz", headers={"host": "any.example"})
    assert (response.status_code, response.json()["databases"]) == (200, {"default": "ok"})
