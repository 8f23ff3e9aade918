"""第6条: a session of staff lasts eight hours, or half an hour without a page, and says why it ended."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from safeguards.models import AuditEntry, Factor
from safeguards.rules.sessions import Standing, standing
from safeguards.services import factors, sessions
from tests.safeguards.clock import Clock
from tests.safeguards.clock import clock as clock
from tests.staff import PASSWORD, sign_in

LIST = "/admin/auth/user/?is_active__exact=1"
BACK = "/admin/login/?next=%2Fadmin%2Fauth%2Fuser%2F%3Fis_active__exact%3D1"
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=8)
START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("seen", "at", "found"),
    [
        (START, START + IDLE - SECOND, Standing.GOOD),
        (START, START + IDLE, Standing.IDLE),
        (START + LONGEST - SECOND, START + LONGEST - SECOND, Standing.GOOD),
        (START + LONGEST - SECOND, START + LONGEST, Standing.TOO_LONG),
        (START, START + LONGEST, Standing.TOO_LONG),
    ],
)
def test_the_rule_to_the_second(seen: datetime, at: datetime, found: Standing) -> None:
    assert standing(signed_in_at=START, seen_at=seen, at=at, longest=LONGEST, idle=IDLE) is found


def test_an_idle_time_of_zero_ends_nothing() -> None:
    last = START + LONGEST - SECOND
    never = timedelta(0)
    assert standing(signed_in_at=START, seen_at=START, at=last, longest=LONGEST, idle=never) is Standing.GOOD


@pytest.fixture
def root(clock: Clock, db: None) -> User:
    return User.objects.create_superuser("root")


@pytest.fixture
def client(root: User) -> Client:
    return sign_in(Client(), root)


def test_without_a_page_for_half_an_hour_the_person_is_signed_out_told_and_led_back(
    client: Client, clock: Clock
) -> None:
    clock.forward(minutes=29, seconds=59)
    assert client.get(LIST).status_code == 200
    clock.forward(minutes=30)
    answer = client.get(LIST, follow=True)
    assert answer.redirect_chain == [(BACK, 302)]
    page = answer.content.decode()
    assert "しばらく操作がなかったため、サインアウトしました" in page
    assert 'value="/admin/auth/user/?is_active__exact=1"' in page
    assert client.get(LIST).status_code == 302
    assert not Session.objects.exists()


def test_every_page_puts_the_idle_end_off_but_never_the_eight_hours(client: Client, clock: Clock) -> None:
    for _ in range(23):
        clock.forward(minutes=20)
        assert client.get(LIST).status_code == 200
    clock.forward(minutes=19, seconds=59)
    assert client.get(LIST).status_code == 200
    clock.forward(seconds=1)
    assert "8時間たったため" in client.get(LIST, follow=True).content.decode()


def test_the_idle_time_is_a_setting_and_zero_turns_it_off(
    client: Client, clock: Clock, settings: Settings
) -> None:
    settings.STAFF_IDLE_MINUTES = 0
    clock.forward(hours=7, minutes=59)
    assert client.get(LIST).status_code == 200
    settings.STAFF_IDLE_MINUTES = 5
    clock.forward(minutes=5)
    assert client.get(LIST).status_code == 302


def test_an_account_that_is_no_longer_staffs_is_signed_out_and_not_sent_round(
    client: Client, root: User
) -> None:
    User.objects.update(is_staff=False)
    answer = client.get(LIST, follow=True)
    assert answer.redirect_chain == [(BACK, 302)]
    assert "職員用のページを使えなくなりました" in answer.content.decode()
    assert not Session.objects.exists()


SENT = "/admin/auth/user/1/change/"
OWN = {"referer": f"http://testserver{SENT}"}
NOTE = "折り返しは午後。\n<次回は12月>"


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_a_form_sent_too_late_is_not_saved_says_so_and_shows_what_was_typed(
    client: Client, clock: Clock
) -> None:
    clock.forward(minutes=30)
    form = {"last_name": NOTE, "email": "taro@example.jp", "groups": "1", "_save": "保存"}
    answer = client.post(SENT, form, headers=OWN)
    page = text(answer)
    assert answer.status_code == 403
    assert "しばらく操作がなかったため、サインアウトしました。いま送った内容は、保存していません。" in page
    shown = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert shown == [NOTE, "taro@example.jp"]
    assert "<次回" not in answer.content.decode()
    assert 'href="/admin/login/?next=%2Fadmin%2Fauth%2Fuser%2F1%2Fchange%2F"' in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Session.objects.exists()
    assert User.objects.get().last_name == ""
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("referer", ["https://evil.example/x/", "http://testserver.evil.example/", ""])
def test_what_another_site_sends_is_not_repeated(client: Client, clock: Clock, referer: str) -> None:
    clock.forward(hours=1)
    answer = client.post(SENT, {"last_name": NOTE}, headers={"referer": referer})
    assert answer.status_code == 403
    assert "次回は" not in text(answer)
    assert 'href="/admin/login/?next=%2Fadmin%2F"' in text(answer)


def test_passwords_and_codes_are_never_shown(client: Client, clock: Clock) -> None:
    clock.forward(hours=1)
    for path, name in (
        ("/admin/password_change/", "old"),
        ("/admin/password_change/", "again"),
        ("/admin/account/codes/new/", "code"),
        (SENT, "new_password"),
        (SENT, "Code"),
        (SENT, "csrfmiddlewaretoken"),
    ):
        answer = client.post(path, {name: "a long 発明"}, headers=OWN)
        assert answer.status_code == 403
        assert "発明" not in text(answer), (path, name)


def test_a_form_sent_after_signing_out_in_another_tab_is_shown_too(client: Client) -> None:
    client.post("/admin/logout/")
    answer = client.post(SENT, {"last_name": NOTE}, headers=OWN)
    assert answer.status_code == 403
    assert "サインインしていません。いま送った内容は、保存していません。" in text(answer)
    assert NOTE in text(answer)


def test_a_form_sent_while_new_codes_wait_is_shown_and_leads_to_them(client: Client) -> None:
    Factor.objects.update(codes_noted_at=None)
    answer = client.post(SENT, {"last_name": NOTE}, headers=OWN)
    assert answer.status_code == 403
    assert NOTE in text(answer)
    assert 'href="/admin/account/codes/?next=%2Fadmin%2Fauth%2Fuser%2F1%2Fchange%2F"' in text(answer)
    assert Session.objects.exists()


@pytest.mark.parametrize("ended", ["idle", "codes"])
def test_the_publics_pages_are_served_whatever_became_of_a_session_of_staff(
    client: Client, clock: Clock, ended: str
) -> None:
    if ended == "idle":
        clock.forward(hours=1)
    else:
        Factor.objects.update(codes_noted_at=None)
    answer = client.post("/consultation/", {"companyName": "試験商事", "action": "next"})
    assert answer.status_code == 200
    assert "試験商事" in text(answer)
    assert not answer.context["user"].is_authenticated
    assert Session.objects.exists() is (ended == "codes")


def test_who_signs_in_from_a_page_that_stood_too_long_is_not_asked_twice(
    client: Client, root: User, clock: Clock
) -> None:
    root.set_password(PASSWORD)
    root.save()
    sign_in(client, root)
    clock.forward(hours=1)
    sent = client.post("/admin/login/", {"username": "root", "password": PASSWORD})
    assert sent.headers["Location"] == "/admin/login/code/"


def test_a_session_is_written_once_a_minute_at_most(client: Client, clock: Clock) -> None:
    before = Session.objects.get().session_data
    clock.forward(seconds=59)
    client.get("/admin/account/")
    assert Session.objects.get().session_data == before
    clock.forward(seconds=1)
    client.get("/admin/account/")
    assert Session.objects.get().session_data != before


def test_a_reset_ends_the_sessions_at_once(client: Client, root: User, clock: Clock) -> None:
    factors.reset(root, by=None, at=clock.now)
    assert not Session.objects.exists()
    assert client.get(LIST).status_code == 302


def test_a_session_with_another_factor_than_the_accounts_is_worth_nothing(
    client: Client, root: User, clock: Clock
) -> None:
    kept = Session.objects.get()
    factors.reset(root, by=None, at=clock.now)
    kept.save(force_insert=True)  # as a request that was under way may write it
    sign_in(Client(), root)
    assert client.get(LIST).status_code == 302


def test_ending_an_accounts_sessions_touches_nobody_elses(client: Client, root: User, clock: Clock) -> None:
    other = sign_in(Client(), User.objects.create_superuser("other"))
    sign_in(Client(), root)
    run_out = sign_in(Client(), root).session.session_key
    Session.objects.filter(pk=run_out).update(expire_date=clock.now)
    assert sessions.end(root, at=clock.now) == 2
    assert other.get(LIST).status_code == 200
    assert client.get(LIST).status_code == 302


@pytest.mark.django_db
def test_prospects_cost_the_middleware_nothing(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(0):
        answer = Client().get("/consultation/")
    assert "sessionid" not in answer.cookies
