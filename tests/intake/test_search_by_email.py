"""2-1: the search by an exact address — for whom, what the audit says, and that the address stays nowhere."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intake.admin import by_email
from intake.models import KIND
from safeguards.models import AuditEntry, RateCount
from safeguards.services.audit import Event
from tests.intake import desk
from tests.intake.staff import client_of, member
from tests.staff import sign_in

pytestmark = pytest.mark.django_db(databases="__all__")

URL = "/admin/intake/consultation/by-email/"


@pytest.fixture
def me() -> User:
    return member("view_consultation", "triage")


@pytest.fixture
def client(me: User) -> Client:
    return client_of(me)


def found(client: Client, email: str) -> list[str]:
    """The references on the answer's page, in its order."""
    answer = client.post(URL, {"email": email})
    assert answer.status_code == 200
    return re.findall(r">(C-\d{5}-\d{5})<", answer.content.decode())


def searches() -> list[tuple[int | None, str, str]]:
    entries = AuditEntry.objects.filter(event=Event.CONSULTATIONS_FOUND).order_by("id")
    return list(entries.values_list("actor_id", "subject_kind", "label"))


def test_every_consultation_of_the_address_is_found_the_newest_first_and_the_audit_gets_the_count(
    client: Client, me: User
) -> None:
    older = desk.stored(at=datetime(2026, 8, 1, 3, tzinfo=UTC))
    newer = desk.stored()
    desk.stored(email="jiro@example.jp")
    assert found(client, desk.ADDRESS) == [newer.reference, older.reference]
    assert found(client, "nobody@example.jp") == []
    assert searches() == [(me.pk, KIND, "2"), (me.pk, KIND, "0")]


@pytest.mark.parametrize(
    "typed", ["TARO@EXAMPLE.JP", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", " taro@example.jp\u200b "]
)
def test_the_address_is_understood_as_the_form_understands_it(client: Client, typed: str) -> None:
    consultation = desk.stored()
    assert found(client, typed) == [consultation.reference]


@pytest.mark.parametrize("part", ["taro@example.j", "aro@example.jp", "%@example.jp", "t_ro@example.jp"])
def test_a_part_of_an_address_finds_nobody(client: Client, part: str) -> None:
    desk.stored()
    assert found(client, part) == []


@pytest.mark.parametrize(
    "typed", ["", "  ", "試験 太郎", "taro", "taro@", "t\x00@example.jp", "a" * 250 + "@b.jp"]
)
def test_what_is_no_address_gets_a_message_and_is_kept_and_not_searched_for(
    client: Client, typed: str
) -> None:
    answer = client.post(URL, {"email": typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<a href="#id_email">' in page
    assert "エラー: " in page
    if typed == "taro@":
        assert 'value="taro@"' in page
    assert searches() == []


def test_an_address_in_the_pages_own_address_is_not_looked_at(client: Client) -> None:
    consultation = desk.stored()
    page = client.get(URL, {"email": desk.ADDRESS}).content.decode()
    assert consultation.reference not in page
    assert desk.ADDRESS not in page
    assert searches() == []


def test_it_is_for_those_who_work_on_consultations() -> None:
    desk.stored()
    for rights in ((), ("view_consultation",), ("triage",), ("view_consultation", "open_envelope")):
        client = client_of(member(*rights))
        assert client.get(URL).status_code == client.post(URL, {"email": desk.ADDRESS}).status_code == 403
    assert Client().post(URL, {"email": desk.ADDRESS}).status_code == 302
    assert searches() == []


def test_the_post_must_come_from_our_own_page(me: User) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), me)
    sign_in(client, me)
    assert client.post(URL, {"email": desk.ADDRESS}).status_code == 403
    assert searches() == []


def test_the_address_stays_nowhere(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    desk.stored()
    answer = client.post(URL, {"email": desk.ADDRESS})
    assert "no-store" in answer.headers["Cache-Control"]
    title = answer.content.decode().split("</title>")[0]
    assert desk.ADDRESS not in title
    assert not LogEntry.objects.exists()
    assert all(desk.ADDRESS not in str(session.get_decoded()) for session in Session.objects.all())
    assert all(desk.ADDRESS not in record.getMessage() for record in caplog.records)


def test_it_opens_no_envelope_and_takes_three_queries_on_indexes(client: Client) -> None:
    desk.stored()
    with CaptureQueriesContext(connection) as queries:
        found(client, desk.ADDRESS)
    about = [q["sql"] for q in queries if "intake_consultation" in q["sql"] or "recordkey" in q["sql"]]
    assert len(about) == 3
    assert not any('"sealed"' in sql or '"wrapped"' in sql for sql in about)


def test_only_the_newest_are_shown_and_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_email, "SHOWN", 2)
    for _ in range(3):
        desk.stored()
    page = client.post(URL, {"email": desk.ADDRESS}).content.decode()
    assert "3件見つかりました" in page
    assert "新しい順に2件" in page


def test_who_tries_address_after_address_is_stopped_for_the_hour_and_others_are_not(
    client: Client, me: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_email, "PER_HOUR", 2)
    desk.stored()
    assert [client.post(URL, {"email": f"a{n}@example.jp"}).status_code for n in range(3)] == [200, 200, 429]
    refused = client.post(URL, {"email": desk.ADDRESS})
    assert refused.status_code == 429
    assert "1時間に2回まで" in refused.content.decode()
    assert f'value="{desk.ADDRESS}"' in refused.content.decode()
    assert len(searches()) == 2
    assert (
        client_of(member("view_consultation", "triage")).post(URL, {"email": desk.ADDRESS}).status_code == 200
    )
    assert RateCount.objects.count() == 2
