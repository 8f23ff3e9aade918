"""第6条: a session of staff lasts eight hours, or half an hour without a page, and says why it ended."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from safeguards.rules.sessions import Standing, standing
from safeguards.services import factors, sessions
from tests.safeguards.clock import Clock
from tests.safeguards.clock import clock as clock
from tests.staff import sign_in

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


def test_a_form_sent_too_late_leads_back_to_its_own_page(client: Client, clock: Clock) -> None:
    form = "/admin/auth/user/1/change/"
    for referer, back in (
        (f"http://testserver{form}", form),
        ("https://evil.example/x/", "/admin/"),
        ("", "/admin/"),
    ):
        sign_in(client, User.objects.get())
        clock.forward(hours=1)
        sent = client.post("/admin/safeguards/staff/1/reset-factor/", headers={"referer": referer})
        assert sent.headers["Location"].partition("next=")[2].replace("%2F", "/") == back


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


def test_ending_an_accounts_sessions_touches_nobody_elses(client: Client, root: User) -> None:
    other = sign_in(Client(), User.objects.create_superuser("other"))
    sign_in(Client(), root)
    assert sessions.end(root) == 2
    assert other.get(LIST).status_code == 200
    assert client.get(LIST).status_code == 302


@pytest.mark.django_db
def test_prospects_cost_the_middleware_nothing(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(0):
        answer = Client().get("/consultation/")
    assert "sessionid" not in answer.cookies
