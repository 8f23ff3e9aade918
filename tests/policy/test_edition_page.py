"""/privacy/ and /privacy/<date>/: no database and no session (this module may use none)."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from policy.rules import law
from tests.policy.conftest import Clock, Editions

pytestmark = pytest.mark.usefixtures("clock")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    return response.content.decode()


def test_the_names_lead_to_the_addresses_that_others_rely_on() -> None:
    assert reverse("policy:in_force") == "/privacy/"
    assert reverse("policy:edition", args=["2026-01-02"]) == "/privacy/2026-01-02/"
    assert reverse("policy:history") == "/privacy/history/"
    assert reverse("policy:requests") == "/privacy/requests/"


def test_every_article_is_reached_from_the_contents(client: Client) -> None:
    html = page(client, "/privacy/")
    for number in law.ARTICLES:
        assert html.count(f'id="article-{number}"') == 1
        assert html.count(f'href="#article-{number}"') == 1
    assert len(re.findall(r"<h1\b", html)) == 1


def test_a_draft_says_that_it_is_one(client: Client, editions: Editions) -> None:
    assert '<span class="draft-mark">案</span>' in page(client, "/privacy/")
    assert "正式なポリシーではありません" in page(client, "/privacy/2026-01-02/")
    editions.confirm()
    assert "draft-mark" not in page(client, "/privacy/")


def test_it_shows_its_date_and_leads_to_history_and_procedure(client: Client) -> None:
    html = page(client, "/privacy/")
    assert '<time datetime="2026-01-02">2026年1月2日</time>' in html
    assert 'href="/privacy/history/"' in html
    assert 'href="/privacy/requests/"' in html


def test_no_page_carries_inline_style_or_script(client: Client) -> None:
    for address in ("/privacy/", "/privacy/2026-01-02/", "/privacy/history/", "/privacy/requests/"):
        html = page(client, address)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)", html)


def test_every_edition_says_where_it_stands(client: Client, editions: Editions) -> None:
    editions.add("2026-07-01")
    editions.add("2027-04-01")
    assert "これは過去の版です" in page(client, "/privacy/2026-01-02/")
    assert "いま効力がある版です" in page(client, "/privacy/2026-07-01/")
    announced = page(client, "/privacy/2027-04-01/")
    assert "これは予告している版です" in announced
    assert "2027年4月1日</time>午前0時" in announced


def test_the_edition_in_force_announces_the_next(client: Client, editions: Editions) -> None:
    assert "予告しています" not in page(client, "/privacy/")
    editions.add("2027-04-01")
    html = page(client, "/privacy/")
    assert "予告しています" in html
    assert 'href="/privacy/2027-04-01/"' in html


@pytest.mark.parametrize(
    ("day", "leads_to"),
    [("2026-01-03", "2026-01-02"), ("2026-06-30", "2026-01-02"), ("2026-11-22", "2026-07-01")],
)
def test_a_day_between_leads_to_the_edition_then_in_force(
    client: Client, editions: Editions, day: str, leads_to: str
) -> None:
    editions.add("2026-07-01")
    response = client.get(f"/privacy/{day}/")
    assert response.status_code == 302
    assert response["Location"] == f"/privacy/{leads_to}/"


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-11-23",
        "2027-02-29",
        "2026-13-01",
        "0000-01-01",
        "20260102",
        "２０２６-01-02",
        "today",
    ],
)
def test_a_day_before_the_first_after_today_or_unreal_is_not_found(client: Client, day: str) -> None:
    assert client.get(f"/privacy/{day}/").status_code == 404


def test_tomorrow_becomes_an_address_at_midnight(client: Client, clock: Clock) -> None:
    clock.set("2026-11-22 23:59:59")
    assert client.get("/privacy/2026-11-23/").status_code == 404
    clock.set("2026-11-23 00:00:00")
    assert client.get("/privacy/2026-11-23/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/privacy/", "/privacy/2026-01-02/", "/privacy/history/", "/privacy/requests/"]
)
def test_pages_are_read_and_never_written(client: Client, address: str) -> None:
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405
